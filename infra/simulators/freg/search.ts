import { listOf, type PersonDocument } from './documents.ts';
import type { Register } from './register.ts';

export type SearchWish = Readonly<Record<string, string | string[] | undefined>>;

const elements = new Set(['identifikasjonsnummer', 'navn', 'foedsel', 'bostedsadresse', 'kjoenn', 'status']);
/** What names one person: a name, and one of these. */
const identifying = ['identifikasjonsnummer', 'foedselsdato', 'postnummer', 'adressenavn'];

export const identifiesSomebody = (wish: SearchWish): boolean =>
  typeof wish['navn'] === 'string' && identifying.some((field) => wish[field] !== undefined);

/** Numbers of those who fit everything that is asked. Looks at everybody: nobody needs it fast. */
export function search(register: Register, wish: SearchWish, most: number): string[] {
  const found: string[] = [];
  for (const number of register.numbers()) {
    const document = register.documentOf(number, elements);
    if (document !== undefined && fits(document, wish)) found.push(number);
    if (found.length > most) break;
  }
  return found;
}

function fits(document: PersonDocument, wish: SearchWish): boolean {
  const historic = wish['opplysningsgrunnlag'] === 'historisk';
  const some = (element: string, holds: (entry: Record<string, unknown>) => boolean): boolean =>
    listOf(document, element).some((entry) => (historic || entry.erGjeldende) && holds(entry));
  const asked = (field: string, holds: (value: string) => boolean): boolean => {
    const value = wish[field];
    return typeof value !== 'string' || holds(value);
  };
  const street = (entry: Record<string, unknown>): StreetAddress => entry['vegadresse'] ?? {};
  return (
    asked('navn', (value) =>
      some('navn', (entry) => {
        const whole = `${String(entry['fornavn'])} ${String(entry['mellomnavn'] ?? '')} ${String(entry['etternavn'])}`;
        return value
          .toUpperCase()
          .split(/\s+/)
          .every((word) => whole.includes(word));
      }),
    ) &&
    asked('identifikasjonsnummer', (value) =>
      listOf(document, 'identifikasjonsnummer').some((entry) => entry['foedselsEllerDNummer'] === value),
    ) &&
    asked('foedselsdato', (value) =>
      some('foedsel', (entry) => String(entry['foedselsdato']).replaceAll('-', '') === value),
    ) &&
    asked('foedselsaarFraOgMed', (value) =>
      some('foedsel', (entry) => String(entry['foedselsaar']) >= value),
    ) &&
    asked('foedselsaarTilOgMed', (value) =>
      some('foedsel', (entry) => String(entry['foedselsaar']) <= value),
    ) &&
    asked('kjoenn', (value) => some('kjoenn', (entry) => entry['kjoenn'] === value)) &&
    asked('kommunenummer', (value) =>
      some('bostedsadresse', (entry) => street(entry).kommunenummer === value),
    ) &&
    asked('postnummer', (value) =>
      some('bostedsadresse', (entry) => street(entry).poststed?.postnummer === value),
    ) &&
    asked('adressenavn', (value) =>
      some('bostedsadresse', (entry) =>
        (street(entry).adressenavn ?? '').toUpperCase().startsWith(value.toUpperCase()),
      ),
    ) &&
    asked('husnummer', (value) =>
      some('bostedsadresse', (entry) => street(entry).adressenummer?.husnummer === value),
    ) &&
    (wish['inkluderDoede'] === 'true' || !some('status', (entry) => entry['status'] === 'doed'))
  );
}

interface StreetAddress {
  readonly kommunenummer?: string;
  readonly adressenavn?: string;
  readonly adressenummer?: { readonly husnummer?: string };
  readonly poststed?: { readonly postnummer?: string };
}
