import { describe, expect, test } from 'vitest';
import { allocate } from './allocate.ts';
import { readInstance } from './read-instance.ts';
import { type Given, child, instanceOf, kindergarten } from './testing/instances.ts';

type Some = { kindergartens: Given[]; applications: Given[]; config: Given } & Given;
const good = (): Some =>
  instanceOf(
    [kindergarten('K1', 2), kindergarten('K2', 1)],
    [child('a', '2024-02-29', ['K1', 'K2']), child('b', '2023-11-30', ['K1'])],
  ) as Some;

function problems(change: (given: Some) => unknown): readonly (readonly [string, string])[] {
  const given = good();
  const changed = change(given);
  const read = readInstance(changed === undefined ? given : changed);
  return read.ok ? [] : read.problems.map(({ code, path }) => [code, path] as const);
}
const first = (given: Some): Given => given.applications[0]!;
const k = (given: Some): Given => given.kindergartens[0]!;

test('what is right is read, and what may be left out is filled in', () => {
  expect(problems(() => undefined)).toEqual([]);
  expect(problems((given) => void delete (given as Given)['config'])).toEqual([]);
});

describe('what is wrong is told with a code and a path', () => {
  test.each<[string, string, (given: Some) => void]>([
    ['E_DUP_ID', 'applications[1].id', (given) => void (given.applications[1]!['id'] = 'a')],
    ['E_DUP_ID', 'kindergartens[2].id', (given) => void given.kindergartens.push(kindergarten('K1', 1))],
    [
      'E_DUP_WISH',
      'applications[0].wishes[1].k',
      (given) => void (first(given)['wishes'] = [{ k: 'K1' }, { k: 'K1' }]),
    ],
    ['E_UNKNOWN_K', 'applications[0].wishes[0].k', (given) => void (first(given)['wishes'] = [{ k: 'K9' }])],
    ['E_UNKNOWN_K', 'applications[0].current', (given) => void (first(given)['current'] = 'K9')],
    [
      'E_UNKNOWN_K',
      'applications[0].nearby[0].k',
      (given) => void (first(given)['nearby'] = [{ k: 'K9', distance: 1 }]),
    ],
    ['E_BAD_SEATS', 'kindergartens[0].seats.small', (given) => void (k(given)['seats'] = { small: -1 })],
    ['E_BAD_SEATS', 'kindergartens[0].seats.small', (given) => void (k(given)['seats'] = { small: 1.5 })],
    ['E_BAD_SEATS', 'kindergartens[0].seats.small', (given) => void (k(given)['seats'] = { small: '2' })],
    [
      'E_BAD_SEATS',
      'kindergartens[0].maxSeats.small',
      (given) => void (k(given)['maxSeats'] = { small: null }),
    ],
    [
      ...(['E_BAD_SEATS', 'kindergartens[0].reserved'] as const),
      (given) =>
        void (k(given)['reserved'] = [{ id: 'r', group: 'small', seats: 3, flag: 'sami', soft: true }]),
    ],
    ['E_BAD_GROUP', 'applications[0].group', (given) => void (first(given)['group'] = 'tiny')],
    ['E_TOO_MANY_WISHES', 'applications[0].wishes', (given) => void (given.config['maxWishes'] = 1)],
    [
      ...(['E_NO_LAW18_FIRST', 'kindergartens[0].priority.groups'] as const),
      (given) => void (k(given)['priority'] = { mode: 'firstMatch', groups: ['sibling', 'law18'], then: [] }),
    ],
    [
      ...(['E_NO_LAW18_FIRST', 'kindergartens[0].priority.groups'] as const),
      (given) => void (k(given)['priority'] = { mode: 'lexicographic', groups: [], then: [] }),
    ],
    ['E_FORMAT', 'format', (given) => void (given['format'] = 'placement-instance/2')],
    ['E_FORMAT', 'seed', (given) => void delete given['seed']],
    ['E_FORMAT', 'kindergartens', (given) => void ((given as Given)['kindergartens'] = {})],
    ['E_FORMAT', 'kindergartens[0]', (given) => void (given.kindergartens = ['K1' as never])],
    [
      'E_FORMAT',
      'kindergartens[0].priority.mode',
      (given) => void (k(given)['priority'] = { mode: 'first' }),
    ],
    [
      ...(['E_FORMAT', 'kindergartens[0].priority.then[0]'] as const),
      (given) => void (k(given)['priority'] = { mode: 'firstMatch', groups: ['law18'], then: ['age'] }),
    ],
    [
      ...(['E_FORMAT', 'kindergartens[0].priority.points'] as const),
      (given) => void (k(given)['priority'] = { mode: 'points', points: { a: 1e20 } }),
    ],
    ['E_FORMAT', 'applications[0].born', (given) => void (first(given)['born'] = '2023-02-29')],
    ['E_FORMAT', 'applications[0].born', (given) => void (first(given)['born'] = '2024-1-1')],
    ['E_FORMAT', 'applications[0].id', (given) => void (first(given)['id'] = 'a\nb')],
    ['E_FORMAT', 'applications[0].wishes', (given) => void delete first(given)['wishes']],
    [
      'E_FORMAT',
      'applications[0].wishes[0].distance',
      (given) => void (first(given)['wishes'] = [{ k: 'K1', distance: -1 }]),
    ],
    ['E_FORMAT', 'config.tieBreak', (given) => void (given.config['tieBreak'] = 'double')],
    [
      'E_FORMAT',
      'config.convert.ratio[0]',
      (given) => void (given.config['convert'] = { from: 'large', to: 'small', ratio: [0, 1] }),
    ],
    [
      ...(['E_FORMAT', 'config.markets[0]'] as const),
      (given) => void (given.config['markets'] = ['small/er', 'small']),
    ],
    ['E_FORMAT', 'config.markets[1]', (given) => void (given.config['markets'] = ['small', 'small'])],
  ])('%s at %s', (code, path, change) => {
    expect(problems(change)).toContainEqual([code, path]);
  });

  test('whatever it is', () => {
    for (const given of [null, 7, 'x', [], {}, undefined])
      expect(allocate(given)).toMatchObject({ errors: expect.arrayContaining(['E_FORMAT']) });
  });
});

test('codes are sorted, each once, and nothing is allocated; shapes come with places', () => {
  const given = good();
  given.applications.push(child('a', '2024-01-01', ['K9']), child('a', '2024-01-01', ['K9']));
  expect(allocate(given)).toEqual({ errors: ['E_DUP_ID', 'E_UNKNOWN_K'] });
  given.config['fallback'] = 'yes';
  expect(allocate(given)).toEqual({
    errors: ['E_DUP_ID', 'E_FORMAT', 'E_UNKNOWN_K'],
    problems: [{ code: 'E_FORMAT', path: 'config.fallback', wanted: 'true or false' }],
  });
});

test('a megabyte of wishes is read, and refused where there may not be so many', () => {
  const ids = Array.from({ length: 4000 }, (_none, at) => `kindergarten-${at}`.padEnd(250, '.'));
  const given = instanceOf(
    ids.map((id) => ({ ...kindergarten(id, 0), seats: {} })),
    [child('a', '2024-01-01', ids)],
  );
  expect(allocate({ ...given, config: { maxWishes: 5 } })).toEqual({ errors: ['E_TOO_MANY_WISHES'] });
  expect(allocate(given)).toMatchObject({ assigned: { a: null } });
});
