import type { LocalDate } from '@ranselpost/kit/pure/dates';
import type { RosterFaultKind, RosterGroupKind, RosterItem } from '../../domain/roster.ts';
import type { PostKind } from '../../domain/staff-roles.ts';
import { isDay } from '../days.ts';
import type { Row } from './rows.ts';

/** What later tables need of earlier ones; small, so it stands in memory. */
export interface Known {
  readonly sessions: Map<string, { readonly from: LocalDate; readonly to: LocalDate }>;
  readonly orgs: Map<string, RosterGroupKind>;
  readonly courses: Set<string>;
  readonly classes: Map<
    string,
    { readonly school: string; readonly isHomeroom: boolean; readonly isMentor: boolean }
  >;
}

/** What a translator may say besides what it answers. */
export interface Say {
  fault(kind: RosterFaultKind, what: string): void;
  passOver(what: string): void;
}

export type Table = (row: Row, known: Known, say: Say) => readonly RosterItem[];

/** Classes and organisations have keys of their own kind, which may be alike. */
export const classKey = (id: string): string => `class:${id}`;

/** Whatever does not say otherwise is there: a full delivery leaves the column empty. */
const isGone = (row: Row): boolean => !['', 'active'].includes(row.at('status').toLowerCase());

function needed(row: Row, column: string, say: Say): string {
  const text = row.at(column);
  if (text === '') say.fault('missing', column);
  return text;
}

function dayAt(row: Row, column: string, say: Say): LocalDate | null {
  const text = row.at(column);
  if (text === '') return null;
  // Some write an instant where the standard has a day.
  const day = text.slice(0, 10);
  if (isDay(day)) return day;
  say.fault('not-a-date', column);
  return null;
}

/** Both formats' days are half-open here: OneRoster's last day is the first one that does not count. */
function daysAt(row: Row, [first, end]: readonly [string, string], say: Say) {
  const from = dayAt(row, first, say);
  const to = dayAt(row, end, say);
  const isTurned = from !== null && to !== null && to < from;
  if (isTurned) say.fault('ends-before-it-begins', end);
  return { from, to: isTurned ? null : to };
}

const list = (text: string): readonly string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

export const sessions: Table = (row, known, say) => {
  const id = needed(row, 'sourcedId', say);
  const { from, to } = daysAt(row, ['startDate', 'endDate'], say);
  if (from === null) say.fault('missing', 'startDate');
  if (to === null) say.fault('missing', 'endDate');
  if (known.sessions.has(id)) say.fault('twice', 'sourcedId');
  if (from !== null && to !== null && !isGone(row)) known.sessions.set(id, { from, to });
  return [];
};

/** The words are PIFU's, in a column that is agreed on: the standard itself has one type for all of these. */
const schoolTypes: Readonly<Record<string, RosterGroupKind>> = {
  barnehage: 'KINDERGARTEN',
  sfo: 'AFTER_SCHOOL',
};
const orgTypes: Readonly<Record<string, RosterGroupKind>> = {
  school: 'SCHOOL',
  district: 'OWNER',
  local: 'OWNER',
  state: 'OWNER',
  national: 'OWNER',
  department: 'OTHER',
};

export const orgs: Table = (row, known, say) => {
  const key = needed(row, 'sourcedId', say);
  const type = orgTypes[needed(row, 'type', say)];
  if (type === undefined) say.passOver('orgs.csv type');
  const schoolType = schoolTypes[row.at('metadata.schoolType')];
  const mayBeUnit = type === 'SCHOOL' || type === 'OTHER';
  const groupKind = (mayBeUnit ? schoolType : undefined) ?? type ?? 'OTHER';
  if (isGone(row) || key === '') return [];
  known.orgs.set(key, groupKind);
  const number = row.at('identifier').replace(/^NO/, '');
  return [
    {
      ...{ kind: 'group', file: 'orgs.csv', line: row.line, key, formerKeys: [], groupKind },
      ...{ from: null, to: null, isDropped: false },
      name: needed(row, 'name', say),
      organisationNumber: /^\d{9}$/.test(number) ? number : null,
      // What stands at the top names nobody above it.
      parentKey: row.at('parentSourcedId') || key,
    },
  ];
};

export const courses: Table = (row, known, say) => {
  const id = needed(row, 'sourcedId', say);
  if (known.courses.has(id)) say.fault('twice', 'sourcedId');
  if (!isGone(row)) known.courses.add(id);
  return [];
};

export const classes: Table = (row, known, say) => {
  const id = needed(row, 'sourcedId', say);
  const school = needed(row, 'schoolSourcedId', say);
  const course = row.at('courseSourcedId');
  if (course !== '' && !known.courses.has(course)) say.fault('unknown-parent', 'courseSourcedId');
  const type = row.at('classType');
  const isMentor = row.at('metadata.additionalClassType') === 'mentor';
  if (type !== 'homeroom' && type !== 'scheduled') say.passOver('classes.csv classType');
  const terms = list(row.at('termSourcedIds')).map((term) => known.sessions.get(term));
  if (terms.includes(undefined)) say.fault('unknown-parent', 'termSourcedIds');
  const days = terms.filter((term) => term !== undefined);
  if (isGone(row) || id === '') return [];
  if (known.classes.has(id)) say.fault('twice', 'sourcedId');
  known.classes.set(id, { school, isHomeroom: type === 'homeroom', isMentor });
  const kinds = { homeroom: 'BASIS', scheduled: 'TEACHING' } as const;
  return [
    {
      ...{ kind: 'group', file: 'classes.csv', line: row.line, key: classKey(id), formerKeys: [] },
      groupKind: isMentor ? 'CONTACT' : (kinds[type as keyof typeof kinds] ?? 'OTHER'),
      ...{ name: needed(row, 'title', say), organisationNumber: null, parentKey: school, isDropped: false },
      from: days.map(({ from }) => from).toSorted()[0] ?? null,
      to:
        days
          .map(({ to }) => to)
          .toSorted()
          .at(-1) ?? null,
    },
  ];
};

/** Nobody's guardian comes from a roster (GUA-02): of these not even the number is read. */
const guardians = new Set(['guardian', 'parent', 'relative']);

/** What a role is at an organisation. Of 1.1, one word means everybody in an office, heads and secretaries alike. */
export function postAt(role: string, org: RosterGroupKind | undefined): PostKind {
  const isUnit = org !== 'OWNER';
  switch (role) {
    case 'student':
      return 'PUPIL';
    case 'teacher':
      return 'TEACHER';
    case 'aide':
      return 'ASSISTANT';
    case 'principal':
      return isUnit ? 'MANAGEMENT' : 'OTHER';
    case 'administrator':
    case 'siteAdministrator':
      return isUnit ? 'OFFICE' : 'OTHER';
    case 'districtAdministrator':
      return isUnit ? 'OTHER' : 'MANAGEMENT';
    default:
      return 'OTHER';
  }
}

/** In both versions; the role and the organisations stand here in 1.1 and in a table of their own in 1.2. */
export const users =
  (hasRoles: boolean): Table =>
  (row, known, say) => {
    const key = needed(row, 'sourcedId', say);
    const role = hasRoles ? '' : needed(row, 'role', say);
    if (key === '') return [];
    const where = { file: 'users.csv', line: row.line };
    if (guardians.has(role)) {
      say.passOver('users.csv role of a guardian');
      const nobody = { number: null, login: null, isDropped: true, formerKeys: [] };
      return [{ kind: 'person', ...where, key, ...nobody }];
    }
    const isEnabled = row.at('enabledUser').toLowerCase() !== 'false';
    const isDropped = isGone(row);
    return [
      {
        ...{ kind: 'person', ...where, key, formerKeys: [], isDropped },
        number: numberIn(row, say),
        login: isEnabled ? loginIn(row) : null,
      },
      ...(hasRoles ? [] : list(row.at('orgSourcedIds'))).map((targetKey): RosterItem => ({
        ...{ kind: 'member', ...where, targetKey, personKey: key, from: null, to: null, isDropped },
        post: passing(postAt(role, known.orgs.get(targetKey)), 'users.csv role', say),
      })),
    ];
  };

/** The agreed field of the national number. Of a source that has its own there, it is no number of ours. */
function numberIn(row: Row, say: Say): string | null {
  const identifier = row.at('identifier').replaceAll(/\s/g, '');
  if (/^\d{11}$/.test(identifier)) return identifier;
  if (identifier !== '') say.passOver('users.csv identifier');
  return null;
}

/** `{Feide:mild1@nordvik.kommune.no},{…}` */
const loginIn = (row: Row): string | null =>
  /\{\s*feide\s*:([^}]+)\}/i.exec(row.at('userIds'))?.[1]?.trim().toLowerCase() ?? null;

/** Of 1.2: one row for each role at each organisation, with its days. */
export const roles: Table = (row, known, say) => {
  const [personKey, targetKey, role] = (['userSourcedId', 'orgSourcedId', 'role'] as const).map((column) =>
    needed(row, column, say),
  );
  const days = daysAt(row, ['beginDate', 'endDate'], say);
  if (!personKey || !targetKey || !role || guardians.has(role)) return [];
  return [
    {
      ...{ kind: 'member', file: 'roles.csv', line: row.line, personKey, targetKey, ...days },
      post: passing(postAt(role, known.orgs.get(targetKey)), 'roles.csv role', say),
      isDropped: isGone(row),
    },
  ];
};

export const enrollments: Table = (row, known, say) => {
  const [id, school, personKey, role] = (
    ['classSourcedId', 'schoolSourcedId', 'userSourcedId', 'role'] as const
  ).map((column) => needed(row, column, say));
  const days = daysAt(row, ['beginDate', 'endDate'], say);
  const at = known.classes.get(id!);
  if (at !== undefined && school && at.school !== school) say.fault('contradicts', 'schoolSourcedId');
  if (!id || !personKey || !role) return [];
  const isContact = at?.isMentor === true || (at?.isHomeroom === true && row.at('primary') === 'true');
  const posts: Readonly<Record<string, PostKind>> = {
    student: 'PUPIL',
    teacher: isContact ? 'CONTACT_TEACHER' : 'TEACHER',
    aide: 'ASSISTANT',
  };
  return [
    {
      ...{ kind: 'member', file: 'enrollments.csv', line: row.line, targetKey: classKey(id), personKey },
      ...{ post: passing(posts[role] ?? 'OTHER', 'enrollments.csv role', say), ...days },
      isDropped: isGone(row),
    },
  ];
};

function passing(post: PostKind, what: string, say: Say): PostKind {
  if (post === 'OTHER') say.passOver(what);
  return post;
}
