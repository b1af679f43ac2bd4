import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { RosterItem } from '../../domain/roster.ts';
import { asFiles, headers, oneRoster11 } from '../../testing/one-roster.ts';
import { readOneRoster } from './read.ts';

const users = [
  { key: 'ida', number: '21861864070', role: 'student', orgs: 'skole,sfo' },
  { key: 'lærer', number: '14838641262', role: 'teacher', orgs: 'skole', feide: 'Kari@Nordvik.kommune.no' },
  { key: 'rektor', role: 'administrator', orgs: 'skole,kommune' },
  { key: 'mor', number: '02918431791', role: 'parent', orgs: 'skole', feide: 'mor@x.no' },
];

async function read(files: Readonly<Record<string, string>>): Promise<readonly RosterItem[]> {
  const items: RosterItem[] = [];
  const folder = {
    names: Object.keys(files),
    open: async (name: string) => Readable.from([Buffer.from(files[name]!)]),
    close: async () => {},
  };
  for await (const item of readOneRoster(folder)) items.push(item);
  return items;
}
const faults = (items: readonly RosterItem[]) =>
  items.flatMap((item) =>
    item.kind === 'fault'
      ? `${item.fault.file}:${item.fault.line} ${item.fault.kind} ${item.fault.what}`
      : [],
  );
const of = (items: readonly RosterItem[], kind: RosterItem['kind']) =>
  items.filter((item) => item.kind === kind);

describe('a OneRoster 1.1 delivery', () => {
  test('has its source at its head and is a full one', async () => {
    const [first] = await read(oneRoster11(users));
    expect(first).toMatchObject({ kind: 'head', source: 'sas@one.example', type: 'full', writtenAt: null });
  });

  test('has units by their type and the agreed school type, and classes with the days of their terms', async () => {
    const items = await read(oneRoster11(users));
    expect(faults(items)).toEqual([]);
    expect(
      of(items, 'group').map((item) =>
        item.kind === 'group' ? [item.key, item.groupKind, item.parentKey, item.from, item.to] : [],
      ),
    ).toEqual([
      ['kommune', 'OWNER', 'kommune', null, null],
      ['skole', 'SCHOOL', 'kommune', null, null],
      ['sfo', 'AFTER_SCHOOL', 'skole', null, null],
      ['bhg', 'KINDERGARTEN', 'kommune', null, null],
      ['class:3A', 'BASIS', 'skole', '2026-08-17', '2027-06-19'],
      ['class:mat', 'TEACHING', 'skole', '2026-08-17', '2027-01-01'],
      ['class:3A1', 'CONTACT', 'skole', '2026-08-17', '2027-06-19'],
      ['class:bla', 'BASIS', 'bhg', null, null],
    ]);
    expect(of(items, 'group')[1]).toMatchObject({
      name: 'Paraplyen, skole',
      organisationNumber: '310004561',
      file: 'orgs.csv',
      line: 3,
    });
  });

  test('knows people by the agreed field and their Feide name, and nobody as a guardian (GUA-02)', async () => {
    const items = await read(oneRoster11(users));
    expect(of(items, 'person')).toMatchObject([
      { key: 'ida', number: '21861864070', login: null },
      { key: 'lærer', number: '14838641262', login: 'kari@nordvik.kommune.no' },
      { key: 'rektor', number: null },
      { key: 'mor', number: null, login: null, isDropped: true },
    ]);
    expect(JSON.stringify(items)).not.toMatch(/SYKKELPUMPE|a@b\.no|02918431791|mor@x/);
    expect(of(items, 'passed-over')).toContainEqual({
      kind: 'passed-over',
      what: 'users.csv role of a guardian',
    });
  });

  test('places people at their organisations since nobody says when, and an office opens no municipality', async () => {
    const items = await read(oneRoster11(users));
    expect(
      of(items, 'member').map((item) =>
        item.kind === 'member' ? [item.personKey, item.targetKey, item.post, item.from] : [],
      ),
    ).toEqual([
      ['ida', 'skole', 'PUPIL', null],
      ['ida', 'sfo', 'PUPIL', null],
      ['lærer', 'skole', 'TEACHER', null],
      ['rektor', 'skole', 'OFFICE', null],
      ['rektor', 'kommune', 'OTHER', null],
    ]);
  });

  test.each([
    ['student', '', '3A', 'PUPIL'],
    ['teacher', 'true', '3A', 'CONTACT_TEACHER'],
    ['teacher', 'false', '3A', 'TEACHER'],
    ['teacher', 'true', 'mat', 'TEACHER'],
    ['teacher', '', '3A1', 'CONTACT_TEACHER'],
    ['aide', '', '3A', 'ASSISTANT'],
    ['proctor', '', '3A', 'OTHER'],
    ['administrator', '', '3A', 'OTHER'],
  ])(
    'enrols a %s, primary %s, in %s as %s, until the day before the end',
    async (role, primary, at, post) => {
      const row = `e1,,,${at},skole,ida,${role},${primary},2026-08-17,2027-06-19`;
      const items = await read(oneRoster11(users, { enrollments: [headers.enrollments, row] }));
      expect(of(items, 'member').at(-1)).toMatchObject({
        ...{ post, targetKey: `class:${at}`, from: '2026-08-17', to: '2027-06-19' },
        ...{ file: 'enrollments.csv', line: 2 },
      });
    },
  );

  test('takes an identifier that is no national number for the source’s own', async () => {
    const items = await read(oneRoster11([{ key: 'x', number: 'A-1001', role: 'student', orgs: 'skole' }]));
    expect(of(items, 'person')).toMatchObject([{ number: null }]);
    expect(of(items, 'passed-over')).toEqual([{ kind: 'passed-over', what: 'users.csv identifier' }]);
  });
});

describe('a OneRoster 1.2 delivery', () => {
  test('has the roles in a table of their own, with their days', async () => {
    const { academicSessions, ...tables } = {
      academicSessions: [headers.academicSessions],
      orgs: [headers.orgs, 'kommune,,,K,district,,,', 'skole,,,S,school,,kommune,'],
      classes: [headers.classes],
      users: [
        headers.usersOf12,
        'ida,,,true,ida,,G,F,,21861864070,,,,,,,,,,,,skole,',
        'rektor,,,true,r,,G,F,,,,,,,,,,,,,,skole,',
      ],
      roles: [
        headers.roles,
        'r1,,,ida,primary,student,2026-08-01,,skole,',
        'r2,,,rektor,primary,principal,2026-08-01,2026-12-01,skole,',
        'r3,,,rektor,secondary,districtAdministrator,,,kommune,',
        'r4,,,rektor,secondary,systemAdministrator,,,skole,',
        'r5,,,rektor,secondary,guardian,,,skole,',
      ],
      enrollments: [headers.enrollments],
    };
    const items = await read(asFiles('1.2', tables));
    expect(faults(items)).toEqual([]);
    expect(
      of(items, 'member').map((item) =>
        item.kind === 'member' ? [item.personKey, item.targetKey, item.post, item.from, item.to] : [],
      ),
    ).toEqual([
      ['ida', 'skole', 'PUPIL', '2026-08-01', null],
      ['rektor', 'skole', 'MANAGEMENT', '2026-08-01', '2026-12-01'],
      ['rektor', 'kommune', 'MANAGEMENT', null, null],
      ['rektor', 'skole', 'OTHER', null, null],
    ]);
    expect(academicSessions).toHaveLength(1);
  });
});

describe('what is wrong', () => {
  test('is told of every line of every table', async () => {
    const items = await read(
      oneRoster11([...users, { key: '', role: 'student', orgs: 'skole' }], {
        academicSessions: [
          headers.academicSessions,
          'h26,,,Høst,term,2026-08-17,2026-13-01,,2027',
          'v27,,,Vår,term,2027-06-01,2027-01-01,,2027',
        ],
        classes: [headers.classes, '3A,,,3A,03,c9,,homeroom,,skole,x99,,,,', '3B,,,3B,03'],
        enrollments: [
          headers.enrollments,
          'e1,,,3A,sfo,ida,student,,2026-08-17,',
          'e2,,,3A,skole,,student,,,',
          'e3,,,3A,skole,ida,student,,17.08.2026,',
        ],
      }),
    );
    expect(faults(items)).toEqual([
      'academicSessions.csv:2 not-a-date endDate',
      'academicSessions.csv:2 missing endDate',
      'academicSessions.csv:3 ends-before-it-begins endDate',
      'academicSessions.csv:3 missing endDate',
      'classes.csv:2 unknown-parent courseSourcedId',
      'classes.csv:2 unknown-parent termSourcedIds',
      'classes.csv:3 not-csv columns',
      'users.csv:6 missing sourcedId',
      'enrollments.csv:2 contradicts schoolSourcedId',
      'enrollments.csv:3 missing userSourcedId',
      'enrollments.csv:4 not-a-date beginDate',
    ]);
  });

  test('is a delivery of changes, another version, and one without a manifest', async () => {
    const files = oneRoster11(users);
    const changed = (from: string, to: string) => ({
      ...files,
      'manifest.csv': files['manifest.csv']!.replace(from, to),
    });
    expect(faults(await read(changed('file.users,bulk', 'file.users,delta')))).toEqual([
      'manifest.csv:1 not-a-full-roster file.users',
    ]);
    expect(faults(await read(changed('oneroster.version,1.1', 'oneroster.version,1.0')))).toEqual([
      'manifest.csv:1 not-a-roster oneroster.version',
    ]);
    const { 'manifest.csv': _manifest, ...rest } = files;
    expect(faults(await read(rest))).toEqual([
      'manifest.csv:1 not-a-roster manifest.csv',
      'manifest.csv:1 not-a-roster oneroster.version',
    ]);
  });

  test('is a table that is promised and missing, or has no such column, or a quote that is never closed', async () => {
    const { 'users.csv': _users, ...withoutUsers } = oneRoster11(users);
    expect(faults(await read(withoutUsers))).toEqual(['manifest.csv:1 missing file.users']);
    const renamed = oneRoster11(users);
    renamed['users.csv'] = renamed['users.csv']!.replace('identifier', 'ssn');
    expect(faults(await read(renamed))).toEqual(['users.csv:1 missing identifier']);
    const open = oneRoster11(users, { courses: [headers.courses, 'c3,,,y26,"3. trinn,,03,skole,,'] });
    expect(faults(await read(open)).filter((fault) => fault.includes('not-csv'))).toEqual([
      expect.stringMatching(/^courses\.csv:\d+ not-csv quotes$/),
    ]);
  });

  test('never repeats what stood there', async () => {
    const rows = [headers.enrollments, 'e1,,,3A,skole,ida,student,,Ola Nordmann,'];
    expect(faults(await read(oneRoster11(users, { enrollments: rows }))).join()).not.toMatch(/Ola/);
  });
});
