import { Visitor } from '../../visitor/visitor.ts';
import type { Stack } from '../stack.ts';
import type { Step } from '../story.ts';
import { letter } from './letter.ts';
import type { Scene } from './scene.ts';
import { enterTownHall } from './town-hall.ts';

/** One channel in the place of the note in the school bag: messages, a text to many, and paper for whoever wants paper. */
export async function thirdAct(stack: Stack, step: Step): Promise<void> {
  const gateway = stack.urls['gateway']!;
  const scene: Scene = {
    stack,
    hall: await enterTownHall(gateway),
    guardian: (who) => Visitor.signedIn(gateway, 'guardian', who),
  };
  await step('Whoever is reserved gets a decision on paper (F12, KRR)', (see) => letter(scene, see));
}
