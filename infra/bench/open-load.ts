import { setTimeout as sleep } from 'node:timers/promises';
import { dice } from '../simulators/population/random.ts';
import { quantile } from './figures.ts';

/** What one question is called, and how it is asked: a promise that fails when the answer is not what it should be. */
export interface Question {
  readonly name: string;
  readonly ask: () => Promise<void>;
}

export interface Times {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

export interface OpenRound {
  readonly perSecond: number;
  readonly unanswered: number;
  readonly all: Times;
  readonly of: ReadonlyMap<string, Times>;
}

export const spread = (some: readonly number[]): Times => ({
  p50: quantile(some, 0.5),
  p95: quantile(some, 0.95),
  p99: quantile(some, 0.99),
});

/**
 * Asks as people do, who come when they come and not when the one before has been answered: at random instants, so many in a
 * second. Each is timed from the instant at which it was due, so that whatever has to wait for its turn waits in the figures too.
 */
export async function openLoad(
  questions: readonly Question[],
  {
    seconds,
    perSecond,
    seed,
  }: { readonly seconds: number; readonly perSecond: number; readonly seed: number },
): Promise<OpenRound> {
  const chance = dice(seed, 'arrivals');
  const times = new Map(questions.map(({ name }) => [name, [] as number[]]));
  const underWay: Promise<void>[] = [];
  let unanswered = 0;
  const began = performance.now();
  const end = began + seconds * 1000;
  for (let due = began; due < end; due -= (1000 / perSecond) * Math.log(1 - chance.next())) {
    const early = due - performance.now();
    if (early > 0) await sleep(early);
    const question = chance.pick(questions);
    const at = due;
    underWay.push(
      question.ask().then(
        () => void times.get(question.name)!.push(performance.now() - at),
        () => {
          // What is not answered is no figure, and no time is better than it.
          times.get(question.name)!.push(Number.POSITIVE_INFINITY);
          unanswered += 1;
        },
      ),
    );
  }
  await Promise.all(underWay);
  return {
    unanswered,
    perSecond: (underWay.length * 1000) / (performance.now() - began),
    all: spread([...times.values()].flat()),
    of: new Map([...times].map(([name, some]) => [name, spread(some)])),
  };
}
