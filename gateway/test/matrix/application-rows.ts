import { asStaff, caseWorkers, forTheMunicipality, guardians, leaders } from './columns.ts';
import { type Row, type Table, only, plain } from './row.ts';

type Rows = Readonly<Record<string, Row>>;

/** Rows of the matrix for applications, and for what is claimed with them. Nobody has applied in the town: tried with what does not exist. */
const noSuch = (rules: string): Row => only([], 'NOT_FOUND', `${rules} S-06`);

const queries: Rows = {
  placementApplication: noSuch('BHG-04 GUA-22 ADR-04'),
  placementClaim: noSuch('BHG-09 P24'),
  // Nothing waits for anybody: as empty to whoever may be told.
  placementClaimsToAssign: only(caseWorkers, 'NOT_FOUND', 'BHG-09 P24 S-06'),
  assignedPlacementClaims: only(caseWorkers, 'NOT_FOUND', 'BHG-09 P24 S-06'),
};

const changes: Rows = {
  savePlacementApplication: noSuch('BHG-04 S-20'),
  submitPlacementApplication: noSuch('BHG-04 S-20'),
  changePlacementApplication: noSuch('BHG-07 S-20'),
  withdrawPlacementApplication: noSuch('BHG-07 S-20'),
  // A case worker may, for whichever child; the round is none.
  enterPaperApplication: noSuch('P26 ADR-04 GUA-24'),
  claimPlacementPriority: noSuch('BHG-09 S-20'),
  withdrawPlacementClaim: noSuch('BHG-09 S-20 ADM-10'),
  assignPlacementClaim: noSuch('BHG-09 P24'),
  notePlacementProof: noSuch('BHG-09 P05'),
  decidePlacementClaim: noSuch('BHG-09 ADM-02'),
  addPlacementClaimDocument: noSuch('BHG-09 P05 S-20 ADM-07'),
  removePlacementClaimDocument: noSuch('BHG-09 P05 S-20 ADM-07'),
};

/** For guardians with parental responsibility, and for whoever works with admission; of their own children these are told nothing at work. */
const ofChild: Rows = {
  placementApplications: only(guardians, 'null', 'BHG-04 GUA-02 GUA-24', { may: forTheMunicipality }),
};

/** There are no rounds in the town. */
const ofRound: Rows = {
  applications: only([], 'NOT_FOUND', 'BHG-08 ADR-04 S-06', { may: [...leaders, ...asStaff] }),
};

const application = {
  ...plain(
    'id child round state wishes wantedStart guardians origin isByViewer submittedAt receipts version claims outcomes',
  ),
};
const claim = plain('id application unit flag verdict provenAt claimedAt verdicts documents');

const types: Table = {
  PlacementApplication: application,
  PlacementReceipt: plain('version receivedAt'),
  PlacementWish: plain('rank unit sibling'),
  PlacementApplicationConnection: plain('edges nodes pageInfo'),
  PlacementApplicationEdge: plain('node cursor'),
  PlacementApplicationSaved: plain('application'),
  PlacementApplicationReceived: plain('application receipt'),
  PlacementApplicationWithdrawn: plain('application'),
  PlacementApplicationRefused: plain('code message standing deadline startPeriod fittingRoundKind problems'),
  PlacementStartPeriod: plain('firstDay lastDay'),
  PlacementWishProblem: plain('code message at limit'),
  PlacementClaim: claim,
  PlacementClaimDocument: plain('id name mediaType bytes state refusal receivedAt downloadUrl thumbnailUrl'),
  PlacementClaimDocumentAdded: plain('claim'),
  PlacementClaimDocumentRemoved: plain('claim'),
  PlacementClaimVerdict: plain('verdict reason decidedAt'),
  PlacementClaimConnection: plain('edges nodes pageInfo'),
  PlacementClaimEdge: plain('node cursor'),
  WaitingClaim: plain('id round claimedAt'),
  WaitingClaimConnection: plain('edges nodes pageInfo'),
  WaitingClaimEdge: plain('node cursor'),
  PlacementPriorityClaimed: plain('claim'),
  PlacementClaimWithdrawn: plain('application'),
  PlacementClaimAssigned: plain('claimId'),
  PlacementClaimDecided: plain('claim'),
  PlacementClaimRefused: plain('code message'),
};

const references: Table = {
  'placement:Child': { ...plain('(reference) id'), ...ofChild },
  'placement:PlacementApplication': { '(reference)': noSuch('BHG-04 GUA-22'), ...application },
  'placement:PlacementClaim': { '(reference)': noSuch('BHG-09 P24'), ...claim },
};

export const applications = { queries, changes, ofChild, ofRound, types, references };
