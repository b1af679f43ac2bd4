import { type Population, type Unit } from '../population/index.ts';
import { dice } from '../population/random.ts';

export interface UnitAddress {
  readonly street: string;
  readonly postcode: string;
  readonly place: string;
}

/** What the three registers know of a school or kindergarten, before each tells it in its own words. */
export interface UnitFacts {
  readonly organisationNumber: string;
  readonly kind: 'school' | 'kindergarten';
  readonly name: string;
  readonly isPrivate: boolean;
  readonly isActive: boolean;
  /** False for one that the registers of schools and kindergartens have dropped. */
  readonly isListed: boolean;
  readonly openedOn: string;
  readonly visiting: UnitAddress;
  readonly postal: UnitAddress;
  readonly email: string | null;
  readonly phone: string | null;
  readonly website: string | null;
  /** When the register of schools or kindergartens changed it last. */
  readonly changedAt: string;
}

/** Of the municipality, between it and its schools and kindergartens, as municipalities are. */
export const department = { organisationNumber: '310009873', name: 'Tingvika kommune oppvekst' };
/** A company nobody has met. */
export const company = { organisationNumber: '311223348', name: 'Oppdiktet Barnehagedrift AS' };

/** What a unit lies under in the register of units. */
export const parentOf = ({ isPrivate }: UnitFacts): string =>
  (isPrivate ? company : department).organisationNumber;

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll('æ', 'ae')
    .replaceAll('ø', 'o')
    .replaceAll('å', 'a')
    .replaceAll(/[^a-z]+/g, '-');

/** Units with a row of their own in the registers: an after-school unit has none. The golden ones are the municipality's. */
export function unitFacts({ units, size }: Population): readonly UnitFacts[] {
  return units.flatMap((unit, place) => {
    const { kind, organisationNumber } = unit;
    if (organisationNumber === null || (kind !== 'school' && kind !== 'kindergarten')) return [];
    return [toFacts(unit, organisationNumber, kind, dice(size.seed, organisationNumber), place)];
  });
}

function toFacts(
  { name }: Unit,
  organisationNumber: string,
  kind: UnitFacts['kind'],
  throws: ReturnType<typeof dice>,
  place: number,
): UnitFacts {
  const isGolden = organisationNumber.startsWith('3100');
  const domain = `${plain(name)}.tingvika.example`;
  const visiting = {
    street: `Blyantvegen ${1 + (place % 97)}`,
    postcode: `99${String(10 + (place % 80))}`,
    place: 'TINGVIKA',
  };
  return {
    ...{ organisationNumber, kind, name, visiting, isActive: true, isListed: true },
    openedOn: `${1950 + (place % 70)}-08-01`,
    isPrivate: !isGolden && throws.chance(kind === 'kindergarten' ? 0.6 : 0.1),
    postal: throws.chance(0.3) ? { street: 'Postboks 12', postcode: '9990', place: 'TINGVIKA' } : visiting,
    email: throws.chance(0.9) ? `post@${domain}` : null,
    phone: throws.chance(0.9)
      ? `900 ${String(10_000 + place).slice(0, 2)} ${String(100 + (place % 900))}`
      : null,
    website: throws.chance(0.8) ? `www.${domain}` : null,
    changedAt: '2026-08-15T03:12:44.123',
  };
}
