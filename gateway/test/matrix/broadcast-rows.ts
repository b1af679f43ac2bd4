import { leaders } from './columns.ts';
import { type Row, only } from './row.ts';

type Rows = Readonly<Record<string, Row>>;

/** Whoever speaks to all guardians of a unit. In the golden kindergarten nobody has a role for all of it. */
export const speaksForTheUnit = only(
  [...leaders, 'office', 'named', 'afterSchool'],
  'NOT_FOUND',
  'MSG-06 MSG-07 S-06',
);

/** Rows of the matrix for texts to many. */
export const broadcastQueries: Rows = {
  previewBroadcast: speaksForTheUnit,
  // Nobody has sent one that anybody could be asked about.
  broadcast: only([], 'NOT_FOUND', 'GUA-13 S-06 S-09'),
};

export const broadcastChanges: Rows = {
  sendBroadcast: speaksForTheUnit,
  undoBroadcast: only([], 'NOT_FOUND', 'MSG-07 S-06'),
  withdrawBroadcast: only([], 'NOT_FOUND', 'MSG-17 S-06'),
  markBroadcastRead: only([], 'NOT_FOUND', 'ADR-11 S-06'),
};
