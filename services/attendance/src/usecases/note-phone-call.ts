import { about, readsOf } from '@ranselpost/kit/answer';
import { loadFeature } from '@ranselpost/kit/features';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type FeatureClosed, requireFeature } from '@ranselpost/kit/pure/features';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import type { Alert, AlertState } from '../domain/absence-alert.ts';
import { mayMark } from '../domain/register-policy.ts';
import * as alerts from '../store/alerts.ts';
import type { Deps } from './deps.ts';
import { tellDayChanged } from './tell-day-changed.ts';

/** Notes that home has been called. Once more, it is noted already. */
export const notePhoneCall = (deps: Deps, actor: Actor, call: Pick<Alert, 'unitId' | 'childId' | 'day'>) =>
  deps.db.asActor<Result<AlertState, FeatureClosed>>(actor, async (tx) => {
    const { unitId, childId } = call;
    const facts = await loadAccessFacts(tx, actor, [childId], localDateAt(deps.now()));
    if (!mayMark(actor, facts, unitId, childId)) throw new AppError('NOT_FOUND');
    const reads = readsOf('ABSENCE', actor, facts, [{ childId, unitId }]);
    const feature = requireFeature(await loadFeature(tx, 'ABSENCE', facts, [unitId]), unitId);
    if (!feature.ok) return about(reads, feature);
    if (await alerts.notePhoned(tx, call)) await tellDayChanged(tx, call, [childId], facts.today);
    else if ((await alerts.stateOf(tx, call)) !== 'PHONED') throw new AppError('NOT_FOUND');
    return about(reads, accept<AlertState>('PHONED'));
  });
