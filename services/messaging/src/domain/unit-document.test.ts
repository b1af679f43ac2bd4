import { standingsOf } from '@ranselpost/kit/pure/features';
import { describe, expect, test } from 'vitest';
import type { Attachment } from './attachment.ts';
import {
  type DocumentVersion,
  type VersionWish,
  currentOf,
  decideVersion,
  firstPublished,
} from './unit-document.ts';

const teacher = { kind: 'staff', personId: 'teacher', level: 'substantial' } as const;
const version = (id: string, validFrom: string): DocumentVersion => ({
  ...{ id, validFrom, text: { title: 'Henting', body: 'Før fire.' }, publishedAt: new Date(validFrom) },
});
const open = standingsOf('NEWS', [
  { unitId: 'school', feature: 'NEWS', state: 'OPEN', opensOn: null, isReadable: true },
]);
const pdf: Attachment = {
  ...{
    id: 'f',
    ownerId: 'teacher',
    ownerAs: 'staff',
    name: 'Plan.pdf',
    mediaType: 'application/pdf',
    bytes: 1,
  },
  ...{ state: 'READY', refusal: null, bulletin: null, at: null },
};
const wish: VersionWish = {
  ...{ text: { title: 'Henting', body: 'Før fire.' }, isReread: false, files: [], validFrom: '2026-11-23' },
};
const decided = (more: Partial<VersionWish> = {}, versions: DocumentVersion[] = [], features = open) => {
  const result = decideVersion(
    { unitId: 'school', versions },
    { ...wish, ...more },
    { features, guardLevel: 'SCHOOL', files: [pdf], by: teacher, consenting: new Set() },
  );
  return result.ok ? 'accepted' : result.refusal.kind;
};

describe('a version of a document', () => {
  test('says something, or has a file that does (M32)', () => {
    const files = [{ id: 'f', childIds: [] }];
    const text = { title: 'Plan', body: ' ' };
    expect(decided()).toBe('accepted');
    expect(decided({ text })).toBe('text-empty');
    expect(decided({ text, files })).toBe('accepted');
    expect(decided({ text: { title: ' ', body: '' }, files })).toBe('text-empty');
  });

  test('goes through the guard, shows no child, and is published where news are open (MSG-08, MSG-18, X07)', () => {
    expect(decided({ text: { title: 'Kari slår ham hver dag', body: 'x' } })).toBe('text-diverted');
    expect(decided({ files: [{ id: 'f', childIds: ['child'] }] })).toBe('consent-missing');
    expect(decided({ files: [{ id: 'f', childIds: null }] })).toBe('file-not-declared');
    expect(decided({}, [], standingsOf('NEWS', []))).toBe('feature-closed');
  });

  test('is one of a hundred at most', () => {
    const many = Array.from({ length: 100 }, (_, at) => version(String(at), '2026-01-01'));
    expect(decided({}, many.slice(1))).toBe('accepted');
    expect(decided({}, many)).toBe('versions-too-many');
  });

  test('is the valid one from its day until the next one begins', () => {
    const versions = [
      version('next', '2026-12-01'),
      version('now', '2026-08-01'),
      version('old', '2025-08-01'),
    ];
    const on = (day: string) => currentOf({ versions }, day)?.id ?? null;
    expect([on('2024-01-01'), on('2025-08-01'), on('2026-11-30'), on('2026-12-01')]).toEqual([
      ...[null, 'old', 'now', 'next'],
    ]);
  });

  test('is the first by when it was published, not by the day from which it is valid', () => {
    const first = { ...version('first', '2026-12-01'), publishedAt: new Date('2026-11-01') };
    const corrected = { ...version('corrected', '2026-08-01'), publishedAt: new Date('2026-11-02') };
    expect(firstPublished({ versions: [first, corrected] })?.id).toBe('first');
    expect(firstPublished({ versions: [] })).toBeUndefined();
  });
});
