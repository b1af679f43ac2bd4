import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { PlaceRefusal, ReportRefusal } from '../domain/absence.ts';
import { type PlaceOutcome, reportAbsence as report } from '../usecases/report-absence.ts';
import { toShown } from './absence.ts';
import type { Context } from './context.ts';
import { toFeatureClosed } from './feature-closed.ts';
import type {
  AbsenceOutcome,
  AbsencePlaceRefusal,
  MutationResolvers,
  ReportAbsenceResult,
} from './generated/types.ts';
import { said } from './refusal-texts.ts';

export const reportAbsence: NonNullable<MutationResolvers<Context>['reportAbsence']> = async (
  _parent,
  { input: { places, firstDay, lastDay, cause, arrivesAt, leavesAt, idempotencyKey } },
  { deps, actor },
) => {
  if (idempotencyKey.length < 1 || idempotencyKey.length > 64)
    throw new AppError('BAD_USER_INPUT', 'an idempotency key has 1 to 64 characters');
  if (places.length === 0) throw new AppError('BAD_USER_INPUT', 'a report is of somebody');
  if (!places.every(({ childId }) => isId(childId))) throw new AppError('NOT_FOUND');
  const result = await report(deps, actor, {
    ...{ places, firstDay, lastDay: lastDay ?? firstDay, idempotencyKey },
    ...{ cause: cause ?? null, arrivesAt: arrivesAt ?? null, leavesAt: leavesAt ?? null },
  });
  if (!result.ok) return toRefusal(result.refusal);
  const { correlationId, outcomes } = result.value;
  return { __typename: 'AbsenceReported', correlationId, outcomes: outcomes.map(toOutcome) };
};

export const toOutcome = ({
  place,
  absences,
  knownDays,
  skipped,
  refusal,
}: PlaceOutcome): AbsenceOutcome => ({
  ...{ child: { id: place.childId }, unit: isId(place.unitId) ? { id: place.unitId } : null },
  ...{ absences: absences.map(toShown), knownDays: [...knownDays], skippedDays: [...skipped] },
  refusal: refusal === null ? null : toPlaceRefusal(refusal),
});

function toPlaceRefusal(refusal: PlaceRefusal): AbsencePlaceRefusal {
  switch (refusal.kind) {
    case 'unit-wrong':
      return { __typename: 'AbsenceUnitWrong', ...said('ABSENCE_UNIT_WRONG') };
    case 'days-closed':
      return { __typename: 'AbsenceUnitClosed', ...said('ABSENCE_UNIT_CLOSED') };
    case 'too-far-ahead': {
      const { lastPossibleDay } = refusal;
      return { __typename: 'AbsenceTooFarAhead', ...said('ABSENCE_TOO_FAR_AHEAD'), lastPossibleDay };
    }
    case 'feature-closed':
      return toFeatureClosed(refusal);
  }
}

function toRefusal(refusal: ReportRefusal): ReportAbsenceResult {
  switch (refusal.kind) {
    case 'day-past': {
      const { firstPossibleDay } = refusal;
      return { __typename: 'AbsenceDayPast', ...said('ABSENCE_DAY_PAST'), firstPossibleDay };
    }
    case 'too-many': {
      const { placesMax, slotsMax } = refusal;
      return { __typename: 'AbsenceTooMany', ...said('ABSENCE_TOO_MANY'), placesMax, slotsMax };
    }
    default:
      return { __typename: 'AbsenceReportInvalid', ...said(codes[refusal.kind]) };
  }
}

const codes = {
  'ends-before-it-starts': 'ABSENCE_ENDS_BEFORE_IT_STARTS',
  'part-wrong': 'ABSENCE_PART_WRONG',
  'cause-missing': 'ABSENCE_CAUSE_MISSING',
  'leave-is-applied-for': 'ABSENCE_IS_LEAVE',
} as const;
