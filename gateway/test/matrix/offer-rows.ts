import { applications } from './application-rows.ts';
import { caseWorkers, forTheMunicipality, guardians, leaders, officers } from './columns.ts';
import { type Row, type Table, only, plain } from './row.ts';

type Rows = Readonly<Record<string, Row>>;

/** Rows of the matrix for offers, places and lists. Nobody has been offered anything in the town: tried with what does not exist. */
const noSuch = (rules: string): Row => only([], 'NOT_FOUND', `${rules} S-06`);

const queries: Rows = {
  placementOffer: noSuch('BHG-12 GUA-02'),
  placementPool: noSuch('BHG-20 BHG-25'),
  placementAppeal: noSuch('BHG-16 ADM-05'),
  waitingPlacementAppeals: only([...caseWorkers, ...officers], 'NOT_FOUND', 'BHG-17 S-06'),
};

const changes: Rows = {
  answerPlacementOffer: noSuch('BHG-12 S-20'),
  withdrawPlacementOffer: noSuch('BHG-12'),
  makePlacementOffer: noSuch('BHG-21'),
  changePoolSeats: noSuch('BHG-25'),
  resignPlace: noSuch('BHG-14 S-20'),
  changePlaceHours: noSuch('SFO-06 S-20'),
  noteSchoolStart: noSuch('BHG-14'),
  appealPlacementDecision: noSuch('BHG-16 S-20'),
  movePlacementAppeal: noSuch('BHG-17'),
  openPlacementDecision: noSuch('BHG-15 ADM-03'),
};

/** For guardians with parental responsibility, and for whoever works with admission; of their own children these are told nothing at work. */
const ofFamily = only([], 'null', 'BHG-12 BHG-20 GUA-02 GUA-24', {
  may: [...guardians, ...forTheMunicipality],
});
const ofChild: Rows = {
  placementOffers: ofFamily,
  places: ofFamily,
  waitingEntries: ofFamily,
  placementAppeals: ofFamily,
  placementDecisions: ofFamily,
};

const ofUnit: Rows = {
  // There are none: as empty to whoever may be told.
  places: only([], 'NOT_FOUND', 'BHG-13 S-06', { may: [...leaders, ...caseWorkers] }),
  placementPools: only([], 'NOT_FOUND', 'BHG-25 S-06', { may: [...leaders, ...caseWorkers] }),
};

const offer = plain('id child unit care wish weeklyHours startsOn madeAt deadline state answers endedAt');
const place = plain('id child unit care weeklyHours from to');
/** Who waits, in which order, is for case workers alone. */
const ofLists = only([], 'null', 'BHG-20', { may: caseWorkers });
const pool = {
  ...plain('id unit admissionYear group reserve seats committed'),
  ...{ next: ofLists, waitingList: ofLists },
};

const appeal = plain('id child unit grounds state isUpheld receivedAt waitsFor');

const types: Table = {
  PlacementAppeal: appeal,
  PlacementAppealChanged: plain('appeal'),
  PlacementAppealConnection: plain('edges nodes pageInfo'),
  PlacementAppealEdge: plain('node cursor'),
  PlacementDecision: plain('id child kind decidedAt openedAt'),
  PlacementDecisionOpened: plain('decision text complaintUntil'),
  PlacementOffer: offer,
  PlacementOfferChanged: plain('offer'),
  PlacementOfferRefused: plain('code message earliest'),
  PoolSeatsChanged: plain('pool'),
  PlaceResigned: plain('place'),
  PlaceHoursChanged: plain('place'),
  SchoolStartNoted: plain('child startsOn'),
  ChildPlace: place,
  ChildPlaceConnection: plain('edges nodes pageInfo'),
  ChildPlaceEdge: plain('node cursor'),
  WaitingEntry: plain('unit order isActive endedBecause'),
  PlacementPool: pool,
  WaitingListConnection: plain('edges nodes pageInfo'),
  WaitingListEdge: plain('node cursor'),
  WaitingListPlace: plain('application child position isActive isAnswering'),
};

const references: Table = {
  'placement:Child': { ...applications.references['placement:Child'], ...ofChild },
  'placement:PlacementAppeal': { '(reference)': noSuch('BHG-16'), ...appeal },
  'placement:PlacementOffer': { '(reference)': noSuch('BHG-12'), ...offer },
  'placement:ChildPlace': { '(reference)': noSuch('BHG-13'), ...place },
  'placement:PlacementPool': { '(reference)': noSuch('BHG-25'), ...pool },
};

export const offers = { queries, changes, ofChild, ofUnit, types, references };
