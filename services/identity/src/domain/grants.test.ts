import { describe, expect, test } from 'vitest';
import {
  type Grant,
  type GrantContext,
  type GrantState,
  decideConfirmation,
  decideGrants,
  decideLoss,
} from './grants.ts';
import { compareTold, toToldGuardians } from './guardians-fact.ts';
import { type AdultFacts, type Derivation, type Hold } from './guardianship.ts';
import type { Restriction } from './restrictions.ts';
import { type Circumstances, openProblems } from './work-items.ts';

const today = '2026-11-21';
const grant = (personId: string, more: Partial<Grant> = {}): Grant => ({
  grantId: `g-${personId}`,
  childId: 'child',
  personId,
  ground: 'PARENTAL_RESPONSIBILITY',
  basis: null,
  state: 'ACTIVE',
  holds: [],
  confirmedFor: [],
  decidedUntil: null,
  decisionId: null,
  confirmationId: null,
  endsOn: '2036-06-21',
  ...more,
});
const documented = (personId: string, more: Partial<Grant> = {}): Grant =>
  grant(personId, {
    ...{ ground: 'MANUAL', basis: 'DOCUMENTED_RESPONSIBILITY', decisionId: 'd' },
    ...{ decidedUntil: '2027-02-01', endsOn: '2027-02-01' },
    ...more,
  });
const restriction = (personId: string | null, more: Partial<Restriction> = {}): Restriction => ({
  restrictionId: 'r',
  personId,
  kind: personId === null ? 'CARE_ORDER' : 'CONTACT_BAN',
  authority: personId === null ? 'CHILD_WELFARE' : 'POLICE',
  closesAccess: true,
  reviewOn: '2027-05-01',
  ...more,
});
const nothingElse: Circumstances = { restrictions: [], places: [], namings: [] };
const says = (standings: Record<string, readonly Hold[]>, more: Partial<Derivation> = {}): Derivation => ({
  standings: Object.entries(standings).map(([personId, holds]) => ({ personId, holds })),
  inDoubt: [],
  problems: [],
  isUnread: false,
  protection: 'NONE',
  heldProtection: 'NONE',
  doubts: [],
  endsOn: '2036-06-21',
  ...more,
});
let ids = 0;
const readAdult = (personId: string, more: Partial<AdultFacts> = {}): AdultFacts => ({
  personId,
  isRead: true,
  isInRegister: true,
  isDead: false,
  hasNationalNumber: true,
  hasFalseIdentity: false,
  isUnreadable: false,
  wasSplit: false,
  protection: 'NONE',
  ...more,
});
const decide = (
  known: readonly Grant[],
  derivation: Derivation,
  gone: 'DIED' | 'MERGED' | 'NOT_RESPONSIBLE' = 'NOT_RESPONSIBLE',
  more: Partial<GrantContext> = {},
) =>
  decideGrants('child', known, derivation, {
    today,
    adults: new Map(['mother', 'father', 'foster', 'verge'].map((id) => [id, readAdult(id)])),
    restrictions: [],
    opening: 'REGISTER_SAYS_SO',
    isQuarantined: false,
    newId: () => `new-${(ids += 1)}`,
    whyGone: () => gone,
    ...more,
  });
const confirm = (held: Grant, day = today) => {
  const confirmed = decideConfirmation(held, { confirmationId: 'd', today: day });
  if (!confirmed.ok) throw new Error(confirmed.refusal.kind);
  return confirmed.value;
};
/** What a grant has come to after some changes. */
const after = (known: Grant, changes: ReturnType<typeof decide>): Grant =>
  changes.find(({ grant: { grantId } }) => grantId === known.grantId)?.grant ?? known;
const steps = (...of: Parameters<typeof decide>) =>
  decide(...of).map(
    ({ from, grant: { personId, state }, reason }) => `${personId}: ${from} → ${state} (${reason})`,
  );

describe('the life of a grant (GUA-06)', () => {
  test('is suspended while the register cannot be read, whatever its ground, and comes back by itself (GUA-01, S-02)', () => {
    const doubts: readonly Hold[] = ['REGISTER_UNREADABLE'];
    const known = [grant('mother'), documented('foster')];
    const held = decide(known, says({ mother: doubts }, { doubts })).map((change) => change.grant);
    expect(held.map(({ personId, state, holds }) => `${personId} ${state} ${holds.join()}`)).toEqual([
      'mother SUSPENDED REGISTER_UNREADABLE',
      'foster SUSPENDED REGISTER_UNREADABLE',
    ]);
    expect(decideConfirmation(held[0]!, { confirmationId: 'd', today })).toEqual({
      ...{ ok: false, refusal: { kind: 'cannot-be-let-through' } },
    });
    expect(steps(held, says({ mother: [] }))).toEqual([
      'mother: SUSPENDED → ACTIVE (REGISTER_SAYS_SO)',
      'foster: SUSPENDED → ACTIVE (REGISTER_SAYS_SO)',
    ]);
  });

  test('is suspended for a split until staff let it through, whatever its ground (FREG-09)', () => {
    const adults = new Map(['mother', 'foster'].map((id) => [id, readAdult(id, { wasSplit: true })]));
    const split = (known: readonly Grant[]) =>
      decide(known, says({ mother: ['SPLIT'] }), 'NOT_RESPONSIBLE', { adults });
    const held = split([grant('mother'), documented('foster')]).map((change) => change.grant);
    expect(held.map(({ state, holds }) => `${state} ${holds.join()}`)).toEqual([
      'SUSPENDED SPLIT',
      'SUSPENDED SPLIT',
    ]);
    expect(split(held)).toEqual([]);
    const open = split(held.map((one) => confirm(one)));
    expect(open.map((change) => change.grant.state)).toEqual(['ACTIVE', 'ACTIVE']);
    expect(split(open.map((change) => change.grant))).toEqual([]);
  });

  test('begins active where nothing holds it, and pending where something does', () => {
    expect(steps([], says({ mother: [], father: ['D_NUMBER'] }))).toEqual([
      'mother: null → ACTIVE (REGISTER_SAYS_SO)',
      'father: null → PENDING (D_NUMBER)',
    ]);
  });

  test('does nothing when nothing has changed', () => {
    expect(decide([grant('mother')], says({ mother: [] }))).toEqual([]);
    expect(
      decide([grant('mother', { state: 'PENDING', holds: ['D_NUMBER'] })], says({ mother: ['D_NUMBER'] })),
    ).toEqual([]);
  });

  test('goes on when what held it is gone', () => {
    const held = grant('mother', { state: 'PENDING', holds: ['D_NUMBER'] });
    expect(steps([held], says({ mother: [] }))).toEqual(['mother: PENDING → ACTIVE (REGISTER_SAYS_SO)']);
  });

  test('is suspended by protection, and let through at that level and the lesser, never at a higher (ADR-04)', () => {
    const at = (level: 'FORTROLIG' | 'STRENGT_FORTROLIG') => says({ mother: [`PROTECTION_${level}`] });
    const [suspended] = decide([grant('mother')], at('FORTROLIG'));
    expect(suspended).toMatchObject({
      from: 'ACTIVE',
      reason: 'PROTECTION_FORTROLIG',
      grant: { state: 'SUSPENDED' },
    });
    const confirmed = confirm(suspended!.grant);
    expect(confirmed).toMatchObject({ confirmedFor: ['PROTECTION_FORTROLIG'], decidedUntil: null });
    const open = after(confirmed, decide([confirmed], at('FORTROLIG')));
    expect(open.state).toBe('ACTIVE');
    expect(decide([open], at('FORTROLIG'))).toEqual([]);
    expect(steps([open], at('STRENGT_FORTROLIG'))).toEqual([
      'mother: ACTIVE → SUSPENDED (PROTECTION_STRENGT_FORTROLIG)',
    ]);
    const strict = grant('mother', { confirmedFor: ['PROTECTION_STRENGT_FORTROLIG'] });
    const lesser = after(strict, decide([strict], at('FORTROLIG')));
    expect(lesser).toMatchObject({ state: 'ACTIVE', confirmedFor: ['PROTECTION_FORTROLIG'] });
    expect(steps([lesser], at('STRENGT_FORTROLIG'))).toEqual([
      'mother: ACTIVE → SUSPENDED (PROTECTION_STRENGT_FORTROLIG)',
    ]);
  });

  test('is held anew for what staff have not looked at, also when it is the same thing once more (ADR-13)', () => {
    const confirmed = grant('mother', { confirmedFor: ['GIVEN_TO_OTHERS'] });
    expect(steps([confirmed], says({ mother: ['GIVEN_TO_OTHERS', 'PROTECTION_FORTROLIG'] }))).toEqual([
      'mother: ACTIVE → SUSPENDED (PROTECTION_FORTROLIG)',
    ]);
    const [spent] = decide(
      [grant('mother', { confirmedFor: ['PROTECTION_FORTROLIG'] })],
      says({ mother: [] }),
    );
    expect(spent!.grant.confirmedFor).toEqual([]);
    expect(steps([spent!.grant], says({ mother: ['PROTECTION_FORTROLIG'] }))).toEqual([
      'mother: ACTIVE → SUSPENDED (PROTECTION_FORTROLIG)',
    ]);
  });

  test.each(['D_NUMBER', 'FALSE_IDENTITY', 'BIRTH_DATE_MISSING', 'NOT_IN_REGISTER'] as const)(
    'that was let through for %s is so for ninety days, and held again from then on (GUA-05)',
    (hold) => {
      const confirmed = confirm(grant('mother', { state: 'PENDING', holds: [hold] }));
      expect(confirmed.decidedUntil).toBe('2027-02-19');
      expect(confirmed.endsOn).toBe('2027-02-19');
      const open = after(confirmed, decide([confirmed], says({ mother: [hold] })));
      expect(open).toMatchObject({ state: 'ACTIVE', endsOn: '2027-02-19' });
      const later = (day: string) =>
        decide([open], says({ mother: [hold] }), undefined, { today: day }).map(
          ({ grant: { state, holds } }) => [state, holds],
        );
      expect(later('2027-02-18')).toEqual([]);
      expect(later('2027-02-19')).toEqual([['SUSPENDED', [hold]]]);
      // What the register settles meanwhile has no such end.
      expect(after(open, decide([open], says({ mother: [] })))).toMatchObject({
        state: 'ACTIVE',
        confirmedFor: [],
        endsOn: '2036-06-21',
      });
    },
  );

  test('does not stop for a newcomer who is still being read (GUA-03)', () => {
    expect(
      steps([grant('mother')], says({ mother: ['AWAITING_REGISTER'], father: ['AWAITING_REGISTER'] })),
    ).toEqual(['father: null → PENDING (AWAITING_REGISTER)']);
  });

  test('is suspended in doubt and comes back with it cleared', () => {
    const [doubt] = decide([grant('mother')], says({}, { inDoubt: ['mother'], problems: ['CONTRADICTORY'] }));
    expect(doubt).toMatchObject({ from: 'ACTIVE', reason: 'UNCLEAR', grant: { state: 'SUSPENDED' } });
    expect(steps([doubt!.grant], says({ mother: [] }))).toEqual([
      'mother: SUSPENDED → ACTIVE (REGISTER_SAYS_SO)',
    ]);
  });

  test('that was lost before a restore comes back by staff alone, whatever the register says (S-27)', () => {
    const { grant: lost } = decideLoss(grant('mother'));
    expect(lost).toMatchObject({ state: 'SUSPENDED', holds: ['LOST_BEFORE_RESTORE'] });
    expect(steps([lost], says({ mother: [] }))).toEqual([]);
    expect(decide([lost], says({}, { isUnread: true }))[0]!.grant.holds).toContain('LOST_BEFORE_RESTORE');
    const [named] = decide([{ ...lost, confirmedFor: ['LOST_BEFORE_RESTORE'] }], says({ mother: [] }));
    expect(named!.grant).toMatchObject({ state: 'ACTIVE', confirmedFor: ['LOST_BEFORE_RESTORE'] });
    expect(decide([named!.grant], says({ mother: [] }))).toEqual([]);
    // Of another restore nobody has said anything yet.
    expect(decideLoss(named!.grant).grant).toMatchObject({ state: 'SUSPENDED', confirmedFor: [] });
    expect(steps([lost], says({}))).toEqual(['mother: SUSPENDED → ENDED (NOT_RESPONSIBLE)']);
  });

  test('waits while the child has to be read again, and keeps what staff confirmed (S-02, S-27)', () => {
    const unread = says({}, { isUnread: true });
    const held: readonly Hold[] = ['PROTECTION_FORTROLIG'];
    const known = grant('mother', { confirmedFor: held });
    const [waiting] = decide([known], unread);
    expect(waiting).toMatchObject({
      from: 'ACTIVE',
      reason: 'AWAITING_REGISTER',
      grant: { state: 'SUSPENDED' },
    });
    expect(decide([waiting!.grant], unread)).toEqual([]);
    expect(decideConfirmation(waiting!.grant, { confirmationId: 'd', today }).ok).toBe(false);
    expect(steps([waiting!.grant], says({ mother: held }))).toEqual([
      'mother: SUSPENDED → ACTIVE (REGISTER_SAYS_SO)',
    ]);
    expect(steps([waiting!.grant], says({ father: [] }))).toEqual([
      'mother: SUSPENDED → ENDED (NOT_RESPONSIBLE)',
      'father: null → ACTIVE (REGISTER_SAYS_SO)',
    ]);
    expect(steps([known], unread, 'MERGED')).toEqual(['mother: ACTIVE → ENDED (MERGED)']);
    expect(steps([documented('foster')], unread)).toEqual([]);
  });

  test.each(['DIED', 'MERGED', 'NOT_RESPONSIBLE'] as const)(
    'ends when the register does not name the person: %s',
    (why) => {
      expect(steps([grant('mother')], says({}), why)).toEqual([`mother: ACTIVE → ENDED (${why})`]);
    },
  );

  test('ends at eighteen, whatever the ground, and none begins after (GUA-14)', () => {
    const of = says({}, { endsOn: today });
    expect(steps([grant('mother'), documented('foster')], of)).toEqual([
      'mother: ACTIVE → ENDED (CAME_OF_AGE)',
      'foster: ACTIVE → ENDED (CAME_OF_AGE)',
    ]);
  });

  test('on a manual ground is not the register’s to end, unless the person has died (GUA-05, GUA-11)', () => {
    expect(decide([documented('foster')], says({ mother: [] })).filter(({ from }) => from !== null)).toEqual(
      [],
    );
    for (const why of ['DIED', 'MERGED'] as const)
      expect(steps([documented('foster')], says({}), why)).toEqual([`foster: ACTIVE → ENDED (${why})`]);
  });

  test.each<[GrantState, readonly Hold[], string]>([
    ['ACTIVE', [], 'not-held'],
    ['ENDED', [], 'not-held'],
    ['PENDING', ['AWAITING_REGISTER'], 'cannot-be-let-through'],
    ['SUSPENDED', ['UNCLEAR'], 'cannot-be-let-through'],
    ['PENDING', ['D_NUMBER', 'AWAITING_REGISTER'], 'cannot-be-let-through'],
    ['SUSPENDED', ['RESTRICTED'], 'cannot-be-let-through'],
    ['SUSPENDED', ['RESTRICTED', 'PROTECTION_FORTROLIG'], 'cannot-be-let-through'],
  ])('cannot be confirmed when it is %s with %j', (state, holds, kind) => {
    expect(decideConfirmation(grant('mother', { state, holds }), { confirmationId: 'd', today })).toEqual({
      ok: false,
      refusal: { kind },
    });
  });

  test('leaves one thing of a kind for staff to look at, and nothing that the register will settle itself', () => {
    const pending = grant('mother', {
      state: 'PENDING',
      holds: ['PROTECTION_FORTROLIG', 'AWAITING_REGISTER', 'RESTRICTED'],
    });
    const other = grant('father', { state: 'PENDING', holds: ['PROTECTION_STRENGT_FORTROLIG'] });
    const problems = (derivation: Derivation, ...of: readonly Grant[]) =>
      openProblems(derivation, of, nothingElse, today);
    expect(problems(says({}, { problems: ['SECOND_HOLDER_UNIDENTIFIED'] }), pending, other)).toEqual([
      'SECOND_HOLDER_UNIDENTIFIED',
      'PROTECTION',
    ]);
    expect(problems(says({}), { ...pending, state: 'ENDED', holds: [] })).toEqual([]);
  });
});

describe('a restriction (GUA-12, S-03)', () => {
  const banned = { restrictions: [restriction('father')] };
  const both = says({ mother: [], father: [] });

  test('closes whoever it names and nobody else, also whom the register names again, and opens no work item', () => {
    expect(steps([grant('mother'), grant('father')], both, undefined, banned)).toEqual([
      'father: ACTIVE → SUSPENDED (RESTRICTED)',
    ]);
    expect(steps([], both, undefined, banned)).toEqual([
      'mother: null → ACTIVE (REGISTER_SAYS_SO)',
      'father: null → PENDING (RESTRICTED)',
    ]);
    const closed = grant('father', { state: 'SUSPENDED', holds: ['RESTRICTED'] });
    expect(decide([grant('mother'), closed], both, undefined, banned)).toEqual([]);
    expect(openProblems(both, [closed], { ...nothingElse, ...banned }, today)).toEqual([]);
  });

  test('closes on every ground: what staff gave by document, and whoever waits to be read again', () => {
    expect(steps([documented('father')], says({}), undefined, banned)).toEqual([
      'father: ACTIVE → SUSPENDED (RESTRICTED)',
    ]);
    const unread = says({}, { isUnread: true });
    const [waiting] = decide([grant('father')], unread, undefined, banned);
    expect(waiting!.grant).toMatchObject({ state: 'SUSPENDED', holds: ['RESTRICTED', 'AWAITING_REGISTER'] });
    expect(decide([waiting!.grant], unread)[0]!.grant.holds).toEqual(['AWAITING_REGISTER']);
  });

  test('gives access back when it is lifted, to whoever nothing else holds', () => {
    const closed = (holds: readonly Hold[]) => grant('father', { state: 'SUSPENDED', holds });
    expect(
      steps([closed(['RESTRICTED'])], says({ father: [] }), undefined, { opening: 'RESTRICTION_LIFTED' }),
    ).toEqual(['father: SUSPENDED → ACTIVE (RESTRICTION_LIFTED)']);
    expect(
      after(closed(['RESTRICTED']), decide([closed(['RESTRICTED'])], says({ father: ['D_NUMBER'] }))),
    ).toMatchObject({ state: 'SUSPENDED', holds: ['D_NUMBER'] });
    // It never gives what there was not before: nobody is named, nobody has access (S-03).
    expect(decide([], says({}), undefined, banned)).toEqual([]);
  });

  test('on fetching closes nothing', () => {
    const more = { restrictions: [restriction('father', { kind: 'MAY_NOT_FETCH', closesAccess: false })] };
    expect(decide([grant('mother'), grant('father')], both, undefined, more)).toEqual([]);
  });

  test('by care order closes responsibility in every form, and neither carer nor appointed guardian (GUA-15, F8)', () => {
    const order = { restrictions: [restriction(null)] };
    const known = [
      grant('mother'),
      documented('father'),
      documented('foster', { basis: 'DAILY_CARER' }),
      documented('verge', { basis: 'APPOINTED_GUARDIAN' }),
    ];
    expect(steps(known, says({ mother: [] }), undefined, order)).toEqual([
      'mother: ACTIVE → SUSPENDED (RESTRICTED)',
      'father: ACTIVE → SUSPENDED (RESTRICTED)',
    ]);
    const keeping = { restrictions: [restriction(null, { closesAccess: false })] };
    expect(decide(known, says({ mother: [] }), undefined, keeping)).toEqual([]);
  });

  test('that is lifted ends the access of daily carers, which rests on it (GUA-15)', () => {
    const carer = documented('foster', { basis: 'DAILY_CARER' });
    expect(steps([carer], says({}))).toEqual(['foster: ACTIVE → ENDED (CARE_ORDER_LIFTED)']);
    expect(steps([carer], says({}), undefined, banned)).toEqual([
      'foster: ACTIVE → ENDED (CARE_ORDER_LIFTED)',
    ]);
  });

  test('is to be looked at again on its day, and does not end', () => {
    const due = [restriction('father', { reviewOn: today })];
    expect(openProblems(both, [], { ...nothingElse, restrictions: due }, today)).toEqual([
      'RESTRICTION_REVIEW',
    ]);
    const later = [restriction('father', { reviewOn: '2026-11-22' })];
    expect(openProblems(both, [], { ...nothingElse, restrictions: later }, today)).toEqual([]);
    expect(steps([grant('father')], says({ father: [] }), undefined, { restrictions: due })).toEqual([
      'father: ACTIVE → SUSPENDED (RESTRICTED)',
    ]);
  });
});

describe('a grant by document', () => {
  test('ends on its day, or at eighteen where that is sooner (GUA-05, GUA-14, GUA-16)', () => {
    const known = documented('verge', { basis: 'APPOINTED_GUARDIAN', decidedUntil: '2026-11-22' });
    expect(after(known, decide([known], says({}))).endsOn).toBe('2026-11-22');
    expect(after(known, decide([known], says({}, { endsOn: '2026-11-22' }))).endsOn).toBe('2026-11-22');
    expect(steps([known], says({}), undefined, { today: '2026-11-22' })).toEqual([
      'verge: ACTIVE → ENDED (RAN_OUT)',
    ]);
  });

  test('waits until the register has been asked who its holder is: whether they live, and are protected (S-02)', () => {
    const adults = new Map([['foster', readAdult('foster', { isRead: false })]]);
    const known = documented('foster', { state: 'PENDING', holds: [] });
    expect(after(known, decide([known], says({}), undefined, { adults }))).toMatchObject({
      state: 'PENDING',
      holds: ['AWAITING_REGISTER'],
    });
    expect(steps([known], says({}), undefined, { opening: 'DOCUMENTED' })).toEqual([
      'foster: PENDING → ACTIVE (DOCUMENTED)',
    ]);
  });

  test('is held when protection comes to concern the child that nobody looked at when it was given (ADR-04)', () => {
    const raised = says({}, { protection: 'FORTROLIG', heldProtection: 'FORTROLIG' });
    expect(steps([documented('foster')], raised)).toEqual([
      'foster: ACTIVE → SUSPENDED (PROTECTION_FORTROLIG)',
    ]);
    const seen = documented('foster', { confirmedFor: ['PROTECTION_FORTROLIG'] });
    expect(decide([seen], raised)).toEqual([]);
  });

  test('is to be looked at two weeks before it runs out, and where the register says otherwise of a responsibility', () => {
    const known = documented('father', { decidedUntil: '2026-12-05' });
    expect(openProblems(says({}), [known], nothingElse, today)).toEqual(['DECISION_RUNS_OUT']);
    expect(openProblems(says({}), [known], nothingElse, '2026-11-20')).toEqual([]);
    const clear = says({ mother: [] });
    expect(openProblems(clear, [documented('father')], nothingElse, today)).toEqual(['REGISTER_DISAGREES']);
    expect(openProblems(clear, [documented('mother')], nothingElse, today)).toEqual([]);
    expect(openProblems(clear, [documented('foster', { basis: 'DAILY_CARER' })], nothingElse, today)).toEqual(
      [],
    );
  });
});

describe('what others are told of guardians', () => {
  test('is who is active, each once, and nothing of those who are held (ADR-04, S-06)', () => {
    const grants = [
      grant('b'),
      documented('a', { grantId: 'm' }),
      grant('a'),
      grant('c', { state: 'SUSPENDED', holds: ['PROTECTION_FORTROLIG'] }),
    ];
    expect(toToldGuardians(grants)).toEqual([
      { personId: 'a', grantId: 'g-a', ground: 'PARENTAL_RESPONSIBILITY', endsOn: '2036-06-21' },
      { personId: 'b', grantId: 'g-b', ground: 'PARENTAL_RESPONSIBILITY', endsOn: '2036-06-21' },
    ]);
  });

  test('is told again only when it has changed, with whoever lost the child', () => {
    const before = toToldGuardians([grant('a'), grant('b')]);
    expect(compareTold(before, toToldGuardians([grant('b'), grant('a')]))).toEqual({
      hasChanged: false,
      lost: [],
    });
    expect(compareTold(before, toToldGuardians([grant('b')]))).toEqual({ hasChanged: true, lost: ['a'] });
  });

  test('says until when, by whichever ground lasts longest, and is told again when that day moves (GUA-05, GUA-14)', () => {
    const until = (grants: readonly Grant[]) => toToldGuardians(grants).map(({ endsOn }) => endsOn);
    const short = documented('a', { grantId: 'm', endsOn: '2027-01-01' });
    expect(until([short])).toEqual(['2027-01-01']);
    expect(until([short, grant('a')])).toEqual(['2036-06-21']);
    expect(until([grant('a'), { ...short, endsOn: null }])).toEqual([null]);
    const renewed = { ...short, endsOn: '2027-03-01' };
    expect(compareTold(toToldGuardians([short]), toToldGuardians([renewed]))).toEqual({
      hasChanged: true,
      lost: [],
    });
  });
});
