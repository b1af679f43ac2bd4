import { guardians, inCharge, people } from './columns.ts';
import { type Row, type Table, only, plain } from './row.ts';

type Rows = Readonly<Record<string, Row>>;

/** Rows of the matrix for what somebody has begun to write: one's own, and nobody here has begun any. */
export const draftQueries: Rows = {
  drafts: only(people, 'NOT_FOUND', 'GUA-24 S-06'),
  draft: only([], 'NOT_FOUND', 'GUA-24 S-06'),
};

export const draftChanges: Rows = {
  // A thread to begin; the others with a draft that does not exist.
  saveDraft: only([...guardians, ...inCharge], 'NOT_FOUND', 'MSG-02 MSG-10 GUA-20'),
  sendDraft: only([], 'NOT_FOUND', 'MSG-07 S-06'),
  deleteDraft: only([], 'NOT_FOUND', 'S-06'),
  unscheduleDraft: only([], 'NOT_FOUND', 'MSG-07 S-06'),
};

export const draftTypes: Table = {
  Draft: plain(
    'id kind unit children answers subject text alsoGuardians toMailbox alsoStaff leaveOut broadcast attachments changedAt keptUntil sendAt notSentBecause',
  ),
  DraftLeaveOut: plain('guardian cause'),
  DraftBroadcast: plain('places children urgent'),
  DraftConnection: plain('edges nodes pageInfo'),
  DraftEdge: plain('node cursor'),
  DraftSaved: plain('saved'),
  DraftDeleted: plain('id'),
  DraftScheduled: plain('scheduled'),
  DraftUnscheduled: plain('unscheduled'),
  SendTimeRefused: plain('code message earliest latest'),
};
