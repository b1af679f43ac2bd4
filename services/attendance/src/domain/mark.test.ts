import { describe, expect, test } from 'vitest';
import { decideMark, instantOfMark } from './mark.ts';

const known = {
  ...{ today: '2026-11-23', isInCharge: true, isOpenDay: true, lessons: [], marks: [] },
  places: [{ groupIds: [], from: '2020-01-01', to: null }],
};
const decide = (day: string, today = known.today) =>
  decideMark(
    {
      ...{ id: 'one', childId: 'child', day, slot: 'DAY', standing: 'PRESENT', came: null, went: null },
      ...{ knew: null, settles: [], markedAt: new Date('2026-11-23T08:00:00Z') },
    },
    { ...known, today },
  );

test.each([
  ['2026-11-23', '2025-08-01', '2025-07-31'],
  ['2026-07-31', '2024-08-01', '2024-07-31'],
  ['2026-08-01', '2025-08-01', '2025-07-31'],
])(
  'on %s, %s is the first day that is marked, since marks are kept by school years',
  (today, first, before) => {
    expect(decide(first, today)).toEqual({ kind: 'taken', nth: 1 });
    expect(decide(before, today)).toEqual({ kind: 'refused', reason: 'DAY_WRONG' });
  },
);

describe('when a mark was made, by a clock that is wrong (T25)', () => {
  const now = new Date('2026-10-25T01:30:00Z');
  const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
  test.each([
    ['nobody says when: now', null, null, 0],
    ['the clock is right', later(-40), later(0), -40],
    ['nobody says what the clock shows', later(-40), null, -40],
    ['it is an hour ahead, as one that has not heard of winter time', later(20), later(60), -40],
    ['it is ten years behind', later(-5_259_600 - 40), later(-5_259_600), -40],
    ['it says what no clock says: now', new Date('0001-01-01'), new Date('9999-01-01'), 0],
    ['it was set right in between, and the mark would be of a time to come: now', later(90), later(0), 0],
  ])('%s', (_what, madeAt, sentAt, expected) => {
    expect(instantOfMark(madeAt, sentAt, now)).toEqual(later(expected));
  });
});
