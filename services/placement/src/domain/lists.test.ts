import { expect, test } from 'vitest';
import { solve } from './allocate.ts';
import { listsOf } from './lists.ts';
import { readInstance } from './read-instance.ts';

const rule = { mode: 'firstMatch', groups: ['law18', 'sibling'], then: ['age:oldest'] };
const listsFor = (applications: readonly object[], reserved: readonly object[] = []) => {
  const read = readInstance({
    ...{ format: 'placement-instance/1', seed: 'seed', config: { markets: ['small'] }, applications },
    kindergartens: [
      { id: 'K1', seats: { small: 1 }, priority: rule, reserved },
      { id: 'K2', seats: { small: 1 }, priority: rule },
    ],
  });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const { ranking, wishes } = listsOf(solve(read.instance));
  return { ranking: Object.fromEntries(ranking), wishes: Object.fromEntries(wishes) };
};
const child = (id: string, born: string, wishes: readonly string[], more: object = {}) => ({
  ...{ id, group: 'small', born, flags: [], wishes: wishes.map((k) => ({ k })) },
  ...more,
});

test('a list begins in the order of the kindergarten’s rule, with those who got a seat too (placement § 9)', () => {
  const lists = listsFor([
    child('young', '2025-03-01', ['K1', 'K2']),
    child('old', '2024-03-01', ['K1']),
    child('law', '2025-06-01', ['K2', 'K1'], { flags: ['law18'] }),
  ]);
  expect(lists.ranking).toEqual({ 'K1/small': ['law', 'old', 'young'], 'K2/small': ['law', 'young'] });
  expect(lists.wishes).toEqual({
    young: ['K1/small', 'K2/small'],
    old: ['K1/small'],
    law: ['K2/small', 'K1/small'],
  });
});

test('whoever keeps a place is on no list for it, and waits for what it wants more', () => {
  const lists = listsFor([child('mover', '2024-03-01', ['K1', 'K2'], { current: 'K2' })]);
  expect(lists.ranking).toEqual({ 'K1/small': ['mover'], 'K2/small': [] });
  expect(lists.wishes).toEqual({ mover: ['K1/small'] });
});

test('seats that are kept for some have a list of their own, with those first who they are kept for', () => {
  const kept = [{ id: 'sami', group: 'small', seats: 1, flag: 'sami', soft: true }];
  const lists = listsFor(
    [child('other', '2024-03-01', ['K1']), child('sami', '2025-03-01', ['K1'], { flags: ['sami'] })],
    kept,
  );
  expect(lists.ranking['K1/small#sami']).toEqual(['sami', 'other']);
  expect(lists.wishes).toEqual({
    other: ['K1/small', 'K1/small#sami'],
    sami: ['K1/small#sami', 'K1/small'],
  });
});
