import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AdultFacts, type ChildFacts, deriveGuardianship } from './guardianship.ts';
import type { Entry, Holder } from './responsibility.ts';

const today = '2026-11-21';
const ordinary: ChildFacts = {
  childId: 'child',
  isRead: true,
  isInRegister: true,
  birthDate: '2018-06-21',
  hasNationalNumber: true,
  hasFalseIdentity: false,
  isUnreadable: false,
  wasSplit: false,
  protection: 'NONE',
  heldProtection: 'NONE',
  isRepresented: false,
  entries: [],
  documented: [],
};
const adult = (personId: string, more: Partial<AdultFacts> = {}): AdultFacts => ({
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
const held = (value: string, ...persons: readonly string[]): readonly Entry[] =>
  persons.map((personId) => ({ value, holder: { kind: 'person', personId } }));
const by = (kind: Exclude<Holder['kind'], 'person'>, value = 'felles'): Entry => ({
  value,
  holder: { kind },
});
const derive = (
  entries: readonly Entry[],
  {
    child = {},
    adults = [adult('mother'), adult('father'), adult('other')],
    day = today,
  }: { child?: Partial<ChildFacts>; adults?: readonly AdultFacts[]; day?: string } = {},
) =>
  deriveGuardianship(
    { ...ordinary, ...child, entries },
    new Map(adults.map((one) => [one.personId, one])),
    day,
  );
const open = (derivation: ReturnType<typeof derive>) =>
  derivation.standings.filter(({ holds }) => holds.length === 0).map(({ personId }) => personId);
const holds = (derivation: ReturnType<typeof derive>) =>
  Object.fromEntries(derivation.standings.map((standing) => [standing.personId, standing.holds]));

describe('who has access by the register', () => {
  test('is nobody when nothing has been read, and when there is no entry (GUA-05, S-02)', () => {
    expect(derive(held('felles', 'mother'), { child: { isRead: false } })).toMatchObject({
      standings: [],
      problems: [],
      isUnread: true,
    });
    expect(derive([])).toMatchObject({ standings: [], inDoubt: [], problems: ['NO_RESPONSIBILITY'] });
  });

  test('is nobody by being related, living there or having a name: such facts are not even asked for (GUA-02)', () => {
    const keys = Object.keys({ ...ordinary, ...adult('x') });
    expect(keys.filter((key) => /relat|address|name|home|email|phone/i.test(key))).toEqual([]);
    expect(open(derive(held('mor', 'mother')))).toEqual(['mother']);
  });

  test.each(['mor', 'far', 'medmor'])('is the one that `%s` names (GUA-01, GUA-04)', (value) => {
    expect(open(derive(held(value, 'mother')))).toEqual(['mother']);
  });

  test('is both that `felles` names, equally (GUA-03)', () => {
    expect(open(derive(held('felles', 'mother', 'father')))).toEqual(['father', 'mother']);
  });

  test('counts repeated entries once (GUA-26)', () => {
    const twice = [...held('felles', 'mother', 'father'), ...held('felles', 'father', 'mother')];
    expect(derive(twice)).toEqual(derive(held('felles', 'mother', 'father')));
  });

  test.each<[string, readonly Entry[]]>([
    ['`mor` and `felles`', [...held('mor', 'mother'), ...held('felles', 'father')]],
    ['`mor` and `far`', [...held('mor', 'mother'), ...held('far', 'father')]],
    ['two mothers alone', held('mor', 'mother', 'other')],
    ['three jointly', held('felles', 'mother', 'father', 'other')],
    ['two jointly and one without a number', [...held('felles', 'mother', 'father'), by('unidentified')]],
    ['one alone and one without a number', [...held('mor', 'mother'), by('unidentified', 'mor')]],
    ['`andre` beside a parent', [...held('andre', 'other'), ...held('felles', 'mother')]],
  ])('is nobody when entries contradict each other: %s (GUA-05)', (_what, entries) => {
    const derivation = derive(entries);
    expect(derivation.standings).toEqual([]);
    expect(derivation.problems).toEqual(['CONTRADICTORY']);
    expect(derivation.inDoubt.length).toBeGreaterThan(0);
  });

  test.each<[string, readonly Entry[], string]>([
    ['`ukjent`', [by('nobody', 'ukjent')], 'RESPONSIBILITY_UNKNOWN'],
    [
      '`ukjent` beside a mother',
      [...held('mor', 'mother'), by('nobody', 'ukjent')],
      'RESPONSIBILITY_UNKNOWN',
    ],
    ['a word we do not know', held('delt', 'mother'), 'RESPONSIBILITY_UNHEARD_OF'],
    ['a known word in other letters', held('Mor', 'mother'), 'RESPONSIBILITY_UNHEARD_OF'],
    ['an organisation', [by('organisation', 'andre')], 'ORGANISATION_RESPONSIBLE'],
    [
      'an organisation beside a grandmother',
      [...held('andre', 'other'), by('organisation', 'andre')],
      'ORGANISATION_RESPONSIBLE',
    ],
    ['an entry that names nobody', [...held('felles', 'mother'), by('nobody')], 'NOBODY_NAMED'],
    ['a number we do not take', [by('refused', 'mor')], 'NUMBER_NOT_ACCEPTED'],
    ['only somebody without a number', [by('unidentified', 'far')], 'HOLDER_UNIDENTIFIED'],
  ])('is nobody with %s (GUA-04, GUA-05, GUA-17)', (_what, entries, problem) => {
    expect(derive(entries)).toMatchObject({ standings: [], problems: [problem] });
  });

  test('is the identified one of two joint holders, and staff see that there is another (GUA-04)', () => {
    const derivation = derive([...held('felles', 'mother'), by('unidentified')]);
    expect(open(derivation)).toEqual(['mother']);
    expect(derivation.problems).toEqual(['SECOND_HOLDER_UNIDENTIFIED']);
  });

  test('is nobody of those `andre` names until staff confirm, and then them alone (F4, GUA-04)', () => {
    expect(holds(derive(held('andre', 'other')))).toEqual({ other: ['GIVEN_TO_OTHERS'] });
  });

  test('is never the dead, and nobody is put in their place (GUA-11)', () => {
    const dead = [adult('mother'), adult('father', { isDead: true })];
    expect(open(derive(held('felles', 'mother', 'father'), { adults: dead }))).toEqual(['mother']);
    expect(derive(held('far', 'father'), { adults: dead })).toMatchObject({
      standings: [],
      problems: ['NO_LIVING_HOLDER'],
    });
  });

  test('is nobody yet while one of them has not been read (S-02)', () => {
    const adults = [adult('mother'), adult('father', { isRead: false })];
    expect(holds(derive(held('felles', 'mother', 'father'), { adults }))).toEqual({
      mother: ['AWAITING_REGISTER'],
      father: ['AWAITING_REGISTER'],
    });
    expect(holds(derive(held('mor', 'mother'), { adults: [] }))).toEqual({ mother: ['AWAITING_REGISTER'] });
  });

  test.each(['FORTROLIG', 'STRENGT_FORTROLIG'] as const)(
    'waits for staff when anybody among them is %s (ADR-01, ADR-04)',
    (protection) => {
      const both = held('felles', 'mother', 'father');
      const hold = `PROTECTION_${protection}`;
      const held2 = { mother: [hold], father: [hold] };
      expect(holds(derive(both, { child: { protection } }))).toEqual(held2);
      expect(holds(derive(both, { adults: [adult('mother', { protection }), adult('father')] }))).toEqual(
        held2,
      );
    },
  );

  test('waits at the highest level that has concerned the child, also when the register has gone below it (ADR-01, ADR-13)', () => {
    const derivation = derive(held('mor', 'mother'), { child: { heldProtection: 'STRENGT_FORTROLIG' } });
    expect(derivation).toMatchObject({ protection: 'NONE', heldProtection: 'STRENGT_FORTROLIG' });
    expect(holds(derivation)).toEqual({ mother: ['PROTECTION_STRENGT_FORTROLIG'] });
    const adults = [adult('mother', { protection: 'STRENGT_FORTROLIG' })];
    expect(derive(held('mor', 'mother'), { adults, child: { heldProtection: 'FORTROLIG' } })).toMatchObject({
      heldProtection: 'STRENGT_FORTROLIG',
    });
  });

  test.each<[string, Parameters<typeof derive>]>([
    [
      'named by entries that contradict each other',
      [[...held('mor', 'mother'), ...held('far', 'father')], {}],
    ],
    ['a carer by document', [[], { child: { documented: ['father'] } }]],
  ])(
    'counts the protection of whoever is %s, and not of the dead (ADR-01, GUA-15)',
    (_who, [entries, more]) => {
      const level = (father: Partial<AdultFacts>) =>
        derive(entries, { ...more, adults: [adult('mother'), adult('father', father)] }).heldProtection;
      expect(level({ protection: 'FORTROLIG' })).toBe('FORTROLIG');
      expect(level({ protection: 'FORTROLIG', isDead: true })).toBe('NONE');
    },
  );

  test('does not wait for a client address, nor for somebody who is not a holder (ADR-14)', () => {
    expect(open(derive(held('mor', 'mother'), { child: { protection: 'CLIENT_ADDRESS' } }))).toEqual([
      'mother',
    ]);
    const adults = [adult('mother'), adult('father', { protection: 'STRENGT_FORTROLIG' })];
    expect(open(derive(held('mor', 'mother'), { adults }))).toEqual(['mother']);
  });

  test('waits for everybody while the child, or one of its holders, cannot be read (GUA-01, S-02)', () => {
    const both = held('felles', 'mother', 'father');
    const waiting = { mother: ['REGISTER_UNREADABLE'], father: ['REGISTER_UNREADABLE'] };
    expect(holds(derive(both, { child: { isUnreadable: true } }))).toEqual(waiting);
    const adults = [adult('mother'), adult('father', { isUnreadable: true })];
    expect(holds(derive(both, { adults }))).toEqual(waiting);
    expect(holds(derive(held('mor', 'mother'), { adults }))).toEqual({ mother: [] });
    expect(derive([], { child: { isRead: false, isUnreadable: true } }).problems).toEqual([
      'REGISTER_UNREADABLE',
    ]);
  });

  test('waits for staff where two persons were taken for one: a child for all, a holder for themself (FREG-09)', () => {
    const both = held('felles', 'mother', 'father');
    expect(holds(derive(both, { child: { wasSplit: true } }))).toEqual({
      mother: ['SPLIT'],
      father: ['SPLIT'],
    });
    const adults = [adult('mother'), adult('father', { wasSplit: true })];
    expect(holds(derive(both, { adults }))).toEqual({ mother: [], father: ['SPLIT'] });
  });

  test('waits for staff when the child has only a D-number, or a holder has (GUA-05)', () => {
    expect(holds(derive(held('mor', 'mother'), { child: { hasNationalNumber: false } }))).toEqual({
      mother: ['D_NUMBER'],
    });
    const adults = [adult('mother'), adult('father', { hasNationalNumber: false })];
    expect(holds(derive(held('felles', 'mother', 'father'), { adults }))).toEqual({
      mother: [],
      father: ['D_NUMBER'],
    });
  });

  test('waits for staff when an identity is false or not in the register', () => {
    expect(holds(derive(held('mor', 'mother'), { child: { hasFalseIdentity: true } }))).toEqual({
      mother: ['FALSE_IDENTITY'],
    });
    expect(
      holds(derive(held('mor', 'mother'), { adults: [adult('mother', { hasFalseIdentity: true })] })),
    ).toEqual({ mother: ['FALSE_IDENTITY'] });
    expect(
      holds(derive(held('mor', 'mother'), { adults: [adult('mother', { isInRegister: false })] })),
    ).toEqual({ mother: ['NOT_IN_REGISTER'] });
    expect(derive(held('mor', 'mother'), { child: { isInRegister: false } })).toMatchObject({
      standings: [],
      inDoubt: ['mother'],
      problems: ['NOT_IN_REGISTER'],
    });
  });

  test('ends on the eighteenth birthday, a leap day’s on 1 March, and never by the number (GUA-14, AGE-01)', () => {
    const born = (birthDate: string, day: string) =>
      open(derive(held('mor', 'mother'), { child: { birthDate }, day }));
    expect(born('2009-02-01', '2027-01-31')).toEqual(['mother']);
    expect(born('2009-02-01', '2027-02-01')).toEqual([]);
    expect(derive([], { child: { birthDate: '2009-02-01' }, day: '2027-02-01' }).problems).toEqual([]);
    expect(born('2008-02-29', '2026-02-28')).toEqual(['mother']);
    expect(born('2008-02-29', '2026-03-01')).toEqual([]);
    expect(derive([], { child: { birthDate: '2008-02-29' } }).endsOn).toBe('2026-03-01');
  });

  test('does not end at fifteen (AGE-05)', () => {
    expect(open(derive(held('mor', 'mother'), { child: { birthDate: '2011-11-21' } }))).toEqual(['mother']);
  });

  test('waits for staff without a birth date (AGE-01)', () => {
    expect(holds(derive(held('mor', 'mother'), { child: { birthDate: null } }))).toEqual({
      mother: ['BIRTH_DATE_MISSING'],
    });
  });

  test('tells staff of a representative for a minor, and gives them nothing by itself (GUA-16)', () => {
    const derivation = derive([], { child: { isRepresented: true } });
    expect(derivation).toMatchObject({
      standings: [],
      problems: ['NO_RESPONSIBILITY', 'REPRESENTATIVE_APPOINTED'],
    });
  });

  test('does not depend on the order of entries, whatever they are', () => {
    const entry = fc.record({
      value: fc.constantFrom('felles', 'mor', 'far', 'medmor', 'andre', 'ukjent', 'nytt'),
      holder: fc.oneof(
        fc.constantFrom<Holder>(
          ...(['mother', 'father', 'other'] as const).map((personId): Holder => ({
            kind: 'person',
            personId,
          })),
        ),
        fc.constantFrom<Holder>(
          { kind: 'unidentified' },
          { kind: 'organisation' },
          { kind: 'nobody' },
          { kind: 'refused' },
        ),
      ),
    });
    const shuffled = fc
      .array(entry, { maxLength: 5 })
      .chain((entries) =>
        fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length })),
      );
    fc.assert(
      fc.property(shuffled, ([entries, other]) => {
        const [one, two] = [derive(entries), derive(other)];
        expect(two.standings).toEqual(one.standings);
        expect(two.problems).toEqual(one.problems);
        // Whoever is let in is named, alive, and not by a word that gives nothing.
        for (const personId of open(one))
          expect(
            entries.some(
              ({ value, holder }) =>
                holder.kind === 'person' &&
                holder.personId === personId &&
                ['felles', 'mor', 'far', 'medmor'].includes(value),
            ),
          ).toBe(true);
      }),
    );
  });
});
