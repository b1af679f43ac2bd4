import { describe, expect, test } from 'vitest';
import { type KnownRole, type Post, type UnitKind, decideRoles, toRoles } from './staff-roles.ts';

const today = '2026-11-21';
const post = (roleType: string, unitKind: UnitKind, groupId: string | null = null): Post => ({
  ...{ roleType, unitKind, groupId, unitId: 'unit', from: '2026-08-01', to: null },
});
const kinds = (...posts: readonly Post[]) => toRoles(posts).map(({ role }) => role);

describe('the roles that posts give', () => {
  test.each<[string, Post, readonly string[]]>([
    ['a head teacher’s', post('05', 'SCHOOL'), ['LEADER']],
    ['an office’s', post('07', 'SCHOOL'), ['ADMINISTRATOR']],
    ['a class’s contact teacher’s', post('06', 'SCHOOL', '3A'), ['CONTACT_TEACHER']],
    ['a class’s teacher’s', post('02', 'SCHOOL', '3A'), ['TEACHER']],
    ['a class’s assistant’s', post('08', 'SCHOOL', '3A'), ['ASSISTANT']],
    ['a department’s staff’s', post('08', 'KINDERGARTEN', 'blue'), ['KINDERGARTEN']],
    ['a pedagogical leader’s', post('06', 'KINDERGARTEN', 'blue'), ['CONTACT_TEACHER']],
    ['after-school staff’s', post('08', 'AFTER_SCHOOL'), ['AFTER_SCHOOL']],
    ['an after-school leader’s', post('05', 'AFTER_SCHOOL'), ['LEADER']],
  ])('are %s', (_what, given, expected) => {
    expect(kinds(given)).toEqual(expected);
  });

  test.each<[string, Post]>([
    ['a teacher for being employed at the school', post('02', 'SCHOOL')],
    ['an assistant for being employed at the kindergarten', post('08', 'KINDERGARTEN')],
    ['a role type nobody has heard of', post('99', 'SCHOOL')],
    ['somebody from outside', post('04', 'SCHOOL', '3A')],
    ['a post without a day', { ...post('05', 'SCHOOL'), to: '2026-08-01' }],
  ])('are none for %s (security § 2)', (_what, given) => {
    expect(kinds(given)).toEqual([]);
  });

  test('are one each when a post is written twice', () => {
    expect(kinds(post('05', 'SCHOOL'), post('05', 'SCHOOL'))).toEqual(['LEADER']);
  });

  test('end when the roster does not have them any more, and nothing else changes', () => {
    const [leader] = toRoles([post('05', 'SCHOOL')]);
    const known: KnownRole = { ...leader!, roleId: 'r' };
    expect(decideRoles([known], [leader!], today, () => 'new')).toEqual([]);
    expect(decideRoles([known], [], today, () => 'new')).toEqual([{ ...known, to: today }]);
    expect(decideRoles([{ ...known, to: '2026-10-01' }], [], today, () => 'new')).toEqual([]);
    expect(decideRoles([known], [{ ...leader!, to: '2027-06-30' }], today, () => 'new')).toEqual([
      { ...known, to: '2027-06-30' },
    ]);
    expect(decideRoles([], [leader!], today, () => 'new')).toEqual([{ ...leader!, roleId: 'new' }]);
  });
});
