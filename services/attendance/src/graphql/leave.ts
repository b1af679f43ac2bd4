import { readPage, toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import {
  type ShownLeave,
  type ShownLeaves,
  readChildLeave,
  readLeaveQuota,
  readWaitingLeave,
} from '../usecases/read-leaves.ts';
import type { Context } from './context.ts';
import type {
  ChildResolvers,
  LeaveConnection,
  LeaveResolvers,
  Leave as LeaveShown,
  QueryResolvers,
  UnitResolvers,
} from './generated/types.ts';

export const toShownLeave = (leave: ShownLeave): LeaveShown => ({
  id: leave.id,
  child: { id: leave.childId },
  unit: { id: leave.unitId },
  firstDay: leave.firstDay,
  lastDay: leave.lastDay,
  startsOn: leave.startsOn,
  endsBefore: leave.endsBefore,
  kind: leave.kind,
  state: leave.state,
  decider: leave.decider,
  schoolDays: leave.schoolDayCount,
  isAwayAfterSchool: leave.isAwayAfterSchool,
  childHearing: leave.hearing,
  appliedAt: leave.appliedAt.toISOString(),
  decidedAt: leave.decidedAt?.toISOString() ?? null,
  isObjectedByViewer: leave.isObjectedByViewer,
  complaints: leave.complaints.map((one) => ({
    ...one,
    complainedAt: one.complainedAt?.toISOString() ?? null,
  })),
  file: leave.file,
});

/** Leave that the actor has just changed, as they see it now. */
export async function shownLeave({ leaves }: Pick<Context, 'leaves'>, id: string): Promise<LeaveShown> {
  const found = isId(id) ? await leaves.load(id) : null;
  if (found === null) throw new AppError('NOT_FOUND');
  return toShownLeave(found);
}

export const leave: Required<Pick<LeaveResolvers<Context>, '__resolveReference'>> = {
  __resolveReference: ({ id }, context) => shownLeave(context, id),
};

export const leaveQuery: Required<Pick<QueryResolvers<Context>, 'leave'>> = {
  leave: (_parent, { id }, context) => shownLeave(context, id),
};

/** The place in a list that a cursor stands for: a day or an instant, and an id. */
export function readPlace(cursor: string | null, isKey: RegExp): { key: string; id: string } | null {
  if (cursor === null) return null;
  const [key = '', id = ''] = cursor.split('/');
  if (!isKey.test(key) || !isId(id)) throw new AppError('BAD_USER_INPUT', 'the cursor is not one of ours');
  return { key, id };
}
const day = /^\d{4}-\d{2}-\d{2}$/;
export const instant = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

function toLeavePage(
  leaves: ShownLeaves,
  { first, after }: { readonly first: number; readonly after: string | null },
  keyOf: (leave: LeaveShown) => string,
): LeaveConnection {
  if (leaves === null) throw new AppError('NOT_FOUND');
  if (leaves === 'hidden') throw new AppError('FEATURE_CLOSED');
  return toPage(leaves.map(toShownLeave), first, after, (one) => `${keyOf(one)}/${one.id}`);
}

/** The school year that is asked for; null for this one. */
export function readSchoolYear(wanted: number | null | undefined): number | null {
  if (wanted === null || wanted === undefined) return null;
  if (wanted < 2000 || wanted > 2200) throw new AppError('BAD_USER_INPUT', 'there is no such school year');
  return wanted;
}

export const leaveOfChild: Required<Pick<ChildResolvers<Context>, 'leaves' | 'leaveQuota'>> = {
  leaves: async ({ id: childId }, args, { deps, actor }) => {
    const page = readPage(args);
    if (!isId(childId)) throw new AppError('NOT_FOUND');
    const wanted = { childId, after: readPlace(page.after, day), first: page.first };
    const leaves = await readChildLeave(deps, actor, wanted);
    return leaves === null ? null : toLeavePage(leaves, page, ({ firstDay }) => firstDay);
  },
  leaveQuota: async ({ id: childId }, { schoolYear }, { deps, actor }) => {
    if (!isId(childId)) throw new AppError('NOT_FOUND');
    const quota = await readLeaveQuota(deps, actor, { childId, schoolYear: readSchoolYear(schoolYear) });
    if (quota === null) return null;
    if (quota === 'hidden') throw new AppError('FEATURE_CLOSED');
    const { granted, asked, rules } = quota;
    return {
      ...{ schoolYear: quota.schoolYear, granted, asked },
      daysInAll: rules?.daysInAll ?? null,
      daysWithoutReason: rules?.daysWithoutReason ?? null,
    };
  },
};

export const leaveOfUnit: Required<Pick<UnitResolvers<Context>, 'waitingLeaves'>> = {
  waitingLeaves: async ({ id: unitId }, args, { deps, actor }) => {
    const page = readPage(args);
    if (!isId(unitId)) throw new AppError('NOT_FOUND');
    const wanted = { unitId, after: readPlace(page.after, instant), first: page.first };
    return toLeavePage(await readWaitingLeave(deps, actor, wanted), page, ({ appliedAt }) => appliedAt);
  },
};
