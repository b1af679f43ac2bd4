import type {
  PersonRecord,
  ProtectionLevel,
  Responsibility,
} from '@ranselpost/schema/events/registry/person-record';
import {
  type Unknown,
  UnreadableDocument,
  dayOf,
  entriesOf,
  instantOf,
  isCurrent,
  isNotEnded,
  isObject,
  numberOf,
  textOf,
} from './parse.ts';
import { toResidence } from './to-residence.ts';

export type PersonReading =
  | { readonly kind: 'record'; readonly record: PersonRecord }
  /** `element` is what could not be read: a name from the register's schema, never content. */
  | { readonly kind: 'unreadable'; readonly element: string };

/**
 * Translates a person document of Folkeregisteret. Never throws; what cannot be read makes the whole reading unreadable
 * rather than empty. The same facts give the same record, in whatever order the register lists them. With the number of a
 * municipality it says whether the person lives there.
 */
export function toPersonRecord(document: unknown, municipality: string | null = null): PersonReading {
  try {
    if (!isObject(document)) throw new UnreadableDocument('folkeregisterperson');
    const numbers = readNumbers(document);
    const responsibilities = readResponsibilities(document);
    const otherParents = readOtherParents(document, numbers, responsibilities);
    const record: PersonRecord = {
      numbers,
      name: readName(document),
      birthDate: dayOf(currentEntry(document, 'foedsel')?.['foedselsdato']),
      ...readDeath(document),
      status: textOf(currentEntry(document, 'status')?.['status']),
      hasFalseIdentity: entriesOf(document, 'falskIdentitet').some(
        (entry) => isNotEnded(entry) && entry['erFalsk'] !== false,
      ),
      protection: readProtection(document),
      responsibilities,
      ...(otherParents.length === 0 ? {} : { otherParents }),
      ...(municipality === null ? {} : { livesHere: toResidence(document, municipality) }),
      representations: entriesOf(document, 'vergemaalEllerFremtidsfullmakt')
        .filter(isCurrent)
        .map((entry) => textOf(entry['vergemaaltype']))
        .filter((type) => type !== null)
        .toSorted(),
    };
    return { kind: 'record', record };
  } catch (error) {
    if (error instanceof UnreadableDocument) return { kind: 'unreadable', element: error.element };
    return { kind: 'unreadable', element: 'folkeregisterperson' };
  }
}

/** The current entry of an element of which a person has one; of several the one that was recorded last. */
function currentEntry(document: Unknown, element: string): Unknown | undefined {
  return entriesOf(document, element)
    .filter(isCurrent)
    .toSorted((one, other) => recordedAt(other).localeCompare(recordedAt(one)))[0];
}

const recordedAt = (entry: Unknown): string => instantOf(entry['ajourholdstidspunkt']) ?? '';

function readNumbers(document: Unknown): PersonRecord['numbers'] {
  const numbers = new Map<string, PersonRecord['numbers'][number]>();
  for (const entry of entriesOf(document, 'identifikasjonsnummer')) {
    const number = numberOf(entry['foedselsEllerDNummer']);
    if (number === null) throw new UnreadableDocument('identifikasjonsnummer');
    const isInUse = entry['status'] === 'iBruk' && isCurrent(entry);
    numbers.set(number, {
      number,
      // A number that stands there as both in use and ended is not one to log in with.
      isInUse: isInUse && numbers.get(number)?.isInUse !== false,
      kind: kindOf(entry['identifikatortype'], number),
    });
  }
  if (numbers.size === 0) throw new UnreadableDocument('identifikasjonsnummer');
  return [...numbers.values()].toSorted((one, other) => one.number.localeCompare(other.number));
}

function kindOf(type: unknown, number: string): 'NATIONAL' | 'D_NUMBER' {
  if (type === 'foedselsnummer') return 'NATIONAL';
  if (type === 'dNummer') return 'D_NUMBER';
  return number >= '4' ? 'D_NUMBER' : 'NATIONAL';
}

function readName(document: Unknown): PersonRecord['name'] {
  const entry = currentEntry(document, 'navn');
  const [given, family] = [textOf(entry?.['fornavn']), textOf(entry?.['etternavn'])];
  if (given === null || family === null) return null;
  return { given, middle: textOf(entry?.['mellomnavn']), family };
}

function readDeath(document: Unknown): { deathDate: string | null; isDead: boolean } {
  const deaths = entriesOf(document, 'doedsfall').filter(isNotEnded);
  const deathDate = deaths.map((entry) => dayOf(entry['doedsdato'])).find((day) => day !== null) ?? null;
  const isDead =
    deaths.length > 0 ||
    entriesOf(document, 'status').some((entry) => isNotEnded(entry) && entry['status'] === 'doed');
  return { deathDate, isDead };
}

const levels: ReadonlyMap<unknown, ProtectionLevel> = new Map([
  ['ugradert', 'NONE'],
  ['klientadresse', 'CLIENT_ADDRESS'],
  ['fortrolig', 'FORTROLIG'],
  ['strengtFortrolig', 'STRENGT_FORTROLIG'],
]);

const strictness: readonly ProtectionLevel[] = ['NONE', 'CLIENT_ADDRESS', 'FORTROLIG', 'STRENGT_FORTROLIG'];

/** The strictest of what holds. A level we have no word for is taken for the strictest there is. */
function readProtection(document: Unknown): ProtectionLevel {
  return entriesOf(document, 'adressebeskyttelse')
    .filter(isNotEnded)
    .map((entry) => levels.get(entry['graderingsnivaa']) ?? 'STRENGT_FORTROLIG')
    .reduce<ProtectionLevel>(
      (strictest, level) => (strictness.indexOf(level) > strictness.indexOf(strictest) ? level : strictest),
      'NONE',
    );
}

/** Each current entry once (GUA-04, GUA-26): duplicates have existed in the register. */
function readResponsibilities(document: Unknown): Responsibility[] {
  const entries = entriesOf(document, 'foreldreansvar').filter(isCurrent).map(toResponsibility);
  const distinct = new Map(entries.map((entry) => [JSON.stringify(entry), entry]));
  return [...distinct].toSorted(([one], [other]) => one.localeCompare(other)).map(([, entry]) => entry);
}

type OtherParent = NonNullable<PersonRecord['otherParents']>[number];

const isParentRole = (role: unknown): role is OtherParent['role'] =>
  role === 'mor' || role === 'far' || role === 'medmor';

/** Of a child, whom somebody holds responsibility for; of grown people nobody asks. An entry that names nobody names nobody. */
function readOtherParents(
  document: Unknown,
  numbers: PersonRecord['numbers'],
  responsibilities: readonly Responsibility[],
): OtherParent[] {
  const own = responsibilities.filter(({ childNumber }) =>
    numbers.some(({ number }) => number === childNumber),
  );
  if (own.length === 0) return [];
  const holders = own.flatMap(({ responsible }) =>
    responsible.kind === 'person' ? [responsible.number] : [],
  );
  const parents = entriesOf(document, 'familierelasjon')
    .filter(isCurrent)
    .flatMap((entry): OtherParent[] => {
      const number = numberOf(entry['relatertPerson']);
      const role = entry['relatertPersonsRolle'];
      const isParent = entry['minRolleForPerson'] === 'barn' && isParentRole(role);
      return number !== null && isParent && !holders.includes(number) ? [{ number, role }] : [];
    });
  const distinct = new Map(parents.map((parent) => [parent.number, parent]));
  return [...distinct.values()].toSorted((one, other) => one.number.localeCompare(other.number));
}

function toResponsibility(entry: Unknown): Responsibility {
  return {
    value: typeof entry['ansvar'] === 'string' ? entry['ansvar'] : '',
    childNumber: numberOf(entry['ansvarssubjekt']),
    responsible: toResponsible(entry),
    since: instantOf(entry['gyldighetstidspunkt']),
  };
}

/** An entry that names several kinds of holder at once contradicts itself, and names nobody. */
function toResponsible(entry: Unknown): Responsibility['responsible'] {
  const { ansvarlig, ansvarligUtenIdentifikator: unidentified, ansvarligOrganisasjon } = entry;
  const named = [ansvarlig, unidentified, ansvarligOrganisasjon].filter(
    (holder) => holder !== undefined && holder !== null,
  );
  if (named.length !== 1) return { kind: 'nobody' };
  const number = numberOf(ansvarlig);
  if (number !== null) return { kind: 'person', number };
  if (isObject(unidentified)) return { kind: 'unidentified' };
  const organisation = organisationOf(ansvarligOrganisasjon);
  return organisation === null ? { kind: 'nobody' } : { kind: 'organisation', organisation };
}

function organisationOf(value: unknown): string | null {
  if (isObject(value)) return textOf(value['organisasjonsnummer']) ?? textOf(value['navn']);
  return textOf(value);
}
