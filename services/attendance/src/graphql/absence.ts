import { type Page, toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { z } from 'zod';
import type { Absence, ShownList } from '../domain/absence.ts';
import type { Context } from './context.ts';
import type { Absence as AbsenceShown, AbsenceResolvers } from './generated/types.ts';

/** References to child and unit go out as keys: their owner says what else of them may be seen. */
export const toShown = (absence: Absence): AbsenceShown => ({
  id: absence.id,
  child: { id: absence.childId },
  unit: { id: absence.unitId },
  day: absence.day,
  cause: absence.cause,
  ...{ arrivesAt: absence.arrivesAt, leavesAt: absence.leavesAt, isLate: absence.isLate },
  reportedAt: absence.reportedAt.toISOString(),
  correctedAt: absence.correctedAt?.toISOString() ?? null,
  withdrawnAt: absence.withdrawnAt?.toISOString() ?? null,
  correlationId: absence.correlationId,
  changes: absence.changes.map(({ changedAt, changedBy, ...before }) => ({
    ...{ ...before, changedById: changedBy, changedAt: changedAt.toISOString() },
  })),
  repeats: absence.repeats.map(({ reportedAt, ...said }) => ({
    ...said,
    reportedAt: reportedAt.toISOString(),
  })),
});

export const absence: Required<Pick<AbsenceResolvers<Context>, '__resolveReference'>> = {
  __resolveReference: async ({ id }, { absences }) => {
    const found = isId(id) ? await absences.load(id) : null;
    if (found === null) throw new AppError('NOT_FOUND');
    return toShown(found);
  },
};

const placeSchema = z
  .string()
  .transform((key) => key.split('/'))
  .pipe(z.tuple([z.iso.date(), z.uuid()]));

/** The place in a list that a cursor stands for. */
export function readPlace(key: string | null): { day: string; id: string } | null {
  if (key === null) return null;
  const place = placeSchema.safeParse(key);
  if (!place.success) throw new AppError('BAD_USER_INPUT', 'the cursor is not one of ours');
  return { day: place.data[0], id: place.data[1] };
}

/**
 * A page of absences; `NOT_FOUND` where there is no list, which is what whoever may not see it is told, and
 * `FEATURE_CLOSED` where it is shown to nobody for now.
 */
export function toShownPage(absences: ShownList, first: number, after: string | null): Page<AbsenceShown> {
  if (absences === null) throw new AppError('NOT_FOUND');
  if (absences === 'hidden') throw new AppError('FEATURE_CLOSED');
  return toPage(absences.map(toShown), first, after, ({ day, id }) => `${day}/${id}`);
}
