import type { Tx } from '@ranselpost/kit/database';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { accept } from '@ranselpost/kit/pure/result';
import { schoolDays, schoolYearOf } from '../domain/calendar.ts';
import { grantedOf, periodOf } from '../domain/leave.ts';
import { mayDecideLeave } from '../domain/leave-policy.ts';
import { daysOfSchoolYear, rulesOn } from '../domain/leave-regulation.ts';
import { decideReversal } from '../domain/leave-reversal.ts';
import * as calendars from '../store/calendars.ts';
import * as complaints from '../store/leave-complaints.ts';
import * as leaves from '../store/leaves.ts';
import { type Judged, judge } from './carry-out-leave.ts';
import type { KeyedVerdict } from './decide-leave.ts';
import type { Deps } from './deps.ts';
import { lockLeave } from './leave-facts.ts';

/**
 * The leader replaces a decision by another that names it, with a letter of its own (ADM-10). Absences follow: granted leave makes them,
 * and what is refused after all takes back those that have not been.
 */
export const reverseLeaveDecision = (deps: Deps, actor: Actor, verdict: KeyedVerdict) =>
  judge(deps, actor, (tx) => look(deps, tx, actor, verdict));

async function look(deps: Deps, tx: Tx, actor: Actor, wanted: KeyedVerdict): Promise<Judged> {
  const { leave, facts, features } = await lockLeave(tx, deps, actor, wanted.leaveId);
  const { as, personId } = mayDecideLeave(actor, facts, leave);
  const { id, childId, unitId, firstDay, lastDay } = leave;
  const before = await leaves.lastDecision(tx, id);
  if (
    before !== null &&
    before.nth > 1 &&
    before.decidedBy === personId &&
    before.key === wanted.idempotencyKey
  )
    return { outcome: accept(leave), facts, leave, decided: null };
  const known = (await complaints.ofLeaves(tx, [id])).filter(({ nth }) => nth === before?.nth);
  const calendar = (await calendars.ofUnits(tx, [unitId])).get(unitId) ?? null;
  const days = calendar === null ? [] : schoolDays(calendar, firstDay, lastDay);
  const used = await leaves.used(tx, childId, daysOfSchoolYear(schoolYearOf(firstDay)));
  const decision = decideReversal(leave, wanted, {
    ...{ as, features, regulation: deps.leaveRegulation, schoolDays: days, today: facts.today },
    grantedDays: used.granted - (await leaves.ownDayCount(tx, id)),
    hasComplaint: known.length > 0,
    withdrawnFrom: await leaves.withdrawnFrom(tx, id),
    standing: await leaves.standing(tx, childId, unitId),
  });
  if (!decision.ok) return { outcome: decision, facts, leave, decided: null };
  const { verdict, ...limits } = decision.value;
  const nth = before!.nth + 1;
  const standing =
    verdict.outcome === 'GRANTED' ? grantedOf({ days: periodOf({ ...leave, ...limits }) }, days) : days;
  const by = { decidedBy: personId, key: wanted.idempotencyKey, schoolDayCount: standing.length };
  if (!(await leaves.insertDecision(tx, leave, verdict, { ...by, ...limits, nth })))
    throw new AppError('CONFLICT', 'somebody decided at the same time');
  const body = verdict.reasons!.trim();
  await leaves.insertText(tx, leave, {
    ...{ id: deps.newId(), part: 'DECISION', body, writtenBy: personId, nth },
  });
  const [decided] = await leaves.byIds(tx, [id]);
  const rules = rulesOn(deps.leaveRegulation, firstDay)!;
  const replaced = {
    nth,
    replaces: localDateAt(before!.decidedAt),
    complaintIds: known.map((one) => one.id),
  };
  return {
    outcome: accept(decided!),
    ...{ facts, leave: decided!, decided: { ...replaced, leave: decided!, verdict, days: standing, rules } },
  };
}
