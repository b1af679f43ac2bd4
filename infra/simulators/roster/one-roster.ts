import type { Group, Membership, Person, Population, Unit } from '../population/index.ts';
import { addDays } from '../population/oslo.ts';
import { source } from './pifu.ts';

/** OneRoster has no word for a case worker: those come by the other format alone. */
const atUnit: Readonly<Record<string, string>> = {
  '01': 'student',
  '02': 'teacher',
  '05': 'principal',
  '06': 'teacher',
  '07': 'siteAdministrator',
  '08': 'aide',
};
const atMunicipality: Readonly<Record<string, string>> = { '05': 'districtAdministrator' };
const inClass: Readonly<Record<string, string>> = {
  '01': 'student',
  '02': 'teacher',
  '06': 'teacher',
  '08': 'aide',
};

const year = { key: 'year-2026', from: '2026-08-01', to: '2027-08-01' };

const headers = {
  academicSessions:
    'sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear',
  orgs: 'sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId,metadata.schoolType',
  classes:
    'sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,' +
    'termSourcedIds,subjects,subjectCodes,periods,metadata.additionalClassType',
  users:
    'sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,' +
    'phone,agentSourcedIds,grades,password,userMasterIdentifier,resourceSourcedIds,preferredGivenName,' +
    'preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns',
  roles:
    'sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId',
  enrollments:
    'sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate',
} as const;
type Table = keyof typeof headers;

/** One row: of a full delivery the status and the time of change are empty. */
const row = (key: string, ...cells: readonly (string | null)[]): string =>
  [key, '', '', ...cells.map((cell) => quoted(cell ?? ''))].join(',');
const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
/** The last day is the first that does not count. */
const endOf = ({ to }: Membership): string => (to === null ? '' : addDays(to, 1));

const isGroup = (target: Unit | Group): target is Group => 'unit' in target;
const schoolTypes: Partial<Record<Unit['kind'], string>> = { kindergarten: 'barnehage', afterSchool: 'sfo' };

const orgRow = (unit: Unit): string =>
  row(
    unit.sourceId,
    unit.name,
    unit.kind === 'municipality' ? 'district' : 'school',
    unit.organisationNumber,
    unit.parent?.sourceId ?? '',
    schoolTypes[unit.kind] ?? '',
  );

const classRow = (group: Group): string =>
  row(
    group.sourceId,
    ...[group.name, '', '', '', group.kind === 'basis' ? 'homeroom' : 'scheduled', ''],
    ...[group.unit.sourceId, year.key, '', '', '', group.kind === 'basis' ? '' : 'mentor'],
  );

const userRow = (person: Person, feide: string | undefined): string =>
  row(
    person.sourceId,
    ...['true', person.sourceId, feide === undefined ? '' : `{Feide:${feide}}`, person.given, person.family],
    ...['', person.number, '', '', '', '', '', '', '', '', '', '', '', '', ''],
  );

function* memberRows(population: Population, table: 'roles' | 'enrollments'): Generator<string> {
  let count = 0;
  for (const one of population.memberships) {
    const { target, person, role, from } = one;
    if (isGroup(target) !== (table === 'enrollments')) continue;
    const roles = isGroup(target) ? inClass : target.kind === 'municipality' ? atMunicipality : atUnit;
    const word = roles[role];
    if (word === undefined) continue;
    const key = `${table}-${(count += 1)}`;
    if (isGroup(target)) {
      const isPrimary = role === '06' ? 'true' : '';
      yield row(
        key,
        target.sourceId,
        target.unit.sourceId,
        person.sourceId,
        word,
        isPrimary,
        from,
        endOf(one),
      );
    } else yield row(key, person.sourceId, 'primary', word, from, endOf(one), target.sourceId, '');
  }
}

function* rowsOf(population: Population, table: Table): Generator<string> {
  yield headers[table];
  if (table === 'academicSessions')
    yield row(year.key, '2026/2027', 'schoolYear', year.from, year.to, '', '2027');
  if (table === 'orgs') yield* population.units.map(orgRow);
  if (table === 'classes') yield* population.groups.map(classRow);
  if (table === 'users') {
    const feide = new Map(population.staff.map((one) => [one.person, one.feide]));
    for (const person of new Set([...population.children, ...feide.keys()]))
      yield userRow(person, feide.get(person));
  }
  if (table === 'roles' || table === 'enrollments') yield* memberRows(population, table);
}

/** The files of a full OneRoster 1.2 delivery, each in pieces. */
export function* oneRosterFiles(
  population: Population,
): Generator<{ readonly name: string; readonly pieces: Iterable<string> }> {
  const tables = Object.keys(headers) as Table[];
  const manifest = [
    ...['propertyName,value', 'manifest.version,1.0', 'oneroster.version,1.2'],
    ...tables.map((table) => `file.${table},bulk`),
    ...['file.courses,absent', 'file.demographics,absent'],
    `source.systemName,${source}`,
    `source.systemCode,${source}`,
  ];
  yield { name: 'manifest.csv', pieces: lines(manifest) };
  for (const table of tables) yield { name: `${table}.csv`, pieces: lines(rowsOf(population, table)) };
}

function* lines(rows: Iterable<string>): Generator<string> {
  for (const one of rows) yield `${one}\r\n`;
}
