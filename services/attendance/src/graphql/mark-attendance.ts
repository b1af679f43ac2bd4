import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { Mark, WantedMark } from '../domain/mark.ts';
import { instantOfMark, markAttendance as mark, slotFor } from '../usecases/mark-attendance.ts';
import type { Context } from './context.ts';
import { toFeatureClosed } from './feature-closed.ts';
import type { Mark as MarkShown, MarkInput, MutationResolvers } from './generated/types.ts';

export const toShownMark = (one: Mark): MarkShown => ({
  ...{ id: one.id, standing: one.standing, came: one.came, went: one.went, isByClock: one.isByClock },
  ...{ madeAt: one.markedAt.toISOString(), takenAt: one.takenAt.toISOString() },
  madeBy: one.markedBy === null ? null : { id: one.markedBy },
});

const most = 500;

export const markAttendance: NonNullable<MutationResolvers<Context>['markAttendance']> = async (
  _parent,
  { input: { unitId, marks, sentAt } },
  { deps, actor },
) => {
  if (marks.length < 1 || marks.length > most) throw new AppError('BAD_USER_INPUT', '1 to 500 marks');
  if (!isId(unitId)) throw new AppError('NOT_FOUND');
  const now = deps.now();
  const result = await mark(
    deps,
    actor,
    unitId,
    marks.map((one) => toWanted(one, sentAt == null ? null : new Date(sentAt), now)),
  );
  if (!result.ok) return toFeatureClosed(result.refusal);
  const outcomes = result.value.map(({ id, kind, standing }) => ({
    ...{ id, kind },
    standing: standing === null ? null : toShownMark(standing),
  }));
  return { __typename: 'AttendanceMarked', outcomes };
};

const noId = '00000000-0000-0000-0000-000000000000';

/** What is no id names nothing that there is; but a mark is known by its own. */
function toWanted(input: MarkInput, sentAt: Date | null, now: Date): WantedMark {
  const settles = input.settles ?? [];
  if (!isId(input.id) || settles.length > 20 || !settles.every(isId))
    throw new AppError('BAD_USER_INPUT', 'a mark has a UUID of its own, and settles 20 at most');
  return {
    ...{ id: input.id.toLowerCase(), childId: readId(input.childId) },
    ...{
      day: input.day,
      slot: slotFor(input.lessonId == null ? null : readId(input.lessonId)),
      standing: input.standing,
    },
    ...{
      came: input.came ?? null,
      went: input.went ?? null,
      knew: input.knew?.toLowerCase() ?? null,
      settles,
    },
    markedAt: instantOfMark(input.madeAt == null ? null : new Date(input.madeAt), sentAt, now),
  };
}

const readId = (id: string): string => (isId(id) ? id.toLowerCase() : noId);
