import { expect, test } from 'vitest';
import { decideMark } from './mark.ts';

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
