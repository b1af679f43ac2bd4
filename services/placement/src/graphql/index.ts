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
import { application, applicationQuery, applicationsOfRound } from './application.ts';
import { applicationMutations } from './change-application.ts';
import { offerMutations } from './change-offer.ts';
import { child } from './child.ts';
import { claim, claimMutations, claimQueries, claimsOfApplication, waitingClaim } from './claim.ts';
import type { Context } from './context.ts';
import type { MutationResolvers, QueryResolvers } from './generated/types.ts';
import { priceQuery } from './price.ts';
import {
  reducedPayment,
  reducedPaymentDecision,
  reducedPaymentMutations,
  reducedPaymentQueries,
  waitingReducedPayment,
} from './reduced-payment.ts';
import { decideSeats, seatDecision, seatsOfUnit } from './seat-decision.ts';
import { childPlace, offer, offerQuery, pool, waitingEntry, waitingListPlace } from './offer.ts';
import { admissionUnit, unit } from './unit.ts';

const mutation: Required<MutationResolvers<Context>> = {
  adoptStatutes,
  decideSeats,
  ...{
    ...applicationMutations,
    ...claimMutations,
    ...offerMutations,
    ...reducedPaymentMutations,
    ...roundMutations,
  },
};

const query: Required<QueryResolvers<Context>> = {
  ...{
    admissionUnit,
    ...applicationQuery,
    ...claimQueries,
    ...offerQuery,
    ...reducedPaymentQueries,
    ...priceQuery,
    ...roundQueries,
  },
};

/** Every resolver of the subgraph. What is not here is a plain property, or a union that names its type itself. */
export const resolvers = {
  ...{ ...scalars, Query: query, Mutation: mutation },
  Child: child,
  PlacementApplication: { ...application, ...claimsOfApplication },
  PlacementClaim: claim,
  WaitingClaim: waitingClaim,
  ReducedPayment: reducedPayment,
  ReducedPaymentDecision: reducedPaymentDecision,
  WaitingReducedPayment: waitingReducedPayment,
  Unit: { ...unit, ...seatsOfUnit },
  AdmissionRound: { ...admissionRound, ...applicationsOfRound },
  AdmissionRoundUnit: admissionRoundUnit,
  AdmissionRoundMove: admissionRoundMove,
  AdmissionRoundReopening: admissionRoundReopening,
  SeatDecision: seatDecision,
  ChildPlace: childPlace,
  PlacementOffer: offer,
  PlacementPool: pool,
  WaitingEntry: waitingEntry,
  WaitingListPlace: waitingListPlace,
};
