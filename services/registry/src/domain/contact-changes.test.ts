import { describe, expect, test } from 'vitest';
import { newestChange, readContactChanges } from './contact-changes.ts';

const [one, other] = ['14838641262', '02918431791'];
const page = (to: number, last: number, ...numbers: readonly string[]) => ({
  list: numbers.map((personidentifikator) => ({ personidentifikator, status: 'AKTIV' })),
  fraEndringsId: 10,
  tilEndringsId: to,
  sisteEndringsId: last,
});

describe('reading a page of changes of the contact register', () => {
  test('names everybody once, and goes on from its last number until the newest', () => {
    expect(readContactChanges(page(12, 30, one, other, one), 10)).toEqual({
      ...{ numbers: [one, other], next: 12, isEnd: false },
    });
    expect(readContactChanges(page(30, 30, one), 12)).toEqual({ numbers: [one], next: 30, isEnd: true });
  });

  test('is nothing new when it says no more than the number that was asked for', () => {
    expect(readContactChanges(page(30, 30, one), 30)).toEqual({ numbers: [], next: 30, isEnd: true });
  });

  test('moves on where the register does not', () => {
    expect(readContactChanges(page(30, 40), 30)).toEqual({ numbers: [], next: 31, isEnd: false });
  });

  test.each([null, [], {}, { list: {} }, page(1.5, 2), page(1, -1), { ...page(1, 2), tilEndringsId: '1' }])(
    'is no page when it is %j',
    (odd) => expect(readContactChanges(odd, 0)).toBeNull(),
  );

  test('passes over whoever has no number, and finds the newest', () => {
    expect(readContactChanges({ ...page(12, 12), list: [null, { status: 'AKTIV' }] }, 10)?.numbers).toEqual(
      [],
    );
    expect(newestChange(page(12, 40))).toBe(40);
    expect(newestChange('<html>')).toBeNull();
  });
});
