import type { LocalDate } from '@ranselpost/kit/pure/dates';
import type { KnownEnrolment, Period } from './enrolments.ts';
import type { Held } from './staff-roles.ts';

/** What becomes of a child's stay at a unit, or in one of its groups. */
export interface StayChange {
  readonly unitId: string;
  readonly groupId: string | null;
  readonly change: 'JOINS' | 'LEAVES' | 'STAYS_LONGER';
  /** The first day of the stay, or the first day after it. */
  readonly on: LocalDate | null;
}

export interface RoleChange<Role> {
  readonly role: Role;
  readonly change: 'BEGINS' | 'ENDS' | 'LASTS_LONGER';
  readonly on: LocalDate | null;
}

const endless = '9999-12-31';

/** What will be known of somebody once some of it has been changed. */
const after = <One>(
  before: readonly One[],
  changed: readonly One[],
  idOf: (one: One) => string,
): readonly One[] => [
  ...before.filter((one) => !changed.some((other) => idOf(other) === idOf(one))),
  ...changed,
];

/**
 * Who comes and who goes, as people would say it: not which row is written, but from which day on a child is at a unit or
 * in a group, or is not any more. What is over on the day tells nothing about anybody's access and is left out.
 */
export function compareStays(
  before: readonly KnownEnrolment[],
  changed: readonly KnownEnrolment[],
  day: LocalDate,
): readonly StayChange[] {
  const then = lastStays(before, day);
  const now = lastStays(
    after(before, changed, ({ enrolmentId }) => enrolmentId),
    day,
  );
  return [...new Set([...then.keys(), ...now.keys()])].toSorted().flatMap((place): StayChange[] => {
    const [unitId, groupId] = place.split(' ');
    const [old, next] = [then.get(place), now.get(place)];
    const at = { unitId: unitId!, groupId: groupId === '' ? null : groupId! };
    if (old === undefined) return [{ ...at, change: 'JOINS', on: next!.from }];
    if (next === undefined) return [{ ...at, change: 'LEAVES', on: endOf(before, changed, at) ?? day }];
    if (next.to === old.to) return [];
    const on = next.to === endless ? null : next.to;
    return [{ ...at, change: next.to < old.to ? 'LEAVES' : 'STAYS_LONGER', on }];
  });
}

interface Stay {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** For each unit and each of its groups the stay that goes on today or begins later, without the gaps that a change of groups makes. */
function lastStays(periods: readonly Period[], day: LocalDate): ReadonlyMap<string, Stay> {
  const stays = new Map<string, Stay>();
  for (const { unitId, groupIds, from, to } of periods.toSorted((one, other) =>
    one.from < other.from ? -1 : 1,
  )) {
    if ((to !== null && to <= day) || to === from) continue;
    for (const groupId of ['', ...groupIds]) {
      const place = `${unitId} ${groupId}`;
      const known = stays.get(place);
      const end = to ?? endless;
      stays.set(place, {
        from: known?.from ?? from,
        to: known !== undefined && known.to > end ? known.to : end,
      });
    }
  }
  return stays;
}

/** The day that a stay which is over by the change ended on. */
const endOf = (
  before: readonly KnownEnrolment[],
  changed: readonly KnownEnrolment[],
  { unitId, groupId }: Pick<StayChange, 'unitId' | 'groupId'>,
): LocalDate | null =>
  after(before, changed, ({ enrolmentId }) => enrolmentId)
    .filter((one) => one.unitId === unitId && (groupId === null || one.groupIds.includes(groupId)))
    .flatMap(({ to }) => to ?? [])
    .toSorted()
    .at(-1) ?? null;

/** Which roles begin and which end; those that were over on the day already are left out. */
export function compareRoles<Role extends Held>(
  before: readonly (Role & { readonly roleId: string })[],
  changed: readonly (Role & { readonly roleId: string })[],
  day: LocalDate,
): readonly RoleChange<Role>[] {
  return changed.flatMap((role): RoleChange<Role>[] => {
    const known = before.find(({ roleId }) => roleId === role.roleId);
    const isOver = role.to !== null && role.to <= day;
    if (known === undefined) return isOver ? [] : [{ role, change: 'BEGINS', on: role.from }];
    const isLonger = (role.to ?? endless) > (known.to ?? endless);
    return [{ role, change: isLonger ? 'LASTS_LONGER' : 'ENDS', on: role.to }];
  });
}
