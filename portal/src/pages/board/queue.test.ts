import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MarkQueue, type Sent, undoMs } from './queue.ts';
import type { OwnMark } from './rows.ts';

const mark = (id: string): OwnMark => ({
  ...{ id, unitId: 'unit', childId: `child ${id}`, day: '2026-11-23', lessonId: null, standing: 'PRESENT' },
  ...{ came: null, went: null, knew: null, settles: [], madeAt: '2026-11-23T08:00:00Z' },
});
const takes = (marks: readonly OwnMark[]): Sent => ({
  kind: 'answered',
  outcomes: marks.map(({ id }) => ({ id, kind: 'TAKEN' })),
});

let sent: (readonly string[])[];
let answer: (marks: readonly OwnMark[]) => Sent;
let kept: readonly OwnMark[];
const open = () =>
  new MarkQueue({
    send: (_unit, marks) => {
      sent.push(marks.map(({ id }) => id));
      return Promise.resolve(answer(marks));
    },
    readAnew: () => Promise.resolve(),
    keep: { load: () => kept, save: (marks) => void (kept = marks) },
  });

beforeEach(() => {
  vi.useFakeTimers();
  [sent, answer, kept] = [[], takes, []];
});
afterEach(() => {
  vi.useRealTimers();
});

describe('marks on their way', () => {
  test('wait some seconds, and can be taken back so long', async () => {
    const queue = open();
    queue.add([mark('one'), mark('two')]);
    queue.undo();
    queue.add([mark('three')]);
    await vi.advanceTimersByTimeAsync(undoMs);
    expect(sent).toEqual([['three']]);
    expect(queue.get()).toMatchObject({ marks: [], undo: [] });
  });

  test('stay without a network, and are sent as the same marks when it is back (S-22)', async () => {
    answer = () => ({ kind: 'later' });
    const queue = open();
    queue.add([mark('one')]);
    await vi.advanceTimersByTimeAsync(undoMs);
    expect(queue.get()).toMatchObject({ isStuck: true, marks: [{ id: 'one' }] });
    answer = takes;
    await queue.flush();
    expect(sent).toEqual([['one'], ['one']]);
    expect(queue.get()).toMatchObject({ isStuck: false, marks: [] });
  });

  test('outlive whoever made them: the next one who is let in sends them', async () => {
    answer = () => ({ kind: 'signedOut' });
    open().add([mark('one')]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toEqual([['one']]);
    answer = takes;
    open();
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual([['one'], ['one']]);
    expect(kept).toEqual([]);
  });

  test('that are not taken are said, and not sent again', async () => {
    answer = ([one]) => ({ kind: 'answered', outcomes: [{ id: one!.id, kind: 'DAY_WRONG' }] });
    const queue = open();
    queue.add([mark('one')]);
    await vi.advanceTimersByTimeAsync(undoMs);
    expect(queue.get()).toMatchObject({ marks: [], failed: [{ why: 'DAY_WRONG' }] });
  });
});
