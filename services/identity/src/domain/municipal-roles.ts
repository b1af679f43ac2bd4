import { type LocalDate, addDays } from '@ranselpost/kit/pure/dates';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { type Held, type PostKind, type StaffRoleKind, type UnitKind, roleHeldSince } from './staff-roles.ts';

export const municipalRoles = [
  'CASE_WORKER',
  'PROTECTION_OFFICER',
  'MUNICIPAL_ADMINISTRATOR',
  'PRIVACY_OFFICER',
  'ARCHIVIST',
  'SUPPORT',
] as const;
/** What somebody is for the whole municipality. */
export type MunicipalRole = (typeof municipalRoles)[number];

export interface Period {
  readonly from: LocalDate;
  /** The day after the last day. */
  readonly to: LocalDate;
}

const longestRole = 366;
const longestSubstitute = 31;

export type RoleRefusal = {
  readonly kind: 'role-ended' | 'role-too-long' | 'for-oneself' | 'role-above-own' | 'role-not-of-unit';
};

const decidePeriod = ({ from, to }: Period, today: LocalDate, most: number): RoleRefusal | null => {
  if (to <= from || to <= today) return { kind: 'role-ended' };
  return to > addDays(from < today ? today : from, most) ? { kind: 'role-too-long' } : null;
};

/**
 * A role for the municipality, for a year at most and then anew. Nobody has a part in giving themself one, and none gives
 * their own: administrators come by the operator (security § 2).
 */
export function decideRole(
  role: MunicipalRole,
  period: Period,
  { today, isOwn }: { readonly today: LocalDate; readonly isOwn: boolean },
): Result<null, RoleRefusal> {
  if (isOwn) return refuse({ kind: 'for-oneself' });
  if (role === 'MUNICIPAL_ADMINISTRATOR') return refuse({ kind: 'role-above-own' });
  const refusal = decidePeriod(period, today, longestRole);
  return refusal === null ? accept(null) : refuse(refusal);
}

/** The roles that the operator gives: of those who make others, and who see no child by it. */
export const appointable: readonly MunicipalRole[] = ['MUNICIPAL_ADMINISTRATOR', 'PRIVACY_OFFICER'];
/** An appointment by the operator lasts as long as any role may. */
export const appointmentFrom = (today: LocalDate): Period => ({
  from: today,
  to: addDays(today, longestRole),
});

/** What a substitute can be, at a whole unit and in one of its groups: never what the leader is. */
const atUnit: Readonly<Record<UnitKind, readonly StaffRoleKind[]>> = {
  SCHOOL: [],
  KINDERGARTEN: ['KINDERGARTEN'],
  AFTER_SCHOOL: ['AFTER_SCHOOL'],
};
const inGroup: Readonly<Record<UnitKind, readonly StaffRoleKind[]>> = {
  SCHOOL: ['CONTACT_TEACHER', 'TEACHER', 'ASSISTANT'],
  KINDERGARTEN: ['CONTACT_TEACHER', 'KINDERGARTEN'],
  AFTER_SCHOOL: ['AFTER_SCHOOL'],
};

/** A role at a unit for some days, which ends by itself. At a school it is in a group: being there opens no child. */
export function decideSubstitute(
  role: StaffRoleKind,
  period: Period,
  place: { readonly unitKind: UnitKind; readonly isInGroup: boolean },
  { today, isOwn }: { readonly today: LocalDate; readonly isOwn: boolean },
): Result<null, RoleRefusal> {
  if (isOwn) return refuse({ kind: 'for-oneself' });
  if (role === 'LEADER' || role === 'ADMINISTRATOR') return refuse({ kind: 'role-above-own' });
  if (!(place.isInGroup ? inGroup : atUnit)[place.unitKind].includes(role))
    return refuse({ kind: 'role-not-of-unit' });
  const refusal = decidePeriod(period, today, longestSubstitute);
  return refusal === null ? accept(null) : refuse(refusal);
}

/** What a roster's posts at the owner of schools and kindergartens are; of the other roles no roster has a word. */
const ofPost: Partial<Record<PostKind, MunicipalRole>> = {
  MANAGEMENT: 'MUNICIPAL_ADMINISTRATOR',
  OFFICE: 'CASE_WORKER',
};
export const municipalRoleOf = (post: PostKind): MunicipalRole | undefined => ofPost[post];

/** A role in the whole municipality, by a roster. */
export interface RosterRole extends Held {
  readonly role: MunicipalRole;
  readonly unitId: null;
  readonly groupId: null;
}

export interface KnownRosterRole extends RosterRole {
  readonly roleId: string;
  /** Somebody here has ended it, and no roster begins it again. */
  readonly isEndedHere: boolean;
}

/** The roles in the municipality that a roster's posts at the owner give somebody. */
export function toRosterRoles(
  posts: readonly {
    readonly post: PostKind;
    readonly from: LocalDate | null;
    readonly to: LocalDate | null;
  }[],
  known: readonly KnownRosterRole[],
  today: LocalDate,
): readonly RosterRole[] {
  const place = { unitId: null, groupId: null };
  const roles = posts.flatMap(({ post, from, to }): RosterRole[] => {
    const role = municipalRoleOf(post);
    if (role === undefined) return [];
    const since = from ?? roleHeldSince(known, { role, ...place }, today);
    return to !== null && to <= since ? [] : [{ ...place, role, from: since, to }];
  });
  const same = (one: RosterRole, other: RosterRole) => one.role === other.role && one.from === other.from;
  return roles.filter(
    (role, at) =>
      roles.findIndex((other) => same(role, other)) === at &&
      !known.some((one) => one.isEndedHere && same(one, role)),
  );
}

/** Whether two periods share a day. */
export const overlap = (
  one: { readonly from: LocalDate; readonly to: LocalDate | null },
  other: { readonly from: LocalDate; readonly to: LocalDate | null },
): boolean => (one.to === null || other.from < one.to) && (other.to === null || one.from < other.to);
