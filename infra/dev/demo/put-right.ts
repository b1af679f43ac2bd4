import type { Stack } from '../stack.ts';
import { endAdmission } from './end-admission.ts';
import { openAgain } from './feature-stop.ts';
import { endMorning } from './morning.ts';
import { note, notesOf } from './notes.ts';
import { lifeEvent, together } from './register.ts';
import { appoint, caseOf, dismiss, enterTownHall, lift, restrictionNote } from './town-hall.ts';

/** Notes whom the story restricts: a child whom nobody sees any more could not be found again to be put right. */
export const remember = (stack: Stack, childId: string): void =>
  note(stack, { children: [...new Set([...notesOf(stack).children, childId])] });

/** Brings back what an evening changes, also one that was broken off in the middle. */
export async function putRight(stack: Stack): Promise<void> {
  for (const part of ['nats', 'identity'])
    if (stack.running()[part] === undefined) await stack.startPart(part);
  await lifeEvent(stack, together('F1.older', 'F1'));
  await lifeEvent(stack, together('F7.child', 'F7'));
  const hall = await enterTownHall(stack.urls['gateway']!);
  await openAgain(hall);
  await endMorning(stack);
  await endAdmission(stack);
  for (const childId of notesOf(stack).children) {
    const restrictions = (await caseOf(hall.leader, childId)).restrictions.filter(
      ({ note }) => note === restrictionNote,
    );
    if (restrictions.length > 0) await appoint(hall, 'PROTECTION_OFFICER');
    for (const { id } of restrictions) await lift(hall, id);
  }
  await dismiss(hall);
}
