import { caseWorkers, leaders, officers } from './columns.ts';
import { type Row, type Table, only, plain } from './row.ts';

/** Rows of the matrix for what is reported of places. */
const queries: Readonly<Record<string, Row>> = {
  cashBenefitList: only([...caseWorkers, ...officers], 'NOT_FOUND', 'BHG-24 S-06'),
  invoiceBasis: only([...caseWorkers, ...officers], 'NOT_FOUND', 'P18 PAY-06 S-06'),
  occupancy: only([...leaders, ...caseWorkers], 'NOT_FOUND', 'BHG-25 S-06'),
};

const ofUnit: Readonly<Record<string, Row>> = {
  occupancy: only(leaders, 'NOT_FOUND', 'BHG-25 S-06', { may: caseWorkers }),
};

const types: Table = {
  CashBenefitList: plain('lineCount csv'),
  CashBenefitListRefused: plain('code message'),
  InvoiceBasis: plain('lineCount csv'),
  OccupancyDay: plain('unit day groups ofUnknownAge area adults areaNeeded adultsNeeded isWithin'),
  OccupancyGroup: plain('group children seats'),
  InvoiceBasisRefused: plain('code message weeklyHours'),
};

export const reports = { queries, ofUnit, types };
