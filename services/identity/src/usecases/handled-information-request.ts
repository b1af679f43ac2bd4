import { type ChildRead, about } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { Result } from '@ranselpost/kit/pure/result';
import type { HandlingRefusal } from '../domain/information-request.ts';
import { type HandlerFacts, groundOfHandling, mayHandle } from '../domain/information-policy.ts';
import { loadAccessFacts } from '../store/access-facts.ts';
import * as deciders from '../store/deciders.ts';
import * as facts from '../store/information-facts.ts';
import * as requests from '../store/information-requests.ts';
import { type Deps, today } from './deps.ts';
import { once } from './information-steps.ts';

/** What a member of staff does with a request, under a key of their own. */
export interface HandlingStep {
  readonly requestId: string;
  readonly idempotencyKey: string;
}

export interface Handled {
  readonly request: requests.StoredRequest;
  readonly handler: StaffActor;
  readonly register: facts.RequestFacts;
}

/**
 * Does one step with a request that the actor handles: locks it, reads what the register says of it, and adds the step to
 * the history with the codes that `work` answers. The same step under the same key is done once. For whoever has no hand
 * in the request there is none (S-06).
 */
export function handleRequest(
  deps: Deps,
  actor: Actor,
  { requestId, idempotencyKey }: HandlingStep,
  step: requests.Step,
  work: (tx: Tx, handled: Handled) => Promise<Result<object, HandlingRefusal>>,
): Promise<Result<{ readonly requestId: string }, HandlingRefusal>> {
  return deps.db.asActor(actor, async (tx) => {
    mayHandle(actor);
    const request = isId(requestId) ? await requests.lock(tx, requestId) : undefined;
    const asked = request === undefined ? [] : [requestId];
    const handler = await handlerOf(deps, tx, actor, asked);
    const ground = request === undefined ? undefined : groundOfHandling(actor, handler, request);
    const register = (await facts.ofRequests(tx, asked)).get(requestId);
    if (request === undefined || ground === undefined || register === undefined)
      throw new AppError('NOT_FOUND');
    const keyed = { requestId, step, actorId: actor.personId, key: idempotencyKey };
    const result = await once(tx, keyed, deps.now(), () => work(tx, { request, handler: actor, register }));
    return about(readsOfRequest(register, ground), result);
  });
}

/** What the policy needs to know of a member of staff, and of some requests. */
export async function handlerOf(
  deps: Deps,
  tx: Tx,
  actor: StaffActor,
  requestIds: readonly string[],
): Promise<HandlerFacts> {
  return {
    access: await loadAccessFacts(tx, actor, today(deps)),
    municipal: (await deciders.load(tx, actor.personId, [])).municipal,
    involvedIn: await facts.involvedIn(tx, requestIds),
  };
}

/**
 * A request tells staff of every child that it may mean (S-11). By the rule for every role: the guardians who read the log
 * are not to learn from it that somebody has asked, who may be hiding from one of them (ADR-11).
 */
export const readsOfRequest = (
  { candidates }: facts.RequestFacts,
  ground: { readonly role: string; readonly unitId: string | null },
): readonly ChildRead[] =>
  candidates.map(({ childId }) => ({ childId, kind: 'INFORMATION_REQUEST', ...ground, rule: 'S-02' }));

/**
 * Names of the places of the child that was found. It may have been hidden since: then it lies on nobody's desk any more,
 * though it has not been moved yet.
 */
export function placesOfChild(
  { findings }: requests.StoredRequest,
  { candidates }: facts.RequestFacts,
): readonly string[] {
  if (findings === null || findings.childId === null) return [];
  const child = candidates.find(({ childId }) => childId === findings.childId);
  if (child === undefined) throw new AppError('CONFLICT', 'the child has been hidden since the check');
  return child.places.flatMap(({ unit, groups }) => [unit, ...groups]);
}

/** Whether the register names somebody as a holder of responsibility for a child. */
export const holdsResponsibility = ({ entries }: facts.Candidate, personId: string): boolean =>
  entries.some(({ holderId }) => holderId === personId);
