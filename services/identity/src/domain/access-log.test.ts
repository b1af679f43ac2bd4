import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  type BlockHead,
  type BrokenLink,
  type LogEntry,
  type SealedBlock,
  type SealedEntry,
  type ToldHeads,
  beginning,
  checkBlock,
  decideBeginning,
  decideEnd,
  sealBlock,
} from './access-log.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const entry = (childId: string, more: Partial<LogEntry> = {}): LogEntry => ({
  ...{ readId: 'r1', service: 'attendance', readerId: 'kari', capacity: 'staff', tabletId: null, childId },
  ...{ kind: 'ABSENCE', unitId: 'school', role: 'TEACHER', rule: 'S-02', readAt: '2026-11-23T08:00:00.000Z' },
  ...more,
});
const first = sealBlock(sha256, beginning, '2026-11-23T08:00:01.000Z', [entry('ola'), entry('per')]);
const second = sealBlock(sha256, first, '2026-11-23T08:00:02.000Z', [entry('ida')]);
const nobody: ToldHeads = new Map();
const toldOf = (...blocks: readonly BlockHead[]): ToldHeads =>
  new Map(blocks.map(({ number, hash }) => [number, { hash, heardAt: '2026-11-23T08:01:00.000Z' }]));
const check = (block: SealedBlock, previous: BlockHead = beginning, told = nobody) =>
  checkBlock(sha256, previous, block, told);

describe('a block of the access log (S-11)', () => {
  test('holds as it was sealed, after the one before it, and as others were told', () => {
    expect(check(first)).toBeUndefined();
    expect(check(second, first, toldOf(first, second))).toBeUndefined();
  });

  const swapped = (block: SealedBlock): SealedBlock => ({
    ...block,
    entries: block.entries.toReversed().map((one, place) => ({ ...one, place })),
  });
  const withEntry = (place: number, change: Partial<SealedEntry>): SealedBlock => ({
    ...first,
    entries: first.entries.map((one) => (one.place === place ? { ...one, ...change } : one)),
  });
  test.each<[string, SealedBlock, number | null, BrokenLink['fault']]>([
    ['an entry that says another child', withEntry(1, { childId: 'ida' }), 1, 'entry-changed'],
    ['an entry that says another reader', withEntry(0, { readerId: 'nora' }), 0, 'entry-changed'],
    ['an entry that says another ground', withEntry(0, { role: 'LEADER' }), 0, 'entry-changed'],
    [
      'an entry that says another time',
      withEntry(0, { readAt: '2026-11-23T09:00:00.000Z' }),
      0,
      'entry-changed',
    ],
    ['two entries in each other’s place', swapped(first), 0, 'entry-changed'],
    ['an entry that is gone', { ...first, entries: first.entries.slice(0, 1) }, 1, 'entry-missing'],
    ['the first entry gone', { ...first, entries: first.entries.slice(1) }, 0, 'entry-missing'],
    [
      'an entry more',
      { ...first, entries: [...first.entries, { ...first.entries[0]!, place: 2 }] },
      2,
      'entry-added',
    ],
    ['another time of sealing', { ...first, sealedAt: '2026-11-24T08:00:01.000Z' }, null, 'block-changed'],
    [
      'an entry less and a count to match',
      { ...first, entryCount: 1, entries: first.entries.slice(0, 1) },
      null,
      'block-changed',
    ],
  ])('with %s is broken there', (_what, block, place, fault) => {
    expect(check(block)).toEqual({ block: 1, entry: place, fault });
  });

  test('is known not to be there by the next one, however well that one holds in itself', () => {
    expect(check(second)).toEqual({ block: 1, entry: null, fault: 'block-missing' });
    const forged = sealBlock(sha256, beginning, first.sealedAt, [entry('ola')]);
    expect(check(second, forged)).toEqual({ block: 2, entry: null, fault: 'does-not-follow' });
  });

  test('sealed anew with all that follows is not what others were told', () => {
    const forged = sealBlock(sha256, beginning, first.sealedAt, [entry('ola')]);
    const after = sealBlock(sha256, forged, second.sealedAt, [entry('ida')]);
    expect([check(forged), check(after, forged)]).toEqual([undefined, undefined]);
    const told = toldOf(second);
    expect(check(after, forged, told)).toEqual({ block: 2, entry: null, fault: 'not-what-was-told' });
  });

  test('no two entries are written alike, whatever stands in their fields', () => {
    const hashOf = (more: Partial<LogEntry>) =>
      sealBlock(sha256, beginning, first.sealedAt, [entry('ola', more)]).entries[0]!.hash;
    const hashes = [
      {},
      { unitId: null },
      { unitId: 'null' },
      { role: 'A,B', rule: 'C' },
      { role: 'A', rule: 'B,C' },
    ];
    expect(new Set(hashes.map(hashOf)).size).toBe(hashes.length);
  });
});

describe('the end of the log', () => {
  test('is cut when others know of a later block', () => {
    expect(decideEnd(second, toldOf(first, second))).toBeUndefined();
    expect(decideEnd(first, toldOf(second))).toEqual({ block: 2, entry: null, fault: 'block-missing' });
  });
});

describe('the beginning of the log (RET-10)', () => {
  const forgotten = { ...second, entries: [] };
  const later = '2027-11-25T00:00:00.000Z';

  test('is block 1, or a block of which nothing is left but its hash, once it is a year old', () => {
    expect(decideBeginning(first, nobody, '2025-11-23')).toEqual({ standsOn: beginning });
    expect(decideBeginning(forgotten, toldOf(first, second), later)).toEqual({ standsOn: forgotten });
  });

  test('is broken when what is gone is younger than that', () => {
    const at = (block: number) => ({ block, entry: null, fault: 'block-missing' });
    expect(decideBeginning(forgotten, nobody, '2025-11-23')).toEqual(at(1));
    // A block that says it is older than it is: others have heard of it later.
    const backdated = { ...forgotten, sealedAt: '2024-01-01T00:00:00.000Z' };
    expect(decideBeginning(backdated, toldOf(second), '2025-11-23')).toEqual(at(2));
    expect(decideBeginning(backdated, toldOf(first), '2025-11-23')).toEqual(at(1));
  });

  test('is broken when it is not what others were told, or holds entries it says it forgot', () => {
    const other = new Map([[2, { hash: first.hash, heardAt: '2026-11-23T08:01:00.000Z' }]]);
    expect(decideBeginning(forgotten, other, later)).toMatchObject({ fault: 'not-what-was-told' });
    expect(decideBeginning(second, nobody, later)).toMatchObject({ entry: 0, fault: 'entry-added' });
  });
});
