import type { Entry, PersonDocument } from './documents.ts';

const basis = [
  'identifikasjonsnummer', 'identitetsgrunnlag', 'status', 'doedsfall', 'sivilstand', 'foedsel', 'statsborgerskap', 'kjoenn',
  'navn', 'bostedsadresse', 'oppholdsadresse', 'deltBosted', 'postadresse', 'postadresseIUtlandet', 'adressebeskyttelse',
  'kontaktinformasjonForDoedsbo',
]; // prettier-ignore
const groups: Readonly<Record<string, readonly string[]>> = {
  'person-basis': basis,
  'relasjon-utvidet': ['familierelasjon', 'foreldreansvar', 'vergemaalEllerFremtidsfullmakt'],
  'identitetsgrunnlag-utvidet': ['identitetsgrunnlag', 'falskIdentitet', 'legitimasjonsdokument'],
};
/** Single elements. `RettsligHandleevne` has a capital as a part and none in the document. */
const single = new Set([
  ...basis, 'familierelasjon', 'foreldreansvar', 'vergemaalEllerFremtidsfullmakt', 'RettsligHandleevne', 'falskIdentitet',
  'legitimasjonsdokument', 'innflytting', 'utflytting', 'foedselINorge', 'opphold', 'oppholdPaaSvalbard', 'brukAvSamiskSpraak',
  'sametingetsValgmanntall', 'utenlandskPersonidentifikasjon', 'utlendingsmyndighetenesIdentifikasjonsnummer',
]); // prettier-ignore

export interface Selection {
  readonly elements: ReadonlySet<string>;
  readonly withHistory: boolean;
}

/** What the `part` parameters ask for, or the first value that means nothing. */
export function toSelection(
  part: string | readonly string[] | undefined,
): Selection | { readonly unknown: string } {
  const asked = part === undefined ? [] : typeof part === 'string' ? [part] : part;
  const elements = new Set(['identifikasjonsnummer']);
  let named = false;
  for (const value of asked) {
    if (value === 'historikk') continue;
    if (groups[value] === undefined && !single.has(value)) return { unknown: value };
    named = true;
    for (const element of groups[value] ?? [value === 'RettsligHandleevne' ? 'rettsligHandleevne' : value])
      elements.add(element);
  }
  if (!named) for (const element of basis) elements.add(element);
  return { elements, withHistory: asked.includes('historikk') };
}

/** Only what was asked for, only what is current unless history was asked for, and no empty elements. */
export function select(document: PersonDocument, { elements, withHistory }: Selection): PersonDocument {
  const selected: PersonDocument = {};
  for (const [element, value] of Object.entries(document)) {
    if (value === undefined || !elements.has(element)) continue;
    if (!Array.isArray(value)) {
      if (withHistory || value.erGjeldende) selected[element] = value;
      continue;
    }
    // Ended numbers are told even without history: a caller by the old number finds it there.
    const kept =
      withHistory || element === 'identifikasjonsnummer'
        ? value
        : value.filter((entry: Entry) => entry.erGjeldende);
    if (kept.length > 0) selected[element] = kept;
  }
  return selected;
}
