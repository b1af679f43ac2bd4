import type { LocalDate } from '@ranselpost/kit/pure/dates';

export type UnitKind = 'SCHOOL' | 'KINDERGARTEN' | 'AFTER_SCHOOL';
export type StaffRoleKind =
  'LEADER' | 'ADMINISTRATOR' | 'CONTACT_TEACHER' | 'TEACHER' | 'ASSISTANT' | 'AFTER_SCHOOL' | 'KINDERGARTEN';

/** What a roster says that somebody is, in words that every format has. `OTHER` opens nothing. */
export type PostKind =
  'PUPIL' | 'TEACHER' | 'CONTACT_TEACHER' | 'MANAGEMENT' | 'OFFICE' | 'ASSISTANT' | 'OTHER';

/** What a roster says that a person is, at a unit or in one of its groups. */
export interface Post {
  readonly post: PostKind;
  readonly unitId: string;
  readonly unitKind: UnitKind;
  readonly groupId: string | null;
  readonly from: LocalDate;
  readonly to: LocalDate | null;
}

export interface StaffRole {
  readonly role: StaffRoleKind;
  readonly unitId: string;
  readonly groupId: string | null;
  readonly from: LocalDate;
  readonly to: LocalDate | null;
}

/** Any role that a roster gives somebody for some days; at a unit, or in the whole municipality where there is none. */
export interface Held {
  readonly role: string;
  readonly unitId: string | null;
  readonly groupId: string | null;
  readonly from: LocalDate;
  readonly to: LocalDate | null;
}

type Known<Role extends Held> = Role & { readonly roleId: string };
export type KnownRole = Known<StaffRole>;

type Roles = Partial<Record<PostKind, Partial<Record<UnitKind, StaffRoleKind>>>>;

/** Roles for a whole unit. Teachers and assistants are not here: being employed somewhere opens no child (security § 2). */
const atUnit: Roles = {
  TEACHER: { AFTER_SCHOOL: 'AFTER_SCHOOL' },
  CONTACT_TEACHER: { AFTER_SCHOOL: 'AFTER_SCHOOL' },
  ASSISTANT: { AFTER_SCHOOL: 'AFTER_SCHOOL' },
  MANAGEMENT: { SCHOOL: 'LEADER', KINDERGARTEN: 'LEADER', AFTER_SCHOOL: 'LEADER' },
  OFFICE: { SCHOOL: 'ADMINISTRATOR', KINDERGARTEN: 'ADMINISTRATOR', AFTER_SCHOOL: 'ADMINISTRATOR' },
};

const inGroup: Roles = {
  TEACHER: { SCHOOL: 'TEACHER', KINDERGARTEN: 'KINDERGARTEN', AFTER_SCHOOL: 'AFTER_SCHOOL' },
  CONTACT_TEACHER: {
    SCHOOL: 'CONTACT_TEACHER',
    KINDERGARTEN: 'CONTACT_TEACHER',
    AFTER_SCHOOL: 'AFTER_SCHOOL',
  },
  ASSISTANT: { SCHOOL: 'ASSISTANT', KINDERGARTEN: 'KINDERGARTEN', AFTER_SCHOOL: 'AFTER_SCHOOL' },
};

/** The role that a post is; undefined for one that is in no table: on doubt, less access. */
export const roleOf = (
  post: PostKind,
  unitKind: UnitKind,
  groupId: string | null,
): StaffRoleKind | undefined => (groupId === null ? atUnit : inGroup)[post]?.[unitKind];

/** The roles that posts give. */
export function toRoles(posts: readonly Post[]): readonly StaffRole[] {
  const roles = posts.flatMap(({ post, unitId, unitKind, groupId, from, to }): StaffRole[] => {
    const role = roleOf(post, unitKind, groupId);
    return role === undefined || (to !== null && to <= from) ? [] : [{ role, unitId, groupId, from, to }];
  });
  return roles.filter((role, at) => roles.findIndex((other) => key(other) === key(role)) === at);
}

/** Since when a role counts that a roster gives no first day: since it is known to be held, or from today. */
export function roleHeldSince(
  known: readonly Held[],
  { role, unitId, groupId }: Pick<Held, 'role' | 'unitId' | 'groupId'>,
  today: LocalDate,
): LocalDate {
  const held = known.find(
    (one) =>
      one.role === role &&
      one.unitId === unitId &&
      one.groupId === groupId &&
      one.from <= today &&
      (one.to === null || today < one.to),
  );
  return held?.from ?? today;
}

/** What a roster's roles change in what is known; as for enrolments, what is gone ends and the past stays as it was. */
export function decideRoles<Role extends Held>(
  known: readonly Known<Role>[],
  roles: readonly Role[],
  today: LocalDate,
  newId: () => string,
): readonly Known<Role>[] {
  const stated = roles.flatMap((role): Known<Role>[] => {
    const before = known.find((one) => key(one) === key(role));
    if (before === undefined) return [{ ...role, roleId: newId() }];
    return before.to === role.to ? [] : [{ ...before, to: role.to }];
  });
  const dropped = known
    .filter((one) => !roles.some((role) => key(role) === key(one)) && (one.to === null || one.to > today))
    .map((one) => ({ ...one, to: today < one.from ? one.from : today }))
    .filter((one) => one.to !== known.find(({ roleId }) => roleId === one.roleId)?.to);
  return [...dropped, ...stated];
}

const key = ({ role, unitId, groupId, from }: Held): string => `${role} ${unitId} ${groupId} ${from}`;
