import { expect, test } from 'vitest';
import { type Entry, gathered } from './gathered.ts';

const teacher = { id: 'teacher', name: null };
const entry: Entry = {
  ...{ readAt: '2026-11-23T07:40:09.000Z', kind: 'ABSENCE', role: 'TEACHER', staff: teacher },
  unit: { id: 'school', name: 'Skolen' },
};

test('what one reads of one kind within a minute is one line that says how often; all else is a line of its own (S-11)', () => {
  const lines = gathered([
    entry,
    { ...entry, kind: 'MESSAGE' },
    { ...entry, readAt: '2026-11-23T07:40:01.000Z' },
    { ...entry, readAt: '2026-11-23T07:39:59.000Z' },
    { ...entry, staff: { id: 'leader', name: null } },
  ]);
  expect(lines.map(({ times }) => times)).toEqual([2, 1, 1, 1]);
  expect(lines[0]!.entry).toBe(entry);
});
