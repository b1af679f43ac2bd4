import { idnr } from '@navikt/fnrvalidator';

export type NumberSeries = 'synthetic' | 'real';

const seriesOfKind: Readonly<Record<string, NumberSeries>> = {
  fnr: 'real',
  dnr: 'real',
  tnr: 'synthetic',
  'dnr-and-tnr': 'synthetic',
};

/**
 * True for a number of the series that this installation may hold. No real person's number enters a system for trying
 * out, and no invented one the real one. Whose number it is, only the register can say (FREG-08).
 */
export function isOfSeries(number: string, series: NumberSeries): boolean {
  const answer = idnr(number);
  return answer.status === 'valid' && seriesOfKind[answer.type] === series;
}
