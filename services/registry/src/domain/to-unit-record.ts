import type { UnitRecord } from '@ranselpost/schema/events/registry/unit-recorded.v1';
import { type Unknown, dayOf, isObject, textOf } from './parse.ts';

/** The register of schools (NSR) or of kindergartens (NBR). */
export type UnitSource = 'nsr' | 'nbr';

export interface UnitRow {
  readonly organisationNumber: string;
  /** Another text means that the register has changed the unit since. */
  readonly changedAt: string | null;
}

export interface UnitPage {
  readonly rows: readonly UnitRow[];
  readonly pages: number;
}

/** Reads a page of units. Null when it is no page: a list that is taken for an empty one would say that all have gone. */
export function readUnitPage(body: unknown): UnitPage | null {
  const list = isObject(body) ? body['EnhetListe'] : body;
  if (!Array.isArray(list)) return null;
  const pages = isObject(body) ? Number(body['AntallSider']) : 1;
  const rows = (list as readonly unknown[]).flatMap((row): UnitRow[] => {
    const number = isObject(row) ? organisationOf(row['Organisasjonsnummer']) : null;
    return number === null
      ? []
      : [{ organisationNumber: number, changedAt: textOf((row as Unknown)['DatoEndret']) }];
  });
  return Number.isInteger(pages) && pages >= 0 ? { rows, pages } : null;
}

/** An organisation of the register of units, and the one it is a department of. */
export interface Organisation {
  readonly organisationNumber: string;
  readonly name: string | null;
  readonly parent: string | null;
}

/** Reads an organisation. Null for one that the register does not have, or that cannot be read. */
export function readOrganisation(body: unknown): Organisation | null {
  if (!isObject(body)) return null;
  const organisationNumber = organisationOf(body['organisasjonsnummer']);
  return organisationNumber === null
    ? null
    : { organisationNumber, name: textOf(body['navn']), parent: parentOf(body) };
}

/** The organisation that a unit or a department lies under. */
export const parentOf = (body: unknown): string | null =>
  isObject(body) ? organisationOf(body['overordnetEnhet']) : null;

/** The municipality whose units are followed. */
export interface Municipality {
  /** Four digits. */
  readonly number: string;
  /** What belongs to it is municipal. */
  readonly organisationNumber: string;
}

/** What two registers say of one unit. `subUnit` is undefined where the register of units does not have it. */
export interface UnitSaid {
  readonly source: UnitSource;
  readonly detail: unknown;
  readonly subUnit: unknown;
  /** The organisation above the unit and all its departments. Null where none is named. */
  readonly owner: Organisation | null;
  readonly municipality: Municipality;
}

/** Translates what the registers say of a unit; null when it cannot be read. What says nothing of an owner names none. */
export function toUnitRecord({ source, detail, subUnit, owner, municipality }: UnitSaid): UnitRecord | null {
  if (!isObject(detail)) return null;
  const unit = isObject(subUnit) ? subUnit : {};
  const visiting =
    toAddress(detail['Beliggenhetsadresse'], 'nsr') ?? toAddress(unit['beliggenhetsadresse'], 'brreg');
  const organisationNumber = organisationOf(detail['Organisasjonsnummer']);
  const name = textOf(detail['FulltNavn']) ?? textOf(detail['Navn']);
  if (organisationNumber === null || name === null) return null;
  return {
    organisationNumber,
    kind: source === 'nsr' ? 'SCHOOL' : 'KINDERGARTEN',
    name,
    ownership: ownershipOf(detail, owner, municipality),
    owner: owner === null ? null : { organisationNumber: owner.organisationNumber, name: owner.name },
    isActive:
      detail['ErAktiv'] === true &&
      detail['ErInaktivIBasil'] !== true &&
      detail['ErEkskludert'] !== true &&
      textOf(unit['nedleggelsesdato']) === null &&
      textOf(unit['slettedato']) === null,
    isListed: isIn(detail['Kommune'], municipality),
    openedOn: dayOf(unit['oppstartsdato']),
    closedOn: dayOf(unit['nedleggelsesdato']) ?? dayOf(unit['slettedato']),
    postalAddress: toAddress(unit['postadresse'], 'brreg') ?? visiting,
    visitingAddress: visiting,
    email: textOf(detail['Epost']),
    phone: textOf(detail['Telefon']),
    website: textOf(detail['Internettadresse']),
  };
}

/** A unit whose municipality is not said is where it was listed. */
const isIn = (place: unknown, { number }: Municipality): boolean =>
  !isObject(place) || (textOf(place['Kommunenummer']) ?? number) === number;

function ownershipOf(
  detail: Unknown,
  owner: Organisation | null,
  { organisationNumber }: Municipality,
): UnitRecord['ownership'] {
  const isPrivate = detail['ErPrivatskole'] === true || detail['ErPrivatBarnehage'] === true;
  const isPublic = detail['ErOffentligSkole'] === true || detail['ErOffentligBarnehage'] === true;
  const isMunicipal = owner?.organisationNumber === organisationNumber;
  if (isPrivate === isPublic || (isPrivate && isMunicipal)) return null;
  if (isPrivate) return 'PRIVATE';
  if (owner === null) return null;
  return isMunicipal ? 'MUNICIPAL' : 'OTHER_PUBLIC';
}

/** The two ways of writing an address: the register of schools has one line, that of units a list. */
function toAddress(value: unknown, form: 'nsr' | 'brreg'): UnitRecord['visitingAddress'] {
  if (!isObject(value)) return null;
  const [street, postcode, place] =
    form === 'nsr'
      ? [value['Adresse'], value['Postnr'], value['Poststed']]
      : [value['adresse'], value['postnummer'], value['poststed']];
  const lines = (Array.isArray(street) ? (street as readonly unknown[]) : [street]).flatMap(
    (line) => textOf(line) ?? [],
  );
  const [code, town] = [textOf(postcode), textOf(place)];
  return code === null || town === null ? null : { lines, postcode: code, place: town };
}

const organisationOf = (value: unknown): string | null =>
  typeof value === 'string' && /^\d{9}$/.test(value.trim()) ? value.trim() : null;
