import { Visitor } from '../../visitor/visitor.ts';
import type { Stack } from '../stack.ts';
import type { Step } from '../story.ts';
import { letter } from './letter.ts';
import type { Scene } from './scene.ts';
import { sensitiveDraft } from './sensitive-draft.ts';
import { type OnItsWay, reachesTheClass, writeToAClass } from './to-a-class.ts';
import { enterTownHall } from './town-hall.ts';

/** One channel in the place of the note in the school bag: messages, a text to many, and paper for whoever wants paper. */
export async function thirdAct(stack: Stack, step: Step): Promise<void> {
  const gateway = stack.urls['gateway']!;
  const scene: Scene = {
    stack,
    hall: await enterTownHall(gateway),
    guardian: (who) => Visitor.signedIn(gateway, 'guardian', who),
  };
  let onItsWay!: OnItsWay;
  await step(
    'A leader writes to a class, undoes it within its minute, and writes again (X05)',
    async (see) => {
      onItsWay = await writeToAClass(scene, see);
    },
  );
  await step(
    'A sensitive draft is diverted before it is stored; an ordinary message reaches the teacher (X04)',
    (see) => sensitiveDraft(scene, see),
  );
  await step('Whoever is reserved gets a decision on paper (F12, KRR)', (see) => letter(scene, see));
  await step('The minute is over: the class has the text, and a notice that says nothing (MSG-14)', (see) =>
    reachesTheClass(scene, onItsWay, see),
  );
}
