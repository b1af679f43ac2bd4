import { describe, expect, test } from 'vitest';
import {
  type Claims,
  type StaffAssurance,
  type Wanted,
  decideGuardianLogin,
  decideStaffLogin,
} from './login-claims.ts';

const now = new Date('2026-11-21T08:00:00Z');
const seconds = now.getTime() / 1000;
const mother: Claims = {
  sub: 'pairwise',
  pid: '14838641262',
  acr: 'idporten-loa-substantial',
  amr: ['Minid-APP'],
  auth_time: seconds - 5,
};
const anyProof: Wanted = { level: 'substantial', maxAgeSeconds: null };
const twoFactors = 'urn:mace:feide.no:auth:level:fad08:3';
const feide: StaffAssurance = { acr: { substantial: [twoFactors], high: [] }, amr: [] };
const teacher: Claims = {
  acr: twoFactors,
  amr: ['pwd', 'mfa'],
  auth_time: seconds - 5,
  'https://n.feide.no/claims/eduPersonPrincipalName': 'glatt.krittavle@tingvika.example',
  'https://n.feide.no/claims/eduPersonPrimaryAffiliation': 'faculty',
};
const refusalOf = (decision: ReturnType<typeof decideGuardianLogin | typeof decideStaffLogin>) =>
  decision.ok ? undefined : decision.refusal.kind;

describe('a login at ID-porten', () => {
  test('is taken at the level it has', () => {
    expect(decideGuardianLogin(mother, anyProof, now)).toEqual({
      ok: true,
      value: { number: '14838641262', level: 'substantial', authTime: new Date('2026-11-21T07:59:55Z') },
    });
    const high = { ...mother, acr: 'idporten-loa-high' };
    expect(decideGuardianLogin(high, anyProof, now)).toMatchObject({ value: { level: 'high' } });
  });

  test.each(['idporten-loa-low', 'Level3', '', undefined, 4, ['idporten-loa-high']])(
    'is refused with the level %s',
    (acr) => {
      expect(refusalOf(decideGuardianLogin({ ...mother, acr }, anyProof, now))).toBe('level-too-low');
    },
  );

  test('is refused below the level that was asked for', () => {
    expect(refusalOf(decideGuardianLogin(mother, { ...anyProof, level: 'high' }, now))).toBe('level-too-low');
  });

  test.each([undefined, '', '1483864126', 14838641262, 'SE/NO/8f2d41c6'])(
    'is refused with %s for a number',
    (pid) => {
      expect(refusalOf(decideGuardianLogin({ ...mother, pid }, anyProof, now))).toBe('no-national-number');
    },
  );

  test.each([undefined, 'now', seconds + 120, seconds - 2 * 3600 - 120])(
    'is refused when the person proved who they are at %s',
    (auth_time) => {
      expect(refusalOf(decideGuardianLogin({ ...mother, auth_time }, anyProof, now))).toBe('not-recent');
    },
  );
});

describe('a login of staff', () => {
  const decide = (claims: Claims, assurance = feide, level: 'substantial' | 'high' = 'substantial') =>
    decideStaffLogin(claims, { ...anyProof, level }, assurance, now);

  test('is taken with two factors', () => {
    expect(decide(teacher)).toEqual({
      ok: true,
      value: {
        login: 'glatt.krittavle@tingvika.example',
        level: 'substantial',
        authTime: new Date('2026-11-21T07:59:55Z'),
      },
    });
  });

  test.each(['urn:mace:feide.no:auth:level:fad08:2', '', undefined, 3, [twoFactors], 'idporten-loa-high'])(
    'is refused with the level %s, whatever else it says of factors',
    (acr) => {
      expect(refusalOf(decide({ ...teacher, acr }))).toBe('one-factor-only');
    },
  );

  test.each([[['pwd']], ['pwd'], [undefined], [[]], [{}]])(
    'is refused with the factors %s where config names words for two',
    (amr) => {
      const strict = { ...feide, amr: ['mfa', 'otp'] };
      expect(refusalOf(decide({ ...teacher, amr }, strict))).toBe('one-factor-only');
      for (const asserted of ['mfa', ['pwd', 'otp']])
        expect(decide({ ...teacher, amr: asserted }, strict)).toMatchObject({ ok: true });
    },
  );

  test('has the level that its issuer asserts and no other', () => {
    const two = { ...feide, acr: { substantial: ['two', twoFactors], high: ['key'] } };
    expect(decide({ ...teacher, acr: 'key' }, two)).toMatchObject({ value: { level: 'high' } });
    expect(decide({ ...teacher, acr: 'key' }, two, 'high')).toMatchObject({ value: { level: 'high' } });
    expect(decide({ ...teacher, acr: 'two' }, two)).toMatchObject({ value: { level: 'substantial' } });
    expect(refusalOf(decide({ ...teacher, acr: 'two' }, two, 'high'))).toBe('level-too-low');
  });

  test('is refused where config names no words at all', () => {
    const silent = { acr: { substantial: [], high: [] }, amr: [] };
    expect(refusalOf(decide({ ...teacher, acr: undefined }, silent))).toBe('one-factor-only');
    expect(refusalOf(decide(teacher, { ...silent, amr: ['mfa'] }))).toBe('one-factor-only');
  });

  test.each([undefined, 'now', seconds + 120, seconds - 8 * 3600 - 120])(
    'is refused when the person proved who they are at %s',
    (auth_time) => {
      expect(refusalOf(decide({ ...teacher, auth_time }))).toBe('not-recent');
    },
  );

  test('is refused where a proof of now was asked for and the issuer answers with an older one (T16)', () => {
    const fresh = { ...anyProof, maxAgeSeconds: 60 };
    const proved = (secondsAgo: number) =>
      decideStaffLogin({ ...teacher, auth_time: seconds - secondsAgo }, fresh, feide, now);
    expect(proved(5)).toMatchObject({ ok: true });
    // Its clock and ours may be a minute apart.
    expect(proved(120)).toMatchObject({ ok: true });
    for (const secondsAgo of [121, 3600]) expect(refusalOf(proved(secondsAgo))).toBe('not-fresh');
    expect(refusalOf(decideGuardianLogin({ ...mother, auth_time: seconds - 121 }, fresh, now))).toBe(
      'not-fresh',
    );
  });

  test.each(['student', ['member', 'student']])('is refused for a %s', (affiliation) => {
    const pupil = { ...teacher, 'https://n.feide.no/claims/eduPersonPrimaryAffiliation': affiliation };
    expect(refusalOf(decide(pupil))).toBe('not-staff');
  });

  test.each([undefined, '', 'no-realm', ['a@b'], 'a b@c'])('is refused with %s for a name', (name) => {
    const nobody = { ...teacher, 'https://n.feide.no/claims/eduPersonPrincipalName': name };
    expect(refusalOf(decide(nobody))).toBe('no-staff-login');
  });
});
