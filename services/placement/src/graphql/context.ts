import type { Database } from '@ranselpost/kit/database';
import { loaderById } from '@ranselpost/kit/loader';
import type { Actor } from '@ranselpost/kit/pure/actor';
import DataLoader from 'dataloader';
import type { StoredRound } from '../domain/round-record.ts';
import type { SeatDecision } from '../domain/seat-decision.ts';
import type { Statutes } from '../domain/statutes.ts';
import type { FileDeps } from '../usecases/deps.ts';
import { type ShownDocument, readClaimDocuments } from '../usecases/read-claim-documents.ts';
import {
  type RoundRecord,
  type SeatsWanted,
  type UnitSeats,
  readPinnedStatutes,
  readRecords,
  readRoundsById,
  readSeats,
  readSeeds,
  readUnitSeats,
} from '../usecases/read-rounds.ts';
import {
  type ChildStanding,
  type ShownOffer,
  type ShownPlace,
  readChildStandings,
  readOffers,
  readPlaces,
} from '../usecases/read-offers.ts';
import { type ShownAppeal, readAppeals, readChildAppeals } from '../usecases/read-appeals.ts';
import { type ShownDecision, readChildDecisions } from '../usecases/read-decisions.ts';
import { type ShownPool, readPools } from '../usecases/read-pools.ts';
import { type ShownApplication, readApplications } from '../usecases/read-applications.ts';
import { type ShownClaim, readClaims, readClaimsOf } from '../usecases/read-claims.ts';
import { type ShownReduction, readChildReductions } from '../usecases/read-reduced-payments.ts';
import { type ReadRun, readKeptRuns } from '../usecases/read-runs.ts';
import { readCriteria, readStatutes } from '../usecases/read-statutes.ts';
import { type ToldOutcome, readWishOutcomes } from '../usecases/read-wish-outcomes.ts';

/** What resolvers get, fresh for each request. */
export interface Context {
  readonly actor: Actor;
  readonly deps: FileDeps;
  readonly applications: DataLoader<string, ShownApplication | null>;
  readonly applicationClaims: DataLoader<string, readonly ShownClaim[]>;
  readonly claims: DataLoader<string, ShownClaim | null>;
  readonly claimDocuments: DataLoader<string, readonly ShownDocument[]>;
  readonly appeals: DataLoader<string, ShownAppeal | null>;
  readonly childAppeals: DataLoader<string, readonly ShownAppeal[] | null>;
  readonly childDecisions: DataLoader<string, readonly ShownDecision[] | null>;
  readonly offers: DataLoader<string, ShownOffer | null>;
  readonly places: DataLoader<string, ShownPlace | null>;
  readonly pools: DataLoader<string, ShownPool | null>;
  readonly standings: DataLoader<string, ChildStanding | 'hidden' | null>;
  readonly reducedPayments: DataLoader<string, readonly ShownReduction[] | null>;
  readonly outcomes: DataLoader<string, readonly ToldOutcome[] | null>;
  readonly statutes: DataLoader<string, readonly Statutes[] | 'hidden' | null>;
  readonly criteria: DataLoader<string, Statutes | 'hidden' | null>;
  readonly pinnedStatutes: DataLoader<string, Statutes | null>;
  readonly rounds: DataLoader<string, StoredRound | null>;
  readonly records: DataLoader<string, RoundRecord | null>;
  readonly seeds: DataLoader<string, string | null>;
  readonly keptRuns: DataLoader<string, ReadRun | null>;
  readonly seats: DataLoader<SeatsWanted, UnitSeats | null, string>;
  readonly unitSeats: DataLoader<string, readonly SeatDecision[] | 'hidden' | null>;
}

export const contextFor =
  (all: FileDeps) =>
  (actor: Actor, db: Database): Context => {
    const deps = { ...all, db };
    return {
      actor,
      deps,
      applications: loaderById((ids) => readApplications(deps, actor, ids)),
      applicationClaims: new DataLoader((ids: readonly string[]) => readClaimsOf(deps, actor, ids)),
      claimDocuments: new DataLoader((ids: readonly string[]) => readClaimDocuments(deps, actor, ids)),
      claims: loaderById((ids) => readClaims(deps, actor, ids)),
      appeals: loaderById((ids) => readAppeals(deps, actor, ids)),
      childAppeals: new DataLoader((ids: readonly string[]) => readChildAppeals(deps, actor, ids)),
      childDecisions: new DataLoader((ids: readonly string[]) => readChildDecisions(deps, actor, ids)),
      offers: loaderById((ids) => readOffers(deps, actor, ids)),
      places: loaderById((ids) => readPlaces(deps, actor, ids)),
      pools: loaderById((ids) => readPools(deps, actor, ids)),
      standings: new DataLoader((ids: readonly string[]) => readChildStandings(deps, actor, ids)),
      reducedPayments: new DataLoader((ids: readonly string[]) => readChildReductions(deps, actor, ids)),
      outcomes: loaderById((ids) => readWishOutcomes(deps, actor, ids)),
      statutes: new DataLoader((ids: readonly string[]) => readStatutes(deps, actor, ids)),
      criteria: new DataLoader((ids: readonly string[]) => readCriteria(deps, actor, ids)),
      pinnedStatutes: loaderById((ids) => readPinnedStatutes(deps, actor, ids)),
      rounds: loaderById((ids) => readRoundsById(deps, actor, ids)),
      records: loaderById((ids) => readRecords(deps, actor, ids)),
      seeds: loaderById((ids) => readSeeds(deps, actor, ids)),
      keptRuns: loaderById((ids) => readKeptRuns(deps, actor, ids)),
      seats: new DataLoader((wanted: readonly SeatsWanted[]) => readSeats(deps, actor, wanted), {
        cacheKeyFn: ({ roundId, unitId }) => `${roundId} ${unitId}`,
      }),
      unitSeats: new DataLoader((ids: readonly string[]) => readUnitSeats(deps, actor, ids)),
    };
  };
