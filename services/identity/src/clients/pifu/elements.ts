import { addDays } from '@ranselpost/kit/pure/dates';
import type { RosterFaultKind, RosterGroupKind, RosterItem } from '../../domain/roster.ts';

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
  readonly line: number;
}

export type Fail = (kind: RosterFaultKind, what: string, line?: number) => never;

/** Translates one element of the standard into our words: nothing, for those that we have no use for. */
export function toItem(element: Element, target: string | undefined, fail: Fail): readonly RosterItem[] {
  const { line } = element;
  const need = (path: string): string => at(element, path)?.text.trim() || fail('missing', path, line);
  switch (element.name) {
    case 'properties': {
      const type = need('type');
      if (type !== 'full') fail('not-a-full-roster', 'properties/type', line);
      return [{ kind: 'head', line, source: need('datasource'), type }];
    }
    case 'person':
      return [
        {
          kind: 'person',
          line,
          key: need('sourcedid/id'),
          number: userId(element, 'personNIN') ?? fail('missing', 'userid personNIN', line),
          login: userId(element, 'feideID')?.toLowerCase() ?? null,
        },
      ];
    case 'group':
      return [
        {
          kind: 'group',
          line,
          key: need('sourcedid/id'),
          groupKind: groupKindOf(element),
          name: need('description/short'),
          organisationNumber: organisationNumberOf(element),
          parentKey: need('relationship/sourcedid/id'),
        },
      ];
    case 'member': {
      const role = at(element, 'role');
      if (at(element, 'role/status')?.text.trim() === '0') return [];
      const from = need('role/timeframe/begin');
      const end = at(element, 'role/timeframe/end')?.text.trim();
      return [
        {
          kind: 'member',
          line,
          targetKey: target ?? fail('missing', 'membership/sourcedid/id', line),
          personKey: need('sourcedid/id'),
          role: role?.attributes['roletype'] ?? fail('missing', 'role roletype', line),
          from: isDay(from) ? from : fail('not-a-date', 'timeframe/begin', line),
          // The standard names the last day; ours is the day after.
          to: !end ? null : isDay(end) ? addDays(end, 1) : fail('not-a-date', 'timeframe/end', line),
        },
      ];
    }
    default:
      return [];
  }
}

const at = (element: Element, path: string): Element | undefined =>
  path
    .split('/')
    .reduce<Element | undefined>(
      (found, name) => found?.children.find((child) => child.name === name),
      element,
    );

const userId = (element: Element, type: string): string | undefined =>
  element.children
    .find(({ name, attributes }) => name === 'userid' && attributes['useridtype'] === type)
    ?.text.trim();

const basisTypes: Readonly<Record<string, RosterGroupKind>> = {
  '1': 'BASIS',
  '2': 'TEACHING',
  '3': 'CONTACT',
  '15': 'AFTER_SCHOOL',
};

function groupKindOf(element: Element): RosterGroupKind {
  const level = at(element, 'grouptype/typevalue')?.attributes['level'] ?? '';
  if (at(element, 'grouptype/scheme')?.text.trim() === 'pifu-ims-go-grp') return basisTypes[level] ?? 'OTHER';
  if (level === '1') return 'OWNER';
  if (level !== '2') return 'OTHER';
  // The standard has one type for both, and tells a kindergarten by its school type.
  return at(element, 'extension/pifu_schoolType')?.text.trim() === 'barnehage' ? 'KINDERGARTEN' : 'SCHOOL';
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

const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().startsWith(text);
