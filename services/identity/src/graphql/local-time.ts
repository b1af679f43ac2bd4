import { AppError } from '@ranselpost/kit/pure/errors';
import { GraphQLScalarType, Kind } from 'graphql';

function read(value: unknown): string {
  if (typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(value)) return value;
  throw new AppError('BAD_USER_INPUT', 'not a time of day');
}

/** A time that clocks in Norway show, as `HH:MM`. */
export const LocalTime = new GraphQLScalarType<string, string>({
  name: 'LocalTime',
  serialize: read,
  parseValue: read,
  parseLiteral: (node) => read(node.kind === Kind.STRING ? node.value : undefined),
});
