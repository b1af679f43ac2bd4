import { ApolloServer, type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginUsageReportingDisabled,
  ApolloServerPluginInlineTraceDisabled,
} from '@apollo/server/plugin/disabled';
import { buildSubgraphSchema } from '@apollo/subgraph';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLFormattedError,
  Kind,
  type OperationDefinitionNode,
  parse,
} from 'graphql';
import { readFile, readdir } from 'node:fs/promises';
import type { ActorVerifier, Verified } from './actor-token.ts';
import type { Database } from './database.ts';
import type { Log } from './log.ts';
import { operationDuration, requestDuration } from './metrics.ts';
import type { Actor } from './pure/actor.ts';
import { AppError, type ErrorCode, errorCodes, publicMessages } from './pure/errors.ts';
import type { Reading } from './reading.ts';
import { type Seeing, seenHeader } from './seen.ts';
import type { Life } from './service.ts';
import { stopHttp } from './stop-http.ts';

export interface SubgraphOptions<Context extends { readonly actor: Actor }> {
  readonly host: string;
  readonly port: number;
  readonly life: Life;
  readonly typeDefs: DocumentNode;
  readonly resolvers: object;
  readonly verifyActor: ActorVerifier;
  /** How it keeps that no member of staff writes by older access than they have seen (S-05). */
  readonly seeing: Seeing;
  readonly db: Pick<Database, 'reading'>;
  /** Makes what resolvers get, fresh for each request, with this request's own way to the database; loaders belong in it. */
  readonly context: (actor: Actor, db: Database) => Context;
  readonly routes?: Routes;
}

/** Adds routes that are no graph, behind the same token check. `actorOf` answers who asks. */
export type Routes = (http: FastifyInstance, actorOf: (request: FastifyRequest) => Actor) => void;

const bodyLimit = 256 * 1024;

/**
 * Serves a subgraph on `POST /graphql`, and nothing else but what `routes` adds. A request without a valid actor token for this subgraph gets
 * 401, with the same body whatever is wrong with it, before anything is parsed (S-13). Errors are masked: listed codes go
 * out with a fixed text, everything else as `INTERNAL`, logged whole.
 */
export async function startSubgraph<Context extends { readonly actor: Actor }>(
  options: SubgraphOptions<Context>,
): Promise<void> {
  const { life, verifyActor, seeing } = options;
  const apollo = new ApolloServer<Asked<Context>>({
    // Each service's generated types hold its resolvers to its SDL; Apollo's own type is of resolvers for any SDL.
    schema: buildSubgraphSchema([{ typeDefs: options.typeDefs, resolvers: options.resolvers as never }]),
    introspection: false,
    csrfPrevention: false,
    allowBatchedHttpRequests: false,
    hideSchemaDetailsFromClientErrors: true,
    stopOnTerminationSignals: false,
    formatError: (formatted, error) => maskError(formatted, error, life.log),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      readAtOnce(life.log),
      measure(),
      waitForSeen(seeing),
    ],
    logger: silent,
  });
  await apollo.start();
  life.onStop('graphql', () => apollo.stop());

  const verified = new WeakMap<object, Verified>();
  const http = fastify({ logger: false, bodyLimit, forceCloseConnections: 'idle', keepAliveTimeout: 72_000 });
  http.addHook('onRequest', async (request, reply) => {
    const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
    try {
      verified.set(request, await verifyActor(token ?? ''));
    } catch {
      await reply.status(401).send(unauthenticated);
    }
  });
  http.addHook('onResponse', (request, reply, done) => {
    requestDuration.observe(
      { route: request.routeOptions.url ?? 'other', status: reply.statusCode },
      reply.elapsedTime / 1000,
    );
    done();
  });
  http.setNotFoundHandler((_request, reply) => reply.status(404).send(notFound));
  http.setErrorHandler((error, _request, reply) => {
    const status = (error as { statusCode?: number }).statusCode ?? 500;
    if (status >= 500) life.log.error('a request failed outside the graph', { error });
    return reply.status(status).send(errorBody(status < 500 ? 'BAD_USER_INPUT' : 'INTERNAL'));
  });
  http.post('/graphql', async (request, reply) => {
    const headers = new HeaderMap();
    headers.set('content-type', 'application/json');
    const { actor, seen } = verified.get(request)!;
    const reading = options.db.reading(actor);
    const {
      status,
      headers: outgoing,
      body,
    } = await executed(apollo, reading, {
      httpGraphQLRequest: { method: 'POST', headers, search: '', body: request.body },
      context: async () => ({ ...options.context(actor, reading.db), seen, reading }),
    });
    // Asked after all of the answer is committed: what it told of is covered by what is said here.
    const said = actor.kind === 'staff' ? await seeing.say?.() : undefined;
    if (body.kind !== 'complete') throw new Error('a subgraph answers in one piece');
    void reply.status(status ?? 200);
    if (typeof said === 'string') void reply.header(seenHeader, said);
    for (const [name, value] of outgoing) void reply.header(name, value);
    return reply.send(body.string);
  });
  options.routes?.(http, (request) => verified.get(request)!.actor);
  const stop = stopHttp(http);
  await http.listen({ host: options.host, port: options.port });
  life.onStop('http', stop);
}

/** Reads a subgraph's SDL: every `.graphql` file of a folder, as one document. */
export async function readTypeDefs(folder: URL): Promise<DocumentNode> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.graphql')).toSorted();
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, folder), 'utf8')));
  return parse(texts.join('\n'));
}

const errorBody = (code: ErrorCode) => ({
  errors: [{ message: publicMessages[code], extensions: { code } }],
});
const unauthenticated = errorBody('UNAUTHENTICATED');
const notFound = errorBody('NOT_FOUND');

/** Codes of the GraphQL server that say a request was malformed: told as what they are to us. */
const malformed = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/**
 * What the caller sees of an error: its path and a code from the list with the code's fixed text. What has no such code
 * is a bug: it is logged whole and shown as `INTERNAL` (S-07, required test 9).
 */
export function maskError(formatted: GraphQLFormattedError, error: unknown, log: Log): GraphQLFormattedError {
  const original = error instanceof GraphQLError ? error.originalError : error;
  const code = codeOf(original, formatted.extensions?.['code']);
  if (code === 'INTERNAL') log.error('a bug', { error: original ?? error });
  return {
    message: publicMessages[code],
    ...(formatted.path === undefined ? {} : { path: formatted.path }),
    extensions: { code },
  };
}

function codeOf(original: unknown, extension: unknown): ErrorCode {
  if (original instanceof AppError) return original.code;
  if (typeof extension === 'string') {
    if (malformed.has(extension)) return 'BAD_USER_INPUT';
    if (original === undefined || original === null) {
      const listed = errorCodes.find((code) => code === extension);
      if (listed !== undefined) return listed;
    }
  }
  return 'INTERNAL';
}

/** What is known of a request, beside what its resolvers get. */
type Asked<Context> = Context & { readonly seen: string | null; readonly reading: Reading };

/** Carries a request out. Whatever becomes of it, nothing of it is left open. */
async function executed<Context extends object>(
  apollo: ApolloServer<Context>,
  reading: Reading,
  request: Parameters<typeof apollo.executeHTTPGraphQLRequest>[0],
) {
  try {
    return await apollo.executeHTTPGraphQLRequest(request);
  } finally {
    // What it fails with `readAtOnce` has heard, who could still answer otherwise.
    await reading.end().catch(() => {});
  }
}

/**
 * Has a query read in one transaction, which ends when the answer is ready and before it goes out: what staff are told is
 * kept by then, or they are told nothing (S-11).
 */
function readAtOnce(log: Log): ApolloServerPlugin<Asked<{ readonly actor: Actor }>> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ operation, contextValue: { reading } }) => {
        if (operation?.operation === 'query') reading.share();
      },
      willSendResponse: async ({ operation, response, contextValue: { reading } }) => {
        try {
          await reading.end();
        } catch (error) {
          const code = codeOf(error, undefined);
          if (code === 'INTERNAL') log.error('a bug', { error });
          response.body = {
            kind: 'single',
            singleResult: operation === undefined ? errorBody(code) : refusal(operation, code),
          };
        }
      },
    }),
  };
}

/**
 * Has every change by staff wait until the service has heard what its author has seen, before any of it is carried out
 * (S-05). Here, and not in a use case, where one could be forgotten. A read may be older: it only tells less.
 */
function waitForSeen(seeing: Seeing): ApolloServerPlugin<Asked<{ readonly actor: Actor }>> {
  return {
    requestDidStart: async () => ({
      responseForOperation: async ({ operation, contextValue: { actor, seen } }) => {
        if (operation.operation !== 'mutation' || actor.kind !== 'staff' || seen === null) return null;
        if (await seeing.await(seen)) return null;
        return {
          http: { status: 200, headers: new HeaderMap() },
          body: { kind: 'single', singleResult: refusal(operation, 'UNAVAILABLE') },
        };
      },
    }),
  };
}

/** The answer to an operation none of which is answered: each of its fields is refused. */
function refusal({ selectionSet }: OperationDefinitionNode, code: ErrorCode) {
  const { errors } = errorBody(code);
  const fields = selectionSet.selections.filter((selected) => selected.kind === Kind.FIELD);
  return {
    data: null,
    errors:
      fields.length === 0
        ? errors
        : fields.map((field) => ({ ...errors[0]!, path: [(field.alias ?? field.name).value] })),
  };
}

function measure(): ApolloServerPlugin {
  return {
    requestDidStart: async () => {
      const stop = operationDuration.startTimer();
      return {
        willSendResponse: async ({ operation, response }) => {
          const hasErrors =
            response.body.kind === 'single' && response.body.singleResult.errors !== undefined;
          stop({
            operation: 'other',
            type: operation?.operation ?? 'none',
            outcome: hasErrors ? 'error' : 'ok',
          });
        },
      };
    },
  };
}

const silent = { debug() {}, info() {}, warn() {}, error() {} };
