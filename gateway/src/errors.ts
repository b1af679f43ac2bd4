import { maskError } from '@ranselpost/kit/subgraph';
import { type ErrorCode, errorCodes, publicMessages } from '@ranselpost/kit/pure/errors';
import type { Log } from '@ranselpost/kit/log';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/** What every answer that is not GraphQL's own looks like: nothing but a code and its fixed text. */
export const errorBody = (code: ErrorCode) => ({
  errors: [{ message: publicMessages[code], extensions: { code } }],
});

/**
 * What a client sees of an error. Of what a subgraph said, the code if it is one of ours and the path; its words and the
 * name of the subgraph stay inside.
 */
export function maskGatewayError(
  formatted: GraphQLFormattedError,
  error: unknown,
  log: Log,
): GraphQLFormattedError {
  if (!isFromSubgraph(error)) return maskError(formatted, error, log);
  const code = errorCodes.find((listed) => listed === error.extensions['code']) ?? 'INTERNAL';
  return {
    message: publicMessages[code],
    ...(formatted.path === undefined ? {} : { path: formatted.path }),
    extensions: { code },
  };
}

const isFromSubgraph = (error: unknown): error is GraphQLError =>
  error instanceof GraphQLError &&
  typeof error.extensions['serviceName'] === 'string' &&
  !(error.originalError instanceof Error);
