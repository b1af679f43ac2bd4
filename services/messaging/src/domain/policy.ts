import type { Actor, PersonActor, StaffActor } from '@ranselpost/kit/pure/actor';
import { isWithin } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type AccessFacts, isGuardianOf, rolesToday, unitsInChargeOf } from '@ranselpost/kit/pure/grounds';
import type { InboxEntry } from './inbox.ts';
import type { Message, Thread } from './thread.ts';

/** What a policy knows beside the grounds. */
export interface MailFacts extends AccessFacts {
  /** Which of the units are kindergartens. */
  readonly kindergartens: readonly string[];
  /** Children whom somebody of the staff is a guardian of at home. */
  readonly ownChildIds: readonly string[];
}

/**
 * By which role staff read what is written of a child at a unit, and by which rule: having it in their charge there, or, in a
 * kindergarten, working there, as whoever writes to one is told (MSG-02). Of a protected child, who is named for it (ADR-10). Of
 * their own child nobody does at work: they would read what the other guardian has written in confidence (GUA-24, MSG-05).
 */
export function groundOfReading(
  actor: Actor,
  facts: MailFacts,
  childId: string,
  unitId: string,
): { readonly role: string; readonly rule: string } | undefined {
  if (facts.ownChildIds.includes(childId)) return undefined;
  const here = rolesToday(actor, facts).filter((role) => role.unitId === unitId);
  const charge = here.find((role) =>
    unitsInChargeOf(actor, { ...facts, roles: [role] }, childId).includes(unitId),
  );
  const place = facts.enrolments.find(
    (one) => one.childId === childId && one.unitId === unitId && isWithin(facts.today, one.from, one.to),
  );
  const isNamed = facts.namedFor.some(
    (naming) => naming.childId === childId && isWithin(facts.today, naming.from, naming.to),
  );
  const worksHere =
    place !== undefined && facts.kindergartens.includes(unitId) && (!place.isProtected || isNamed)
      ? here[0]
      : undefined;
  const role = charge ?? worksHere;
  if (role === undefined) return undefined;
  return {
    role: role.role,
    rule: place?.isProtected === true ? 'ADR-10' : charge === undefined ? 'MSG-02' : 'S-02',
  };
}

const mayRead = (
  actor: Actor,
  facts: MailFacts,
  {
    unitId,
    childIds,
    homeReaderIds,
    onlyStaffIds,
  }: Pick<Thread, 'unitId' | 'childIds' | 'homeReaderIds' | 'onlyStaffIds'>,
): boolean =>
  actor.kind === 'guardian'
    ? homeReaderIds.includes(actor.personId) &&
      childIds.every((childId) => isGuardianOf(actor, facts, childId))
    : // What another system had is for whom it reached there, besides (MSG-21).
      (onlyStaffIds === null || ('personId' in actor && onlyStaffIds.includes(actor.personId))) &&
      childIds.every((childId) => groundOfReading(actor, facts, childId, unitId) !== undefined);

/**
 * Guardians read what they were made readers of, while they are guardians of every child in it (S-09); staff what was written
 * to their unit, of children each of whom they have a ground for there (MSG-02, SFO-10).
 */
export const maySeeThread = (
  actor: Actor,
  facts: MailFacts,
  thread: Pick<Thread, 'unitId' | 'childIds' | 'homeReaderIds' | 'isHeld' | 'onlyStaffIds'>,
): boolean => mayRead(actor, facts, thread) && (!thread.isHeld || actor.kind === 'staff');

/** The same for each message, whose readers at home may be fewer; and what is held is seen by staff alone (S-08). */
export const maySeeMessage = (
  actor: Actor,
  facts: MailFacts,
  message: Pick<Message, 'unitId' | 'childIds' | 'homeReaderIds' | 'state' | 'onlyStaffIds'>,
): boolean => mayRead(actor, facts, message) && (message.state !== 'HELD' || actor.kind === 'staff');

/**
 * Guardians of all the children write, and staff who have all of them in their charge at the unit, none their own. For anybody else there are
 * no such children, whatever the reason (GUA-20, S-06).
 */
export function mayStartThread(
  actor: Actor,
  facts: MailFacts,
  { childIds, unitId }: { readonly childIds: readonly string[]; readonly unitId: string },
): asserts actor is PersonActor {
  const may =
    childIds.length > 0 &&
    childIds.every(
      (childId) =>
        isGuardianOf(actor, facts, childId) ||
        (unitsInChargeOf(actor, facts, childId).includes(unitId) && !facts.ownChildIds.includes(childId)),
    );
  if (!may) throw new AppError('NOT_FOUND');
}

/** Whoever reads a message may answer it; for anybody else it is not there. */
export function mayAnswer(
  actor: Actor,
  facts: MailFacts,
  message: Pick<Message, 'unitId' | 'childIds' | 'homeReaderIds' | 'state' | 'onlyStaffIds'> | undefined,
): asserts actor is PersonActor {
  if (message === undefined || !maySeeMessage(actor, facts, message)) throw new AppError('NOT_FOUND');
}

/** Staff who read a message may let it go home; of a protected child, that is who is named for it (S-08, ADR-10). */
export function mayRelease(
  actor: Actor,
  facts: MailFacts,
  message: Pick<Message, 'unitId' | 'childIds' | 'homeReaderIds' | 'state' | 'onlyStaffIds'> | undefined,
): asserts actor is StaffActor {
  if (actor.kind !== 'staff' || message === undefined || !maySeeMessage(actor, facts, message))
    throw new AppError('NOT_FOUND');
}

/** Somebody's own inbox, in the capacity that they are signed in as, while they may read what lies in it (GUA-13, GUA-24). */
export const maySeeEntry = (
  actor: Actor,
  facts: MailFacts,
  { personId, capacity, unitId, childIds }: Pick<InboxEntry, 'personId' | 'capacity' | 'unitId' | 'childIds'>,
): boolean =>
  actor.kind === capacity &&
  actor.personId === personId &&
  mayRead(actor, facts, { unitId, childIds, homeReaderIds: [personId], onlyStaffIds: null });

/** True for staff with a role at the unit today. */
export const mayListUnit = (actor: Actor, facts: AccessFacts, unitId: string): boolean =>
  rolesToday(actor, facts).some((role) => role.unitId === unitId);

/** Staff who read what is written here of every child in a thread see to it, each by their own role (S-09). */
export const mayTendThread = (
  actor: Actor,
  facts: MailFacts,
  thread: Pick<Thread, 'unitId' | 'childIds'>,
): boolean =>
  actor.kind === 'staff' && mayRead(actor, facts, { ...thread, homeReaderIds: [], onlyStaffIds: null });

type Readable = Pick<Message, 'unitId' | 'childIds' | 'homeReaderIds' | 'state' | 'onlyStaffIds'>;

/** Who wrote a message, in the capacity that they wrote it in, may withdraw it; for anybody else there is nothing to. */
export function mayWithdraw(
  actor: Actor,
  facts: MailFacts,
  message: (Readable & Pick<Message, 'authorId' | 'authorAs'>) | undefined,
): asserts actor is PersonActor {
  const isOwn =
    message !== undefined &&
    actor.kind === message.authorAs &&
    actor.personId === message.authorId &&
    maySeeMessage(actor, facts, message);
  if (!isOwn) throw new AppError('NOT_FOUND');
}

/** Staff who read a message may move it to a case. */
export function mayMoveToCase(
  actor: Actor,
  facts: MailFacts,
  message: Readable | undefined,
): asserts actor is PersonActor {
  mayRelease(actor, facts, message);
}
