import { scalars } from '@ranselpost/kit/scalars';
import {
  admissionRound,
  admissionRoundMove,
  admissionRoundReopening,
  admissionRoundUnit,
  roundQueries,
} from './admission-round.ts';
import { adoptStatutes } from './adopt-statutes.ts';
import {
  allocationPlacement,
  allocationRun,
  allocationScenario,
  runComparison,
  runQueries,
  runsOfRound,
} from './allocation-run.ts';
import { roundMutations } from './change-admission-round.ts';
import { allocationMutations } from './change-allocation.ts';
import { appeal, appealMutations, appealQuery } from './appeal.ts';
import { application, applicationQuery, applicationsOfRound } from './application.ts';
import { applicationMutations } from './change-application.ts';
import { offerMutations } from './change-offer.ts';
import { child } from './child.ts';
import { claimDocument, claimDocumentMutations, documentsOfClaim } from './claim-document.ts';
import { claim, claimMutations, claimQueries, claimsOfApplication, waitingClaim } from './claim.ts';
import type { Context } from './context.ts';
import type { MutationResolvers, QueryResolvers } from './generated/types.ts';
import { decision, decisionMutations } from './decision.ts';
import { priceQuery } from './price.ts';
import {
  reducedPayment,
  reducedPaymentDecision,
  reducedPaymentMutations,
  reducedPaymentQueries,
  waitingReducedPayment,
} from './reduced-payment.ts';
import { occupancyDay, occupancyOfUnit, reportQueries } from './report.ts';
import { publishFinding } from './publish-finding.ts';
import { displacement, roundOverride } from './round-override.ts';
import { decideSeats, seatDecision, seatsOfUnit } from './seat-decision.ts';
import { childPlace, offer, offerQuery, pool, waitingEntry, waitingListPlace } from './offer.ts';
import { admissionUnit, unit } from './unit.ts';
import { outcomesOfApplication } from './wish-outcome.ts';

const mutation: Required<MutationResolvers<Context>> = {
  adoptStatutes,
  decideSeats,
  ...{
    ...appealMutations,
    ...applicationMutations,
    ...claimMutations,
    ...decisionMutations,
    ...claimDocumentMutations,
    ...offerMutations,
    ...reducedPaymentMutations,
    ...{ ...roundMutations, ...allocationMutations },
  },
};

const query: Required<QueryResolvers<Context>> = {
  ...{
    admissionUnit,
    ...applicationQuery,
    ...appealQuery,
    ...claimQueries,
    ...offerQuery,
    ...reducedPaymentQueries,
    ...{ ...priceQuery, ...reportQueries },
    ...{ ...roundQueries, ...runQueries },
  },
};

/** Every resolver of the subgraph. What is not here is a plain property, or a union that names its type itself. */
export const resolvers = {
  ...{ ...scalars, Query: query, Mutation: mutation },
  Child: child,
  PlacementApplication: { ...application, ...claimsOfApplication, ...outcomesOfApplication },
  PlacementClaim: { ...claim, ...documentsOfClaim },
  PlacementClaimDocument: claimDocument,
  WaitingClaim: waitingClaim,
  ReducedPayment: reducedPayment,
  ReducedPaymentDecision: reducedPaymentDecision,
  WaitingReducedPayment: waitingReducedPayment,
  Unit: { ...unit, ...seatsOfUnit, ...occupancyOfUnit },
  OccupancyDay: occupancyDay,
  AdmissionRound: { ...admissionRound, ...applicationsOfRound, ...runsOfRound },
  AllocationRun: allocationRun,
  AllocationScenario: allocationScenario,
  AllocationPlacement: allocationPlacement,
  RunComparison: runComparison,
  PublishFinding: publishFinding,
  RoundOverride: roundOverride,
  Displacement: displacement,
  AdmissionRoundUnit: admissionRoundUnit,
  AdmissionRoundMove: admissionRoundMove,
  AdmissionRoundReopening: admissionRoundReopening,
  SeatDecision: seatDecision,
  ChildPlace: childPlace,
  PlacementAppeal: appeal,
  PlacementDecision: decision,
  PlacementOffer: offer,
  PlacementPool: pool,
  WaitingEntry: waitingEntry,
  WaitingListPlace: waitingListPlace,
};
