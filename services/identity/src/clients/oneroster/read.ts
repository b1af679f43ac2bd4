import type { RosterItem } from '../../domain/roster.ts';
import type { Folder } from './folder.ts';
import { readRows } from './rows.ts';
import * as tables from './tables.ts';

interface Part {
  readonly name: string;
  readonly columns: readonly string[];
  readonly read: tables.Table;
  readonly isNeeded: boolean;
}

const partsOf = (version: '1.1' | '1.2'): readonly Part[] => [
  {
    name: 'academicSessions',
    columns: ['sourcedId', 'startDate', 'endDate'],
    ...{ read: tables.sessions, isNeeded: false },
  },
  { name: 'orgs', columns: ['sourcedId', 'name', 'type'], ...{ read: tables.orgs, isNeeded: true } },
  { name: 'courses', columns: ['sourcedId'], ...{ read: tables.courses, isNeeded: false } },
  {
    name: 'classes',
    columns: ['sourcedId', 'title', 'classType', 'schoolSourcedId'],
    ...{ read: tables.classes, isNeeded: true },
  },
  {
    name: 'users',
    columns: ['sourcedId', 'identifier', ...(version === '1.1' ? ['role', 'orgSourcedIds'] : [])],
    ...{ read: tables.users(version === '1.2'), isNeeded: true },
  },
  ...(version === '1.1'
    ? []
    : [
        {
          name: 'roles',
          columns: ['userSourcedId', 'role', 'orgSourcedId'],
          ...{ read: tables.roles, isNeeded: true },
        },
      ]),
  {
    name: 'enrollments',
    columns: ['classSourcedId', 'schoolSourcedId', 'userSourcedId', 'role'],
    ...{ read: tables.enrollments, isNeeded: true },
  },
];

/**
 * Reads a full ("bulk") OneRoster 1.1 or 1.2 delivery as CSV, table after table, row by row. Demographics, marks and
 * resources are not opened: who somebody is, the registers say.
 */
export async function* readOneRoster(folder: Folder): AsyncGenerator<RosterItem> {
  const manifest = yield* readManifest(folder);
  const version = manifest.get('oneroster.version');
  const source = manifest.get('source.systemCode') || manifest.get('source.systemName');
  if (version !== '1.1' && version !== '1.2') {
    yield inManifest('not-a-roster', 'oneroster.version');
    return;
  }
  if (!source) yield inManifest('missing', 'source.systemCode');
  else {
    const head = { source, type: 'full', writtenAt: null } as const;
    yield { kind: 'head', file: 'manifest.csv', line: 1, ...head };
  }
  const known: tables.Known = {
    ...{ sessions: new Map(), orgs: new Map(), courses: new Set(), classes: new Map() },
  };
  for (const { name, columns, read, isNeeded } of partsOf(version)) {
    const stated = manifest.get(`file.${name}`) ?? 'absent';
    const isThere = folder.names.includes(`${name}.csv`);
    if (stated !== 'bulk' && stated !== 'absent') yield inManifest('not-a-full-roster', `file.${name}`);
    else if (isThere !== (stated === 'bulk') && (isNeeded || stated === 'bulk'))
      yield inManifest(isThere ? 'contradicts' : 'missing', `file.${name}`);
    else if (stated === 'bulk') yield* readTable(folder, name, columns, read, known);
    else if (isNeeded) yield inManifest('missing', `file.${name}`);
  }
}

async function* readTable(
  folder: Folder,
  name: string,
  columns: readonly string[],
  read: tables.Table,
  known: tables.Known,
): AsyncGenerator<RosterItem> {
  const file = `${name}.csv`;
  for await (const row of readRows(file, () => folder.open(file), columns)) {
    if ('kind' in row) {
      yield { kind: 'fault', fault: row };
      continue;
    }
    const said: RosterItem[] = [];
    yield* read(row, known, {
      fault: (kind, what) => void said.push({ kind: 'fault', fault: { kind, file, line: row.line, what } }),
      passOver: (what) => void said.push({ kind: 'passed-over', what }),
    });
    yield* said;
  }
}

async function* readManifest(folder: Folder): AsyncGenerator<RosterItem, ReadonlyMap<string, string>> {
  const properties = new Map<string, string>();
  if (!folder.names.includes('manifest.csv')) {
    yield inManifest('not-a-roster', 'manifest.csv');
    return properties;
  }
  const open = () => folder.open('manifest.csv');
  for await (const row of readRows('manifest.csv', open, ['propertyName', 'value'])) {
    if ('kind' in row) yield { kind: 'fault', fault: row };
    else properties.set(row.at('propertyName'), row.at('value'));
  }
  return properties;
}

const inManifest = (
  kind: 'not-a-roster' | 'missing' | 'contradicts' | 'not-a-full-roster',
  what: string,
): RosterItem => ({ kind: 'fault', fault: { kind, file: 'manifest.csv', line: 1, what } });
