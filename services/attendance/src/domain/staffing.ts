import type { BoardRow } from './day-board.ts';

/** Somebody of the staff who is with children of a unit now (T26). */
export interface Present {
  readonly personId: string;
  /** Null: with the whole unit. */
  readonly groupId: string | null;
}

/** How many of the staff are with how many children now. */
export interface StaffingCounts {
  readonly staff: number;
  readonly children: number;
}

/** The same of all of a board and of each group, and where whoever looks is themself. */
export interface Staffing extends StaffingCounts {
  readonly groups: readonly (StaffingCounts & { readonly groupId: string })[];
  readonly own: Present | null;
}

/** Of the groups of a board, those alone that whoever looks has in their charge; null: the whole unit. */
export function staffingOf(
  rows: readonly Pick<BoardRow, 'isHere' | 'groupIds'>[],
  present: readonly Present[],
  { groupIds, viewerId }: { readonly groupIds: readonly string[] | null; readonly viewerId: string | null },
): Staffing {
  const isOf = (groupId: string | null): boolean =>
    groupIds === null || (groupId !== null && groupIds.includes(groupId));
  const staff = present.filter(({ groupId }) => isOf(groupId));
  const here = rows.filter(({ isHere }) => isHere);
  const shown = new Set([...rows.flatMap((row) => row.groupIds), ...staff.map(({ groupId }) => groupId)]);
  const groups = [...shown].filter((groupId) => groupId !== null && isOf(groupId)) as string[];
  return {
    ...{ staff: staff.length, children: here.length },
    groups: groups.toSorted().map((groupId) => ({
      groupId,
      staff: staff.filter((one) => one.groupId === groupId).length,
      children: here.filter((row) => row.groupIds.includes(groupId)).length,
    })),
    own: present.find(({ personId }) => personId === viewerId) ?? null,
  };
}
