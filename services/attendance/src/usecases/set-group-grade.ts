import { aboutNobody } from '@ranselpost/kit/answer';
import { loadFeature } from '@ranselpost/kit/features';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type FeatureClosed, requireFeature } from '@ranselpost/kit/pure/features';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { isRegisterKept } from '../domain/calendar.ts';
import { daysOfSchoolYear } from '../domain/leave-regulation.ts';
import { mayLead } from '../domain/register-policy.ts';
import * as certificates from '../store/certificates.ts';
import type { Deps } from './deps.ts';

export interface GroupGrade {
  readonly unitId: string;
  readonly groupId: string;
  readonly schoolYear: number;
  readonly grade: number;
}

/** Says which grade a class is in in a school year: identity does not know, and from grade 8 absence is certified (ABS-06). */
export const setGroupGrade = (deps: Deps, actor: Actor, wanted: GroupGrade) =>
  deps.db.asActor<Result<GroupGrade, FeatureClosed>>(actor, async (tx) => {
    const facts = await loadAccessFacts(tx, actor, [], localDateAt(deps.now()));
    mayLead(actor, facts, wanted.unitId);
    // What is certified of a class is kept by its grade: said later, it would certify what is left.
    if (!isRegisterKept(daysOfSchoolYear(wanted.schoolYear).from, facts.today, deps.registerKeptYears))
      throw new AppError('BAD_USER_INPUT', 'the school year is not kept any more');
    const feature = requireFeature(await loadFeature(tx, 'ABSENCE', facts, [wanted.unitId]), wanted.unitId);
    if (!feature.ok) return aboutNobody(feature);
    await certificates.setGrade(tx, wanted, actor.personId);
    return aboutNobody(accept(wanted));
  });
