import { aboutNobody } from '@ranselpost/kit/answer';
import { loadFeature } from '@ranselpost/kit/features';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type FeatureClosed, requireFeature } from '@ranselpost/kit/pure/features';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { mayLead } from '../domain/register-policy.ts';
import {
  type LocalThreshold,
  type ThresholdTerms,
  areTermsRight,
  changeThresholds,
} from '../domain/threshold.ts';
import * as thresholds from '../store/thresholds.ts';
import type { Deps } from './deps.ts';

/** Says from which absence on a school has its staff look at a pupil (ABS-18): these and no others. Answers those that there are. */
export const setAbsenceThresholds = (
  deps: Deps,
  actor: Actor,
  unitId: string,
  wanted: readonly ThresholdTerms[],
) =>
  deps.db.asActor<Result<readonly LocalThreshold[], FeatureClosed>>(actor, async (tx) => {
    const facts = await loadAccessFacts(tx, actor, [], localDateAt(deps.now()));
    mayLead(actor, facts, unitId);
    if (!wanted.every(areTermsRight))
      throw new AppError('BAD_USER_INPUT', 'a threshold does not go together');
    const feature = requireFeature(await loadFeature(tx, 'ABSENCE', facts, [unitId]), unitId);
    if (!feature.ok) return aboutNobody(feature);
    await thresholds.lockUnit(tx, unitId);
    const { ending, beginning } = changeThresholds(await thresholds.ofUnit(tx, unitId), wanted);
    const begun = beginning.map((one) => ({ ...one, id: deps.newId() }));
    await thresholds.change(tx, { unitId, at: deps.now() }, { ending, beginning: begun });
    return aboutNobody(accept(await thresholds.ofUnit(tx, unitId)));
  });

/** The thresholds of a school, for its leader; null for everybody else. */
export const readAbsenceThresholds = (deps: Deps, actor: Actor, unitId: string) =>
  deps.db.asActor<readonly LocalThreshold[]>(actor, async (tx) => {
    const facts = await loadAccessFacts(tx, actor, [], localDateAt(deps.now()));
    mayLead(actor, facts, unitId);
    return aboutNobody(await thresholds.ofUnit(tx, unitId));
  });
