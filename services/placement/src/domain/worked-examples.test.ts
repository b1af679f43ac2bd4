import { describe, expect, test } from 'vitest';
import { allocate, solve } from './allocate.ts';
import { check } from './check.ts';
import { explain } from './explain.ts';
import type { Result } from './instance.ts';
import { lottery } from './lottery.ts';
import { isRefused } from './reading.ts';
import { type Given, child, instanceOf, kindergarten, read } from './testing/instances.ts';

function resultOf(given: Given): Result {
  const result = allocate(given);
  if (isRefused(result)) throw new Error(JSON.stringify(result));
  const run = solve(read(given));
  expect(check(read(given), result, run.dropped)).toEqual([]);
  return result;
}

/** The pool that each child has got a seat in, or null. */
const poolsIn = (given: Given): Record<string, string | null> =>
  Object.fromEntries(Object.entries(resultOf(given).assigned).map(([id, got]) => [id, got?.pool ?? null]));

const lot = { mode: 'firstMatch', groups: ['law18'], then: [] };
const reserve = (soft: boolean): Given => ({
  reserved: [{ id: 'lang', group: 'small', seats: 1, flag: 'sami', soft }],
});

describe('the worked examples (placement § 12)', () => {
  const w1 = instanceOf(
    [kindergarten('Solhaug', 2), kindergarten('Fjordbakken', 1)],
    [
      child('Ada', '2024-02-10', ['Solhaug', 'Fjordbakken']),
      child('Bo', '2023-11-05', ['Solhaug', 'Fjordbakken']),
      child('Cai', '2024-05-20', ['Fjordbakken', 'Solhaug'], { flags: ['right', 'law18'] }),
      child('Dag', '2024-07-01', [{ k: 'Solhaug', flags: ['sibling'] }]),
    ],
  );

  test('W1: groups and age, and why Ada got nothing', () => {
    const result = resultOf(w1);
    const wish = (k: string) => ({ k, pool: `${k}/small`, via: 'wish', wish: 1 });
    expect(result.assigned).toEqual({
      ...{ Ada: null, Bo: wish('Solhaug'), Cai: wish('Fjordbakken'), Dag: wish('Solhaug') },
    });
    expect(result.pools).toMatchObject({
      'Solhaug/small': { seats: 2, filled: 2, lastAdmitted: 'Bo' },
      'Fjordbakken/small': { seats: 1, filled: 1, lastAdmitted: 'Cai' },
    });
    expect(explain(w1, result, 'Ada')).toEqual([
      {
        ...{ k: 'Solhaug', wish: 1, outcome: 'rejected', seats: 2, applicants: 4, rank: 4 },
        ...{ lastAdmittedRank: 3, queue: 1, decidedBy: 'age' },
      },
      {
        ...{ k: 'Fjordbakken', wish: 2, outcome: 'rejected', seats: 1, applicants: 3, rank: 3 },
        ...{ lastAdmittedRank: 1, queue: 1, decidedBy: 'group' },
      },
    ]);
    expect(explain(w1, result, 'Bo')).toEqual([
      { k: 'Solhaug', wish: 1, outcome: 'offered' },
      { k: 'Fjordbakken', wish: 2, outcome: 'not-needed' },
    ]);
  });

  describe('W2: the lottery', () => {
    const five = [1, 2, 3, 4, 5].map((at) => child(`APP-${at}`, `2024-01-0${at}`, ['K1']));
    const w2 = (config: Given) => instanceOf([kindergarten('K1', 2, { priority: lot })], five, config);

    test('draws the numbers that are published, and places the lowest', () => {
      const draw = lottery('demo-2026');
      expect([1, 2, 3, 4, 5].map((at) => draw(`APP-${at}`))).toEqual([
        229809248682313, 255012436303032, 23280230232623, 136131515174820, 253613985986227,
      ]);
      expect(draw('APP-1|K1/small')).toBe(119547677903436);
      const none = { 'APP-1': null, 'APP-2': null, 'APP-3': null, 'APP-4': null, 'APP-5': null };
      const got = 'K1/small';
      expect(poolsIn(w2({}))).toEqual({ ...none, 'APP-3': got, 'APP-4': got });
      expect(poolsIn(w2({ tieBreak: 'multiple' }))).toEqual({ ...none, 'APP-1': got, 'APP-4': got });
      expect(explain(w2({}), resultOf(w2({})), 'APP-1')).toMatchObject([{ rank: 3, decidedBy: 'lottery' }]);
    });

    test('decides also where all that goes before it leaves no room for it in a number', () => {
      const byDistance = { priority: { mode: 'firstMatch', groups: ['law18'], then: ['distance'] } };
      const alike = [1, 2, 3, 4, 5].map((at) =>
        child(`APP-${at}`, '2024-01-01', [{ k: 'K1', distance: 0.1 }]),
      );
      const far = child('far', '2024-01-01', [{ k: 'K1', distance: 1e9 }]);
      for (const given of [
        [...alike, far],
        [far, ...alike.toReversed()],
      ])
        expect(poolsIn(instanceOf([kindergarten('K1', 2, byDistance)], given))).toMatchObject({
          ...{
            'APP-1': null,
            'APP-2': null,
            'APP-3': 'K1/small',
            'APP-4': 'K1/small',
            'APP-5': null,
            far: null,
          },
        });
    });
  });

  test('W3: seats that are reserved, soft and hard', () => {
    const [a1, a2] = [child('A1', '2023-09-01', ['K1']), child('A2', '2023-10-01', ['K1'])];
    const a3 = child('A3', '2024-08-01', ['K1'], { flags: ['right', 'sami'] });
    const soft = [kindergarten('K1', 2, reserve(true))];
    const hard = [kindergarten('K1', 2, reserve(false))];
    expect(poolsIn(instanceOf(soft, [a1, a2, a3]))).toEqual({
      A1: 'K1/small',
      A2: null,
      A3: 'K1/small#lang',
    });
    expect(poolsIn(instanceOf(soft, [a1, a2]))).toEqual({ A1: 'K1/small', A2: 'K1/small#lang' });
    expect(poolsIn(instanceOf(hard, [a1, a2]))).toEqual({ A1: 'K1/small', A2: null });
  });

  test('W4: a chain of children who move, and one who comes after them', () => {
    const w4 = instanceOf(
      [kindergarten('K1', 0), kindergarten('K2', 0), kindergarten('K3', 1)],
      [
        child('T1', '2023-09-01', ['K2'], { current: 'K1' }),
        child('T2', '2023-09-01', ['K3'], { current: 'K2' }),
        child('N1', '2023-09-01', ['K1']),
      ],
    );
    expect(poolsIn(w4)).toEqual({ T1: 'K2/small', T2: 'K3/small', N1: 'K1/small' });
  });

  test('W5: seats for large children that become one for a small child', () => {
    const w5 = instanceOf(
      [kindergarten('K1', 0, { seats: { small: 0, large: 3 }, convertible: true })],
      [
        child('L1', '2022-03-01', ['K1'], { group: 'large' }),
        child('S1', '2023-09-01', ['K1']),
        child('S2', '2023-10-01', ['K1']),
      ],
      { convert: { from: 'large', to: 'small', ratio: [2, 1] } },
    );
    expect(poolsIn(w5)).toEqual({ L1: 'K1/large', S1: 'K1/small', S2: null });
    expect(resultOf(w5).pools).toEqual({
      'K1/large': { seats: 1, filled: 1, lastAdmitted: 'L1' },
      'K1/small': { seats: 1, filled: 1, lastAdmitted: 'S1' },
    });
  });

  test('W6: whoever has the right and got no wish is placed nearby', () => {
    const nearby = { nearby: [{ k: 'K2', distance: 300 }] };
    const w6 = instanceOf(
      [kindergarten('K1', 1), kindergarten('K2', 1)],
      [
        child('A1', '2023-09-01', ['K1']),
        child('A2', '2023-10-01', ['K1'], nearby),
        child('A3', '2023-08-01', ['K1'], { ...nearby, flags: [] }),
      ],
      { fallback: true },
    );
    expect(resultOf(w6).assigned).toEqual({
      A1: { k: 'K1', pool: 'K1/small', via: 'wish', wish: 1 },
      A2: { k: 'K2', pool: 'K2/small', via: 'fallback', wish: null },
      A3: null,
    });
    expect(explain(w6, resultOf(w6), 'A2')).toMatchObject([{ outcome: 'rejected', decidedBy: 'age' }]);
  });

  test('W7: of three stable results, the one in which every child gets its first wish', () => {
    const explicit = (...order: string[]) => ({ priority: { mode: 'explicit', order, then: [] } });
    const w7 = instanceOf(
      [
        kindergarten('A', 1, explicit('2', '3', '1')),
        kindergarten('B', 1, explicit('3', '1', '2')),
        kindergarten('C', 1, explicit('1', '2', '3')),
      ],
      [
        child('1', '2024-01-01', ['A', 'B', 'C']),
        child('2', '2024-01-01', ['B', 'C', 'A']),
        child('3', '2024-01-01', ['C', 'A', 'B']),
      ],
    );
    expect(poolsIn(w7)).toEqual({ 1: 'A/small', 2: 'B/small', 3: 'C/small' });
  });
});

describe('at the edges', () => {
  const one = (small: number) => [kindergarten('K1', small)];

  test('of nobody, of no wishes, and of no seats', () => {
    expect(resultOf(instanceOf(one(1), [])).assigned).toEqual({});
    expect(resultOf(instanceOf([], [])).pools).toEqual({});
    expect(poolsIn(instanceOf(one(1), [child('a', '2024-01-01', [])]))).toEqual({ a: null });
    const none = instanceOf(one(0), [child('a', '2024-01-01', ['K1'])]);
    expect(poolsIn(none)).toEqual({ a: null });
    expect(resultOf(none).pools['K1/small']).toEqual({ seats: 0, filled: 0, lastAdmitted: null });
    expect(explain(none, resultOf(none), 'a')).toMatchObject([
      { seats: 0, rank: 1, lastAdmittedRank: null, queue: 1, decidedBy: 'capacity' },
    ]);
  });

  test('of a family that has drawn one number: its members are ranked by id', () => {
    const given = instanceOf(
      [kindergarten('K1', 1, { priority: lot })],
      ['b', 'a'].map((id) => child(id, '2024-01-01', ['K1'], { family: 'f' })),
      { lotteryUnit: 'family' },
    );
    expect(poolsIn(given)).toEqual({ a: 'K1/small', b: null });
    expect(explain(given, resultOf(given), 'b')).toMatchObject([{ decidedBy: 'id' }]);
  });

  test('of children who are all first by law: they are ranked by what comes after', () => {
    const law = { flags: ['law18'] };
    const given = instanceOf(one(1), [
      child('a', '2024-01-02', ['K1'], law),
      child('b', '2024-01-01', ['K1'], law),
    ]);
    expect(poolsIn(given)).toEqual({ a: null, b: 'K1/small' });
  });

  test('of a place that the child has: it is kept, listed or not, also where there are no seats', () => {
    const staying = (wishes: string[]) => child('a', '2024-01-01', wishes, { current: 'K1' });
    const two = [kindergarten('K1', 0), kindergarten('K2', 0)];
    const kept = { k: 'K1', pool: 'K1/small', via: 'current', wish: null };
    for (const wishes of [['K2', 'K1'], ['K1', 'K2'], ['K2'], []])
      expect(resultOf(instanceOf(two, [staying(wishes)])).assigned['a']).toEqual(kept);
    const given = instanceOf(two, [staying(['K2']), child('b', '2023-01-01', ['K1'], { flags: ['law18'] })]);
    expect(poolsIn(given)).toEqual({ a: 'K1/small', b: null });
    expect(explain(given, resultOf(given), 'b')).toMatchObject([
      { seats: 1, applicants: 1, rank: 1, lastAdmittedRank: null, decidedBy: 'incumbent' },
    ]);
    expect(explain(given, resultOf(given), 'a')).toMatchObject([{ k: 'K2', outcome: 'rejected' }]);
  });

  test('of ids that JavaScript has a use for of its own', () => {
    const given = instanceOf(one(1), [
      child('__proto__', '2024-01-01', ['K1']),
      child('10', '2024-02-01', ['K1']),
    ]);
    expect(Object.keys(resultOf(given).assigned)).toEqual(['10', '__proto__']);
    expect(JSON.stringify(resultOf(given).assigned)).toContain('"__proto__":{"k":"K1"');
  });

  test('of seats without end', () => {
    const given = instanceOf(one(Number.MAX_SAFE_INTEGER), [child('a', '2024-01-01', ['K1'])]);
    expect(resultOf(given).pools['K1/small']).toEqual({
      ...{ seats: Number.MAX_SAFE_INTEGER, filled: 1, lastAdmitted: null },
    });
  });
});

test('twins are first only where all of them fit: a claim that is met in part is dropped, and all is done again', () => {
  const rule = { priority: { mode: 'firstMatch', groups: ['law18', 'twins'], then: ['age:oldest'] } };
  const twin = (id: string) => child(id, '2024-03-01', [{ k: 'K1', flags: ['twins'] }], { family: 'f' });
  const older = ['x', 'y'].map((id, at) => child(id, `2023-1${at}-01`, ['K1']));
  const given = (seats: number) =>
    instanceOf([kindergarten('K1', seats, rule)], [twin('a'), twin('b'), ...older]);
  expect(poolsIn(given(2))).toEqual({ a: 'K1/small', b: 'K1/small', x: null, y: null });
  expect(poolsIn(given(1))).toEqual({ a: null, b: null, x: 'K1/small', y: null });
});

test('a sibling who is placed in an earlier market counts at that kindergarten, where the round says so', () => {
  const family = { family: 'f' };
  const given = (siblingInRound: boolean) =>
    instanceOf(
      [kindergarten('K1', 0, { seats: { small: 1, large: 1 } })],
      [
        child('big', '2021-01-01', ['K1'], { ...family, group: 'large' }),
        child('little', '2024-06-01', ['K1'], family),
        child('other', '2023-10-01', ['K1']),
      ],
      { siblingInRound },
    );
  expect(poolsIn(given(true))).toMatchObject({ little: 'K1/small', other: null });
  expect(poolsIn(given(false))).toMatchObject({ little: null, other: 'K1/small' });
});
