import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { allocate } from './allocate.ts';
import { isRefused } from './reading.ts';
import { sha256Hex } from './sha256.ts';
import { canonical, commitmentOf, recordOf, resultDigest, snapshotHash } from './snapshot.ts';
import { child, instanceOf, kindergarten, tries } from './testing/instances.ts';

const nodes = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

describe('SHA-256', () => {
  test('of the examples in FIPS 180-4, and of texts of every length around a block', () => {
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256Hex('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    for (let length = 0; length < 200; length += 1)
      expect(sha256Hex('å'.repeat(length))).toBe(nodes('å'.repeat(length)));
  });

  test('is the one that Node has, of any text, also of one that is no text in UTF-16', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff), { maxLength: 300 }), (units) => {
        const text = String.fromCharCode(...units);
        expect(sha256Hex(text)).toBe(nodes(text));
      }),
      tries(50),
    );
    expect(sha256Hex('\uD800x')).toBe(nodes('\uD800x'));
    expect(sha256Hex('x'.repeat(300_000))).toBe(nodes('x'.repeat(300_000)));
  });
});

describe('what is kept of a run', () => {
  test('is written in one way: keys by code unit, no blanks, lists as they are', () => {
    expect(canonical({ b: [2, 1, { z: null, a: 'å\n' }], a: true, é: 1.5, Z: -0, gone: undefined })).toBe(
      '{"Z":0,"a":true,"b":[2,1,{"a":"å\\n","z":null}],"é":1.5}',
    );
    expect(snapshotHash({ b: 1, a: 2 })).toBe(nodes('{"a":2,"b":1}'));
    expect(snapshotHash([1, 2])).not.toBe(snapshotHash([2, 1]));
    expect(commitmentOf('demo-2026')).toBe(nodes('demo-2026'));
  });

  test('is the digest of one line for each child, by id', () => {
    const got = (pool: string) => ({ k: 'K', pool, via: 'wish' as const, wish: 1 });
    const assigned = { b: null, 'a-1': got('K/small#lang'), B: got('K/small'), '10': null, '9': null };
    expect(resultDigest({ assigned, pools: {} })).toBe(
      nodes('10=-\n9=-\nB=K/small\na-1=K/small#lang\nb=-\n'),
    );
  });

  test('is the same on every machine, for all time (S-23)', () => {
    const given = instanceOf(
      [kindergarten('K1', 2, { priority: { mode: 'firstMatch', groups: ['law18'] } })],
      [1, 2, 3, 4, 5].map((at) => child(`APP-${at}`, '2024-01-01', ['K1'])),
    );
    const result = allocate(given);
    if (isRefused(result)) throw new Error('refused');
    expect(recordOf(given as never, result)).toEqual({
      engineVersion: 'ranselpost-placement/1',
      snapshot: nodes(canonical(given)),
      commitment: nodes('demo-2026'),
      digest: nodes('APP-1=-\nAPP-2=-\nAPP-3=K1/small\nAPP-4=K1/small\nAPP-5=-\n'),
    });
  });
});
