import { describe, expect, test } from 'vitest';
import { checkHistory } from './check-history.ts';
import type { Happening } from './history.ts';

const bounds = { staleMs: 1_000, answerMs: 9_000 };
const check = (...history: readonly Happening[]) => checkHistory(history, bounds);

const pair = 'father of child';
const at = (begin: number, end = begin + 10) => ({ begin, end });
const taken = (begin: number, by: 'staff' | 'register' = 'staff') =>
  ({ kind: 'right', pair, holds: false, by, ...at(begin) }) as const;
const given = (begin: number) => ({ kind: 'right', pair, holds: true, by: 'staff', ...at(begin) }) as const;
const sight = (begin: number, service: 'identity' | 'attendance', got: 'seen' | 'hidden', end?: number) =>
  ({ kind: 'sight', service, pair, got, ...at(begin, end) }) as const;
const slot = 'child unit 2027-01-01';
const receipt = (id: string, begin = 0) =>
  ({ kind: 'report', by: 'mother', child: 'child', slot, got: 'receipt', id, ...at(begin) }) as const;
const stands = (...ids: readonly string[]) =>
  ({ kind: 'absences', found: ids.map((id) => ({ id, slot })) }) as const;

describe('checking what happened while parts failed', () => {
  test('finds nothing in a run where all held', () => {
    expect(
      check(
        receipt('a'),
        { kind: 'fault', at: 5, parts: ['nats'], how: 'killed' },
        { kind: 'list', by: 'mother', child: 'child', got: 'failed', code: 'UNAVAILABLE', ...at(20) },
        { kind: 'list', by: 'mother', child: 'child', got: 'answer', ids: ['a'], ...at(40) },
        taken(100),
        sight(105, 'identity', 'seen'),
        sight(120, 'identity', 'hidden'),
        sight(900, 'attendance', 'seen'),
        sight(1_200, 'attendance', 'hidden'),
        given(2_000),
        sight(1_990, 'identity', 'seen', 2_020),
        stands('a'),
        { kind: 'check', what: 'S-24: an event was put aside', holds: true },
      ),
    ).toEqual([]);
  });

  test.each<[string, readonly Happening[], string]>([
    ['a receipt that is lost (S-20)', [receipt('a'), stands()], 'S-20'],
    ['a receipt of something else than what stands (S-22)', [receipt('a'), stands('b')], 'S-22'],
    ['an absence that stands twice (S-22)', [stands('a', 'b')], 'S-22'],
    [
      'a question that is lost (S-20)',
      [
        { kind: 'question', by: 'father', got: 'receipt', id: 'q', ...at(0) },
        { kind: 'questions', found: [] },
      ],
      'S-20',
    ],
    [
      'a list that leaves out what there was a receipt of (S-26)',
      [
        receipt('a'),
        { kind: 'list', by: 'mother', child: 'child', got: 'answer', ids: [], ...at(50) },
        stands('a'),
      ],
      'S-26',
    ],
    [
      'identity that answers after a right was taken (S-04)',
      [taken(0), sight(11, 'identity', 'seen')],
      'S-04',
    ],
    ['a copy that answers later than it may (S-04)', [taken(0), sight(1_011, 'attendance', 'seen')], 'S-04'],
    [
      'a copy that answers again after it had refused (S-04)',
      [taken(0), sight(100, 'attendance', 'hidden'), sight(200, 'attendance', 'seen')],
      'S-04',
    ],
    [
      'a copy that goes on after identity has heard the register (S-04)',
      [taken(0, 'register'), sight(5_000, 'identity', 'hidden'), sight(6_100, 'attendance', 'seen')],
      'S-04',
    ],
    [
      'a report that is taken in after the stop (X07)',
      [{ kind: 'feature', isOpen: false, ...at(0) }, receipt('a', 1_500), stands('a')],
      'X07',
    ],
    [
      'a reading by staff that left no row (S-11)',
      [sight(0, 'identity', 'seen'), { kind: 'log', pair, rows: 0 }],
      'S-11',
    ],
    [
      'a row of a reading that nobody made (S-11)',
      [sight(0, 'identity', 'seen'), { kind: 'log', pair, rows: 3 }],
      'S-11',
    ],
    [
      'a failure that passes for something else (S-26)',
      [{ kind: 'list', by: 'mother', child: 'child', got: 'failed', code: 'NOT_FOUND', ...at(0) }],
      'S-26',
    ],
    ['an answer that nobody waits for (S-28)', [sight(0, 'identity', 'hidden', 9_001)], 'S-28'],
    [
      'a look at the end that found something',
      [{ kind: 'check', what: 'S-21: untold', holds: false }],
      'S-21',
    ],
  ])('finds %s', (_what, history, invariant) => {
    const found = check(...history);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${invariant}`));
  });

  test('blames nobody for what the register said and identity has not read yet, nor for a right given back (S-04)', () => {
    expect(
      check(
        taken(0, 'register'),
        sight(9_000, 'identity', 'seen'),
        sight(9_000, 'attendance', 'seen'),
        given(10_000),
        sight(20_000, 'attendance', 'seen'),
      ),
    ).toEqual([]);
  });
});
