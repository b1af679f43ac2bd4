import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { child, instanceOf, kindergarten } from './domain/testing/instances.ts';

/** Every code of placement §§ 5, 8 and 9: where the command answers it, and which test meets it in the service; null where no request can. */
const codes = {
  E_BAD_GROUP: ['allocate', '../test/rounds.db.test.ts'],
  E_BAD_SEATS: ['allocate', './usecases/decide-seats.db.test.ts'],
  // Ids are given by the service.
  E_DUP_ID: ['allocate', null],
  E_DUP_WISH: ['allocate', './usecases/applications.db.test.ts'],
  E_NO_LAW18_FIRST: ['allocate', '../test/doors.db.test.ts'],
  E_TOO_MANY_WISHES: ['allocate', '../test/applications-in-the-graph.db.test.ts'],
  E_UNKNOWN_K: ['allocate', '../test/applications-in-the-graph.db.test.ts'],
  E_COMMITTED: ['scenario', './graphql/offers.db.test.ts'],
  E_DEADLINE: ['scenario', '../test/applications-in-the-graph.db.test.ts'],
  E_FULL: ['scenario', './usecases/whose-turn.db.test.ts'],
  E_NOT_NEXT: ['scenario', './usecases/whose-turn.db.test.ts'],
  E_NOT_WAITING: ['scenario', './usecases/withdraw-against-offers.db.test.ts'],
  E_NO_HIGHER: ['scenario', './graphql/offers.db.test.ts'],
  E_NO_REASON: ['scenario', './graphql/offers.db.test.ts'],
  E_OPEN_OFFER: ['scenario', './graphql/offers.db.test.ts'],
  E_STATE: ['scenario', './graphql/offers.db.test.ts'],
} as const satisfies Readonly<Record<string, readonly ['allocate' | 'scenario', string | null]>>;
const entries = Object.entries(codes);

const command = fileURLToPath(new URL('command.ts', import.meta.url));
const run = (subcommand: string, given: object): unknown =>
  JSON.parse(
    spawnSync(process.execPath, [command, subcommand], { input: JSON.stringify(given), encoding: 'utf8' })
      .stdout,
  );

const nothingRight = instanceOf(
  [
    kindergarten('K1', -1),
    kindergarten('K2', 1, { priority: { mode: 'firstMatch', groups: ['sibling'], then: [] } }),
  ],
  [
    child('twice', '2024-01-01', ['K1', 'K1']),
    child('twice', '2024-01-01', ['nowhere']),
    child('many', '2024-01-01', ['K1', 'K2']),
    child('grown', '2024-01-01', ['K1'], { group: 'school' }),
  ],
  { maxWishes: 1 },
);

const at = (day: number): string => `2026-04-${String(day).padStart(2, '0')}T12:00:00Z`;
const offer = (app: string, pool: string, day: number) => ({
  ...{ cmd: 'offer', app, pool, deadline: at(10), at: at(day) },
});
const to = (cmd: string, day: number) => ({ cmd, offer: 'O1', at: at(day) });
const nothingGoes = {
  format: 'placement-scenario/1',
  setup: {
    ...{ pools: { A: 1, B: 1 }, ranking: { A: ['x', 'y'], B: ['x', 'y'] }, placed: {} },
    wishes: { x: ['A', 'B'], y: ['A', 'B'] },
  },
  steps: [
    ...[offer('x', 'A', 1), offer('x', 'B', 1), offer('y', 'A', 1), to('accept-keep', 2), to('withdraw', 3)],
    ...[to('accept', 11), to('expire', 11), to('accept', 12)],
    ...[offer('x', 'A', 12), offer('y', 'B', 12), offer('y', 'A', 12)],
    { cmd: 'seats', pool: 'A', n: 0, at: at(12) },
  ],
};

describe('every code of the specification (placement §§ 5, 8, 9)', () => {
  test('is answered by the command: of an instance all at once, sorted, and nothing is allocated', () => {
    const wanted = entries.filter(([, [subcommand]]) => subcommand === 'allocate').map(([code]) => code);
    expect(run('allocate', nothingRight)).toEqual({ errors: wanted.toSorted() });
  });

  test('is answered by the command: of a scenario step by step', () => {
    const wanted = entries.filter(([, [subcommand]]) => subcommand === 'scenario').map(([code]) => code);
    const steps = [
      ...['ok', 'E_OPEN_OFFER', 'E_FULL', 'E_NO_HIGHER', 'E_NO_REASON', 'E_DEADLINE', 'ok', 'E_STATE'],
      ...['E_NOT_WAITING', 'E_NOT_NEXT', 'ok', 'E_COMMITTED'],
    ];
    expect(run('scenario', nothingGoes)).toMatchObject({ steps });
    expect(wanted.filter((code) => !steps.includes(code))).toEqual([]);
  });

  test.each(entries.flatMap(([code, [, file]]) => (file === null ? [] : [[code, file] as const])))(
    '%s is met in the service, by %s',
    (code, file) => {
      expect(readFileSync(new URL(file, import.meta.url), 'utf8')).toContain(code);
    },
  );
});
