import { noticeCategories } from '@ranselpost/schema/events/notice-due';
import { expect, test } from 'vitest';
import { mayName } from './naming.ts';

const about = { category: 'MESSAGE', childIds: ['ours'] } as const;
const known = { isProtected: false, named: ['ours', 'sibling'] };

test('a child is named in pushes alone, never in mail or a text message (N16, MSG-14, S-07)', () => {
  expect((['PUSH', 'EMAIL', 'SMS'] as const).map((channel) => mayName(about, channel, known))).toEqual([
    ...[true, false, false],
  ]);
});

test('is named in what says nothing but that somebody has written', () => {
  expect(noticeCategories.filter((category) => mayName({ ...about, category }, 'PUSH', known))).toEqual([
    ...['MESSAGE', 'NEWS'],
  ]);
});

test('is not where anybody is protected, nor where one of several may not be (ADR-07, ADR-19)', () => {
  expect(mayName(about, 'PUSH', { ...known, isProtected: true })).toBe(false);
  const both = { ...about, childIds: ['ours', 'sibling'] };
  expect(mayName(both, 'PUSH', known)).toBe(true);
  expect(mayName(both, 'PUSH', { ...known, named: ['ours'] })).toBe(false);
  expect(mayName({ ...about, childIds: [] }, 'PUSH', known)).toBe(false);
});
