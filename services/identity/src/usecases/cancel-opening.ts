import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { decideCancellation } from '../domain/feature.ts';
import { byId } from '../store/feature-acts.ts';
import { type Asking, type Directed, direct } from './direct-feature.ts';
import type { Deps } from './deps.ts';

/** Calls off an opening that has been planned and has not come (D04). What stood before stands again. */
export const cancelOpening = (
  deps: Deps,
  actor: Actor,
  actId: string,
  asking: Asking,
): Promise<Result<Directed, { readonly kind: 'opening-not-planned' }>> =>
  direct(
    deps,
    actor,
    asking,
    async (tx) => {
      const planned = isId(actId) ? await byId(tx, actId) : undefined;
      if (planned === undefined) throw new AppError('NOT_FOUND');
      const { feature, place } = planned;
      return {
        ...{ kind: 'CANCELLATION', feature, place, cancels: actId },
        ...{ state: null, opensOn: null, insistsOnDay: false, isReadable: true, notice: null },
      };
    },
    (_doing, _power, { acts, today }) => {
      const planned = acts.find((act) => act.actId === actId);
      if (planned === undefined) return refuse({ kind: 'opening-not-planned' });
      const decision = decideCancellation(planned, today);
      return decision.ok ? accept({ lifts: [] }) : decision;
    },
  );
