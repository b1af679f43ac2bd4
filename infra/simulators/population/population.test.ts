import { describe, expect, test } from 'vitest';
import { idnr } from '@navikt/fnrvalidator';
import {
  buildPopulation,
  contactOf,
  goldenApplicants,
  goldenByName,
  goldenFamilies,
  goldenOddities,
  goldenUnits,
} from './index.ts';
import { NumberBook, organisationNumber, withCheckDigits } from './numbers.ts';

const population = buildPopulation({ children: 200, seed: 1 });
const current = (child: (typeof population.children)[number]) =>
  child.responsibilities.filter((entry) => entry.current);

describe('the invented municipality', () => {
  test('is the same for the same seed and size, and another for another seed', () => {
    const numbers = (seed: number) =>
      buildPopulation({ children: 200, seed }).people.map((person) => person.number);
    expect(numbers(1)).toEqual(population.people.map((person) => person.number));
    expect(numbers(2)).not.toEqual(numbers(1));
  });

  test('has only valid synthetic numbers, each once, D-numbers and 2032 numbers among them', () => {
    const numbers = population.people.flatMap((person) =>
      person.identifiers.map((identifier) => identifier.number),
    );
    expect(new Set(numbers).size).toBe(numbers.length);
    const results = numbers.map((number) => idnr(number));
    expect(results.filter((result) => result.status !== 'valid')).toEqual([]);
    const types = new Set(results.map((result) => (result.status === 'valid' ? result.type : 'invalid')));
    expect([...types].sort()).toEqual(['dnr-and-tnr', 'tnr']);
    const new2032 = goldenFamilies.F14.kindergartenTwin.number;
    expect(withCheckDigits(new2032.slice(0, 9))).not.toBe(new2032);
    expect(withCheckDigits(new2032.slice(0, 9), 2)).toBe(new2032);
  });

  test('has children without a place, on no roster: of golden families, and about a year of births (BHG-01)', () => {
    const { withoutPlace, children, memberships } = population;
    expect(withoutPlace).toContain(goldenApplicants.first.child);
    expect(withoutPlace).toHaveLength(4 + Math.floor(200 / 15));
    const placed = new Set([...children, ...memberships.map(({ person }) => person)]);
    for (const child of withoutPlace) {
      expect(placed.has(child)).toBe(false);
      expect(population.byNumber(child.number)).toBe(child);
      expect(child.born > '2025-08-31' && child.born < '2026-11-01').toBe(true);
      expect(new Set(current(child).map(({ ansvar, holder }) => `${ansvar} ${holder?.kind}`))).toEqual(
        new Set(['felles adult']),
      );
    }
  });

  test('never gives a golden number to anybody else', () => {
    const issued = new NumberBook(1).issue('2018-06-21', 'kvinne');
    expect(new NumberBook(1, new Set([issued])).issue('2018-06-21', 'kvinne')).not.toBe(issued);
  });

  test('keeps the golden people whatever the seed and the size are', () => {
    const golden = (size: { children: number; seed: number }) =>
      buildPopulation(size)
        .people.filter((person) => person.sourceId.startsWith('g-'))
        .map((person) => person.number);
    expect(golden({ children: 0, seed: 9 })).toEqual(golden({ children: 300, seed: 1 }));
    expect(goldenByName.get('F1.older')).toBe(goldenFamilies.F1.older);
  });

  test('has about four of five children under joint responsibility, and every odd case (GUA-04, GUA-05, GUA-17)', () => {
    const generated = population.children.filter((child) => child.sourceId.startsWith('p-'));
    const joint = generated.filter(
      (child) => current(child).length >= 2 && current(child).every((entry) => entry.ansvar === 'felles'),
    );
    expect(joint.length / generated.length).toBeGreaterThan(0.7);
    expect(joint.length / generated.length).toBeLessThan(0.9);
    const shapes = new Set(
      generated.flatMap((child) =>
        current(child).map(
          (entry) =>
            `${entry.ansvar}/${entry.holder ? 'person' : entry.organisation ? 'organisation' : entry.unidentified ? 'unidentified' : 'nobody'}`,
        ),
      ),
    );
    for (const shape of [
      'mor/person',
      'far/person',
      'andre/person',
      'andre/organisation',
      'ukjent/nobody',
      'felles/unidentified',
      'mor/unidentified',
    ]) {
      expect(shapes).toContain(shape);
    }
    expect(generated.some((child) => child.responsibilities.length === 0)).toBe(true);
    expect(
      generated.some((child) => child.relations.some((relation) => relation.theirRole === 'medmor')),
    ).toBe(true);
  });

  test('has entries that end before they begin, as the register has', () => {
    const { child } = goldenOddities.inverted;
    expect(child.responsibilities.some((entry) => !entry.current && (entry.until ?? '') < entry.from)).toBe(
      true,
    );
  });

  test('puts exactly two children in F1, one at school and one in kindergarten', () => {
    const { mother, older, younger } = goldenFamilies.F1;
    expect(new Set(mother.responsibilities.map((entry) => entry.child))).toEqual(new Set([older, younger]));
    const unitsOf = (child: typeof older) =>
      population.memberships
        .filter((one) => one.person === child && population.units.some((unit) => unit === one.target))
        .map((one) => one.target);
    expect(unitsOf(older)).toEqual([goldenUnits.school.unit]);
    expect(unitsOf(younger)).toEqual([goldenUnits.kindergarten]);
  });

  test('F10 names one father by two numbers and twice', () => {
    const { child, father, formerNumber } = goldenFamilies.F10;
    const his = current(child).filter((entry) => entry.holder === father);
    expect(his.map((entry) => entry.holderNumber)).toEqual([null, null, formerNumber]);
    expect(population.byNumber(formerNumber)).toBe(father);
  });

  test('makes the father of F11 contact teacher of his own child (GUA-24)', () => {
    const { father, child } = goldenFamilies.F11;
    const groups = (person: typeof father, role: string) =>
      population.memberships
        .filter((one) => one.person === person && one.role === role)
        .map((one) => one.target.sourceId);
    expect(groups(child, '01').filter((id) => groups(father, '06').includes(id))).toHaveLength(2);
  });

  test('has organisation numbers that are valid by modulus 11', () => {
    const numbers = population.units.flatMap((unit) => unit.organisationNumber ?? []);
    expect(numbers.length).toBeGreaterThan(6);
    for (const number of numbers) expect(organisationNumber(number.slice(0, 8))).toBe(number);
    expect(new Set(population.units.map((unit) => unit.sourceId)).size).toBe(population.units.length);
  });

  test('knows of reserved, stale, deleted and unregistered people in the contact register (KRR-01)', () => {
    const facts = buildPopulation({ children: 2000, seed: 1 })
      .people.filter((person) => person.kind === 'adult')
      .map(contactOf);
    expect(facts.some((one) => one.reserved)).toBe(true);
    for (const status of ['AKTIV', 'SLETTET', 'IKKE_REGISTRERT'])
      expect(facts.some((one) => one.status === status)).toBe(true);
    expect(
      facts.some(
        (one) => (one.email?.updatedDaysAgo ?? 0) > 700 && (one.mobile?.updatedDaysAgo ?? 999) < 400,
      ),
    ).toBe(true);
    expect(contactOf(goldenFamilies.F12.mother).reserved).toBe(true);
  });
});
