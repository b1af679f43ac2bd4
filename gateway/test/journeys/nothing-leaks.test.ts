import { buildPopulation, goldenByName } from '@ranselpost/infra/simulators/population/index';
import { servicesWithDatabase } from '@ranselpost/infra/postgres/services';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { soon } from './rights.ts';
import { openTown, plantedSecrets } from './town.ts';

// Comes after all other journeys: it looks at what they have left behind.
const town = openTown();
const { dataDir } = town.stack;
afterAll(() => town.close());

const { children } = inject('stack');
const population = buildPopulation({ children, seed: 1 });
const numbers = new Set(
  population.people.flatMap(({ identifiers }) => identifiers.map(({ number }) => number)),
);
// Short given names are words that may stand anywhere; in capitals, four letters and more, they are names.
const names = [...new Set([...goldenByName.values()].flatMap(({ given, family }) => [given, family]))].filter(
  (name) => name.length > 3,
);
const units = population.units.flatMap(({ name, organisationNumber }) => [name, organisationNumber ?? name]);

/** One thing that was written down somewhere, as text. */
interface Trace {
  readonly where: string;
  readonly text: string;
}

const filesIn = (folder: string, wanted: (file: string) => boolean): Trace[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && wanted(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    // Every byte is a letter of something: latin1 keeps them all, and what is UTF-8 is read once more as that.
    .flatMap((file) => {
      const bytes = readFileSync(file);
      return [
        { where: file, text: bytes.toString('utf8') },
        { where: file, text: bytes.toString('latin1') },
      ];
    });

/** Every table of a database, as a dump would have it. */
async function dump(service: string): Promise<Trace[]> {
  const sql = town.look(service);
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema') order by 1`;
  const traces: Trace[] = [];
  for (const { name } of tables) {
    const rows = await sql.unsafe<{ line: string }[]>(`select t::text as line from ${name} as t`);
    traces.push({ where: `${service}: ${name}`, text: rows.map(({ line }) => line).join('\n') });
  }
  return traces;
}

/** Names and labels; the values are counts and bytes, of which some have eleven digits. */
async function metricsOf(part: string, url: string): Promise<Trace> {
  const answer = await fetch(`${url}/metrics`);
  expect(answer.status).toBe(200);
  const lines = (await answer.text()).split('\n');
  return {
    where: `metrics of ${part}`,
    text: lines.map((line) => line.replace(/ [\d.e+-]+$/, '')).join('\n'),
  };
}

let logs: Trace[];
let databases: Record<string, Trace[]>;
let bus: Trace[];
let metrics: Trace[];
let secrets: string[];
beforeAll(async () => {
  // Also when it runs alone there is somebody's secret to look for.
  await town.visit('guardian', 'F1.mother');
  // The registers' own files are theirs; their logs, and what Postgres says, are everybody's.
  logs = filesIn(join(dataDir, 'logs'), (name) => name.endsWith('.log'));
  bus = filesIn(join(dataDir, 'nats', 'store'), () => true);
  databases = Object.fromEntries(
    await Promise.all(servicesWithDatabase.map(async (name) => [name, await dump(name)] as const)),
  );
  metrics = await Promise.all(Object.entries(town.stack.opsUrls).map(([part, url]) => metricsOf(part, url)));
  secrets = readFileSync(plantedSecrets(dataDir), 'utf8').split('\n').filter(Boolean);
});

const everywhere = (): Trace[] => [...logs, ...bus, ...metrics, ...Object.values(databases).flat()];
const outsideIdentity = (): Trace[] => [
  ...[...logs, ...bus, ...metrics],
  ...Object.entries(databases).flatMap(([name, traces]) => (name === 'identity' ? [] : traces)),
];

/** Where something was found, without telling what: the report of this test is a log as well. */
const found = (traces: readonly Trace[], find: (text: string) => number): string[] =>
  traces.flatMap(({ where, text }) => {
    const count = find(text);
    return count === 0 ? [] : [`${where}: ${count}`];
  });

/** Numbers of people who are here, wherever in a row of digits; and any other that reads like one and stands alone. */
function numbersIn(text: string): number {
  const known = [...text.matchAll(/\d{11,}/g)].flatMap(([digits]) =>
    Array.from({ length: digits.length - 10 }, (_, at) => digits.slice(at, at + 11)).filter((one) =>
      numbers.has(one),
    ),
  );
  const likely = [...text.matchAll(/(?<![\w.+/-])\d{2}[89]\d{3}[ -]?\d{5}(?![\w+/-]|\.\d)/g)];
  return known.length + likely.length;
}

const wordsIn =
  (words: readonly string[], isWhole: boolean) =>
  (text: string): number =>
    words.filter((word) =>
      isWhole ? new RegExp(`(?<![\\p{L}\\d])${word}(?![\\p{L}\\d])`, 'u').test(text) : text.includes(word),
    ).length;

const aboutAUnit = /\{[^{}]*"type":"identity\.unit\.changed\.v1"[^{}]*\{[^{}]*\}[^{}]*\}/g;

describe('after everything that has happened', () => {
  test('the hunt has something to hunt in', () => {
    expect(logs.length).toBeGreaterThan(10);
    expect(bus.some(({ text }) => text.includes('identity.guardians.changed'))).toBe(true);
    expect(databases['attendance']!.some(({ text }) => text.length > 100)).toBe(true);
    expect(found(databases['identity']!, wordsIn(names, true)).length).toBeGreaterThan(0);
    expect(numbersIn(`a ${[...numbers][0]} b`)).toBe(2);
    expect(secrets.length).toBeGreaterThan(0);
  });

  test('no national number stands anywhere in the clear, not even where numbers are kept (S-10, S-07)', () => {
    expect(found(everywhere(), numbersIn)).toEqual([]);
  });

  test('no name of a person stands outside identity’s database (S-07)', () => {
    expect(found(outsideIdentity(), wordsIn(names, true))).toEqual([]);
  });

  test('no name or number of a unit stands in a log, a metric or an event about anybody (S-07, ADR-16)', () => {
    // What a unit is called, the event about the unit alone says, which names nobody (decision 0056).
    const aboutAnybody = bus.map(({ where, text }) => ({ where, text: text.replaceAll(aboutAUnit, '') }));
    expect(found(bus, (text) => [...text.matchAll(aboutAUnit)].length).length).toBeGreaterThan(0);
    expect(found([...logs, ...aboutAnybody, ...metrics], wordsIn(units, false))).toEqual([]);
  });

  test('no cookie of a session and no token stands anywhere (S-07, S-14)', () => {
    expect(found(everywhere(), wordsIn(secrets, false))).toEqual([]);
    // A part of sealed contents may look like one, and stands between full stops.
    const token = /(?<![\w.-])eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]+(?![\w.-])/g;
    expect(found(everywhere(), (text) => [...text.matchAll(token)].length)).toEqual([]);
  });

  test('no id of a protected person or of a child whom one concerns stands in a log or a metric (ADR-16)', async () => {
    const rows = await town.look('identity')<{ id: string }[]>`
      select person_id::text as id from person
      where held_protection in ('FORTROLIG', 'STRENGT_FORTROLIG') or protection in ('FORTROLIG', 'STRENGT_FORTROLIG')`;
    const ids = rows.map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(2);
    expect(found([...logs, ...metrics], wordsIn(ids, false))).toEqual([]);
  });

  test('no metric carries an id (S-07)', () => {
    const id = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
    expect(found(metrics, (text) => [...text.matchAll(id)].length)).toEqual([]);
  });

  test('no free text of a caller stands in a log (S-07)', () => {
    expect(found([...logs, ...bus, ...metrics], wordsIn(['feber siden', 'HOMESICK'], false))).toEqual([]);
  });
});

describe('and nothing was left lying', () => {
  test('no event was put aside (S-24)', () => {
    const asides = Object.values(databases)
      .flat()
      .filter(({ where }) => where.endsWith('.dead_letter'));
    expect(asides.length).toBeGreaterThan(2);
    expect(asides.filter(({ text }) => text !== '')).toEqual([]);
  });

  test('every event that was told has gone out (S-21)', async () => {
    for (const service of ['identity', 'registry', 'attendance', 'messaging', 'notification'])
      await soon(async () => {
        const [row] = await town.look(
          service,
        )`select count(*)::int as waiting from outbox where published_at is null`;
        expect({ service, waiting: row?.['waiting'] }).toEqual({ service, waiting: 0 });
      });
  });

  test('no part has met a bug of its own', () => {
    const bugs = logs.flatMap(({ where, text }) =>
      text
        .split('\n')
        .flatMap((line) =>
          /"message":"(a bug|an error that nothing caught)"/.test(line) ? [`${where}: ${line}`] : [],
        ),
    );
    expect(bugs).toEqual([]);
  });
});
