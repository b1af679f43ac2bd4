import type { LocalDate } from '@ranselpost/kit/pure/dates';

export type UnitKind = 'SCHOOL' | 'KINDERGARTEN' | 'AFTER_SCHOOL';
export type StaffRoleKind =
  'LEADER' | 'ADMINISTRATOR' | 'CONTACT_TEACHER' | 'TEACHER' | 'ASSISTANT' | 'AFTER_SCHOOL' | 'KINDERGARTEN';

/** What a roster says that a person is, at a unit or in one of its groups, by its role type. */
export interface Post {
  readonly roleType: string;
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

export interface KnownRole extends StaffRole {
  readonly roleId: string;
}

/** Roles for a whole unit. Teachers and assistants are not here: being employed somewhere opens no child (security § 2). */
const atUnit: Readonly<Record<string, Partial<Record<UnitKind, StaffRoleKind>>>> = {
  '02': { AFTER_SCHOOL: 'AFTER_SCHOOL' },
  '05': { SCHOOL: 'LEADER', KINDERGARTEN: 'LEADER', AFTER_SCHOOL: 'LEADER' },
  '06': { AFTER_SCHOOL: 'AFTER_SCHOOL' },
  '07': { SCHOOL: 'ADMINISTRATOR', KINDERGARTEN: 'ADMINISTRATOR', AFTER_SCHOOL: 'ADMINISTRATOR' },
  '08': { AFTER_SCHOOL: 'AFTER_SCHOOL' },
};

const inGroup: Readonly<Record<string, Partial<Record<UnitKind, StaffRoleKind>>>> = {
  '02': { SCHOOL: 'TEACHER', KINDERGARTEN: 'KINDERGARTEN', AFTER_SCHOOL: 'AFTER_SCHOOL' },
  '06': { SCHOOL: 'CONTACT_TEACHER', KINDERGARTEN: 'CONTACT_TEACHER', AFTER_SCHOOL: 'AFTER_SCHOOL' },
  '08': { SCHOOL: 'ASSISTANT', KINDERGARTEN: 'KINDERGARTEN', AFTER_SCHOOL: 'AFTER_SCHOOL' },
};

/** The roles that posts give. A post that is not in the tables gives none: on doubt, less access. */
export function toRoles(posts: readonly Post[]): readonly StaffRole[] {
  const roles = posts.flatMap(({ roleType, unitId, unitKind, groupId, from, to }): StaffRole[] => {
    const role = (groupId === null ? atUnit : inGroup)[roleType]?.[unitKind];
    return role === undefined || (to !== null && to <= from) ? [] : [{ role, unitId, groupId, from, to }];
  });
  return roles.filter((role, at) => roles.findIndex((other) => key(other) === key(role)) === at);
}

/** What a roster's roles change in what is known; as for enrolments, what is gone ends and the past stays as it was. */
export function decideRoles(
  known: readonly KnownRole[],
  roles: readonly StaffRole[],
  today: LocalDate,
  newId: () => string,
): readonly KnownRole[] {
  const stated = roles.flatMap((role): KnownRole[] => {
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

const key = ({ role, unitId, groupId, from }: StaffRole): string => `${role} ${unitId} ${groupId} ${from}`;
