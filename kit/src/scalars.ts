import { GraphQLScalarType } from 'graphql';
import { GraphQLDateTimeISO, GraphQLLocalDate } from 'graphql-scalars';

const { description: _ofDate, ...localDate } = GraphQLLocalDate.toConfig();
const { description: _ofInstant, ...instant } = GraphQLDateTimeISO.toConfig();

/** The scalars that every subgraph has. A `Date` is a day as text, `YYYY-MM-DD`, and must exist in the calendar. */
export const scalars = {
  Date: new GraphQLScalarType<string, string>({ ...localDate, name: 'Date' }),
  DateTime: new GraphQLScalarType({ ...instant, name: 'DateTime' }),
};
