import { scalars } from '@ranselpost/kit/scalars';
import { adoptStatutes } from './adopt-statutes.ts';
import type { Context } from './context.ts';
import type { MutationResolvers, QueryResolvers } from './generated/types.ts';
import { priceQuery } from './price.ts';
import { admissionUnit, unit } from './unit.ts';

const mutation: Required<MutationResolvers<Context>> = { adoptStatutes };

const query: Required<QueryResolvers<Context>> = { admissionUnit, ...priceQuery };

/** Every resolver of the subgraph. What is not here is a plain property, or a union that names its type itself. */
export const resolvers = { ...scalars, Query: query, Mutation: mutation, Unit: unit };
