import { type Say, say } from '../say.ts';
import type { Stack } from '../stack.ts';
import { DidNotHold, storyteller } from '../story.ts';
import { fifthAct } from './fifth-act.ts';
import { firstAct } from './first-act.ts';
import { fourthAct } from './fourth-act.ts';
import { putRight } from './put-right.ts';
import { secondAct } from './second-act.ts';
import { thirdAct } from './third-act.ts';

/** Plays every act against a running stack, and leaves it as it was. Answers whether every step held. */
export async function demo(stack: Stack, tell: Say = say): Promise<boolean> {
  const step = storyteller(tell);
  let held = false;
  let isRight = false;
  try {
    held = await isHeld(tell, async () => {
      await putRight(stack);
      await firstAct(stack, step);
      await secondAct(stack, step);
      await thirdAct(stack, step);
      await fourthAct(stack, step);
      await fifthAct(stack, step);
    });
  } finally {
    isRight = await isHeld(tell, () => putRight(stack));
  }
  if (held && isRight) tell('\nEvery step held.');
  return held && isRight;
}

async function isHeld(tell: Say, act: () => Promise<void>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (!(error instanceof DidNotHold)) throw error;
    tell(`\nDid not hold: ${error.message}`);
    return false;
  }
}
