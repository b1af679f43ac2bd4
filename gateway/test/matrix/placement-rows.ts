import { caseWorkers, leaders, people } from './columns.ts';
import { type Row, type Table, only, plain } from './row.ts';

type Rows = Readonly<Record<string, Row>>;

const queries: Rows = {
  // The kindergarten of the town, which is no secret.
  admissionUnit: only(people, 'null', 'BHG-08 S-01'),
  placePrices: only(people, 'FORBIDDEN', 'P19'),
  placeStart: only(people, 'FORBIDDEN', 'P30'),
};

const ofUnit: Rows = {
  // The town has adopted none: they are as empty to whoever may read them.
  statutes: only([], 'NOT_FOUND', 'BHG-10 S-06', { may: [...leaders, ...caseWorkers] }),
  admissionCriteria: only([], 'null', 'BHG-08 BHG-10'),
};

const changes: Rows = {
  adoptStatutes: only(caseWorkers, 'NOT_FOUND', 'BHG-10 S-06'),
};

const types: Table = {
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
  StatutesRefused: plain('code message earliest places'),
};

/** References to placement. */
const references: Table = {
  'placement:Unit': { ...plain('(reference) id'), ...ofUnit },
};

/** Rows of the matrix for admission. */
export const placement = { queries, ofUnit, changes, types, references };
