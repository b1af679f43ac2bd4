import { caseWorkers, officers } from './columns.ts';
import { type Row, type Table, only, plain } from './row.ts';

/** Rows of the matrix for what is reported of places. */
const queries: Readonly<Record<string, Row>> = {
  invoiceBasis: only([...caseWorkers, ...officers], 'NOT_FOUND', 'P18 PAY-06 S-06'),
};

const types: Table = {
  InvoiceBasis: plain('lineCount csv'),
  InvoiceBasisRefused: plain('code message weeklyHours'),
};

export const reports = { queries, types };
