import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Grant, decideGrants } from './grants.ts';
import { afterChanges, toToldGuardians } from './guardians-fact.ts';
import { type AdultFacts, type ChildFacts, deriveGuardianship } from './guardianship.ts';
import type { Entry } from './responsibility.ts';
import type { Restriction } from './restrictions.ts';

const today = '2026-11-21';
let ids = 0;
const restriction = (personId: string | null, more: Partial<Restriction> = {}): Restriction => ({
  restrictionId: 'r',
  personId,
  kind: personId === null ? 'CARE_ORDER' : 'CONTACT_BAN',
  authority: personId === null ? 'CHILD_WELFARE' : 'POLICE',
  closesAccess: true,
  reviewOn: '2027-05-01',
  ...more,
});

describe('the order in which the register’s word comes', () => {
  const persons = ['mother', 'father', 'other'];
  const facts = fc.record({
    isInRegister: fc.boolean(),
    isDead: fc.boolean(),
    hasNationalNumber: fc.boolean(),
    hasFalseIdentity: fc.boolean(),
    isUnreadable: fc.boolean(),
    wasSplit: fc.boolean(),
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
    restrictions: fc.subarray([
      restriction('father'),
      restriction(null),
      restriction('mother', { closesAccess: false }),
    ]),
  });
  const orders = fc.shuffledSubarray(['child', ...persons], { minLength: 4 });

  type Given = typeof world extends fc.Arbitrary<infer World> ? World : never;
  /** Lets the readings come one by one, as events do, and answers who has access in the end and ever had. */
  function play(
    told: Given | readonly Given[],
    order: readonly string[],
    /** From which reading on the register is in quarantine. */
    blownAt = Infinity,
  ) {
    const givenAt = (at: number): Given => ('child' in told ? told : told[at]!);
    const adults = new Map<string, AdultFacts>();
    let child: ChildFacts = {
      childId: 'child',
      isRead: false,
      birthDate: null,
      isRepresented: false,
      heldProtection: 'NONE',
      documented: [],
      ...givenAt(0).child,
      isInRegister: false,
      entries: [],
    };
    let grants: readonly Grant[] = [];
    const ever = new Set<string>();
    const steps: string[][] = [];
    for (const [at, who] of order.entries()) {
      const given = givenAt(at);
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
      child = { ...child, heldProtection: derivation.heldProtection };
      grants = afterChanges(
        grants,
        decideGrants('child', grants, derivation, {
          ...{ today, adults, restrictions: given.restrictions, opening: 'REGISTER_SAYS_SO' as const },
          isQuarantined: at >= blownAt,
          newId: () => `new-${(ids += 1)}`,
          whyGone: () => 'NOT_RESPONSIBLE',
        }),
      ).filter(({ state }) => state !== 'ENDED');
      for (const { personId } of toToldGuardians(grants)) ever.add(personId);
      steps.push(toToldGuardians(grants).map(({ personId }) => personId));
    }
    return {
      now: grants
        .map(({ personId, state, holds }) => `${personId} ${state} ${[...holds].sort().join()}`)
        .sort(),
      ever: [...ever].sort(),
      steps,
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

  test('in quarantine takes access away as soon as ever, and gives none (FREG-10)', () => {
    const histories = fc.array(fc.tuple(world, fc.constantFrom('child', ...persons)), {
      minLength: 2,
      maxLength: 10,
    });
    fc.assert(
      fc.property(histories, fc.nat(9), (history, blownAt) => {
        const order = history.map(([, who]) => who);
        const told = history.map(([given]) => given);
        const [free, quarantined] = [play(told, order), play(told, order, blownAt)];
        for (const [at, seen] of quarantined.steps.entries()) {
          expect(free.steps[at]).toEqual(expect.arrayContaining(seen));
          if (at >= blownAt) expect(quarantined.steps[at - 1] ?? []).toEqual(expect.arrayContaining(seen));
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
