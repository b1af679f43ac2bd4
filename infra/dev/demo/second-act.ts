import { Visitor } from '../../visitor/visitor.ts';
import type { Stack } from '../stack.ts';
import type { Step } from '../story.ts';
import { banOnContact } from './ban-on-contact.ts';
import { careOrder } from './care-order.ts';
import { emergencyStop } from './emergency-stop.ts';
import { oneAnswer } from './one-answer.ts';
import type { Scene } from './scene.ts';
import { secretAddress } from './secret-address.ts';
import { enterTownHall } from './town-hall.ts';

/** Who may see a child and who may not, and how a municipality stops something at once. */
export async function secondAct(stack: Stack, step: Step): Promise<void> {
  const gateway = stack.urls['gateway']!;
  const scene: Scene = {
    stack,
    hall: await enterTownHall(gateway),
    guardian: (who) => Visitor.signedIn(gateway, 'guardian', who),
  };
  await step(
    'A father without responsibility sees no child; the law gives him one answer to one question (F2, § 47)',
    (see) => oneAnswer(scene, see),
  );
  await step(
    'A mother and her child live at a secret address: nobody learns that the child is here (F6)',
    (see) => secretAddress(scene, see),
  );
  await step('A ban on contact stands, whatever the register says afterwards (F7)', (see) =>
    banOnContact(scene, see),
  );
  await step('A care order: the parents’ view is closed, the foster mother’s is opened by two (F8)', (see) =>
    careOrder(scene, see),
  );
  await step('Emergency stop: one closes reporting for all at once, two open it again (X07)', (see) =>
    emergencyStop(scene, see),
  );
}
