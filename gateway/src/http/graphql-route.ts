import { AppError } from '@ranselpost/kit/pure/errors';
import type { Log } from '@ranselpost/kit/log';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type ActorSources, type Caller, identify } from '../actor.ts';
import { errorBody } from '../errors.ts';
import { SubgraphAway } from '../execution/faults.ts';
import { Seen, later } from '../execution/seen.ts';
import type { Graph, GraphRequest } from '../graph.ts';
import type { Limits } from '../limits.ts';
import type { OperationList } from '../operations.ts';
import type { Sessions } from '../sessions.ts';
import { failureOf } from './failures.ts';
import type { Rates } from './rates.ts';
import { requireSameOrigin } from './same-origin.ts';

export interface GraphqlRouteOptions {
  readonly graph: Graph;
  readonly operations: OperationList;
  readonly limits: Limits;
  readonly sources: ActorSources;
  readonly rates: Rates;
  readonly log: Log;
  readonly ownOrigin: string;
  readonly browsersMaySend: 'registered' | 'any';
  readonly maxConcurrent: number;
}

const wholeMs = 8_000;

/** `POST /graphql`. Who asks is known before the body is read; what is asked is known to be small before it is planned. */
export function graphqlRoute(http: FastifyInstance, options: GraphqlRouteOptions): void {
  const { graph, sources, rates, log, ownOrigin, maxConcurrent } = options;
  const callers = new WeakMap<FastifyRequest, Caller>();
  let underWay = 0;

  http.post('/graphql', {
    onRequest: async (request) => {
      if (underWay >= maxConcurrent) throw new AppError('UNAVAILABLE', 'too many operations under way');
      await rates.ofAddress(request);
      const caller = await identify(sources, request, 'for tablets too');
      if (caller.by === 'session') requireSameOrigin(request, ownOrigin);
      await rates.ofActor(request, caller.key);
      callers.set(request, caller);
    },
    handler: async (request, reply) => {
      const caller = callers.get(request)!;
      const deadline = performance.now() + wholeMs;
      const wanted = toGraphRequest(request.body, caller, options);
      underWay += 1;
      try {
        const { actor } = caller;
        const requestId = request.id;
        const onFault = (part: string, error: unknown): void =>
          log[error instanceof SubgraphAway ? 'debug' : 'error']('a part of a plan failed', {
            requestId,
            part,
            error,
          });
        const seen = new Seen(() => seenBefore(caller, sources.sessions));
        const onChange = () => noteUse(caller, sources.sessions);
        const answer = await graph.execute({ actor, seen, requestId, deadline, onFault, onChange }, wanted);
        await keepSeen(caller, seen, sources.sessions);
        return await reply.status(answer.status).type('application/json; charset=utf-8').send(answer.body);
      } finally {
        underWay -= 1;
      }
    },
  });

  http.route({
    method: ['GET', 'PUT', 'PATCH', 'DELETE'],
    url: '/graphql',
    handler: (_request, reply) => reply.status(405).header('allow', 'POST').send(errorBody('BAD_USER_INPUT')),
  });
}

/** Read anew for each change: another replica may have answered this session since it was read here. */
const seenBefore = async (caller: Caller, sessions: Sessions): Promise<string | null> =>
  caller.by === 'session' && caller.actor.kind === 'staff' ? sessions.seenIn(caller.session) : null;

/** At a shared tablet only changes are use: a board that is read anew by itself says nothing of somebody being there (GUA-19). */
async function noteUse(caller: Caller, sessions: Sessions): Promise<void> {
  if (caller.by !== 'session' || caller.session.at === null) return;
  try {
    await sessions.noteUse(caller.session);
  } catch (cause) {
    // Where it is answered, a failure of our own has no code but what is said here.
    throw new AppError(failureOf(cause).code, 'the use of a session could not be noted', { cause });
  }
}

/** Kept before anything is answered: whatever staff do next, in whichever replica, comes after what they have seen (S-05). */
async function keepSeen(caller: Caller, { noted }: Seen, sessions: Sessions): Promise<void> {
  if (
    caller.by === 'token' ||
    noted === null ||
    later(caller.session.seenAt, noted) === caller.session.seenAt
  )
    return;
  await sessions.noteSeen(caller.session, noted);
}

/** Finds the operation that is meant. One that is not registered is measured first. Throws `BAD_USER_INPUT`. */
function toGraphRequest(
  body: unknown,
  caller: Caller,
  { operations, limits, browsersMaySend }: GraphqlRouteOptions,
): GraphRequest {
  if (!isObject(body)) throw new AppError('BAD_USER_INPUT', 'one operation, as a JSON object');
  const variables = body['variables'] ?? {};
  const operationName = body['operationName'] ?? undefined;
  if (!isObject(variables) || !(operationName === undefined || typeof operationName === 'string'))
    throw new AppError('BAD_USER_INPUT', 'malformed variables or name');

  const query = body['query'] ?? undefined;
  if (query === undefined) {
    const operation = operations.byId(String(body['id'] ?? persistedHash(body['extensions'])));
    if (operation === undefined) throw new AppError('BAD_USER_INPUT', 'no such operation');
    return { query: operation.text, operationName: undefined, variables, registeredName: operation.name };
  }
  if (typeof query !== 'string') throw new AppError('BAD_USER_INPUT', 'an operation is a text');
  if (caller.by === 'session' && browsersMaySend === 'registered')
    throw new AppError('BAD_USER_INPUT', 'browsers send registered operations by hash');
  const registered = operations.byText(query);
  if (registered === undefined) limits.check(query, variables, operationName);
  return { query, operationName, variables, registeredName: registered?.name };
}

/** Where clients with persisted operations put the hash. */
function persistedHash(extensions: unknown): unknown {
  const persisted = isObject(extensions) ? extensions['persistedQuery'] : undefined;
  return isObject(persisted) ? persisted['sha256Hash'] : undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
