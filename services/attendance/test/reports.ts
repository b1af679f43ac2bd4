import type { Actor } from '@ranselpost/kit/pure/actor';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import type { Absence, AbsenceCause, PlaceRefusal, ReportRefusal } from '../src/domain/absence.ts';
import type { Deps } from '../src/usecases/deps.ts';
import { reportAbsence } from '../src/usecases/report-absence.ts';

/** A report of one child at one unit for one whole day. */
export interface OneReport {
  readonly childId: string;
  readonly unitId: string;
  readonly day: string;
  readonly cause: AbsenceCause;
  readonly idempotencyKey: string;
}

type Refusal = ReportRefusal | PlaceRefusal | { readonly kind: 'known'; readonly absence: Absence };

/** What is said in a report of one. */
export const actOf = ({ childId, unitId, day, ...rest }: OneReport) => ({
  ...rest,
  ...{ places: [{ childId, unitId }], firstDay: day, lastDay: day, arrivesAt: null, leavesAt: null },
});

/** Reports one child, and answers the one absence; `known` where somebody had reported the day before. */
export async function reportOne(
  deps: Deps,
  actor: Actor,
  report: OneReport,
): Promise<Result<Absence, Refusal>> {
  const result = await reportAbsence(deps, actor, actOf(report));
  if (!result.ok) return result;
  const { refusal, absences, knownDays } = result.value.outcomes[0]!;
  if (refusal !== null) return refuse(refusal);
  return knownDays.length > 0 ? refuse({ kind: 'known', absence: absences[0]! }) : accept(absences[0]!);
}
