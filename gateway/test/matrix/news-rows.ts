import { speaksForTheUnit } from './broadcast-rows.ts';
import { type Column, guardians } from './columns.ts';
import { type Row, type Table, only, plain } from './row.ts';

type Rows = Readonly<Record<string, Row>>;

/** Rows of the matrix for what units tell whoever is there. */
export const newsQueries = (atTheUnit: readonly Column[]): Rows => ({
  // Nobody has published any that anybody could be asked about.
  newsPost: only([], 'NOT_FOUND', 'GUA-13 S-06'),
  unitNews: only(atTheUnit, 'NOT_FOUND', 'MSG-18 S-06'),
  ...plain('news'),
  unitDocument: only([], 'NOT_FOUND', 'GUA-13 S-06'),
  unitDocuments: only([...guardians, ...atTheUnit], 'NOT_FOUND', 'MSG-18 GUA-20 S-06'),
});

export const newsChanges: Rows = {
  publishNews: speaksForTheUnit,
  editNews: only([], 'NOT_FOUND', 'S-06'),
  withdrawNews: only([], 'NOT_FOUND', 'MSG-17 S-06'),
  publishUnitDocument: speaksForTheUnit,
  reviseUnitDocument: only([], 'NOT_FOUND', 'S-06'),
  withdrawUnitDocument: only([], 'NOT_FOUND', 'MSG-17 S-06'),
};

export const newsTypes: Table = {
  NewsConnection: plain('edges nodes pageInfo'),
  NewsEdge: plain('node cursor'),
  NewsPost: plain(
    'id unit title body state publishedAt editedAt withdrawnAt lastDay children attachments publishing',
  ),
  NewsPublishing: plain('dueAt author groupIds'),
  NewsStored: plain('news'),
  NewsRefused: plain('code message'),
  UnitDocumentConnection: plain('edges nodes pageInfo'),
  UnitDocumentEdge: plain('node cursor'),
  UnitDocument: plain('id unit category current versions mayRevise'),
  UnitDocumentVersion: plain('id title body validFrom publishedAt attachments'),
  UnitDocumentPublished: plain('document'),
  UnitDocumentWithdrawn: plain('versionsLeft'),
  UnitDocumentRefused: plain('code message'),
};
