import { aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { loadFeature } from '@ranselpost/kit/features';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type FeatureClosed, requireFeature } from '@ranselpost/kit/pure/features';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { maySetForAllSchools } from '../domain/counting-policy.ts';
import { mayLead } from '../domain/register-policy.ts';
import {
  type LocalThreshold,
  type ThresholdTerms,
  areTermsRight,
  changeThresholds,
} from '../domain/threshold.ts';
import * as thresholds from '../store/thresholds.ts';
import type { Deps } from './deps.ts';

/** Says from which absence on a school has its staff look at a pupil (ABS-18): these and no others. Answers those that hold there. */
export const setAbsenceThresholds = (
  deps: Deps,
  actor: Actor,
  unitId: string,
  wanted: readonly ThresholdTerms[],
) =>
  deps.db.asActor<Result<readonly LocalThreshold[], FeatureClosed>>(actor, async (tx) => {
    const facts = await loadAccessFacts(tx, actor, [], localDateAt(deps.now()));
    mayLead(actor, facts, unitId);
    requireRight(wanted);
    const feature = requireFeature(await loadFeature(tx, 'ABSENCE', facts, [unitId]), unitId);
    if (!feature.ok) return aboutNobody(feature);
    await change(tx, deps, unitId, wanted);
    return aboutNobody(accept(await thresholds.inForceAt(tx, unitId)));
  });

/** Says from which absence on schools that have said nothing themselves look at a pupil: these and no others. */
export const setMunicipalThresholds = (deps: Deps, actor: Actor, wanted: readonly ThresholdTerms[]) =>
  deps.db.asActor<readonly LocalThreshold[]>(actor, async (tx) => {
    maySetForAllSchools(actor, await thresholds.municipalRoles(tx));
    requireRight(wanted);
    await change(tx, deps, null, wanted);
    return aboutNobody(await thresholds.ofUnit(tx, null));
  });

const requireRight = (wanted: readonly ThresholdTerms[]): void => {
  if (!wanted.every(areTermsRight)) throw new AppError('BAD_USER_INPUT', 'a threshold does not go together');
};

async function change(
  tx: Tx,
  deps: Deps,
  unitId: string | null,
  wanted: readonly ThresholdTerms[],
): Promise<void> {
  await thresholds.lockUnit(tx, unitId);
  const { ending, beginning } = changeThresholds(await thresholds.ofUnit(tx, unitId), wanted);
  const begun = beginning.map((one) => ({ ...one, id: deps.newId() }));
  await thresholds.change(tx, { unitId, at: deps.now() }, { ending, beginning: begun });
}

/** The thresholds that hold at a school, for its leader; for everybody else there is no such unit. */
export const readAbsenceThresholds = (deps: Deps, actor: Actor, unitId: string) =>
  deps.db.asActor<readonly LocalThreshold[]>(actor, async (tx) => {
    const facts = await loadAccessFacts(tx, actor, [], localDateAt(deps.now()));
    mayLead(actor, facts, unitId);
    return aboutNobody(await thresholds.inForceAt(tx, unitId));
  });

/** Those that the municipality has for all schools, for its administrators. */
export const readMunicipalThresholds = (deps: Deps, actor: Actor) =>
  deps.db.asActor<readonly LocalThreshold[]>(actor, async (tx) => {
    maySetForAllSchools(actor, await thresholds.municipalRoles(tx));
    return aboutNobody(await thresholds.ofUnit(tx, null));
  });
