import { describe, expect, test } from 'vitest';
import type { Grant, GrantChange } from './grants.ts';
import { type Counted, changesOf, decideFuse } from './register-fuse.ts';

const limits = { share: 0.005, count: 25, windowMs: 3_600_000 };
const none: Counted = { OPENED: 0, CLOSED: 0, RAISED: 0, LOWERED: 0 };

describe('the fuse for what the register changes (FREG-10, X14)', () => {
  test.each([
    ['a small municipality, by number', { OPENED: 25 }, 400, null],
    ['one more', { OPENED: 26 }, 400, { cause: 'OPENED', counted: 26, allowed: 25 }],
    ['a big one, by share', { CLOSED: 220 }, 44_000, null],
    ['one more', { CLOSED: 221 }, 44_000, { cause: 'CLOSED', counted: 221, allowed: 220 }],
    ['protection that goes up', { RAISED: 30 }, 400, { cause: 'RAISED', counted: 30, allowed: 25 }],
    ['protection that goes down', { LOWERED: 30 }, 400, { cause: 'LOWERED', counted: 30, allowed: 25 }],
    ['the most of several', { OPENED: 30, CLOSED: 40 }, 400, { cause: 'CLOSED', counted: 40, allowed: 25 }],
    ['several that are few each', { OPENED: 20, CLOSED: 20, RAISED: 20 }, 400, null],
    ['nobody at all', {}, 0, null],
  ])('counts each kind by itself: %s', (_what, counted, children, blown) => {
    expect(decideFuse({ ...none, ...counted }, children, limits)).toEqual(blown);
  });

  test('counts who is named anew and who no more, not who waits, comes back, or is held for protection', () => {
    const change = (more: Partial<GrantChange>, grant: Partial<Grant> = {}): GrantChange => ({
      ...{ from: 'ACTIVE', reason: 'REGISTER_SAYS_SO' },
      ...more,
      grant: { ground: 'PARENTAL_RESPONSIBILITY', ...grant } as Grant,
    });
    const of = (...changes: readonly GrantChange[]) =>
      changesOf({ changes, isRaised: false, isLowered: false });
    expect(of(change({ from: null }))).toEqual(['OPENED']);
    expect(of(change({ reason: 'NOT_RESPONSIBLE' }), change({ from: null }))).toEqual(['OPENED', 'CLOSED']);
    expect(of(change({ reason: 'UNCLEAR' }))).toEqual(['CLOSED']);
    expect(of(change({ from: 'SUSPENDED' }), change({ reason: 'REGISTER_UNREADABLE' }))).toEqual([]);
    expect(of(change({ reason: 'DIED' }), change({ reason: 'CAME_OF_AGE' }))).toEqual([]);
    expect(of(change({ from: null }, { ground: 'MANUAL' }))).toEqual([]);
    expect(changesOf({ changes: [], isRaised: true, isLowered: true })).toEqual(['RAISED', 'LOWERED']);
  });
});
