import { type LocalDate, isWithin } from '@ranselpost/kit/pure/dates';
import type { OutOfOffice } from './out-of-office.ts';

export type UnitKind = 'KINDERGARTEN' | 'SCHOOL' | 'AFTER_SCHOOL';

/** A role that somebody of the staff holds at the unit today. */
export interface StaffRole {
  readonly personId: string;
  readonly role: string;
  readonly groupId: string | null;
}

/** Where a child is at the unit, today or at another time. */
export interface Place {
  readonly childId: string;
  readonly groupIds: readonly string[];
  readonly from: LocalDate;
  readonly to: LocalDate | null;
  /** Who of the staff may see the child, where it is protected; else null (ADR-10). */
  readonly namedStaff:
    readonly { readonly personId: string; readonly from: LocalDate; readonly to: LocalDate }[] | null;
}

/** Everybody who could come to read something, as far as whoever asks has a ground for the children. */
export interface Audience {
  readonly unitKind: UnitKind | null;
  readonly places: readonly Place[];
  readonly staff: readonly StaffRole[];
  readonly guardians: readonly { readonly childId: string; readonly personId: string }[];
  /** Who of the staff is away today. */
  readonly away: readonly OutOfOffice[];
}

const reads = (kind: UnitKind, today: LocalDate, { personId, groupId }: StaffRole, place: Place): boolean =>
  isWithin(today, place.from, place.to) &&
  // In a kindergarten everybody who works there reads what is written to it (MSG-02).
  (kind === 'KINDERGARTEN' || groupId === null || place.groupIds.includes(groupId)) &&
  (place.namedStaff === null ||
    place.namedStaff.some((named) => named.personId === personId && isWithin(today, named.from, named.to)));

/**
 * The roles by which staff may read what is written of all these children together: of each of them, and of no child of their own
 * (GUA-24).
 */
export function rolesThatRead(
  { unitKind, places, staff, guardians }: Audience,
  childIds: readonly string[],
  today: LocalDate,
): readonly StaffRole[] {
  if (unitKind === null) return [];
  const isOwn = (personId: string): boolean =>
    guardians.some((one) => one.personId === personId && childIds.includes(one.childId));
  const roles = staff.filter(
    (role) => !isOwn(role.personId) && places.some((place) => reads(unitKind, today, role, place)),
  );
  const readsOf = (personId: string, childId: string): boolean =>
    roles.some(
      (role) =>
        role.personId === personId &&
        places.some((place) => place.childId === childId && reads(unitKind, today, role, place)),
    );
  return roles.filter(({ personId }) => childIds.every((childId) => readsOf(personId, childId)));
}

/**
 * Whom of the staff something is written to, without being chosen: at school the contact teacher, or the leader where there is
 * none; in kindergarten and after school everybody who may read it (MSG-02, MSG-03).
 */
export function rolesAddressed(
  audience: Audience,
  childIds: readonly string[],
  today: LocalDate,
): readonly StaffRole[] {
  const all = rolesThatRead(audience, childIds, today);
  if (audience.unitKind !== 'SCHOOL') return all;
  const of = (role: string): readonly StaffRole[] => all.filter((held) => held.role === role);
  const [teachers, leaders] = [of('CONTACT_TEACHER'), of('LEADER')];
  if (teachers.length > 0) return teachers;
  return leaders.length > 0 ? leaders : all;
}

/**
 * Whom of the staff something is written to in the mailbox of a group: everybody who works with a group of the children and may
 * read of them all; where nobody does, as if it had been written to no mailbox (M27).
 */
export function rolesInMailbox(
  audience: Audience,
  childIds: readonly string[],
  today: LocalDate,
): readonly StaffRole[] {
  const groupIds = audience.places
    .filter((place) => childIds.includes(place.childId) && isWithin(today, place.from, place.to))
    .flatMap((place) => place.groupIds);
  const staffed = rolesThatRead(audience, childIds, today).filter(
    ({ groupId }) => groupId !== null && groupIds.includes(groupId),
  );
  return staffed.length > 0 ? staffed : rolesAddressed(audience, childIds, today);
}

/** True when each of some children is at the unit today. */
export const areThere = (
  { places }: Pick<Audience, 'places'>,
  childIds: readonly string[],
  today: LocalDate,
): boolean =>
  childIds.every((childId) =>
    places.some((place) => place.childId === childId && isWithin(today, place.from, place.to)),
  );

/** True where the child is protected at the unit: what staff write of it waits for a named person (S-08). */
export const isProtectedAmong = ({ places }: Audience, childIds: readonly string[]): boolean =>
  places.some(({ childId, namedStaff }) => childIds.includes(childId) && namedStaff !== null);

/** The guardians of each of some children. */
export const familiesOf = (
  { guardians }: Pick<Audience, 'guardians'>,
  childIds: readonly string[],
): readonly { readonly childId: string; readonly guardianIds: readonly string[] }[] =>
  childIds.map((childId) => ({
    childId,
    guardianIds: guardians.filter((one) => one.childId === childId).map(({ personId }) => personId),
  }));

/** Each person once. */
export const personsOf = (roles: readonly StaffRole[]): readonly string[] => [
  ...new Set(roles.map(({ personId }) => personId)),
];
