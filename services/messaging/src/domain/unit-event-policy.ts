import type { Actor, GuardianActor, StaffActor } from '@ranselpost/kit/pure/actor';
import type { AccessFacts } from '@ranselpost/kit/pure/grounds';
import { mayBookMeeting, maySeeMeeting, mayWithdrawMeeting } from './meeting-policy.ts';
import type { EventAnswer, UnitEvent } from './unit-event.ts';

/** An answer says where somebody will be, as a talk does: it is told to the same (GUA-03, ADR-11). */
export const maySeeAnswer = (actor: Actor, facts: AccessFacts, answer: EventAnswer): boolean =>
  maySeeMeeting(actor, facts, { ...answer, bookedBy: answer.answeredBy });

/** Guardians of a child whom it is for, while the child is at the unit; for anybody else there is no such event. */
export function mayAnswerEvent(
  actor: Actor,
  facts: AccessFacts,
  event: Pick<UnitEvent, 'unitId' | 'childIds'>,
  childId: string,
): asserts actor is GuardianActor {
  mayBookMeeting(actor, facts, event, childId);
}

export function mayWithdrawEvent(
  actor: Actor,
  facts: AccessFacts,
  { announcedBy, unitId }: Pick<UnitEvent, 'announcedBy' | 'unitId'>,
): asserts actor is StaffActor {
  mayWithdrawMeeting(actor, facts, { heldBy: announcedBy, unitId });
}
