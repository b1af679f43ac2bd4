import { aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor, GuardianActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { Result } from '@ranselpost/kit/pure/result';
import { isAsker, mayAsk } from '../domain/information-policy.ts';
import * as requests from '../store/information-requests.ts';
import type { Deps } from './deps.ts';
import { once } from './information-steps.ts';

/** What an asker does with a request of their own, under a key of their own. */
export interface OwnStep {
  readonly requestId: string;
  readonly idempotencyKey: string;
}

/** The asker's own request, locked. For anybody else there is no such request (S-06). */
export async function lockOwn(
  tx: Tx,
  actor: GuardianActor,
  requestId: string,
): Promise<requests.StoredRequest> {
  const request = isId(requestId) ? await requests.lock(tx, requestId) : undefined;
  if (request === undefined || !isAsker(actor, request)) throw new AppError('NOT_FOUND');
  return request;
}

/** Does one step with a request of the actor's own, once for its key. */
export function changeOwn<Refusal>(
  deps: Deps,
  actor: Actor,
  { requestId, idempotencyKey }: OwnStep,
  step: requests.Step,
  work: (tx: Tx, request: requests.StoredRequest, now: Date) => Promise<Result<object, Refusal>>,
): Promise<Result<{ readonly requestId: string }, Refusal>> {
  return deps.db.asActor(actor, async (tx) => {
    mayAsk(actor);
    const request = await lockOwn(tx, actor, requestId);
    const now = deps.now();
    const keyed = { requestId, step, actorId: actor.personId, key: idempotencyKey };
    return aboutNobody(await once(tx, keyed, now, () => work(tx, request, now)));
  });
}
