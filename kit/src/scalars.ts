import { GraphQLScalarType, Kind } from 'graphql';
import { GraphQLDateTimeISO, GraphQLLocalDate } from 'graphql-scalars';
import { AppError } from './pure/errors.ts';

const { description: _ofDate, ...localDate } = GraphQLLocalDate.toConfig();
const { description: _ofInstant, ...instant } = GraphQLDateTimeISO.toConfig();

/** The scalars that every subgraph has. A `Date` is a day as text, `YYYY-MM-DD`, and must exist in the calendar. */
export const scalars = {
  Date: new GraphQLScalarType<string, string>({ ...localDate, name: 'Date' }),
  DateTime: new GraphQLScalarType({ ...instant, name: 'DateTime' }),
};

/** A time that clocks in Norway show, as `HH:MM`; for the subgraphs whose SDL has it. */
export const LocalTime = new GraphQLScalarType<string, string>({
  name: 'LocalTime',
  serialize: readTime,
  parseValue: readTime,
  parseLiteral: (node) => readTime(node.kind === Kind.STRING ? node.value : undefined),
});

function readTime(value: unknown): string {
  if (typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(value)) return value;
  throw new AppError('BAD_USER_INPUT', 'not a time of day');
}
