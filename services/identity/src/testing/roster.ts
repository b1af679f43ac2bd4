import { createHash } from 'node:crypto';
import { readRoster } from '../clients/pifu/read.ts';
import type { RosterFile } from '../clients/roster-file.ts';

type Kind = 'owner' | 'school' | 'kindergarten' | 'sfo' | 'basis' | 'teaching' | 'contact' | 'council';

export interface TestGroup {
  readonly key: string;
  readonly kind: Kind;
  readonly parent: string;
  readonly name?: string;
  readonly former?: string;
  readonly from?: string;
  readonly until?: string;
  readonly recstatus?: string;
}

export interface TestPerson {
  readonly key: string;
  readonly number?: string;
  readonly feide?: string;
  readonly former?: string;
  readonly recstatus?: string;
  /** Said to be inactive. */
  readonly isInactive?: boolean;
  /** The number of whom the file names as a guardian to call. */
  readonly contact?: string;
}

/** `role@target` from a day, until a last day. Null: the file does not say since when. */
export interface TestPlace {
  readonly person: string;
  readonly target: string;
  readonly role: string;
  readonly subrole?: string;
  readonly from?: string | null;
  readonly until?: string;
  readonly status?: string;
  readonly recstatus?: string;
}

export interface TestRoster {
  readonly type?: string;
  readonly source?: string;
  readonly writtenAt?: string;
  readonly persons: readonly TestPerson[];
  readonly groups: readonly TestGroup[];
  readonly places: readonly TestPlace[];
}

const sourced = (id: string, former?: string): string =>
  `${former === undefined ? '' : sourced(former).replace('<sourcedid>', '<sourcedid sourcedidtype="Old">')}` +
  `<sourcedid${former === undefined ? '' : ' sourcedidtype="New"'}><source>sas@test.example</source><id>${id}</id></sourcedid>`;
const record = (status?: string) => (status === undefined ? '' : ` recstatus="${status}"`);
const timeframe = (from?: string | null, until?: string) =>
  from == null && until === undefined
    ? ''
    : `<timeframe>${from == null ? '' : `<begin restrict="1">${from}</begin>`}${until === undefined ? '' : `<end restrict="1">${until}</end>`}</timeframe>`;
const types: Readonly<Record<Kind, readonly [string, string]>> = {
  owner: ['org', '1'],
  school: ['org', '2'],
  kindergarten: ['org', '2'],
  sfo: ['grp', '15'],
  basis: ['grp', '1'],
  teaching: ['grp', '2'],
  contact: ['grp', '3'],
  council: ['grp', '11'],
};
const schoolTypes: Partial<Record<Kind, string>> = {
  school: 'barneskole',
  kindergarten: 'barnehage',
  sfo: 'sfo',
};

/** The text of a PIFU-IMS 1.3 file, one element a line so that a test can name a line. */
export function rosterText({
  type = 'full',
  source = 'sas@test.example',
  writtenAt = '2026-11-21T08:00:00',
  persons,
  groups,
  places,
}: TestRoster): string {
  const targets = [...new Set(places.map(({ target }) => target))];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<enterprise xmlns="http://pifu.no/xsd/pifu-ims_sas/pifu-ims_sas-v1">',
    `<properties><datasource>${source}</datasource><type>${type}</type><datetime>${writtenAt}</datetime></properties>`,
    ...persons.map(
      ({ key, number, feide, former, recstatus, isInactive, contact = '14838641262' }) =>
        `<person${record(recstatus)}>${sourced(key, former)}${number === undefined ? '' : `<userid useridtype="personNIN">${number}</userid>`}` +
        `${feide === undefined ? '' : `<userid useridtype="feideID">${feide}</userid>`}<name><fn>BRED SYKKELPUMPE</fn></name>` +
        `<extension>${isInactive === true ? '<pifu_status type="activeInactive">inaktiv</pifu_status>' : ''}` +
        `<pifu_hasContactPerson type="guardian"><userid useridtype="personNIN">${contact}</userid></pifu_hasContactPerson></extension></person>`,
    ),
    ...groups.map(({ key, kind, parent, name = key, former, from, until, recstatus }) => {
      const [scheme, level] = types[kind];
      const extension = `<extension><pifu_schoolType>${schoolTypes[kind] ?? ''}</pifu_schoolType></extension>`;
      return `<group${record(recstatus)}>${sourced(key, former)}<grouptype><scheme>pifu-ims-go-${scheme}</scheme><typevalue level="${level}">x</typevalue></grouptype><description><short>${name}</short></description>${timeframe(from, until)}<relationship relation="1">${sourced(parent)}</relationship>${extension}</group>`;
    }),
    ...targets.flatMap((target) => [
      `<membership>${sourced(target)}`,
      ...places
        .filter((place) => place.target === target)
        .map(
          ({ person, role, subrole, from = '2026-08-01', until, status = '1', recstatus }) =>
            `<member>${sourced(person)}<idtype>1</idtype><role roletype="${role}"${record(recstatus)}>${subrole === undefined ? '' : `<subrole>${subrole}</subrole>`}<status>${status}</status>${timeframe(from, until)}</role></member>`,
        ),
      '</membership>',
    ]),
    '</enterprise>',
    '',
  ].join('\n');
}

/** A text as a file, cut into pieces at places that no element respects. */
export const asFile = (text: string): RosterFile => ({
  digest: createHash('sha256').update(text).digest('hex'),
  read: () => readRoster(pieces(text)),
});

async function* pieces(text: string): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += 777) yield text.slice(at, at + 777);
}

export const rosterFile = (roster: TestRoster): RosterFile => asFile(rosterText(roster));
