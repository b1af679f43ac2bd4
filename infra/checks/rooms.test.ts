import { describe, expect, test } from 'vitest';
import { borderFaults, isTest, roomFaults } from './rooms.ts';
import { builtServices, readTracked, services, subgraphs, tracked } from './tree.ts';
import { importsOf, resolveImport, withoutComments } from './imports.ts';

const code = (folder: string): readonly string[] =>
  tracked(folder).filter((file) => file.endsWith('.ts') && !file.includes('/generated/'));

const headings = [
  'What it owns',
  'Its part of the graph',
  'Events out and in',
  'Configuration',
  'Running it alone',
  'What is not done yet',
];

describe('every service', () => {
  test.each(builtServices)('%s has the rooms that all have', (service) => {
    const has = (path: string): boolean => tracked(`services/${service}/${path}`).length > 0;
    const rooms = [
      'README.md',
      'package.json',
      'migrations',
      'src/main.ts',
      'src/config.ts',
      'src/migrate.ts',
    ];
    const inner = ['src/domain', 'src/usecases', 'src/store'];
    expect([...rooms, ...inner].filter((path) => !has(path))).toEqual([]);
    expect(has('src/graphql')).toBe(subgraphs.includes(service));
    expect(has('src/graphql') || has('src/events')).toBe(true);
  });

  test.each(builtServices)("%s's README answers the same six questions in the same order", (service) => {
    const found = [...readTracked(`services/${service}/README.md`).matchAll(/^## (.+)$/gm)].map(
      ([, text]) => text,
    );
    expect(found).toEqual(headings);
  });

  test.each(services)('%s lets each room see only what it may', (service) => {
    expect(code(`services/${service}`).flatMap((file) => roomFaults(file, readTracked(file)))).toEqual([]);
  });

  test.each(services)('%s exports nothing and builds on kit and schema alone', (service) => {
    const manifest = JSON.parse(readTracked(`services/${service}/package.json`)) as {
      name: string;
      exports: unknown;
      dependencies: Record<string, string>;
    };
    expect(manifest.name).toBe(`@ranselpost/${service}`);
    expect(manifest.exports).toEqual({});
    const ours = Object.keys(manifest.dependencies).filter((name) => name.startsWith('@ranselpost/'));
    expect(ours.filter((name) => !/\/(kit|schema)$/.test(name))).toEqual([]);
  });
});

/** Not where a library is told something by it, which reads nothing. */
const environmentRead = /\bprocess\.env\b(?!\['\w+'\] = )/;

describe('every part', () => {
  test.each(['kit', 'schema', 'gateway', ...services.map((service) => `services/${service}`)])(
    '%s stays inside its borders and does not know where it runs',
    (part) => {
      expect(code(part).flatMap((file) => borderFaults(file, readTracked(file)))).toEqual([]);
    },
  );

  test('reads the environment in main and config alone', () => {
    const readers = code('gateway/src').filter(
      (file) => !isTest(file) && environmentRead.test(withoutComments(readTracked(file))),
    );
    expect(readers.filter((file) => !/^gateway\/src\/(main|config|migrate)\.ts$/.test(file))).toEqual([]);
    const kitReaders = code('kit/src').filter(
      (file) => !isTest(file) && environmentRead.test(withoutComments(readTracked(file))),
    );
    expect(kitReaders).toEqual(['kit/src/config.ts']);
  });

  test('can run the guard in a browser, as it sees nothing but itself and what is pure', () => {
    const faults = code('kit/src/guard')
      .filter((file) => !isTest(file))
      .flatMap((file) =>
        importsOf(readTracked(file))
          .map(({ from }) => resolveImport(file, from))
          .filter((target) => !/^kit\/src\/(guard|pure)\//.test(target))
          .concat(/\b(process|Buffer|require)\b[.(]/.exec(withoutComments(readTracked(file)))?.[0] ?? [])
          .map((what) => `${file}: ${what}`),
      );
    expect(faults).toEqual([]);
  });

  test('meets the gateway library in one folder, so that it can be replaced', () => {
    const seen = [...code('gateway'), ...code('kit'), ...code('services')].filter(
      (file) =>
        !isTest(file) &&
        /from '@apollo\/(gateway|federation-internals|query-planner|composition)/.test(readTracked(file)),
    );
    expect(seen.filter((file) => !file.startsWith('gateway/src/execution/'))).toEqual([]);
  });
});

describe('the check of rooms itself', () => {
  const faults = (room: string, text: string) => roomFaults(`services/attendance/src/${room}/thing.ts`, text);

  test.each([
    ['domain', "import { sql } from 'drizzle-orm';"],
    ['domain', "import { absences } from '../store/absences.ts';"],
    ['domain', "import { readFile } from 'node:fs/promises';"],
    [
      'domain',
      "import { absenceReportedV1 } from '@ranselpost/schema/events/attendance/absence-reported.v1';",
    ],
    ['domain', 'export const isOver = () => Date.now() > 1;'],
    ['usecases', "import type { MutationResolvers } from '../graphql/generated/types.ts';"],
    ['usecases', "import { connect } from '@nats-io/transport-node';"],
    ['usecases', "import { sql } from 'drizzle-orm';"],
    ['graphql', "import {\n  insert,\n} from '../store/absences.ts';"],
    ['graphql', "import { decide } from '../domain/absence.ts';"],
    ['events', "import * as absences from '../store/absences.ts';"],
    ['events', "export { x } from '../store/absences.ts';"],
    ['store', "const store = await import('../usecases/report-absence.ts');"],
    ['store', 'const url = process.env.DATABASE_URL;'],
    ['graphql', 'const rows = tx.execute(sql`select 1`);'],
    ['usecases', "import { start } from '../main.ts';"],
    ['helpers', 'export const a = 1;'],
    ['usecases', "import { rotate } from '../rotate-number-keys.ts';"],
  ])('refuses in %s: %s', (room, text) => {
    expect(faults(room, text)).toHaveLength(1);
  });

  test.each([
    ['domain', "import { refuse } from '@ranselpost/kit/pure/result';\nimport { other } from './other.ts';"],
    ['domain', "import type { PersonRecord } from '@ranselpost/schema/events/registry/person-record';"],
    [
      'usecases',
      "import { decide } from '../domain/absence.ts';\nimport * as rows from '../store/absences.ts';",
    ],
    ['graphql', "import type { Absence } from '../domain/absence.ts';"],
    ['store', "import { sql } from 'drizzle-orm';\nimport type { Tx } from '@ranselpost/kit/database';"],
    ['domain', '// never asks Date.now() itself\nexport const a = 1;'],
  ])('lets pass in %s: %s', (room, text) => {
    expect(faults(room, text)).toEqual([]);
  });

  test("refuses another service's code, a test's tools, and a question about where it runs", () => {
    const file = 'services/attendance/src/usecases/thing.ts';
    expect(borderFaults(file, "import { x } from '../../../identity/src/domain/x.ts';")).toHaveLength(1);
    expect(borderFaults(file, "import { x } from '@ranselpost/identity/x';")).toHaveLength(1);
    expect(borderFaults(file, "import { testBus } from '@ranselpost/kit/testing/bus';")).toHaveLength(1);
    expect(borderFaults(file, "if (process.env.NODE_ENV === 'production') stop();")).toHaveLength(1);
  });
});
