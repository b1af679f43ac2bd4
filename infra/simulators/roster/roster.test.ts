import { describe, expect, test } from 'vitest';
import { SaxesParser } from 'saxes';
import { buildPopulation, goldenFamilies, goldenStaff, goldenUnits } from '../population/index.ts';
import { oneRosterFiles } from './one-roster.ts';
import { rosterFile } from './pifu.ts';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

function parse(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    const element: Element = {
      name: tag.name,
      attributes: tag.attributes,
      children: [],
      text: '',
    };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (text) => ((open.at(-1) as Element).text += text));
  parser.on('closetag', () => void open.pop());
  parser.write(xml).close();
  return root.children[0] as Element;
}

function at(element: Element | undefined, path: string): Element | undefined {
  return path
    .split('/')
    .reduce<Element | undefined>(
      (found, name) => found?.children.find((child) => child.name === name),
      element,
    );
}

const population = buildPopulation({ children: 40, seed: 1 });
const xml = [...rosterFile(population, '2026-11-21T09:00:00')].join('');
const file = parse(xml);
const byId = (kind: string, id: string) =>
  file.children.find((one) => one.name === kind && at(one, 'sourcedid/id')?.text === id);

describe('the roster file', () => {
  test('holds properties, people, groups and memberships in the order of the standard', () => {
    expect(file.attributes['xmlns']).toBe('http://pifu.no/xsd/pifu-ims_sas/pifu-ims_sas-v1');
    const names = file.children.map((one) => one.name);
    expect([...new Set(names)]).toEqual(['properties', 'person', 'group', 'membership']);
    expect(names).toEqual([...names].sort((a, b) => order.indexOf(a) - order.indexOf(b)));
    expect(at(file, 'properties/type')?.text).toBe('full');
  });

  test('says nothing about guardians: access never comes from it (GUA-02)', () => {
    expect(xml).not.toContain('hasContactPerson');
    for (const guardian of [goldenFamilies.F1.mother, goldenFamilies.F1.father, goldenFamilies.F2.father]) {
      expect(xml).not.toContain(guardian.number);
    }
  });

  test('gives a kindergarten its organisation number and school type, and after-school care its own id under its school', () => {
    const kindergarten = byId('group', goldenUnits.kindergarten.sourceId);
    expect(at(kindergarten, 'grouptype/typevalue')?.attributes['level']).toBe('2');
    expect(at(kindergarten, 'extension/pifu_id/pifu_value')?.text).toBe('NO310007897');
    expect(at(kindergarten, 'extension/pifu_schoolType')?.text).toBe('barnehage');
    const afterSchool = byId('group', goldenUnits.school.afterSchool.sourceId);
    expect(at(afterSchool, 'grouptype/scheme')?.text).toBe('pifu-ims-go-grp');
    expect(at(afterSchool, 'grouptype/typevalue')?.attributes['level']).toBe('15');
    expect(at(afterSchool, 'relationship/sourcedid/id')?.text).toBe(goldenUnits.school.unit.sourceId);
  });

  test('names every member and every group that a membership points at', () => {
    const known = new Set(file.children.map((one) => at(one, 'sourcedid/id')?.text));
    const memberships = file.children.filter((one) => one.name === 'membership');
    const members = memberships.flatMap((one) => one.children.filter((child) => child.name === 'member'));
    for (const one of members) expect(known).toContain(at(one, 'sourcedid/id')?.text);
    expect(members).toHaveLength(population.memberships.length);
  });

  test('dates a role that has ended, and gives staff their Feide name', () => {
    const school = file.children.find(
      (one) =>
        one.name === 'membership' && at(one, 'sourcedid/id')?.text === goldenUnits.school.unit.sourceId,
    );
    const former = school?.children.find(
      (one) => at(one, 'sourcedid/id')?.text === goldenStaff.formerTeacher.sourceId,
    );
    expect(at(former, 'role/timeframe/end')?.text).toBe('2026-06-30');
    const teacher = byId('person', goldenStaff.contactTeacher.sourceId);
    const ids = teacher?.children
      .filter((one) => one.name === 'userid')
      .map((one) => one.attributes['useridtype']);
    expect(ids).toEqual(['personNIN', 'feideID']);
  });
});

const order = ['properties', 'person', 'group', 'membership'];

describe('the same municipality in OneRoster', () => {
  const tables = new Map(
    [...oneRosterFiles(population)].map(({ name, pieces }) => [
      name,
      [...pieces]
        .join('')
        .trimEnd()
        .split('\r\n')
        .map((line) => line.split(',')),
    ]),
  );
  const column = (table: string, name: string): readonly string[] => {
    const [header, ...rows] = tables.get(table)!;
    return rows.map((cells) => cells[header!.indexOf(name)]!);
  };

  test('has every row as long as its header, and every table in the manifest', () => {
    for (const [header, ...rows] of tables.values())
      for (const cells of rows) expect(cells).toHaveLength(header!.length);
    const stated = tables.get('manifest.csv')!.filter(([, value]) => value === 'bulk');
    expect(stated.map(([name]) => `${name!.slice('file.'.length)}.csv`).toSorted()).toEqual(
      [...tables.keys()].filter((name) => name !== 'manifest.csv').toSorted(),
    );
  });

  test('names everybody and everything that its roles and enrolments point at', () => {
    const users = new Set(column('users.csv', 'sourcedId'));
    const classes = new Set(column('classes.csv', 'sourcedId'));
    const orgs = new Set(column('orgs.csv', 'sourcedId'));
    for (const table of ['roles.csv', 'enrollments.csv'])
      for (const key of column(table, 'userSourcedId')) expect(users).toContain(key);
    for (const key of column('enrollments.csv', 'classSourcedId')) expect(classes).toContain(key);
    for (const key of column('roles.csv', 'orgSourcedId')) expect(orgs).toContain(key);
    expect(column('roles.csv', 'role')).not.toContain('');
  });

  test('ends a place on the day after the last one', () => {
    const at = column('roles.csv', 'userSourcedId').indexOf(goldenStaff.formerTeacher.sourceId);
    expect(column('roles.csv', 'endDate')[at]).toBe('2026-07-01');
  });

  test('says nothing about guardians (GUA-02)', () => {
    const all = JSON.stringify([...tables]);
    for (const guardian of [goldenFamilies.F1.mother, goldenFamilies.F1.father])
      expect(all).not.toContain(guardian.number);
  });
});
