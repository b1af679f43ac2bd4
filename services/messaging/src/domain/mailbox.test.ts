import { describe, expect, test } from 'vitest';
import { type Trace, decideReleasing, decideTaking, holderOf, waitsSince } from './mailbox.ts';

const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 23, 8, minute));
const fromHome = (authorId: string | null, minute: number, more: Partial<Trace> = {}): Trace => ({
  ...{ authorId, authorAs: 'guardian', sentAt: at(minute), state: 'SENT' },
  homeReaderIds: authorId === null ? [] : [authorId],
  ...more,
});
const fromStaff = (to: readonly string[], minute: number, more: Partial<Trace> = {}): Trace => ({
  ...{ authorId: 'teacher', authorAs: 'staff', sentAt: at(minute), state: 'SENT', homeReaderIds: to },
  ...more,
});
const since = (...traces: Trace[]) => waitsSince(traces, { settledAt: null });

describe('what waits in a mailbox (M27)', () => {
  test('is what came first and was not answered', () => {
    expect(since(fromHome('mother', 2), fromHome('mother', 1))).toEqual(at(1));
    expect(since(fromHome('mother', 1), fromStaff(['mother'], 2))).toBeNull();
    expect(since(fromHome('mother', 1), fromStaff(['mother'], 2), fromHome('mother', 3))).toEqual(at(3));
    expect(since(fromStaff(['mother'], 1))).toBeNull();
  });
  test('is not answered by what the other guardian is told, nor by what is held (MSG-05, S-08)', () => {
    expect(since(fromHome('mother', 1), fromStaff(['father'], 2))).toEqual(at(1));
    expect(since(fromHome('mother', 1), fromStaff(['mother'], 2, { state: 'HELD' }))).toEqual(at(1));
    expect(since(fromHome('mother', 1), fromStaff(['mother'], 2, { state: 'WITHDRAWN' }))).toEqual(at(1));
  });
  test('is nothing that was taken back, moved to a case, settled, or is from nobody any more', () => {
    for (const state of ['WITHDRAWN', 'MOVED'] as const)
      expect(since(fromHome('mother', 1, { state }))).toBeNull();
    expect(since(fromHome(null, 1))).toBeNull();
    const settled = { settledAt: at(1) };
    expect(waitsSince([fromHome('mother', 1)], settled)).toBeNull();
    expect(waitsSince([fromHome('mother', 1), fromHome('mother', 2)], settled)).toEqual(at(2));
  });
});

describe('who has a thread', () => {
  const readers = ['teacher', 'assistant'];
  const of = (takenBy: string | null) => ({ takenBy });
  test('is nobody who cannot read it any more', () => {
    expect([holderOf(of('teacher'), readers), holderOf(of('gone'), readers)]).toEqual(['teacher', null]);
  });
  test.each<[string, string | null, string, string | null]>([
    ['teacher', null, 'teacher', null],
    ['teacher', 'teacher', 'teacher', null],
    ['taken', 'assistant', 'teacher', null],
    ['taken', 'assistant', 'teacher', 'somebody'],
    ['teacher', 'assistant', 'teacher', 'assistant'],
    ['teacher', 'gone', 'teacher', null],
    ['cannot-read', null, 'gone', null],
  ])('is %s where %s had it and %s is to take it from %s', (outcome, takenBy, byId, fromId) => {
    const decision = decideTaking(of(takenBy), { byId, fromId }, readers);
    expect(decision.ok ? decision.value : decision.refusal.kind).toBe(outcome);
  });
  test('is let go by whoever has it', () => {
    expect(decideReleasing(of('teacher'), 'teacher', readers)).toEqual({ ok: true, value: null });
    expect(decideReleasing(of('gone'), 'teacher', readers).ok).toBe(true);
    expect(decideReleasing(of('assistant'), 'teacher', readers)).toMatchObject({
      refusal: { kind: 'taken', takenBy: 'assistant' },
    });
  });
});
