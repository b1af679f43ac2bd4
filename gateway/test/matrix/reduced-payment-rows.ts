import { caseWorkers, guardians, officers } from './columns.ts';
import { type Row, type Table, only, plain } from './row.ts';

type Rows = Readonly<Record<string, Row>>;

/** Rows of the matrix for households that pay less. Nobody has applied in the town: tried with what does not exist. */
const queries: Rows = {
  reducedPaymentsToAssign: only(caseWorkers, 'NOT_FOUND', 'PAY-06 S-06'),
  assignedReducedPayments: only([...caseWorkers, ...officers], 'NOT_FOUND', 'PAY-06 ADR-04 S-06'),
};

const changes: Rows = {
  applyForReducedPayment: only(guardians, 'NOT_FOUND', 'PAY-08 S-20'),
  assignReducedPayment: only([], 'NOT_FOUND', 'PAY-06 S-06'),
  decideReducedPayment: only([], 'NOT_FOUND', 'PAY-06 ADM-10 S-06'),
};

const ofChild: Rows = {
  // Empty, until a guardian has applied.
  reducedPayments: only([], 'NOT_FOUND', 'PAY-06 GUA-02', { may: guardians }),
};

const types: Table = {
  ReducedPayment: plain(
    'id child care verdict appliedOn firstMonth lastMonth isByViewer yearlyIncome isIncomeRefused decision',
  ),
  ReducedPaymentDecision: plain('verdict countedIncome reason decidedAt'),
  ReducedPaymentConnection: plain('edges nodes pageInfo'),
  ReducedPaymentEdge: plain('node cursor'),
  WaitingReducedPayment: plain('id care appliedAt'),
  WaitingReducedPaymentConnection: plain('edges nodes pageInfo'),
  WaitingReducedPaymentEdge: plain('node cursor'),
  ReducedPaymentApplied: plain('reducedPayment'),
  ReducedPaymentAssigned: plain('reducedPaymentId'),
  ReducedPaymentDecided: plain('reducedPaymentId'),
  ReducedPaymentRefused: plain('code message'),
};

export const reducedPayments = { queries, changes, ofChild, types };
