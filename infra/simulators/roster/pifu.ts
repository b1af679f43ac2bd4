import type { Group, Membership, Person, Population, StaffMember, Unit } from '../population/index.ts';
import { municipalityNumber } from '../population/units.ts';

/** At most 32 characters: the schema allows no more. */
export const source = 'sas@tingvika.example';
const namespace = 'http://pifu.no/xsd/pifu-ims_sas/pifu-ims_sas-v1';
const groupTypes = { basis: ['1', 'basisgruppe'], contactTeacher: ['3', 'kontaktlærergruppe'] } as const;

const text = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const sourced = (id: string): string =>
  `<sourcedid><source>${source}</source><id>${text(id)}</id></sourcedid>`;

function person(member: Person, staff: StaffMember | undefined): string {
  const feide = staff === undefined ? '' : `<userid useridtype="feideID">${text(staff.feide)}</userid>`;
  return (
    `  <person>${sourced(member.sourceId)}<userid useridtype="personNIN">${member.number}</userid>${feide}` +
    `<name><fn>${text(`${member.given} ${member.family}`)}</fn>` +
    `<n><family>${text(member.family)}</family><given>${text(member.given)}</given></n></name></person>\n`
  );
}

function relationship(parent: Unit): string {
  return `<relationship relation="1">${sourced(parent.sourceId)}<label>${text(parent.name)}</label></relationship>`;
}

function group(
  id: string,
  name: string,
  scheme: string,
  level: string,
  type: string,
  parent: Unit,
  extension = '',
): string {
  return (
    `  <group>${sourced(id)}<grouptype><scheme>${scheme}</scheme><typevalue level="${level}">${type}</typevalue></grouptype>` +
    `<description><short>${text(name.slice(0, 60))}</short></description>${relationship(parent)}${extension}</group>\n`
  );
}

function identifier(type: string, value: string, scope: string, unique: 0 | 1): string {
  return `<pifu_id type="${type}"><pifu_value>${value}</pifu_value><pifu_scope>${scope}</pifu_scope><pifu_unique>${unique}</pifu_unique></pifu_id>`;
}

function unit(one: Unit): string {
  const names = `<pifu_name type="legalName"><pifu_value>${text(one.name)}</pifu_value></pifu_name>`;
  if (one.kind === 'afterSchool') {
    const extension = `<extension>${names}<pifu_schoolType>sfo</pifu_schoolType></extension>`;
    return group(one.sourceId, one.name, 'pifu-ims-go-grp', '15', 'sfo', one.parent as Unit, extension);
  }
  const number = identifier('organizationNumber', `NO${one.organisationNumber ?? ''}`, 'enhetsregisteret', 1);
  if (one.kind === 'municipality') {
    const place = identifier(
      'municipalityNumber',
      municipalityNumber,
      'http://hotell.difi.no/?dataset=difi/geo/kommune',
      0,
    );
    // The top of the tree names itself as its parent.
    return group(
      one.sourceId,
      one.name,
      'pifu-ims-go-org',
      '1',
      'skoleeier',
      one,
      `<extension>${number}${place}${names}</extension>`,
    );
  }
  const schoolType = one.kind === 'kindergarten' ? 'barnehage' : 'barneOgUngdomsskole';
  const extension = `<extension>${number}${names}<pifu_schoolType>${schoolType}</pifu_schoolType></extension>`;
  return group(one.sourceId, one.name, 'pifu-ims-go-org', '2', 'skole', one.parent as Unit, extension);
}

function member(one: Membership): string {
  const end = one.to === null ? '' : `<end restrict="1">${one.to}</end>`;
  return (
    `<member>${sourced(one.person.sourceId)}<idtype>1</idtype><role roletype="${one.role}"><status>1</status>` +
    `<timeframe><begin restrict="1">${one.from}</begin>${end}</timeframe></role></member>`
  );
}

/** The file in pieces, so that a big municipality never stands in memory as text. */
export function* rosterFile(population: Population, writtenAt: string): Generator<string> {
  const staff = new Map(population.staff.map((one) => [one.person, one]));
  const byTarget = new Map<Unit | Group, Membership[]>();
  for (const one of population.memberships) {
    const list = byTarget.get(one.target);
    if (list === undefined) byTarget.set(one.target, [one]);
    else list.push(one);
  }
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<enterprise xmlns="${namespace}">\n`;
  yield `  <properties lang="no"><datasource>${source}</datasource><type>full</type><datetime>${writtenAt}</datetime></properties>\n`;
  for (const one of new Set([...population.children, ...staff.keys()])) yield person(one, staff.get(one));
  for (const one of population.units) yield unit(one);
  for (const one of population.groups) {
    const [level, type] = groupTypes[one.kind];
    yield group(one.sourceId, one.name, 'pifu-ims-go-grp', level, type, one.unit);
  }
  for (const [target, members] of byTarget) {
    yield `  <membership>${sourced(target.sourceId)}`;
    for (const one of members) yield member(one);
    yield '</membership>\n';
  }
  yield '</enterprise>\n';
}
