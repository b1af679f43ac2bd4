import { ApolloServer, type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { Log } from '@ranselpost/kit/log';
import { operationDuration } from '@ranselpost/kit/metrics';
import { scalars } from '@ranselpost/kit/scalars';
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema, isScalarType } from 'graphql';
import { maskGatewayError } from './errors.ts';
import type { Call } from './execution/call.ts';
import type { Executor } from './execution/executor.ts';
import { maxTokens } from './limits.ts';

/** One operation to be carried out, after every check that can be made without planning it. */
export interface GraphRequest {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The name it is registered under; only those are names that metrics may have. */
  readonly registeredName: string | undefined;
}

export interface Graph {
  /** What callers see of the supergraph. */
  readonly schema: GraphQLSchema;
  execute(call: Call, request: GraphRequest): Promise<{ readonly status: number; readonly body: string }>;
  stop(): Promise<void>;
}

interface Context extends Call {
  readonly registeredName: string | undefined;
}

export async function startGraph(executor: Executor, introspection: boolean, log: Log): Promise<Graph> {
  let schema: GraphQLSchema | undefined;
  const apollo = new ApolloServer<Context>({
    gateway: executor.gateway,
    introspection,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    parseOptions: { maxTokens },
    stopOnTerminationSignals: false,
    nodeEnv: 'production',
    formatError: (formatted, error) => maskGatewayError(formatted, error, silent),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      { serverWillStart: async (service) => void (schema = service.schema) },
      watch(log),
    ],
    logger: silent,
  });
  await apollo.start();
  if (schema === undefined) throw new Error('the graph started without a schema');
  teachScalars(schema);
  const headers = new HeaderMap([['content-type', 'application/json']]);
  return {
    schema,
    execute: async (call, { query, operationName, variables, registeredName }) => {
      const { status, body } = await apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          method: 'POST',
          headers,
          search: '',
          body: { query, variables, ...(operationName === undefined ? {} : { operationName }) },
        },
        context: async () => ({ ...call, registeredName }),
      });
      if (body.kind !== 'complete') throw new Error('the gateway answers in one piece');
      return { status: status ?? 200, body: body.string };
    },
    stop: () => apollo.stop(),
  };
}

/**
 * A supergraph names scalars and does not say what may stand in them. Without that, a day that is in no calendar would
 * go on to a subgraph, and its refusal of what we planned would look like a bug.
 */
function teachScalars(schema: GraphQLSchema): void {
  for (const { name, parseValue, parseLiteral } of Object.values(scalars)) {
    const type = schema.getType(name);
    if (isScalarType(type)) Object.assign(type, { parseValue, parseLiteral });
  }
}

/** Measures, logs what is shown as `INTERNAL`, and keeps the planner's remarks on shapes from leaving with the answer. */
function watch(log: Log): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => {
      const stop = operationDuration.startTimer();
      return {
        didResolveOperation: async ({ operation, contextValue }) => {
          if (operation?.operation === 'mutation') await contextValue.onChange();
        },
        didEncounterErrors: async ({ errors, contextValue }) => {
          for (const error of errors) {
            // The planner also hands on errors of its own that are none of GraphQL's, whatever the types say.
            const plain = error instanceof GraphQLError ? error.toJSON() : { message: '' };
            const shown = maskGatewayError(plain, error, silent);
            if (shown.extensions?.['code'] !== 'INTERNAL') continue;
            const { requestId } = contextValue;
            // What a subgraph says of its own bug may quote anything; its own log has the rest.
            const serviceName = error.extensions?.['serviceName'];
            if (typeof serviceName === 'string')
              log.error('a subgraph failed', { requestId, part: serviceName });
            else log.error('a bug', { requestId, error: error.originalError ?? error });
          }
        },
        willSendResponse: async ({ operation, response, source, contextValue }) => {
          const result = response.body.kind === 'single' ? response.body.singleResult : undefined;
          delete result?.extensions;
          if (result?.errors !== undefined) result.errors = withPlacesIn(source ?? '', result.errors);
          stop({
            operation: contextValue.registeredName ?? 'other',
            type: operation?.operation ?? 'none',
            outcome: result?.errors === undefined ? 'ok' : 'error',
          });
        },
      };
    },
  };
}

/** Leaves a place out that is none in the operation: what a subgraph says of places is its own word too (S-07). */
function withPlacesIn(
  operation: string,
  errors: readonly GraphQLFormattedError[],
): readonly GraphQLFormattedError[] {
  const words = new Set<string | number>(operation.match(/[_A-Za-z]\w*/g));
  const isPlace = (step: string | number): boolean => typeof step === 'number' || words.has(step);
  return errors.map(({ path, ...error }) => (path?.every(isPlace) === true ? { ...error, path } : error));
}

const silent = { debug() {}, info() {}, warn() {}, error() {} };
