import { setTimeout as sleep } from 'node:timers/promises';
import type { Say } from './say.ts';

/** A step of the demo did not hold: what was expected, in one sentence. */
export class DidNotHold extends Error {
  override readonly name = 'DidNotHold';
}

export function hold(claim: boolean, otherwise: string): asserts claim {
  if (!claim) throw new DidNotHold(otherwise);
}

/** Asks until the answer is as wanted. Answers the milliseconds it took. */
export async function until(
  what: string,
  limitMs: number,
  isSo: () => Promise<boolean>,
  since = performance.now(),
): Promise<number> {
  while (!(await isSo())) {
    if (performance.now() - since > limitMs) throw new DidNotHold(`${what}: not within ${limitMs} ms`);
    await sleep(10);
  }
  return performance.now() - since;
}

/** Plays one step of a story. */
export type Step = (title: string, act: (see: Say) => Promise<void>) => Promise<void>;

/** Tells a story step by step, each with what was seen and how long it took. */
export function storyteller(tell: Say): Step {
  let number = 0;
  return async (title, act) => {
    number += 1;
    const began = performance.now();
    tell(`\n${number}. ${title}`);
    await act((line) => tell(`   ${line}`));
    tell(`   held, ${Math.round(performance.now() - began)} ms`);
  };
}
