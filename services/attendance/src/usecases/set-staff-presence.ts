import { aboutNobody } from '@ranselpost/kit/answer';
import { loadFeature } from '@ranselpost/kit/features';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import { fact, tellAll } from '@ranselpost/kit/outbox';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type FeatureClosed, requireFeature } from '@ranselpost/kit/pure/features';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { dayChangedV1 } from '@ranselpost/schema/events/attendance/day-changed.v1';
import { mayBeWith, mayMarkAt } from '../domain/register-policy.ts';
import * as boards from '../store/day-boards.ts';
import * as presences from '../store/staff-presences.ts';
import type { Deps } from './deps.ts';

export interface WantedPresence {
  readonly unitId: string;
  readonly isHere: boolean;
  readonly groupId: string | null;
}

/** Says that the actor is with the children of a unit from now on, or is not any more (T26). The same again changes nothing (S-22). */
export const setStaffPresence = (deps: Deps, actor: Actor, wanted: WantedPresence) =>
  deps.db.asActor<Result<WantedPresence, FeatureClosed>>(actor, async (tx) => {
    const { unitId, isHere, groupId } = wanted;
    const day = localDateAt(deps.now());
    const childIds = groupId === null ? [] : await boards.childrenAt(tx, [{ unitId, day, groupId }]);
    const facts = await loadAccessFacts(tx, actor, childIds, day);
    mayMarkAt(actor, facts, unitId);
    if (!mayBeWith(actor, facts, unitId, groupId)) throw new AppError('NOT_FOUND');
    const feature = requireFeature(await loadFeature(tx, 'ABSENCE', facts, [unitId]), unitId);
    if (!feature.ok) return aboutNobody(feature);
    const { personId } = actor;
    const left = isHere ? await presences.come(tx, { personId, groupId }, { unitId, day }) : [];
    if (!isHere) await presences.leave(tx, personId, unitId);
    for (const changed of [unitId, ...left].toSorted()) {
      const watchers = await presences.colleaguesAt(tx, changed);
      if (watchers.length > 0)
        await tellAll(tx, [fact(dayChangedV1, { unitId: changed, day, watchers: [...watchers] })]);
    }
    return aboutNobody(accept(wanted));
  });
