import { aboutNobody } from '@ranselpost/kit/answer';
import { loadFeature } from '@ranselpost/kit/features';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { type FeatureClosed, requireFeature } from '@ranselpost/kit/pure/features';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { mayLead } from '../domain/register-policy.ts';
import * as alerts from '../store/alerts.ts';
import type { Deps } from './deps.ts';

/** Sets how long a school waits before it tells home. Answers the minutes. */
export const setAbsenceAlert = (deps: Deps, actor: Actor, unitId: string, minutes: number) =>
  deps.db.asActor<Result<number, FeatureClosed>>(actor, async (tx) => {
    const facts = await loadAccessFacts(tx, actor, [], localDateAt(deps.now()));
    mayLead(actor, facts, unitId);
    const feature = requireFeature(await loadFeature(tx, 'ABSENCE', facts, [unitId]), unitId);
    if (!feature.ok) return aboutNobody(feature);
    await alerts.setMinutes(tx, unitId, minutes);
    return aboutNobody(accept(minutes));
  });
