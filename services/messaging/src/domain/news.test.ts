import type { AccessFacts } from '@ranselpost/kit/pure/grounds';
import { standingsOf } from '@ranselpost/kit/pure/features';
import { describe, expect, test } from 'vitest';
import type { FilesKnown } from './bulletin-file.ts';
import { childrenAt, maySeeNews } from './news-policy.ts';
import {
  type NewsKnown,
  type NewsPost,
  type NewsTerms,
  decideEdit,
  decideNews,
  decidePublishing,
  isSameNews,
} from './news.ts';

const now = new Date('2026-11-23T08:00:00Z');
const open = standingsOf('NEWS', [
  { unitId: 'school', feature: 'NEWS', state: 'OPEN', opensOn: null, isReadable: true },
]);
const author = { kind: 'staff', personId: 'teacher', level: 'substantial' } as const;
const known: NewsKnown & FilesKnown = {
  ...{ now, today: '2026-11-23', features: open, guardLevel: 'SCHOOL' },
  ...{ files: [], by: author, consenting: new Set() },
};
const terms: NewsTerms = { text: { title: 'Tur', body: 'Vi går.' }, isReread: false, lastDay: null };
const wish = { ...terms, unitId: 'school', publishAt: null, files: [], dayOut: '2026-11-23' };
const place = { unitId: 'school', groupId: null };
const post: NewsPost = {
  ...{
    id: 'n',
    unitId: 'school',
    places: [place],
    authorId: 'teacher',
    text: terms.text,
    state: 'PUBLISHED',
  },
  ...{ dueAt: now, publishedAt: now, editedAt: null, withdrawnAt: null, lastDay: null },
};
const kindOf = (result: { ok: true } | { ok: false; refusal: { kind: string } }) =>
  result.ok ? 'accepted' : result.refusal.kind;

describe('deciding on news', () => {
  test('has them wait for a minute, or until they are wished (MSG-07, M44)', () => {
    const due = (publishAt: Date | null) => {
      const decision = decideNews({ ...wish, publishAt }, known);
      return decision.ok && decision.value.dueAt.toISOString();
    };
    expect(due(null)).toBe('2026-11-23T08:01:00.000Z');
    expect(due(new Date('2026-11-23T08:00:20Z'))).toBe('2026-11-23T08:01:00.000Z');
    expect(due(new Date('2026-11-24T06:00:00Z'))).toBe('2026-11-24T06:00:00.000Z');
  });

  test('refuses a time that is over, and a last day before the day they are out', () => {
    expect(kindOf(decideNews({ ...wish, publishAt: new Date(now.getTime() - 1) }, known))).toBe(
      'news-time-past',
    );
    expect(kindOf(decideNews({ ...wish, lastDay: '2026-11-22' }, known))).toBe('news-ends-before-it-starts');
    expect(kindOf(decideNews({ ...wish, lastDay: '2026-11-24', dayOut: '2026-11-25' }, known))).toBe(
      'news-ends-before-it-starts',
    );
    expect(kindOf(decideNews({ ...wish, lastDay: '2026-11-23' }, known))).toBe('accepted');
  });

  test('refuses where news are not open, and words that do not belong there, also in the title (X07, MSG-08)', () => {
    const closed = { ...known, features: standingsOf('NEWS', []) };
    expect(kindOf(decideNews(wish, closed))).toBe('feature-closed');
    expect(kindOf(decideEdit(post, terms, closed))).toBe('feature-closed');
    const said = { title: 'Kari slår ham hver dag', body: 'Hei' };
    expect(kindOf(decideNews({ ...wish, text: said }, known))).toBe('text-diverted');
    expect(kindOf(decideEdit(post, { ...terms, text: said, isReread: true }, known))).toBe('text-diverted');
  });

  test('changes nothing that was taken back', () => {
    expect(kindOf(decideEdit({ ...post, state: 'WITHDRAWN' }, terms, known))).toBe('news-withdrawn');
    expect(kindOf(decideEdit(post, { ...terms, lastDay: '2026-11-22' }, known))).toBe(
      'news-ends-before-it-starts',
    );
    const waiting = {
      ...post,
      state: 'WAITING',
      dueAt: new Date('2026-11-25T08:00:00Z'),
      publishedAt: null,
    } as const;
    expect(kindOf(decideEdit(waiting, { ...terms, lastDay: '2026-11-24' }, known))).toBe(
      'news-ends-before-it-starts',
    );
    expect(kindOf(decideEdit(waiting, { ...terms, lastDay: '2026-11-25' }, known))).toBe('accepted');
  });

  test('publishes what is due only while its author may speak at all of its places, and news are open (X07)', () => {
    const two = { ...post, places: [place, { unitId: 'school', groupId: 'a' }] };
    const decided = (authorPlaces: string[], features = open) =>
      decidePublishing(two, { authorPlaces, features });
    expect(decided(['school', 'school:a'])).toBe('PUBLISHED');
    expect(decided(['school:a'])).toBe('NOT_PUBLISHED');
    expect(decided(['school', 'school:a'], standingsOf('NEWS', []))).toBe('NOT_PUBLISHED');
  });

  test('knows the same again by its places and its words, unless they were changed since', () => {
    const same = { ...terms, places: [place] };
    const others = { ...same, text: { title: 'Tur', body: 'Vi blir.' } };
    expect(isSameNews(post, same)).toBe(true);
    expect(isSameNews(post, others)).toBe(false);
    expect(isSameNews({ ...post, editedAt: now }, others)).toBe(true);
    expect(isSameNews(post, { ...same, places: [{ unitId: 'school', groupId: 'a' }] })).toBe(false);
  });
});

describe('who sees news', () => {
  const mother = { kind: 'guardian', personId: 'mother', level: 'substantial' } as const;
  const enrolled = (from: string, to: string | null, groupIds: string[] = []): AccessFacts => ({
    ...{ today: '2026-11-23', guardianOf: ['child'], roles: [], namedFor: [] },
    enrolments: [{ childId: 'child', unitId: 'school', groupIds, from, to, isProtected: false }],
  });
  const sees = (facts: AccessFacts, more: Partial<NewsPost> = {}) =>
    maySeeNews(mother, facts, open, { ...post, ...more });

  test('is who has a child there today or within two weeks, and nobody after the last day there (GUA-29, S-02)', () => {
    expect(sees(enrolled('2020-01-01', null))).toBe(true);
    expect(sees(enrolled('2026-12-07', null))).toBe(true);
    expect(sees(enrolled('2026-12-08', null))).toBe(false);
    expect(sees(enrolled('2020-01-01', '2026-11-24'))).toBe(true);
    expect(sees(enrolled('2020-01-01', '2026-11-23'))).toBe(false);
    expect(sees({ ...enrolled('2020-01-01', null), guardianOf: [] })).toBe(false);
  });

  test('of a group is who has a child in that group', () => {
    const ofA = { places: [{ unitId: 'school', groupId: 'a' }] };
    expect(sees(enrolled('2020-01-01', null, ['a']), ofA)).toBe(true);
    expect(sees(enrolled('2020-01-01', null, ['b']), ofA)).toBe(false);
    expect(childrenAt(mother, enrolled('2020-01-01', null, ['a']), ofA.places)).toEqual(['child']);
  });

  test('is no guardian before they are out, after their last day, or while they are hidden', () => {
    const there = enrolled('2020-01-01', null);
    expect(sees(there, { state: 'WAITING', publishedAt: null })).toBe(false);
    expect(sees(there, { lastDay: '2026-11-23' })).toBe(true);
    expect(sees(there, { lastDay: '2026-11-22' })).toBe(false);
    expect(maySeeNews(mother, there, standingsOf('NEWS', []), post)).toBe(false);
    expect(maySeeNews({ ...author, personId: mother.personId }, there, open, post)).toBe(false);
  });
});
