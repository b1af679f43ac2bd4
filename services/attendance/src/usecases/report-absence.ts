import { aboutNobody } from '@ranselpost/kit/answer';
import { type Tx, isBarred } from '@ranselpost/kit/database';
import { loadFeature } from '@ranselpost/kit/features';
import { type CopyFacts, loadAccessFacts } from '@ranselpost/kit/grounds';
import { tell } from '@ranselpost/kit/outbox';
import type { Actor, GuardianActor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { absenceReportedV1 } from '@ranselpost/schema/events/attendance/absence-reported.v1';
import { type Absence, type Refusal, type Report, decideAbsence, isSameReport } from '../domain/absence.ts';
import { mayReportAbsence } from '../domain/policy.ts';
import * as absences from '../store/absences.ts';
import type { Deps } from './deps.ts';

export interface KeyedReport extends Report {
  /** The reporter's own key: the same report under the same key is the same report. */
  readonly idempotencyKey: string;
}

/**
 * Answers once the report is committed, so that a receipt is never shown for one that is not (S-20). Reporting may be
 * stopped after our look: then the second lock bars what the first has let pass, and at the next look the first refuses too.
 */
export async function reportAbsence(
  deps: Deps,
  actor: Actor,
  report: KeyedReport,
): Promise<Result<Absence, Refusal>> {
  try {
    return await takeIn(deps, actor, report);
  } catch (error) {
    if (!isBarred(error)) throw error;
    return takeIn(deps, actor, report);
  }
}

function takeIn(deps: Deps, actor: Actor, report: KeyedReport): Promise<Result<Absence, Refusal>> {
  return deps.db.asActor(actor, async (tx) => {
    const facts = await loadAccessFacts(tx, actor, [report.childId], localDateAt(deps.now()));
    mayReportAbsence(actor, facts, report.childId);
    // Another report of the day may be committed between our look and our insert; it is there at the second look.
    const answer =
      (await lookAndReport(deps, tx, actor, facts, report)) ??
      (await lookAndReport(deps, tx, actor, facts, report));
    if (answer === null) throw new AppError('CONFLICT', 'an absence stands that cannot be shown');
    return aboutNobody(answer);
  });
}

async function lookAndReport(
  deps: Deps,
  tx: Tx,
  actor: GuardianActor,
  facts: CopyFacts,
  report: KeyedReport,
): Promise<Result<Absence, Refusal> | null> {
  const key = { reportedBy: actor.personId, key: report.idempotencyKey };
  const { underKey, atSlot } = await absences.known(tx, report, key);
  if (underKey !== null) {
    if (!isSameReport(underKey, report)) throw new AppError('BAD_USER_INPUT', 'the key names another report');
    return accept(underKey);
  }
  const features = await loadFeature(tx, 'ABSENCE', facts, [report.unitId]);
  const decision = decideAbsence(report, { ...facts, features, standing: atSlot });
  if (!decision.ok) return decision;
  const stored = await absences.insert(tx, { ...report, id: deps.newId(), reportedBy: actor.personId });
  if (stored === null) return null;
  const { id: absenceId, childId, unitId, day } = stored;
  await tell(tx, absenceReportedV1, { absenceId, childId, unitId, day });
  return accept(stored);
}
