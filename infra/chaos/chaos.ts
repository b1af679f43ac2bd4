import { setTimeout as sleep } from 'node:timers/promises';
import type { Say } from '../dev/say.ts';
import type { Stack } from '../dev/stack.ts';
import { dice } from '../simulators/population/random.ts';
import { Visitor } from '../visitor/visitor.ts';
import {
  type Stage,
  askQuestions,
  changeResponsibility,
  reportAndRead,
  restrict,
  stopAndOpen,
  substitute,
} from './act.ts';
import { lookAtTheEnd } from './aftermath.ts';
import { assemble } from './cast.ts';
import { checkHistory } from './check-history.ts';
import { type Fault, happen } from './faults.ts';
import type { History } from './history.ts';
import { Watcher } from './watch.ts';

export interface Run {
  readonly seed: number;
  readonly faults: Iterable<Fault>;
  /** Nothing more fails after this. */
  readonly forMs: number;
  /** How many days each of the two who report reports at most. */
  readonly reports: number;
  readonly tell: Say;
}

/** `ACCESS_MAX_STALENESS` of this stack, and what an answer takes on a machine that has much to do. */
const staleMs = 10_000 + 1_500;
/** The gateway's own deadline, and the way to it and back (S-28). */
const answerMs = 8_000 + 2_500;

/**
 * Lets people act while parts fail, one fault after the other; then lets all be well, looks at what stands, and answers
 * what in the history must never be. Leaves rights, roles and features as they were.
 */
export async function chaos(stack: Stack, history: History, run: Run): Promise<readonly string[]> {
  const { seed, forMs, tell } = run;
  const cast = await assemble(stack);
  let isOver = false;
  const stageOf = (who: string): Stage => ({
    ...{ stack, history, cast, dice: dice(seed, who), isOver: () => isOver },
  });
  const signIn = (who: string) => () => Visitor.signedIn(cast.gateway, 'guardian', who);
  const restricted = watcherOf(history, 'F7.father and his child', cast.restricted, signIn('F7.father'));
  const responsible = watcherOf(
    history,
    'F3.father and the shared child',
    cast.responsible,
    signIn('F3.father'),
  );
  const standingIn = watcherOf(history, 'the substitute and the pupil', {
    ...{ who: cast.substitute.who, childId: cast.pupil.childId },
  });
  const beganAt = new Date();
  let isAllOver = false;
  const watching = Promise.all([
    restricted.watch(['identity', 'attendance'], () => isAllOver),
    responsible.watch(['identity', 'attendance'], () => isAllOver),
    standingIn.watch(['identity'], () => isAllOver),
  ]);
  const acting = Promise.all([
    reportAndRead(stageOf('reporters'), run.reports),
    restrict(stageOf('restriction'), restricted),
    changeResponsibility(stageOf('responsibility'), responsible),
    substitute(stageOf('substitute'), standingIn),
    stopAndOpen(stageOf('feature')),
    askQuestions(stageOf('questions')),
  ]);
  // Heard of where it is waited for, and not as something that nobody catches.
  acting.catch(() => {});
  try {
    for (const fault of run.faults) {
      await sleep(fault.afterMs);
      if (history.now() > forMs) break;
      tell(
        `  ${seconds(history.now())} ${fault.parts.join(' and ')} ${fault.how} for ${seconds(fault.forMs)}`,
      );
      await happen(stack, history, fault);
    }
    isOver = true;
    tell(`  ${seconds(history.now())} all is well; what was begun is brought to its end`);
    await acting;
    for (const [watcher, wanted] of [
      [restricted, 'seen'],
      [responsible, 'seen'],
      [standingIn, 'hidden'],
    ] as const) {
      const holds = await watcher.until(wanted, () => true);
      history.add({ kind: 'check', what: `S-21: ${watcher.pair} is not ${wanted} in the end`, holds });
    }
  } finally {
    isOver = true;
    isAllOver = true;
    await watching;
  }
  await lookAtTheEnd(stack, history, { cast, staffPair: standingIn.pair, beganAt });
  return checkHistory(history.happenings, { staleMs, answerMs });
}

const watcherOf = (
  history: History,
  pair: string,
  { who, childId }: { readonly who: Visitor; readonly childId: string },
  signIn?: () => Promise<Visitor>,
): Watcher => new Watcher(history, pair, who, childId, signIn);

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
