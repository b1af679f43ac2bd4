import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import { type LocalDate, addDays, isWithin } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type AccessFacts, rolesToday } from '@ranselpost/kit/pure/grounds';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { type Audience, personsOf, rolesAddressed, rolesInMailbox, rolesThatRead } from './audience.ts';

/** What is said of it: chosen from a list in which no cause can be given. */
export type AwayReply = 'STAND_IN_ANSWERS' | 'ANSWERS_WHEN_BACK' | 'CONTACT_THE_UNIT';

/** That somebody of the staff is away from a unit for some days, and never why. */
export interface OutOfOffice {
  readonly id: string;
  readonly unitId: string;
  readonly personId: string;
  readonly from: LocalDate;
  /** The first day on which they are back. */
  readonly to: LocalDate;
  readonly reply: AwayReply;
  readonly standInId: string | null;
}

export interface AwayRefusal {
  readonly kind: 'away-days-wrong' | 'away-overlaps' | 'stand-in-unknown';
}

const longestDays = 366;

/** Staff say it for themselves; the leader also for those who cannot. For anybody else there is no such unit (S-06). */
export function maySetAway(
  actor: Actor,
  facts: AccessFacts,
  { unitId, personId }: Pick<OutOfOffice, 'unitId' | 'personId'>,
): asserts actor is StaffActor {
  const here = rolesToday(actor, facts).filter((role) => role.unitId === unitId);
  const isLed = here.some(({ role, groupId }) => role === 'LEADER' && groupId === null);
  const isOwn = actor.kind === 'staff' && actor.personId === personId && here.length > 0;
  if (!isLed && !isOwn) throw new AppError('NOT_FOUND');
}

export function decideAway(
  wanted: OutOfOffice,
  {
    today,
    staffIds,
    standing,
  }: {
    readonly today: LocalDate;
    /** Who works at the unit on any of the days. */
    readonly staffIds: readonly string[];
    /** When the same person is away from the unit besides. */
    readonly standing: readonly OutOfOffice[];
  },
): Result<OutOfOffice, AwayRefusal> {
  const { from, to, standInId, personId } = wanted;
  if (to <= from || to <= today || to > addDays(from, longestDays))
    return refuse({ kind: 'away-days-wrong' });
  if (standing.some((other) => other.from < to && from < other.to)) return refuse({ kind: 'away-overlaps' });
  const isUnknown = (id: string): boolean => !staffIds.includes(id);
  if (isUnknown(personId) || (standInId !== null && (standInId === personId || isUnknown(standInId))))
    return refuse({ kind: 'stand-in-unknown' });
  return wanted.reply === 'STAND_IN_ANSWERS' && standInId === null
    ? refuse({ kind: 'stand-in-unknown' })
    : accept(wanted);
}

/** Somebody of the staff to whom something goes today. */
export interface Addressee {
  readonly personId: string;
  /** That they are away; it lies in their inbox for when they are back, and they are told nothing meanwhile. */
  readonly away: OutOfOffice | null;
  /** In whose place it goes to them. */
  readonly standsInFor: string | null;
}

/**
 * To whom of the staff something goes that is written to some of them: to them, and for whoever is away to their stand-in, if
 * that is somebody who may read it by themself (S-09). Where nobody of all these is here, to those who work with the group, or
 * to the leader, or to whoever may read it: no absence loses mail (M24).
 */
export function addressees(
  audience: Audience,
  personIds: readonly string[],
  childIds: readonly string[],
  today: LocalDate,
): readonly Addressee[] {
  const readers = rolesThatRead(audience, childIds, today);
  const awayOf = (personId: string): OutOfOffice | null =>
    audience.away.find((one) => one.personId === personId && isWithin(today, one.from, one.to)) ?? null;
  const isHere = (personId: string): boolean => awayOf(personId) === null;
  const own = personIds.map((personId) => ({ personId, away: awayOf(personId), standsInFor: null }));
  const standIns = own.flatMap(({ personId: standsInFor, away }) =>
    personsOf(readers)
      .filter((personId) => personId === away?.standInId && isHere(personId) && !personIds.includes(personId))
      .map((personId) => ({ personId, away: null, standsInFor })),
  );
  const reached = [
    ...own,
    ...standIns.filter((one, at) => standIns.findIndex((other) => other.personId === one.personId) === at),
  ];
  const [first] = own;
  if (first === undefined || reached.some(({ away }) => away === null)) return reached;
  const leaders = readers.filter(({ role }) => role === 'LEADER');
  const instead = [rolesInMailbox(audience, childIds, today), leaders, readers]
    .map((roles) => personsOf(roles).filter(isHere))
    .find((some) => some.length > 0);
  const others = (instead ?? []).map((personId) => ({ personId, away: null, standsInFor: first.personId }));
  return [...reached, ...others];
}

/** Of the staff, to whom an answer in a thread is written: to whom the thread was, as far as they may still read it. */
export function staffAnswered(
  thread: {
    readonly childIds: readonly string[];
    readonly addressedStaffIds: readonly string[];
    readonly toMailbox: boolean;
  },
  audience: Audience,
  today: LocalDate,
): readonly string[] {
  const readers = personsOf(rolesThatRead(audience, thread.childIds, today));
  const inMailbox = thread.toMailbox ? personsOf(rolesInMailbox(audience, thread.childIds, today)) : [];
  const still = [...new Set([...thread.addressedStaffIds, ...inMailbox])].filter((personId) =>
    readers.includes(personId),
  );
  return still.length > 0 ? still : personsOf(rolesAddressed(audience, thread.childIds, today));
}
