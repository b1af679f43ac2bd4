import { describe, expect, test } from 'vitest';
import type { RosterItem } from '../../domain/roster.ts';
import { readRoster } from './read.ts';

const head =
  '<properties lang="no"><datasource>sas@x.example</datasource><type>full</type><datetime>2026-11-21T08:00:00</datetime></properties>';
const file = (...lines: readonly string[]): string =>
  ['<enterprise xmlns="http://pifu.no/xsd/pifu-ims_sas/pifu-ims_sas-v1">', ...lines, '</enterprise>'].join(
    '\n',
  );
const id = (key: string, type = '') =>
  `<sourcedid${type === '' ? '' : ` sourcedidtype="${type}"`}><source>sas@x.example</source><id>${key}</id></sourcedid>`;
const person = (inner: string, key = 'p') => `<person>${id(key)}${inner}<name><fn>B S</fn></name></person>`;
const group = ({ scheme = 'pifu-ims-go-grp', level = '1', word = 'basisgruppe', more = '' }, key = 'g') =>
  `<group>${id(key)}<grouptype><scheme>${scheme}</scheme><typevalue level="${level}">${word}</typevalue></grouptype>` +
  `<description><short>n</short></description>${more}<relationship relation="1">${id('school')}<label>l</label></relationship></group>`;
const member = (role: string, key = 'p') =>
  `<membership>${id('g')}<member>${id(key)}<idtype>1</idtype>${role}</member></membership>`;

async function read(text: string): Promise<readonly RosterItem[]> {
  const items: RosterItem[] = [];
  // In pieces that respect no element, as they come from a disk.
  const pieces = async function* () {
    for (let at = 0; at < text.length; at += 61) yield text.slice(at, at + 61);
  };
  for await (const item of readRoster(pieces())) items.push(item);
  return items;
}
const only = async (kind: RosterItem['kind'], ...lines: readonly string[]) =>
  (await read(file(head, ...lines))).filter((item) => item.kind === kind);
const faults = async (...lines: readonly string[]) =>
  (await only('fault', ...lines)).map((item) =>
    item.kind === 'fault' ? `${item.fault.line} ${item.fault.kind} ${item.fault.what}` : '',
  );
const passedOver = async (...lines: readonly string[]) =>
  (await only('passed-over', ...lines)).map((item) => (item.kind === 'passed-over' ? item.what : ''));

describe('the head of a file', () => {
  test.each([
    ['full', 'full'],
    ['delta', 'changes'],
    ['event', 'changes'],
    ['melding', 'changes'],
  ])('of type %s is %s', async (type, expected) => {
    const [first] = await read(file(head.replace('>full<', `>${type}<`)));
    expect(first).toMatchObject({ kind: 'head', source: 'sas@x.example', type: expected });
  });

  test('may give the day alone', async () => {
    const [first] = await read(file(head.replace('T08:00:00', '')));
    expect(first).toMatchObject({ writtenAt: expect.stringContaining('2026-11-2') });
  });
});

describe('a person', () => {
  test.each([
    ['by their national number', '<userid useridtype="personNIN">218618 64070</userid>', '21861864070'],
    ['by a D-number', '<userid useridtype="dNumber">45879031072</userid>', '45879031072'],
    ['without a number when it is encrypted', '<userid useridtype="personNINencrypted">abc</userid>', null],
    [
      'without a number when it is another kind',
      '<userid useridtype="dufNumber">200012345678</userid>',
      null,
    ],
    ['without a number when there is none', '', null],
  ])('is known %s', async (_what, ids, number) => {
    expect(await only('person', person(ids))).toEqual([
      expect.objectContaining({ key: 'p', number, login: null, isDropped: false, line: 3 }),
    ]);
  });

  test('signs in by the Feide name and by no other', async () => {
    const ids =
      '<userid useridtype="username" password="x">anna</userid><userid useridtype="microsoftUPN">a@x.example</userid><userid useridtype="feideID">A.B@X.example</userid>';
    expect(await only('person', person(ids))).toMatchObject([{ login: 'a.b@x.example' }]);
  });

  test('goes by the new key and is still known by the old one', async () => {
    const both = `<person>${id('old', 'Old')}${id('new', 'New')}${id('twin', 'Duplicate')}<name><fn>B</fn></name></person>`;
    expect(await only('person', both)).toMatchObject([{ key: 'new', formerKeys: ['old', 'twin'] }]);
  });

  test('is there no more when the record or the status says so', async () => {
    const gone = `<person recstatus="3">${id('a')}</person>`;
    const inactive = person(
      '<extension><pifu_status type="activeInactive">inaktiv</pifu_status></extension>',
      'b',
    );
    expect(await only('person', gone, inactive)).toMatchObject([{ isDropped: true }, { isDropped: true }]);
  });

  test('brings no contact data, no contact person and nothing of somebody’s own (GUA-02)', async () => {
    const text = person(
      '<email>a@b.no</email><tel teltype="3">+4790000000</tel><extension><pifu_tel type="personMobilePrivate">+4790000000</pifu_tel>' +
        '<pifu_adr type="personRegisteredAddressPrivate"><adr><street>Skjulveien 1</street></adr></pifu_adr>' +
        `<pifu_hasContactPerson type="guardian">${id('mother')}</pifu_hasContactPerson><acme_locker>12</acme_locker></extension>`,
    );
    expect(JSON.stringify(await read(file(head, text)))).not.toMatch(/900000|Skjul|mother|acme|locker|B S/);
    expect(await passedOver(text)).toEqual(['pifu_hasContactPerson', 'person/extension']);
  });
});

describe('a group', () => {
  const org = { scheme: 'pifu-ims-go-org', level: '2', word: 'skole' };
  const typed = (schoolType: string) => ({
    ...org,
    more: `<extension><pifu_schoolType>${schoolType}</pifu_schoolType></extension>`,
  });
  test.each([
    ['an owner', { ...org, level: '1', word: 'skoleeier' }, 'OWNER'],
    ['a school', org, 'SCHOOL'],
    ['a school of a kind', typed('barneOgUngdomsskole'), 'SCHOOL'],
    ['a kindergarten', typed('barnehage'), 'KINDERGARTEN'],
    ['after-school care as a unit of the owner', typed('sfo'), 'AFTER_SCHOOL'],
    ['after-school care as a group', { level: '15', word: 'sfo' }, 'AFTER_SCHOOL'],
    ['a class', {}, 'BASIS'],
    ['a teaching group', { level: '2', word: 'undervisningsgruppe' }, 'TEACHING'],
    ['a composite group', { level: '10', word: 'sammensattgruppe' }, 'TEACHING'],
    ['a contact group', { level: '3', word: 'kontaktlærergruppe' }, 'CONTACT'],
    ['a year', { level: '4', word: 'trinn' }, 'OTHER'],
    ['special language teaching', { level: '9', word: 'språkopplæring' }, 'OTHER'],
    ['something of a later version', { level: '17', word: 'kor' }, 'OTHER'],
  ])('is %s', async (_what, of, groupKind) => {
    expect(await only('group', group(of))).toMatchObject([{ groupKind, parentKey: 'school' }]);
  });

  test('counts on its days, the last one included', async () => {
    const more = '<timeframe><begin>2026-08-17</begin><end>2027-06-18</end></timeframe>';
    expect(await only('group', group({ more }))).toMatchObject([{ from: '2026-08-17', to: '2027-06-19' }]);
  });

  test('is told to be passed over when there is no use for it', async () => {
    expect(await passedOver(group({ level: '17', word: 'kor' }), group(typed('musikkskole')))).toEqual([
      'grouptype',
      'pifu_schoolType',
    ]);
  });
});

describe('a member', () => {
  test('has every role that is given, each with its days', async () => {
    const roles =
      '<role roletype="02"><status>1</status><timeframe><begin>2026-08-01</begin></timeframe></role>' +
      '<role roletype="01"><status>1</status></role>';
    expect(await only('member', member(roles))).toMatchObject([
      { post: 'TEACHER', from: '2026-08-01', to: null, targetKey: 'g', personKey: 'p' },
      { post: 'PUPIL', from: null, to: null },
    ]);
  });

  test.each([
    ['01', '', 'PUPIL'],
    ['02', '', 'TEACHER'],
    ['02', 'vikar', 'TEACHER'],
    ['02', 'faglærer', 'TEACHER'],
    ['02', 'lærerstudent', 'OTHER'],
    ['02', 'nobody’s word', 'OTHER'],
    ['03', '', 'OTHER'],
    ['04', 'skolehelsetjeneste', 'OTHER'],
    ['04', 'foresattrepresentant', 'OTHER'],
    ['05', 'rektor', 'MANAGEMENT'],
    ['05', 'inspektør', 'MANAGEMENT'],
    ['06', '', 'CONTACT_TEACHER'],
    ['07', '', 'OFFICE'],
    ['07', 'iktansvarlig', 'OTHER'],
    ['08', '', 'ASSISTANT'],
    ['17', '', 'OTHER'],
  ])('of role type %s %s is %s: on doubt, less access', async (type, subrole, post) => {
    const role = `<role roletype="${type}"><subrole>${subrole}</subrole><status>1</status></role>`;
    expect(await only('member', member(role))).toMatchObject([{ post }]);
  });

  test('is gone when the status or the record says so', async () => {
    const roles =
      '<role roletype="02"><status>0</status></role><role roletype="06" recstatus="3"><status>1</status></role>';
    expect(await only('member', member(roles))).toMatchObject([{ isDropped: true }, { isDropped: true }]);
  });

  test('brings no absence and no marks', async () => {
    const role =
      '<role roletype="01"><status>1</status><finalresult><result>5</result></finalresult>' +
      '<extension><pifu_primaryRelation>1</pifu_primaryRelation><pifu_absence pifu_absence_mode="occurrence"/></extension></role>';
    expect(await passedOver(member(role))).toEqual(['pifu_absence']);
  });
});

describe('what is wrong', () => {
  test('is told of every line and not of the first alone', async () => {
    expect(
      await faults(
        person('', ''),
        `<group>${id('g')}<grouptype><scheme>pifu-ims-go-grp</scheme><typevalue level="1">trinn</typevalue></grouptype></group>`,
        member('<role><status>2</status><timeframe><begin>2026-02-30</begin></timeframe></role>'),
        member(
          '<role roletype="01" recstatus="7"><status>1</status><timeframe><begin>2026-08-20</begin><end>2026-06-30</end></timeframe></role>',
        ),
        `<membership>${id('g')}<member>${id('p')}<idtype>2</idtype></member></membership>`,
      ),
    ).toEqual([
      '3 missing sourcedid/id',
      '4 contradicts grouptype/typevalue',
      '4 missing relationship/sourcedid/id',
      '4 missing description/short',
      '5 missing role roletype',
      '5 unknown-value role/status',
      '5 not-a-date timeframe/begin',
      '6 unknown-value role recstatus',
      '6 ends-before-it-begins timeframe',
      '7 unknown-value idtype',
      '7 missing role',
    ]);
  });

  test('is an element that comes too late, two parents, two keys and two numbers', async () => {
    const parents = `<relationship relation="1">${id('other')}</relationship><relationship relation="3">${id('alias')}</relationship>`;
    expect(
      await faults(
        group({ more: parents }),
        person(''),
        `<person>${id('a')}${id('b')}</person>`,
        person('<userid useridtype="personNIN">1</userid><userid useridtype="personNIN">2</userid>'),
      ),
    ).toEqual([
      '3 contradicts relationship',
      '4 not-in-order person',
      '5 not-in-order person',
      '5 contradicts sourcedid',
      '6 not-in-order person',
      '6 contradicts userid personNIN',
    ]);
  });

  test('is told with what came before it when the file breaks off', async () => {
    const text = file(head, person('', ''), person('')).slice(0, -20);
    const items = await read(text);
    expect(items.flatMap((item) => (item.kind === 'fault' ? item.fault.kind : []))).toEqual([
      'missing',
      'not-xml',
    ]);
  });

  test('never repeats what stood there', async () => {
    const told = await faults(
      person('<userid useridtype="personNIN">21861864070</userid>', ''),
      member('<role roletype="01"><status>Ola Nordmann</status></role>'),
    );
    expect(told.join()).not.toMatch(/2186|Ola/);
  });
});
