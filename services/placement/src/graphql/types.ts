import type { OccupancyDay } from '../domain/occupancy-day.ts';
import type { PublishFinding } from '../domain/publish-finding.ts';
import type { StoredMove, StoredRound, Reopening } from '../domain/round-record.ts';
import type { RunPlacement } from '../domain/run-reading.ts';
import type { StoredOverride, StoredRun, StoredScenario } from '../domain/run-record.ts';
import type { SeatDecision } from '../domain/seat-decision.ts';
import type { SeenComparison, SeenDisplacement } from '../usecases/read-runs.ts';
import type { ShownApplication } from '../usecases/read-applications.ts';
import type { ShownAppeal } from '../usecases/read-appeals.ts';
import type { ShownDecision } from '../usecases/read-decisions.ts';
import type { ShownOffer, ShownPlace, ShownWait } from '../usecases/read-offers.ts';
import type { ListedChild, ShownPool } from '../usecases/read-pools.ts';
import type { WaitingReduction } from '../usecases/assign-reduced-payment.ts';
import type { ShownDocument } from '../usecases/read-claim-documents.ts';
import type { ShownClaim, WaitingClaim } from '../usecases/read-claims.ts';
import type { ShownReduction } from '../usecases/read-reduced-payments.ts';

/** What stands behind the SDL's `Unit`: all else is looked up by its id. */
export interface UnitModel {
  readonly id: string;
}
/** What stands behind its `Child`: all else is looked up by its id. */
export interface ChildModel {
  readonly id: string;
}
/** What stands behind its `AdmissionRound`. */
export type AdmissionRoundModel = StoredRound;
/** What stands behind its `AdmissionRoundUnit`. */
export interface AdmissionRoundUnitModel {
  readonly round: StoredRound;
  readonly unitId: string;
}
/** What stands behind its `AdmissionRoundMove`. */
export type AdmissionRoundMoveModel = StoredMove;
/** What stands behind its `AdmissionRoundReopening`. */
export type AdmissionRoundReopeningModel = Reopening;
/** What stands behind its `SeatDecision`. */
export type SeatDecisionModel = SeatDecision;
/** What stands behind its `AllocationRun`. */
export type AllocationRunModel = StoredRun;
/** What stands behind its `AllocationScenario`. */
export type AllocationScenarioModel = StoredScenario;
/** What stands behind its `AllocationPlacement`. */
export type AllocationPlacementModel = RunPlacement;
/** What stands behind its `RunComparison`. */
export type RunComparisonModel = SeenComparison;
/** What stands behind its `Displacement`. */
export type DisplacementModel = SeenDisplacement;
/** What stands behind its `RoundOverride`. */
export type RoundOverrideModel = StoredOverride;
/** What stands behind its `PublishFinding`: what it is about, by id. */
export type PublishFindingModel = PublishFinding;
/** What stands behind its `PlacementApplication`. */
export type PlacementApplicationModel = ShownApplication;
/** What stands behind its `PlacementClaim`. */
export type PlacementClaimModel = ShownClaim;
export type PlacementClaimDocumentModel = ShownDocument;
/** What stands behind its `WaitingClaim`. */
export type WaitingClaimModel = WaitingClaim;
/** What stands behind its `PlacementOffer`. */
export type PlacementOfferModel = ShownOffer;
/** What stands behind its `ChildPlace`. */
export type ChildPlaceModel = ShownPlace;
/** What stands behind its `WaitingEntry`. */
export type WaitingEntryModel = ShownWait;
/** What stands behind its `PlacementPool`. */
export type PlacementPoolModel = ShownPool;
/** What stands behind its `WaitingListPlace`. */
export type WaitingListPlaceModel = ListedChild;
/** What stands behind its `ReducedPayment`. */
export type ReducedPaymentModel = ShownReduction;
/** What stands behind its `ReducedPaymentDecision`. */
export type ReducedPaymentDecisionModel = NonNullable<ShownReduction['decision']>;
/** What stands behind its `WaitingReducedPayment`. */
export type WaitingReducedPaymentModel = WaitingReduction;
/** What stands behind its `PlacementAppeal`. */
export type PlacementAppealModel = ShownAppeal;
/** What stands behind its `PlacementDecision`. */
export type PlacementDecisionModel = ShownDecision;
/** What stands behind its `OccupancyDay`. */
export type OccupancyDayModel = OccupancyDay;
