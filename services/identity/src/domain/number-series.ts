import { idnr } from '@navikt/fnrvalidator';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';

/** Which people an installation is for: the registers' invented ones, or real ones. Never both (registries § 2.1). */
export type NumberSeries = 'synthetic' | 'real';

/** What eleven digits are by their form alone. Whether anybody has the number, only the register knows (FREG-08). */
export type NumberForm = 'fnr' | 'dnr' | 'tnr' | 'dnr-and-tnr' | 'hnr' | 'dnr-and-hnr' | 'invalid';

export type NumberKind = 'NATIONAL' | 'D_NUMBER';

/** Says what is wrong and never repeats the number. */
export type NumberRefusal = { readonly kind: 'not-a-number' } | { readonly kind: 'of-the-other-series' };

const accepted: Readonly<Record<NumberSeries, Partial<Record<NumberForm, NumberKind>>>> = {
  synthetic: { tnr: 'NATIONAL', 'dnr-and-tnr': 'D_NUMBER' },
  real: { fnr: 'NATIONAL', dnr: 'D_NUMBER' },
};

/** Lets a number of the installation's own series through: no real person in a test system, nobody invented in a real one. */
export function decideNumber(series: NumberSeries, form: NumberForm): Result<NumberKind, NumberRefusal> {
  const kind = accepted[series][form];
  if (kind !== undefined) return accept(kind);
  const other = accepted[series === 'real' ? 'synthetic' : 'real'][form];
  return refuse({ kind: other === undefined ? 'not-a-number' : 'of-the-other-series' });
}

/** The form of a text. The check digits of 2032 count too (registries § 2.1). */
export function formOf(text: string): NumberForm {
  const answer = idnr(text);
  return answer.status === 'valid' ? answer.type : 'invalid';
}
