import { addDays } from '@ranselpost/kit/pure/dates';
import type { RosterFaultKind, RosterGroupKind, RosterItem } from '../../domain/roster.ts';
import { isDay } from '../days.ts';
import { extensions, groupWord, postOf, schoolTypes, userIdTypes } from './vocabulary.ts';

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
  readonly line: number;
}

type Note = (kind: RosterFaultKind, what: string) => void;
type PassOver = (what: string) => void;

/**
 * Translates one element of the standard into our words, with all that is wrong with it. Names, addresses, telephones,
 * pictures, contact persons, absence and marks are not even looked at: who somebody is and how to reach them is for the
 * registers to say, and who may see a child too (GUA-02).
 */
export function toItems(element: Element, target?: string): readonly RosterItem[] {
  const items: RosterItem[] = [];
  const passOver: PassOver = (what) => void items.push({ kind: 'passed-over', what });
  const note: Note = (kind, what) =>
    void items.push({ kind: 'fault', fault: { kind, file: null, line: element.line, what } });
  if (element.name === 'properties') items.push(...headIn(element, note));
  if (element.name === 'person') items.push(...personIn(element, note, passOver));
  if (element.name === 'group') items.push(...groupIn(element, note, passOver));
  if (element.name === 'member') items.push(...membersIn(element, target, note, passOver));
  return items;
}

function headIn(element: Element, note: Note): readonly RosterItem[] {
  const [source, type, writtenAt] = (['datasource', 'type', 'datetime'] as const).map((name) =>
    needed(element, name, note),
  );
  if (!source || !type || !writtenAt) return [];
  const isKnown = ['full', 'delta', 'event', 'melding'].includes(type);
  if (!isKnown) note('unknown-value', 'properties/type');
  const instant = Date.parse(writtenAt.length > 10 ? writtenAt : `${writtenAt}T00:00:00`);
  if (Number.isNaN(instant)) note('not-a-date', 'datetime');
  if (!isKnown || Number.isNaN(instant)) return [];
  return [
    {
      ...{ kind: 'head', file: null, line: element.line, source, writtenAt: new Date(instant).toISOString() },
      type: type === 'full' ? 'full' : 'changes',
    },
  ];
}

function personIn(element: Element, note: Note, passOver: PassOver): readonly RosterItem[] {
  const keys = keysOf(element, note);
  const isDropped = recordIsDropped(element, note);
  if (keys === undefined) return [];
  passOverUnknown(element, 'person', passOver);
  const ids = new Map<string, string>();
  for (const { name, attributes, text } of element.children) {
    const type = attributes['useridtype'] ?? '';
    if (name !== 'userid') continue;
    if (!userIdTypes.has(type)) passOver('userid');
    if (!ids.has(type)) ids.set(type, text.trim());
    else if (ids.get(type) !== text.trim() && (type === 'personNIN' || type === 'feideID'))
      note('contradicts', `userid ${type}`);
  }
  const statuses = at(element, 'extension')?.children.filter(
    ({ name, attributes }) => name === 'pifu_status' && attributes['type'] === 'activeInactive',
  );
  return [
    {
      ...{ kind: 'person', file: null, line: element.line, ...keys },
      number:
        ids.get('personNIN')?.replaceAll(/\s/g, '') || ids.get('dNumber')?.replaceAll(/\s/g, '') || null,
      login: ids.get('feideID')?.toLowerCase() || null,
      // Said to be inactive, they have no place, whatever stands further down.
      isDropped: isDropped || statuses?.some(({ text }) => text.trim() === 'inaktiv') === true,
    },
  ];
}

function groupIn(element: Element, note: Note, passOver: PassOver): readonly RosterItem[] {
  const keys = keysOf(element, note);
  const isDropped = recordIsDropped(element, note);
  if (keys === undefined) return [];
  passOverUnknown(element, 'group', passOver);
  const groupKind = groupKindOf(element, note, passOver);
  const parents = element.children
    .filter(({ name, attributes }) => name === 'relationship' && (attributes['relation'] ?? '1') === '1')
    .map((parent) => at(parent, 'sourcedid/id')?.text.trim() ?? '');
  if (new Set(parents).size > 1) note('contradicts', 'relationship');
  // Whoever is only named as gone need not be told about.
  const missing: Note = isDropped ? () => {} : note;
  if (!parents[0]) missing('missing', 'relationship/sourcedid/id');
  return [
    {
      ...{ kind: 'group', file: null, line: element.line, ...keys, groupKind, isDropped },
      ...daysIn(element, note),
      name: needed(element, 'description/short', missing) ?? '',
      organisationNumber: organisationNumberOf(element),
      parentKey: parents[0] || keys.key,
    },
  ];
}

/** One item for each role: the same person may be pupil and staff in one place. */
function membersIn(
  element: Element,
  target: string | undefined,
  note: Note,
  passOver: PassOver,
): readonly RosterItem[] {
  const personKey = needed(element, 'sourcedid/id', note);
  const idType = at(element, 'idtype')?.text.trim() ?? '1';
  if (idType !== '1') note('unknown-value', 'idtype');
  if (!target) note('missing', 'membership/sourcedid/id');
  const roles = element.children.filter(({ name }) => name === 'role');
  if (roles.length === 0) note('missing', 'role');
  return roles.flatMap((role): readonly RosterItem[] => {
    passOverUnknown(role, 'role', passOver);
    const roleType = role.attributes['roletype'] ?? '';
    if (roleType === '') note('missing', 'role roletype');
    const post = postOf(roleType, at(role, 'subrole')?.text.trim() ?? '');
    if (post === 'OTHER')
      passOver(/^0[2-8]$/.test(roleType) ? `role ${roleType} without a child in charge` : 'role');
    const status = needed(role, 'status', note);
    if (status !== undefined && status !== '0' && status !== '1') note('unknown-value', 'role/status');
    const isDropped = recordIsDropped(role, note) || status === '0';
    const days = daysIn(role, note);
    if (personKey === undefined || !target) return [];
    return [
      {
        ...{ kind: 'member', file: null, line: element.line, targetKey: target, personKey, post, isDropped },
        ...days,
      },
    ];
  });
}

export const at = (element: Element, path: string): Element | undefined =>
  path
    .split('/')
    .reduce<Element | undefined>(
      (found, name) => found?.children.find((child) => child.name === name),
      element,
    );

function needed(element: Element, path: string, note: Note): string | undefined {
  const text = at(element, path)?.text.trim();
  if (!text) note('missing', path);
  return text || undefined;
}

/** The key something goes by now, and those it went by before. */
function keysOf(
  element: Element,
  note: Note,
): { readonly key: string; readonly formerKeys: readonly string[] } | undefined {
  const ids = element.children
    .filter(({ name }) => name === 'sourcedid')
    .map((sourcedid) => ({
      id: at(sourcedid, 'id')?.text.trim() ?? '',
      isFormer: ['Old', 'Duplicate'].includes(sourcedid.attributes['sourcedidtype'] ?? ''),
    }));
  const current = [...new Set(ids.filter(({ isFormer }) => !isFormer).map(({ id }) => id))];
  if (current.length > 1) note('contradicts', 'sourcedid');
  const [key] = current;
  if (!key) {
    note('missing', 'sourcedid/id');
    return undefined;
  }
  return { key, formerKeys: [...new Set(ids.map(({ id }) => id))].filter((id) => id !== key && id !== '') };
}

function recordIsDropped({ attributes, name }: Element, note: Note): boolean {
  const status = attributes['recstatus'] ?? '2';
  if (!['1', '2', '3'].includes(status)) note('unknown-value', `${name} recstatus`);
  return status === '3';
}

/** The standard names the last day; ours is the day after. */
function daysIn(element: Element, note: Note): { readonly from: string | null; readonly to: string | null } {
  const day = (name: 'begin' | 'end'): string | null => {
    const text = at(element, `timeframe/${name}`)?.text.trim();
    if (!text) return null;
    if (isDay(text)) return text;
    note('not-a-date', `timeframe/${name}`);
    return null;
  };
  const from = day('begin');
  const last = day('end');
  const isTurned = from !== null && last !== null && last < from;
  if (isTurned) note('ends-before-it-begins', 'timeframe');
  return { from, to: last === null || isTurned ? null : addDays(last, 1) };
}

function groupKindOf(element: Element, note: Note, passOver: PassOver): RosterGroupKind {
  const types = element.children
    .filter(({ name }) => name === 'grouptype')
    .map((type) => {
      const value = at(type, 'typevalue');
      return groupWord(
        at(type, 'scheme')?.text.trim() ?? '',
        value?.attributes['level'] ?? '',
        value?.text.trim() ?? '',
      );
    });
  if (types.length === 0) note('missing', 'grouptype');
  if (types.some(({ kind }) => kind === 'contradictory')) note('contradicts', 'grouptype/typevalue');
  const known = types.find((type) => type.kind === 'known');
  const kind = known?.is ?? 'OTHER';
  if (kind === 'OTHER') passOver('grouptype');
  if (kind !== 'SCHOOL') return kind;
  const schoolType = at(element, 'extension/pifu_schoolType')?.text.trim() ?? '';
  const meant = schoolTypes[schoolType];
  if (meant === undefined && schoolType !== '') passOver('pifu_schoolType');
  return meant ?? kind;
}

function organisationNumberOf(element: Element): string | null {
  const id = at(element, 'extension')?.children.find(
    ({ name, attributes }) => name === 'pifu_id' && attributes['type'] === 'organizationNumber',
  );
  const number = id?.children
    .find(({ name }) => name === 'pifu_value')
    ?.text.trim()
    .replace(/^NO/, '');
  return number !== undefined && /^\d{9}$/.test(number) ? number : null;
}

/** By where they stand and not by their names: a name that is not the standard's may say anything. */
function passOverUnknown(element: Element, kind: keyof typeof extensions, passOver: PassOver): void {
  for (const { name } of at(element, 'extension')?.children ?? []) {
    if (!extensions[kind].has(name)) passOver(`${kind}/extension`);
    else if (name === 'pifu_hasContactPerson' || name === 'pifu_absence') passOver(name);
  }
}
