import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Grant, type GrantState, decideConfirmation, decideGrants, openProblems } from './grants.ts';
import { afterChanges, compareTold, toToldGuardians } from './guardians-fact.ts';
import {
  type AdultFacts,
  type ChildFacts,
  type Derivation,
  type Hold,
  deriveGuardianship,
} from './guardianship.ts';
import type { Entry } from './responsibility.ts';

const today = '2026-11-21';
const grant = (personId: string, more: Partial<Grant> = {}): Grant => ({
  grantId: `g-${personId}`,
  childId: 'child',
  personId,
  ground: 'PARENTAL_RESPONSIBILITY',
  state: 'ACTIVE',
  holds: [],
  confirmedFor: [],
  endsOn: '2036-06-21',
  ...more,
});
const says = (standings: Record<string, readonly Hold[]>, more: Partial<Derivation> = {}): Derivation => ({
  standings: Object.entries(standings).map(([personId, holds]) => ({ personId, holds })),
  inDoubt: [],
  problems: [],
  isUnread: false,
  endsOn: '2036-06-21',
  ...more,
});
let ids = 0;
const decide = (
  known: readonly Grant[],
  derivation: Derivation,
  gone: 'DIED' | 'MERGED' | 'NOT_RESPONSIBLE' = 'NOT_RESPONSIBLE',
) =>
  decideGrants('child', known, derivation, { today, newId: () => `new-${(ids += 1)}`, whyGone: () => gone });
const steps = (...of: Parameters<typeof decide>) =>
  decide(...of).map(
    ({ from, grant: { personId, state }, reason }) => `${personId}: ${from} → ${state} (${reason})`,
  );

describe('the life of a grant (GUA-06)', () => {
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

  test('is suspended by protection and stays so when the protection is lifted, until staff say so (ADR-04, ADR-13)', () => {
    const [suspended] = decide([grant('mother')], says({ mother: ['PROTECTION'] }));
    expect(suspended).toMatchObject({ from: 'ACTIVE', reason: 'PROTECTION', grant: { state: 'SUSPENDED' } });
    expect(decide([suspended!.grant], says({ mother: [] }))).toEqual([]);
    const confirmed = decideConfirmation(suspended!.grant);
    if (!confirmed.ok) throw new Error('refused');
    expect(confirmed.value).toMatchObject({ grant: { state: 'ACTIVE', confirmedFor: ['PROTECTION'] } });
    expect(decide([confirmed.value.grant], says({ mother: ['PROTECTION'] }))).toEqual([]);
  });

  test('is held anew for what staff have not looked at, also when it is the same thing once more (ADR-13)', () => {
    const confirmed = grant('mother', { confirmedFor: ['D_NUMBER'] });
    expect(steps([confirmed], says({ mother: ['D_NUMBER', 'PROTECTION'] }))).toEqual([
      'mother: ACTIVE → SUSPENDED (PROTECTION)',
    ]);
    const [spent] = decide([grant('mother', { confirmedFor: ['PROTECTION'] })], says({ mother: [] }));
    expect(spent!.grant.confirmedFor).toEqual([]);
    expect(steps([spent!.grant], says({ mother: ['PROTECTION'] }))).toEqual([
      'mother: ACTIVE → SUSPENDED (PROTECTION)',
    ]);
  });

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

  test('waits while the child has to be read again, and keeps what staff confirmed (S-02, S-27)', () => {
    const unread = says({}, { isUnread: true });
    const known = grant('mother', { confirmedFor: ['PROTECTION'] });
    const [waiting] = decide([known], unread);
    expect(waiting).toMatchObject({
      from: 'ACTIVE',
      reason: 'AWAITING_REGISTER',
      grant: { state: 'SUSPENDED' },
    });
    expect(decide([waiting!.grant], unread)).toEqual([]);
    expect(decideConfirmation(waiting!.grant).ok).toBe(false);
    expect(steps([waiting!.grant], says({ mother: ['PROTECTION'] }))).toEqual([
      'mother: SUSPENDED → ACTIVE (REGISTER_SAYS_SO)',
    ]);
    expect(steps([waiting!.grant], says({ father: [] }))).toEqual([
      'mother: SUSPENDED → ENDED (NOT_RESPONSIBLE)',
      'father: null → ACTIVE (REGISTER_SAYS_SO)',
    ]);
    expect(steps([known], unread, 'MERGED')).toEqual(['mother: ACTIVE → ENDED (MERGED)']);
    expect(steps([grant('foster', { ground: 'MANUAL' })], unread)).toEqual([]);
  });

  test.each(['DIED', 'MERGED', 'NOT_RESPONSIBLE'] as const)(
    'ends when the register does not name the person: %s',
    (why) => {
      expect(steps([grant('mother')], says({}), why)).toEqual([`mother: ACTIVE → ENDED (${why})`]);
    },
  );

  test('ends at eighteen, whatever the ground, and none begins after (GUA-14)', () => {
    const of = says({}, { endsOn: today });
    expect(steps([grant('mother'), grant('foster', { ground: 'MANUAL' })], of)).toEqual([
      'mother: ACTIVE → ENDED (CAME_OF_AGE)',
      'foster: ACTIVE → ENDED (CAME_OF_AGE)',
    ]);
  });

  test('on a manual ground is not the register’s to end, unless the person has died (GUA-05, GUA-11)', () => {
    const manual = grant('foster', { ground: 'MANUAL' });
    expect(decide([manual], says({ mother: [] })).filter(({ from }) => from !== null)).toEqual([]);
    expect(steps([manual], says({}), 'DIED')).toEqual(['foster: ACTIVE → ENDED (DIED)']);
  });

  test.each<[GrantState, readonly Hold[], string]>([
    ['ACTIVE', [], 'not-held'],
    ['ENDED', [], 'not-held'],
    ['PENDING', ['AWAITING_REGISTER'], 'cannot-be-let-through'],
    ['SUSPENDED', ['UNCLEAR'], 'cannot-be-let-through'],
    ['PENDING', ['D_NUMBER', 'AWAITING_REGISTER'], 'cannot-be-let-through'],
  ])('cannot be confirmed when it is %s with %j', (state, holds, kind) => {
    expect(decideConfirmation(grant('mother', { state, holds }))).toEqual({ ok: false, refusal: { kind } });
  });

  test('leaves one thing of a kind for staff to look at, and nothing that the register will settle itself', () => {
    const pending = grant('mother', { state: 'PENDING', holds: ['PROTECTION', 'AWAITING_REGISTER'] });
    const other = grant('father', { state: 'PENDING', holds: ['PROTECTION'] });
    expect(openProblems(says({}, { problems: ['SECOND_HOLDER_UNIDENTIFIED'] }), [pending, other])).toEqual([
      'SECOND_HOLDER_UNIDENTIFIED',
      'PROTECTION',
    ]);
    expect(openProblems(says({}), [{ ...pending, state: 'ENDED', holds: [] }])).toEqual([]);
  });
});

describe('what others are told of guardians', () => {
  test('is who is active, each once, and nothing of those who are held (ADR-04, S-06)', () => {
    const grants = [
      grant('b'),
      grant('a', { ground: 'MANUAL', grantId: 'm' }),
      grant('a'),
      grant('c', { state: 'SUSPENDED', holds: ['PROTECTION'] }),
    ];
    expect(toToldGuardians(grants)).toEqual([
      { personId: 'a', grantId: 'g-a', ground: 'PARENTAL_RESPONSIBILITY' },
      { personId: 'b', grantId: 'g-b', ground: 'PARENTAL_RESPONSIBILITY' },
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
});

describe('the order in which the register’s word comes', () => {
  const persons = ['mother', 'father', 'other'];
  const facts = fc.record({
    isInRegister: fc.boolean(),
    isDead: fc.boolean(),
    hasNationalNumber: fc.boolean(),
    hasFalseIdentity: fc.boolean(),
    protection: fc.constantFrom(
      'NONE' as const,
      'CLIENT_ADDRESS' as const,
      'FORTROLIG' as const,
      'STRENGT_FORTROLIG' as const,
    ),
  });
  const entries = fc.array(
    fc.record({
      value: fc.constantFrom('felles', 'felles', 'mor', 'far', 'andre', 'ukjent'),
      holder: fc.constantFrom<Entry['holder']>(
        ...persons.map((personId) => ({ kind: 'person' as const, personId })),
        { kind: 'unidentified' },
      ),
    }),
    { maxLength: 4 },
  );
  const world = fc.record({
    child: facts,
    birthDate: fc.constantFrom('2018-06-21', '2008-11-21', '2008-11-22', null),
    entries,
    adults: fc.tuple(facts, facts, facts),
  });
  const orders = fc.shuffledSubarray(['child', ...persons], { minLength: 4 });

  /** Lets the readings come one by one, as events do, and answers who has access in the end and ever had. */
  function play(
    given: typeof world extends fc.Arbitrary<infer World> ? World : never,
    order: readonly string[],
  ) {
    const adults = new Map<string, AdultFacts>();
    let child: ChildFacts = {
      childId: 'child',
      isRead: false,
      birthDate: null,
      isRepresented: false,
      ...given.child,
      isInRegister: false,
      entries: [],
    };
    let grants: readonly Grant[] = [];
    const ever = new Set<string>();
    for (const who of order) {
      if (who === 'child')
        child = {
          ...child,
          ...given.child,
          isInRegister: true,
          isRead: true,
          birthDate: given.birthDate,
          entries: given.entries,
        };
      else adults.set(who, { personId: who, isRead: true, ...given.adults[persons.indexOf(who)]! });
      const derivation = deriveGuardianship(child, adults, today);
      grants = afterChanges(
        grants,
        decideGrants('child', grants, derivation, {
          today,
          newId: () => `new-${(ids += 1)}`,
          whyGone: () => 'NOT_RESPONSIBLE',
        }),
      ).filter(({ state }) => state !== 'ENDED');
      for (const { personId } of toToldGuardians(grants)) ever.add(personId);
    }
    return {
      now: grants
        .map(({ personId, state, holds }) => `${personId} ${state} ${[...holds].sort().join()}`)
        .sort(),
      ever: [...ever].sort(),
      told: toToldGuardians(grants).map(({ personId }) => personId),
    };
  }

  test('never changes who has access in the end, and nobody has access on the way who has none in the end (GUA-01, S-02)', () => {
    fc.assert(
      fc.property(world, orders, orders, (given, one, other) => {
        const [first, second] = [play(given, one), play(given, other)];
        expect(second.told).toEqual(first.told);
        expect(second.now).toEqual(first.now);
        expect(first.ever).toEqual([...first.told].sort());
      }),
      { numRuns: 2_000 },
    );
  });
});
