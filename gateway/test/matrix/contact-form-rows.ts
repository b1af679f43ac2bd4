import { asThemselves, guardians, leaders, readsTheThread } from './columns.ts';
import { type Row, type Table, only, plain } from './row.ts';

type Rows = Readonly<Record<string, Row>>;

/** Rows of the matrix for contact forms, and for what is to be looked into because of one. */
export const contactFormQueries: Rows = {
  // What goes past a leader is the administrators'; here is nothing that does (SKM-04).
  unitContactForms: only([...leaders, 'administrator'], 'NOT_FOUND', 'M23 SKM-04 S-06'),
  safetyConcerns: only([...leaders, 'administrator'], 'NOT_FOUND', 'SKM-03 SKM-04 S-06'),
  // One's own forms, whoever one is; nobody here has sent any.
  ...plain('contactForms'),
};

export const contactFormChanges: Rows = {
  // Nobody here is signed in at the high level.
  sendContactForm: only([], 'FORBIDDEN', 'MSG-13 GUA-20', { others: [['STEP_UP_REQUIRED', asThemselves]] }),
  // Tried with a form that does not exist.
  answerContactForm: only([], 'NOT_FOUND', 'M23 S-06'),
  raiseSafetyConcern: only(
    readsTheThread.filter((one) => !guardians.includes(one)),
    'NOT_FOUND',
    'SKM-01 S-06',
  ),
  // Tried with a concern that does not exist.
  takeOnSafetyConcern: only([], 'NOT_FOUND', 'SKM-03 S-06'),
};

export const contactFormTypes: Table = {
  ContactFormConnection: plain('edges nodes pageInfo'),
  ContactFormEdge: plain('node cursor'),
  ContactForm: plain(
    'id unit status receivedAt fileCount refusedFileCount filedAt caseNumber answeredAt answerReference',
  ),
  ContactFormAnswered: plain('form'),
  SafetyConcernConnection: plain('edges nodes pageInfo'),
  SafetyConcernEdge: plain('node cursor'),
  SafetyConcern: plain('id unit cause isAboutStaff raisedAt takenOnAt caseNumber'),
  ContactFormReceived: plain('form'),
  ContactFormRefused: plain('code message'),
  SafetyConcernRaised: plain('raisedAt'),
  SafetyConcernTakenOn: plain('concern'),
};
