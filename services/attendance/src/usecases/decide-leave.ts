import type { Tx } from '@ranselpost/kit/database';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { accept } from '@ranselpost/kit/pure/result';
import { schoolDays, schoolYearOf } from '../domain/calendar.ts';
import { type Verdict, decideLeave as decide, grantedOf, limitsOf } from '../domain/leave.ts';
import { mayDecideLeave } from '../domain/leave-policy.ts';
import { daysOfSchoolYear, rulesOn } from '../domain/leave-regulation.ts';
import * as calendars from '../store/calendars.ts';
import * as leaves from '../store/leaves.ts';
import { type Judged, judge } from './carry-out-leave.ts';
import type { Deps } from './deps.ts';
import { lockLeave } from './leave-facts.ts';

export interface KeyedVerdict extends Verdict {
  readonly leaveId: string;
  readonly idempotencyKey: string;
}

/** Grants leave or refuses it, once: of two who decide at once the second is shown what the first did (ADM-10). */
export const decideLeave = (deps: Deps, actor: Actor, verdict: KeyedVerdict) =>
  judge(deps, actor, (tx) => look(deps, tx, actor, verdict));

async function look(deps: Deps, tx: Tx, actor: Actor, wanted: KeyedVerdict): Promise<Judged> {
  const { leave, facts, features } = await lockLeave(tx, deps, actor, wanted.leaveId);
  const { as, personId } = mayDecideLeave(actor, facts, leave);
  const before = await leaves.lastDecision(tx, leave.id);
  if (before?.decidedBy === personId && before.key === wanted.idempotencyKey)
    return { outcome: accept(leave), facts, leave, decided: null };
  const calendar = (await calendars.ofUnits(tx, [leave.unitId])).get(leave.unitId) ?? null;
  const days = calendar === null ? [] : schoolDays(calendar, leave.firstDay, leave.lastDay);
  const year = daysOfSchoolYear(schoolYearOf(leave.firstDay));
  const decision = decide(leave, wanted, {
    ...{ as, features, regulation: deps.leaveRegulation, schoolDays: days },
    grantedDays: (await leaves.used(tx, leave.childId, year)).granted,
  });
  if (!decision.ok) return { outcome: decision, facts, leave, decided: null };
  const granted = grantedOf(decision.value, days);
  const limits = limitsOf(decision.value.days ?? leave, leave);
  const by = { ...limits, nth: 1, decidedBy: personId, key: wanted.idempotencyKey };
  if (!(await leaves.insertDecision(tx, leave, decision.value, { ...by, schoolDayCount: granted.length })))
    throw new AppError('CONFLICT', 'somebody decided at the same time');
  const body = decision.value.reasons?.trim() ?? '';
  if (body !== '')
    await leaves.insertText(tx, leave, { id: deps.newId(), part: 'DECISION', body, writtenBy: personId });
  const [decided] = await leaves.byIds(tx, [leave.id]);
  const rules = rulesOn(deps.leaveRegulation, leave.firstDay)!;
  return {
    outcome: accept(decided!),
    ...{
      facts,
      leave: decided!,
      decided: { leave: decided!, verdict: decision.value, days: granted, rules, ...first },
    },
  };
}

const first = { nth: 1, replaces: null, complaintIds: [] } as const;
