import type { Actor } from '@ranselpost/kit/pure/actor';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { decideWithdrawal } from '../domain/information-request.ts';
import * as entries from '../store/information-entries.ts';
import * as requests from '../store/information-requests.ts';
import type { Deps } from './deps.ts';
import { type OwnStep, changeOwn } from './own-information-request.ts';

/** Takes a question back, as long as it is not decided. */
export const withdrawInformationRequest = (
  deps: Deps,
  actor: Actor,
  wanted: OwnStep,
): Promise<Result<{ readonly requestId: string }, { readonly kind: 'decided' }>> =>
  changeOwn(deps, actor, wanted, 'WITHDRAWN', async (tx, request, now) => {
    const decision = decideWithdrawal(request);
    if (!decision.ok) return decision;
    await requests.close(tx, request.requestId, 'WITHDRAWN', now, null);
    await entries.add(tx, { entryId: deps.newId(), requestId: request.requestId, kind: 'CASE' });
    return accept({});
  });
