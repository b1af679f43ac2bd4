import type { PostalAddress } from '@ranselpost/schema/events/registry/postal-address';
import { type Unknown, entriesOf, isCurrent, isNotEnded, isObject, textOf } from './parse.ts';

/**
 * Where a letter goes to somebody, from their document. Whoever is protected, or has an address that is graded, gets none by
 * itself (S-08, ADR-08): a grade that we do not know is one. A postal address goes before where somebody lives.
 */
export function toPostalAddress(document: Unknown): PostalAddress {
  const grades = entriesOf(document, 'adressebeskyttelse').filter(isNotEnded);
  if (grades.some(({ graderingsnivaa }) => graderingsnivaa !== 'ugradert')) return { kind: 'PROTECTED' };
  const addresses = ['postadresse', 'bostedsadresse'].flatMap((element) =>
    entriesOf(document, element).filter(isCurrent),
  );
  if (addresses.some(({ adressegradering: grade }) => grade !== undefined && grade !== 'ugradert'))
    return { kind: 'PROTECTED' };
  const name = nameOf(document);
  const isDead = document['doedsfall'] !== undefined && document['doedsfall'] !== null;
  if (name === null || isDead) return { kind: 'NONE' };
  for (const address of addresses) {
    const written = linesOf(address);
    if (written !== null) return { kind: 'OPEN', name, ...written };
  }
  return { kind: 'NONE' };
}

function nameOf(document: Unknown): string | null {
  const [name] = entriesOf(document, 'navn').filter(isCurrent);
  if (name === undefined) return null;
  const parts = ['fornavn', 'mellomnavn', 'etternavn'].map((part) => textOf(name[part]));
  return (
    parts
      .filter((part) => part !== null)
      .join(' ')
      .slice(0, 200) || null
  );
}

interface Lines {
  readonly lines: string[];
  readonly postalCode: string;
  readonly town: string;
}

function linesOf(address: Unknown): Lines | null {
  const { vegadresse: street, postboksadresse: box } = address;
  if (isObject(street)) return withTown(street, [careOf(street), streetLine(street)]);
  return isObject(box) ? withTown(box, [careOf(box), textOf(box['postboks'])]) : null;
}

const careOf = (address: Unknown): string | null => {
  const name = textOf(address['coAdressenavn']);
  return name === null || /^c\/o/i.test(name) ? name : `c/o ${name}`;
};

function streetLine(street: Unknown): string | null {
  const name = textOf(street['adressenavn']);
  const number = isObject(street['adressenummer']) ? street['adressenummer'] : {};
  const house = [textOf(number['husnummer']), textOf(number['husbokstav'])].join('');
  return name === null ? null : `${name} ${house}`.trim();
}

function withTown(address: Unknown, lines: readonly (string | null)[]): Lines | null {
  const { poststed: place } = address;
  const postalCode = isObject(place) ? textOf(place['postnummer']) : null;
  const town = isObject(place) ? textOf(place['poststedsnavn']) : null;
  const written = lines.filter((line) => line !== null).map((line) => line.slice(0, 70));
  if (lines.at(-1) === null || postalCode === null || !/^\d{4}$/.test(postalCode) || town === null)
    return null;
  return { lines: written, postalCode, town };
}
