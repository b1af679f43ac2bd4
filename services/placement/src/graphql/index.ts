import { scalars } from '@ranselpost/kit/scalars';
import {
  admissionRound,
  admissionRoundMove,
  admissionRoundReopening,
  admissionRoundUnit,
  roundQueries,
} from './admission-round.ts';
import { adoptStatutes } from './adopt-statutes.ts';
import { roundMutations } from './change-admission-round.ts';
import type { Context } from './context.ts';
import type { MutationResolvers, QueryResolvers } from './generated/types.ts';
import { priceQuery } from './price.ts';
import { decideSeats, seatDecision, seatsOfUnit } from './seat-decision.ts';
import { admissionUnit, unit } from './unit.ts';

const mutation: Required<MutationResolvers<Context>> = {
  adoptStatutes,
  decideSeats,
  ...roundMutations,
};

const query: Required<QueryResolvers<Context>> = { admissionUnit, ...priceQuery, ...roundQueries };

/** Every resolver of the subgraph. What is not here is a plain property, or a union that names its type itself. */
export const resolvers = {
  ...{ ...scalars, Query: query, Mutation: mutation },
  Unit: { ...unit, ...seatsOfUnit },
  AdmissionRound: admissionRound,
  AdmissionRoundUnit: admissionRoundUnit,
  AdmissionRoundMove: admissionRoundMove,
  AdmissionRoundReopening: admissionRoundReopening,
  SeatDecision: seatDecision,
};
