import type { Residence } from '@ranselpost/schema/events/registry/person-record';
import { type Unknown, isCurrent, isNotEnded, isObject } from './parse.ts';

/**
 * Whether somebody lives in the municipality, by their document: all that is taken from where they live (BHG-03). Unknown where
 * the register says nothing or two things, and for STRENGT FORTROLIG whatever it says (ADR-03). Never throws: an address that
 * cannot be read takes nobody's access away.
 */
export function toResidence(document: Unknown, municipality: string): Residence {
  if (isHidden(entries(document['adressebeskyttelse']).filter(isNotEnded), 'graderingsnivaa'))
    return 'UNKNOWN';
  const homes = entries(document['bostedsadresse']).filter(isCurrent);
  if (isHidden(homes, 'adressegradering')) return 'UNKNOWN';
  const [number, ...others] = new Set(homes.map(municipalityOf));
  if (number === undefined) return hasLeft(document) ? 'NO' : 'UNKNOWN';
  if (number === null || others.length > 0) return 'UNKNOWN';
  return number === municipality ? 'YES' : 'NO';
}

const entries = (value: unknown): readonly Unknown[] =>
  (Array.isArray(value) ? (value as readonly unknown[]) : [value]).filter(isObject);

const openGrades: ReadonlySet<unknown> = new Set([undefined, 'ugradert', 'klientadresse', 'fortrolig']);

/** A grade that we have no word for is taken for the strictest there is. */
const isHidden = (graded: readonly Unknown[], field: string): boolean =>
  graded.some(({ [field]: grade }) => !openGrades.has(grade));

/** One of the three ways in which the register says where somebody lives; null: it cannot be read. */
function municipalityOf({ vegadresse, matrikkeladresse, ukjentBosted }: Unknown): string | null {
  const number = isObject(vegadresse)
    ? vegadresse['kommunenummer']
    : isObject(matrikkeladresse)
      ? isObject(matrikkeladresse['matrikkelnummer']) && matrikkeladresse['matrikkelnummer']['kommunenummer']
      : isObject(ukjentBosted) && ukjentBosted['bostedskommune'];
  return typeof number === 'string' && /^\d{4}$/.test(number) ? number : null;
}

const hasLeft = (document: Unknown): boolean =>
  entries(document['status']).some((entry) => isCurrent(entry) && entry['status'] === 'utflyttet');
