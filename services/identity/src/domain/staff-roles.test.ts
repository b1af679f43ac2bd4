import { describe, expect, test } from 'vitest';
import {
  type KnownRole,
  type Post,
  type PostKind,
  type StaffRole,
  type UnitKind,
  decideRoles,
  roleHeldSince,
  toRoles,
} from './staff-roles.ts';

const today = '2026-11-21';
const post = (kind: PostKind, unitKind: UnitKind, groupId: string | null = null): Post => ({
  ...{ post: kind, unitKind, groupId, unitId: 'unit', from: '2026-08-01', to: null },
});
const kinds = (...posts: readonly Post[]) => toRoles(posts).map(({ role }) => role);

describe('the roles that posts give', () => {
  test.each<[string, Post, readonly string[]]>([
    ['a head teacher’s', post('MANAGEMENT', 'SCHOOL'), ['LEADER']],
    ['an office’s', post('OFFICE', 'SCHOOL'), ['ADMINISTRATOR']],
    ['a class’s contact teacher’s', post('CONTACT_TEACHER', 'SCHOOL', '3A'), ['CONTACT_TEACHER']],
    ['a class’s teacher’s', post('TEACHER', 'SCHOOL', '3A'), ['TEACHER']],
    ['a class’s assistant’s', post('ASSISTANT', 'SCHOOL', '3A'), ['ASSISTANT']],
    ['a department’s staff’s', post('ASSISTANT', 'KINDERGARTEN', 'blue'), ['KINDERGARTEN']],
    ['a pedagogical leader’s', post('CONTACT_TEACHER', 'KINDERGARTEN', 'blue'), ['CONTACT_TEACHER']],
    ['after-school staff’s', post('ASSISTANT', 'AFTER_SCHOOL'), ['AFTER_SCHOOL']],
    ['an after-school leader’s', post('MANAGEMENT', 'AFTER_SCHOOL'), ['LEADER']],
  ])('are %s', (_what, given, expected) => {
    expect(kinds(given)).toEqual(expected);
  });

  test.each<[string, Post]>([
    ['a teacher for being employed at the school', post('TEACHER', 'SCHOOL')],
    ['an assistant for being employed at the kindergarten', post('ASSISTANT', 'KINDERGARTEN')],
    ['somebody from outside', post('OTHER', 'SCHOOL', '3A')],
    ['a post without a day', { ...post('MANAGEMENT', 'SCHOOL'), to: '2026-08-01' }],
  ])('are none for %s (security § 2)', (_what, given) => {
    expect(kinds(given)).toEqual([]);
  });

  test('are one each when a post is written twice', () => {
    expect(kinds(post('MANAGEMENT', 'SCHOOL'), post('MANAGEMENT', 'SCHOOL'))).toEqual(['LEADER']);
  });

  test('end when the roster does not have them any more, and nothing else changes', () => {
    const [leader] = toRoles([post('MANAGEMENT', 'SCHOOL')]);
    const known: KnownRole = { ...leader!, roleId: 'r' };
    expect(decideRoles<StaffRole>([known], [leader!], today, () => 'new')).toEqual([]);
    expect(decideRoles<StaffRole>([known], [], today, () => 'new')).toEqual([{ ...known, to: today }]);
    expect(decideRoles<StaffRole>([{ ...known, to: '2026-10-01' }], [], today, () => 'new')).toEqual([]);
    expect(decideRoles<StaffRole>([known], [{ ...leader!, to: '2027-06-30' }], today, () => 'new')).toEqual([
      { ...known, to: '2027-06-30' },
    ]);
    expect(decideRoles<StaffRole>([], [leader!], today, () => 'new')).toEqual([
      { ...leader!, roleId: 'new' },
    ]);
  });
});

describe('a role without a first day', () => {
  const held: KnownRole = {
    ...{ roleId: 'r', role: 'LEADER', unitId: 'unit', groupId: null, from: '2024-08-01', to: null },
  };

  test('counts since it is known to be held, and else from today', () => {
    expect(roleHeldSince([held], held, today)).toBe('2024-08-01');
    expect(roleHeldSince([{ ...held, to: today }], held, today)).toBe(today);
    expect(roleHeldSince([held], { ...held, unitId: 'other' }, today)).toBe(today);
    expect(roleHeldSince([], held, today)).toBe(today);
  });
});
