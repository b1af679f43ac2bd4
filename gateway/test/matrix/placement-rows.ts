import { applications } from './application-rows.ts';
import { asThemselves, caseWorkers, leaders, people } from './columns.ts';
import { offers } from './offer-rows.ts';
import { reducedPayments } from './reduced-payment-rows.ts';
import { reports } from './report-rows.ts';
import { type Row, type Table, only, plain } from './row.ts';

type Rows = Readonly<Record<string, Row>>;

/** There are no rounds in the town: whoever runs them would be told, and whoever leads a unit of its own seats. */
const ofRunners = only([], 'null', 'BHG-23 S-06', { may: caseWorkers });
const ofTheUnit = only([], 'null', 'BHG-25 S-06', { may: [...leaders, ...caseWorkers] });

const roundFields = [
  ...[
    'version',
    'warnings',
    'reopening',
    'moves',
    'runs',
    'scenarios',
    'overrides',
    'checkPage',
    'publishing',
  ],
];

const queries: Rows = {
  // The kindergarten of the town, which is no secret.
  admissionUnit: only(people, 'null', 'BHG-08 S-01'),
  placePrices: only(people, 'FORBIDDEN', 'P19'),
  placeStart: only(people, 'FORBIDDEN', 'P30'),
  admissionRounds: only(people, 'null', 'BHG-08 S-01'),
  // Tried with one that does not exist.
  admissionRound: only([], 'NOT_FOUND', 'S-06'),
  ...{ ...applications.queries, ...offers.queries, ...reducedPayments.queries },
  compareRuns: only([], 'NOT_FOUND', 'BHG-23 S-06'),
  ...reports.queries,
};

const ofUnit: Rows = {
  // The town has adopted none: they are as empty to whoever may read them.
  statutes: only([], 'NOT_FOUND', 'BHG-10 S-06', { may: [...leaders, ...caseWorkers] }),
  admissionCriteria: only([], 'null', 'BHG-08 BHG-10'),
  admissionSeats: only([], 'NOT_FOUND', 'BHG-25 S-06', { may: [...leaders, ...caseWorkers] }),
  ...{ ...offers.ofUnit, ...reports.ofUnit },
};

const changes: Rows = {
  // Identity's: what comes before an application.
  prepareApplication: only(asThemselves, 'FORBIDDEN', 'GUA-20 GUA-24'),
  adoptStatutes: only(caseWorkers, 'NOT_FOUND', 'BHG-10 S-06'),
  planAdmissionRound: only(caseWorkers, 'NOT_FOUND', 'BHG-05 S-06'),
  // Tried with what does not exist.
  changeAdmissionRound: only([], 'NOT_FOUND', 'BHG-05 S-06'),
  openAdmissionRound: only([], 'NOT_FOUND', 'BHG-10 S-06'),
  closeAdmissionRound: only([], 'NOT_FOUND', 'BHG-05 S-06'),
  reopenAdmissionRound: only([], 'NOT_FOUND', 'BHG-07 S-06'),
  approveAdmissionRoundReopening: only([], 'NOT_FOUND', 'BHG-07 S-06'),
  grantGrace: only([], 'NOT_FOUND', 'BHG-05 S-06'),
  changeRoundStatutes: only([], 'NOT_FOUND', 'BHG-10 S-06'),
  openAppeals: only([], 'NOT_FOUND', 'BHG-16 S-06'),
  finishAdmissionRound: only([], 'NOT_FOUND', 'BHG-16 S-06'),
  decideSeats: only([], 'NOT_FOUND', 'BHG-25 S-06'),
  ...{ ...applications.changes, ...offers.changes, ...reducedPayments.changes },
  ...Object.fromEntries(
    [
      ...[
        'simulateRound',
        'saveScenario',
        'overrideRound',
        'approveOverride',
        'withdrawOverride',
        'decideRight',
      ],
      ...['allocateRound', 'discardAllocation', 'publishRound'],
    ].map((change) => [change, only([], 'NOT_FOUND', 'BHG-23 S-06')]),
  ),
};

const types: Table = {
  ApplicationPrepared: plain('preparedAt receipt'),
  ApplicationsClosed: plain('code message'),
  Statutes: plain(
    'id unit version from priority noticeMonths keepWaiting showRank answerDays silenceDeclines convertible maxSeats adoptedAt',
  ),
  PriorityRule: plain('mode groups points criteria'),
  FlagPoints: plain('flag points'),
  AgeGroupSeats: plain('group seats'),
  StatutesAdopted: plain('statutes'),
  PlacePrices: plain('months reducedFrom reducedTo'),
  PricedMonth: plain('month children'),
  PricedChild: plain('key kroner food'),
  PlacePricesRefused: plain('code message weeklyHours'),
  PlaceStart: plain('earliest latest ageGroup'),
  AdmissionRound: {
    ...Object.fromEntries(roundFields.map((field) => [field, ofRunners])),
    ...applications.ofRound,
    // Once the result is published.
    seed: only([], 'null', 'BHG-08', { may: people }),
    ...plain(
      'id kind title admissionYear state deadline closesAt grace wishLimit yearBegins rules units seedCommitment',
    ),
  },
  AdmissionRoundUnit: {
    ...{ seats: ofTheUnit, isOverCapacity: ofTheUnit },
    ...plain('unit statutes'),
  },
  AdmissionGrace: plain('until reason'),
  AdmissionRules: plain('groups tieBreak lotteryUnit siblingInRound fallback overridesByTwo conversion'),
  SeatConversion: plain('from to given made'),
  AdmissionWarning: plain('code unit'),
  AdmissionRoundReopening: plain('id reason proposedById proposedAt'),
  AdmissionRoundMove: plain('number move state reason unit statutes graceUntil madeById approvedById madeAt'),
  AdmissionRoundConnection: plain('edges nodes pageInfo'),
  AdmissionRoundEdge: plain('node cursor'),
  AdmissionRoundPlanned: plain('round'),
  AdmissionRoundMoved: plain('round'),
  RoundReopeningProposed: plain('reopening'),
  AdmissionRoundRefused: plain('code message state deadline units places'),
  SeatDecision: plain('id round unit group seats occupied reserved area adults reason decidedById decidedAt'),
  AllocationRun: plain(
    'id purpose scenario snapshotHash digest engineVersion madeById madeAt summary pools placements whatIf',
  ),
  AllocationScenario: plain('id name version seed changeCount savedById savedAt'),
  AllocationSummary: plain('children byWish stayed nearby none withRightWithout emptySeats splitFamilies'),
  WhatIf: plain('placement wishes'),
  WhatIfWish: plain('unit outcome'),
  AllocationPool: plain('unit group reserve seats filled'),
  AllocationPlacement: plain('application unit group via wish'),
  AllocationPlacementConnection: plain('edges nodes pageInfo'),
  AllocationPlacementEdge: plain('node cursor'),
  AllocationRunConnection: plain('edges nodes pageInfo'),
  AllocationRunEdge: plain('node cursor'),
  AllocationRefused: plain('code message state problems findings'),
  RoundPublishing: plain('askedById askedAt refusal'),
  AllocationProblem: plain('code at'),
  RoundSimulated: plain('run'),
  ScenarioSaved: plain('scenario'),
  RunComparison: plain('first second byGroup gainCount loseCount gain lose'),
  GroupComparison: plain('group first second'),
  PublishCheck: plain('run findings occupancy'),
  PublishFinding: plain('kind key code application unit'),
  UnitOccupancy: plain('unit small large area adults isWithin'),
  RoundOverridden: plain('override displaced'),
  Displacement: plain('gainCount loseCount gain lose'),
  RoundOverride: plain(
    'id kind unit application group seats reason decidedById decidedAt isApproved approvedById withdrawnAt withdrawnFor',
  ),
  RightDecided: plain('application hasRight'),
  WishOutcome: plain('rank unit outcome reason numbers'),
  WishNumbers: plain('applicants place lastAdmittedPlace queue'),
  HeldSeats: plain('name flag seats isSoft'),
  SeatsDecided: plain('decision isOverCapacity'),
  SeatsRefused: plain('code message state'),
  StatutesRefused: plain('code message earliest places'),
  ...{ ...applications.types, ...offers.types, ...reducedPayments.types, ...reports.types },
};

/** References to placement. */
const ofChild = { ...applications.ofChild, ...offers.ofChild, ...reducedPayments.ofChild };
const references: Table = {
  'placement:Unit': { ...plain('(reference) id'), ...ofUnit },
  ...{ ...applications.references, ...offers.references },
  'placement:Child': { ...plain('(reference) id'), ...ofChild },
};

/** Rows of the matrix for admission. */
export const placement = {
  queries,
  ofUnit,
  ofChild,
  changes,
  types,
  references,
};
