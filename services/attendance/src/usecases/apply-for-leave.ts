import { aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { loadFeature } from '@ranselpost/kit/features';
import type { Actor, GuardianActor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { schoolDays, schoolYearOf } from '../domain/calendar.ts';
import {
  type Leave,
  type LeaveRefusal,
  type LeaveWish,
  type WrittenWish,
  decideApplication,
  isSameApplication,
} from '../domain/leave.ts';
import { mayAnswerForChild } from '../domain/leave-policy.ts';
import { daysOfSchoolYear } from '../domain/leave-regulation.ts';
import * as calendars from '../store/calendars.ts';
import * as leaves from '../store/leaves.ts';
import { archiveLeave } from './archive-leave.ts';
import type { Deps } from './deps.ts';
import { type LoadedFacts, loadLeaveFacts } from './leave-facts.ts';
import { tellApplied } from './tell-leave.ts';

export interface KeyedWish extends LeaveWish {
  /** The applicant's own key: the same application under the same key is the same application. */
  readonly idempotencyKey: string;
}

type Outcome = Result<Leave, LeaveRefusal>;

/** Takes an application for leave in. Answers once it is committed (S-20); of two for one day at once, one is (S-22). */
export const applyForLeave = (deps: Deps, actor: Actor, wish: KeyedWish): Promise<Outcome> =>
  twice(() =>
    deps.db.decide(
      actor,
      async (tx) => {
        const facts = await loadLeaveFacts(tx, actor, [wish.childId], localDateAt(deps.now()));
        mayAnswerForChild(actor, facts, wish.childId);
        return takeIn(deps, tx, actor, facts, wish);
      },
      async (tx, { outcome, isNew }) => {
        if (outcome.ok && isNew) {
          const { reason, childView } = wish;
          await archiveLeave(tx, deps, outcome.value, { kind: 'APPLIED', reason, childView });
          await tellApplied(tx, deps, outcome.value);
        }
        return aboutNobody(outcome);
      },
    ),
  );

interface TakenIn {
  readonly outcome: Outcome;
  readonly isNew: boolean;
}

async function writtenOf(tx: Tx, { id }: Leave): Promise<WrittenWish> {
  const written = await leaves.texts(tx, [id]);
  const part = (name: leaves.TextPart) => written.find((text) => text.part === name)?.body ?? null;
  return { reason: part('REASON'), childView: part('CHILD_VIEW') };
}

async function takeIn(
  deps: Deps,
  tx: Tx,
  actor: GuardianActor,
  facts: LoadedFacts,
  wish: KeyedWish,
): Promise<TakenIn> {
  const { childId, unitId, firstDay, lastDay } = wish;
  await leaves.lockChild(tx, childId);
  const known = await leaves.underKey(tx, actor.personId, wish.idempotencyKey);
  if (known !== null) {
    if (!isSameApplication(known, await writtenOf(tx, known), wish))
      throw new AppError('BAD_USER_INPUT', 'the key names another application');
    return { outcome: accept(known), isNew: false };
  }
  const calendar = (await calendars.ofUnits(tx, [unitId])).get(unitId) ?? null;
  const days = calendar === null || lastDay < firstDay ? [] : schoolDays(calendar, firstDay, lastDay);
  const decision = decideApplication(wish, {
    ...{ today: facts.today, enrolments: facts.enrolments, schoolDays: days },
    isSchool: calendar?.kind === 'SCHOOL',
    features: await loadFeature(tx, 'ABSENCE', facts, [unitId]),
    regulation: deps.leaveRegulation,
    standing: await leaves.standing(tx, childId, unitId),
    used: await leaves.used(tx, childId, daysOfSchoolYear(schoolYearOf(firstDay))),
  });
  if (!decision.ok) return { outcome: decision, isNew: false };
  const stored = await leaves.insert(tx, {
    ...{ ...wish, ...decision.value, id: deps.newId(), appliedBy: actor.personId },
    schoolDayCount: days.length,
  });
  if (stored === null)
    throw new AppError('CONFLICT', 'leave of the same days was applied for at the same time');
  const written = { REASON: wish.reason, CHILD_VIEW: wish.childView } as const;
  for (const part of ['REASON', 'CHILD_VIEW'] as const) {
    const body = written[part]?.trim() ?? '';
    if (body !== '')
      await leaves.insertText(tx, stored, { id: deps.newId(), part, body, writtenBy: actor.personId });
  }
  return { outcome: accept(stored), isNew: true };
}
