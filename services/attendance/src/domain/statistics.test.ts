import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Cell, type Masked, maskSmallNumbers, statisticsOf } from './statistics.ts';

/** A number that comes from so many children, who are in no other. */
const cell = ([amount, children]: readonly [number, number], at: number): Cell => ({
  amount,
  childIds: new Set(Array.from({ length: children }, (_, nth) => `${at}-${nth}`)),
});
const mask = (cells: readonly (readonly [number, number])[]): Masked => maskSmallNumbers(cells.map(cell));

describe('numbers of absence (T30)', () => {
  test('are not shown where they come from a few children, nor the next by which they could be worked out', () => {
    expect(
      mask([
        [12, 6],
        [3, 2],
        [0, 0],
        [40, 9],
      ]),
    ).toEqual({ total: 55, shown: [null, null, 0, 40] });
    // Many days of one child are one child's.
    expect(
      mask([
        [30, 1],
        [31, 8],
        [50, 9],
      ]),
    ).toEqual({ total: 111, shown: [null, null, 50] });
    // Two children together are two children.
    expect(
      mask([
        [3, 1],
        [4, 1],
        [20, 7],
        [30, 9],
      ]).shown,
    ).toEqual([null, null, null, 30]);
    expect(
      mask([
        [12, 6],
        [0, 0],
      ]),
    ).toEqual({ total: 12, shown: [12, 0] });
  });

  test('are none at all, also the total, where all of them come from a few', () => {
    expect(
      mask([
        [9, 2],
        [4, 2],
        [0, 0],
      ]),
    ).toEqual({ total: null, shown: [null, null, null] });
    expect(mask([[4, 1]])).toEqual({ total: null, shown: [null] });
  });

  test('can be worked out by nobody who knows how they are left out, and tries every number that could stand there', () => {
    const aCell = fc
      .tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 2 }))
      .map(([children, more]) => [children === 0 ? 0 : children + more, children] as const);
    fc.assert(
      fc.property(fc.array(aCell, { minLength: 1, maxLength: 4 }), (cells) => {
        const told = mask(cells);
        for (const [at, [amount, children]] of cells.entries())
          if (told.shown[at] !== null) {
            expect(told.shown[at]).toBe(amount);
            expect(children === 0 || children >= 5).toBe(true);
          }
        if (told.total === null) {
          expect(told.shown.every((one) => one === null)).toBe(true);
          return;
        }
        const hidden = cells.flatMap((_cell, at) => (told.shown[at] === null ? [at] : []));
        if (hidden.length === 0) return;
        let left = told.total;
        for (const one of told.shown) left -= one ?? 0;
        const possible = hidden.map(() => new Set<number>());
        const isTold = (world: readonly (readonly [number, number])[]): boolean =>
          JSON.stringify(mask(world)) === JSON.stringify(told);
        /** Every way to spread what is left over the hidden numbers, and over children. */
        const tryAll = (place: number, rest: number, world: (readonly [number, number])[]): void => {
          if (possible.every(({ size }) => size > 1)) return;
          if (place === hidden.length) {
            if (rest === 0 && isTold(world))
              for (const [nth, at] of hidden.entries()) possible[nth]!.add(world[at]![0]);
            return;
          }
          for (let amount = 1; amount <= rest; amount += 1)
            for (let children = 1; children <= Math.min(amount, 8); children += 1)
              tryAll(place + 1, rest - amount, world.with(hidden[place]!, [amount, children]));
        };
        tryAll(0, left, [...cells]);
        for (const [nth, at] of hidden.entries())
          if (cells[at]![1] < 5) expect(possible[nth]!.size).toBeGreaterThan(1);
      }),
      { numRuns: 60 },
    );
  });

  test('are by class and weekday, with what nobody had reported, each pupil in one class', () => {
    const pupils = Array.from({ length: 14 }, (_, nth) => ({
      childId: `child ${nth}`,
      classId: nth < 6 ? 'A' : nth < 12 ? 'B' : null,
      days: (nth < 12 ? ['2026-10-05', '2026-10-06'] : ['2026-10-05']).map((day) => ({
        ...{ day, hours: null, unitId: 'school', isLeave: false, areHoursKnown: true },
        isUnreported: nth < 6 && day === '2026-10-06',
      })),
    }));
    const told = statisticsOf(pupils);
    expect(told).toMatchObject({ days: 26, unreportedDays: 6 });
    // Two pupils without a class, and the next, from which they could be told.
    expect(told.byClass).toEqual([
      { classId: 'A', days: null, unreportedDays: 6 },
      { classId: 'B', days: 12, unreportedDays: 0 },
      { classId: null, days: null, unreportedDays: 0 },
    ]);
    expect(told.byWeekday.slice(0, 3)).toEqual([
      { weekday: 1, days: 14 },
      { weekday: 2, days: 12 },
      { weekday: 3, days: 0 },
    ]);
    const hours = pupils.map((pupil) => ({
      ...pupil,
      days: pupil.days.map((one) => ({ ...one, hours: 2 })),
    }));
    expect(statisticsOf(hours).days).toBe(0);
  });
});
