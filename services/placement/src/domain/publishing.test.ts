import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type PublishFindings, barsOf, isWithinCapacity, keyOf, noticesOf } from './publishing.ts';
import { decideMove } from './round.ts';

const findings: PublishFindings = {
  ...{ snapshot: { allocated: 'a', now: 'a' }, errors: [], warnings: [], faults: [], undecided: [] },
  answering: [],
  ...{
    overCapacity: [],
    splitFamilies: [],
    changedPlaces: [],
    leftOut: [],
    withoutRight: [],
    seen: new Set(),
  },
};
const bars = (more: Partial<PublishFindings>) => barsOf({ ...findings, ...more });
const noted = {
  warnings: [{ code: 'W_FEW_WISHES', path: 'config.maxWishes' }],
  ...{ overCapacity: ['K1'], splitFamilies: ['F1'], changedPlaces: ['A1'], leftOut: ['A2'] },
  withoutRight: ['A2'],
} as const;

describe('publishing', () => {
  test('is refused for a snapshot that has changed, for errors and for what the second check finds (placement § 8, § 10)', () => {
    expect(bars({})).toEqual([]);
    expect(bars({ snapshot: { allocated: 'a', now: 'b' } })).toEqual([{ kind: 'snapshot-changed' }]);
    expect(bars({ errors: ['E_DUP_ID', 'E_DUP_WISH'] })).toEqual([
      { kind: 'invalid', code: 'E_DUP_ID' },
      { kind: 'invalid', code: 'E_DUP_WISH' },
    ]);
    const fault = { kind: 'over-full', pool: 'K1/small' } as const;
    expect(bars({ faults: [fault] })).toEqual([{ kind: 'faulty', fault }]);
  });

  test('is refused while priority by law or the right is undecided, and not for other flags (placement § 8, BHG-09)', () => {
    const undecided = ['law18', 'right', 'sami'].map((flag) => ({ application: 'A1', flag }));
    expect(bars({ undecided })).toEqual([
      { kind: 'undecided', application: 'A1', flag: 'law18' },
      { kind: 'undecided', application: 'A1', flag: 'right' },
    ]);
  });

  test('is refused while a child that gets a seat has another offer to answer, whatever is said to have been seen (placement § 9)', () => {
    const answering = [{ kind: 'answering', application: 'A1' }];
    expect(bars({ answering: ['A1'], seen: new Set(['answering A1', 'A1']) })).toEqual(answering);
  });

  test('is refused for whatever has to be seen and was not: warnings, seats, split siblings, changed places, children left out or without the right (placement § 10, BHG-06)', () => {
    expect(bars(noted).map((bar) => (bar.kind === 'unseen' ? bar.what : bar.kind))).toEqual([
      ...['warning', 'over-capacity', 'split-family', 'changed-place', 'left-out', 'without-right'],
    ]);
    const keys = noticesOf({ ...findings, ...noted }).map(keyOf);
    expect(new Set(keys).size).toBe(6);
    expect(bars({ ...noted, seen: new Set(keys) })).toEqual([]);
  });

  test('tells all of it at once, one by one, and goes ahead only where there is nothing (placement § 8)', () => {
    const some = { allocated: 'a', now: 'b' };
    const seen = fc.subarray(noticesOf({ ...findings, ...noted }).map(keyOf));
    fc.assert(
      fc.property(seen, fc.boolean(), fc.boolean(), fc.boolean(), (keys, hasChanged, isInvalid, isOpen) => {
        const found: PublishFindings = {
          ...{ ...findings, ...noted, seen: new Set(keys) },
          ...(hasChanged ? { snapshot: some } : {}),
          ...(isInvalid ? { errors: ['E_BAD_SEATS'] } : {}),
          ...(isOpen ? { undecided: [{ application: 'A1', flag: 'right' }] } : {}),
        };
        const count = Number(hasChanged) + Number(isInvalid) + Number(isOpen) + 6 - keys.length;
        expect(barsOf(found)).toHaveLength(count);
        const round = { kind: 'main', state: 'allocated', deadline: null, grace: null } as const;
        expect(decideMove(round, { move: 'publish', findings: found }).ok).toBe(count === 0);
      }),
    );
  });
});

describe('what a kindergarten has room for', () => {
  test('is by area and staff, where one small child takes about two large ones (BHG-25, placement § 1)', () => {
    const fits = (area: number, adults: number, small: number, large: number) =>
      isWithinCapacity({ area, adults }, { small, large });
    expect(fits(53.3, 10, 10, 0)).toBe(true);
    expect(fits(53.29, 10, 10, 0)).toBe(false);
    expect(fits(72, 3, 0, 18)).toBe(true);
    expect(fits(71.9, 3, 0, 18)).toBe(false);
    expect(fits(1000, 3, 9, 0)).toBe(true);
    expect(fits(1000, 3, 9, 1)).toBe(false);
    expect(fits(1000, 3.5, 9, 3)).toBe(true);
  });
});
