import { describe, expect, test } from 'vitest';
import { type KnownUnit, type RegisteredUnit, findDifferences } from './unit-findings.ts';

const unit: KnownUnit = { unitId: 'u1', kind: 'SCHOOL', organisationNumber: '310004561' };
const entry: RegisteredUnit = {
  ...{ organisationNumber: '310004561', kind: 'SCHOOL', isActive: true, isListed: true },
};
const other: RegisteredUnit = { ...entry, organisationNumber: '310007897' };
const kinds = (units: readonly KnownUnit[], entries: readonly RegisteredUnit[]) =>
  findDifferences(units, entries).map(({ key, kind }) => `${key} ${kind}`);

describe('comparing units with the open registers', () => {
  test('finds nothing where they agree, and nothing as long as no register was read', () => {
    expect(kinds([unit], [entry])).toEqual([]);
    expect(kinds([unit], [])).toEqual([]);
  });

  test.each<[Partial<RegisteredUnit>, string]>([
    [{ isActive: false }, 'u1 CLOSED_BY_REGISTER'],
    [{ isActive: false, isListed: false }, 'u1 CLOSED_BY_REGISTER'],
    [{ isListed: false }, 'u1 NOT_LISTED'],
    [{ kind: 'KINDERGARTEN' }, 'u1 ANOTHER_KIND'],
  ])('says what the register says of one that is in use here: %j', (said, found) => {
    expect(kinds([unit], [{ ...entry, ...said }])).toEqual([found]);
  });

  test('names what the register does not know, by number or without one', () => {
    expect(kinds([unit, { ...unit, unitId: 'u2', organisationNumber: null }], [other])).toEqual([
      '310007897 NOT_HERE',
      'u1 NOT_IN_REGISTER',
      'u2 NOT_IN_REGISTER',
    ]);
  });

  test('does not ask after one that is closed or moved and was never here', () => {
    expect(kinds([unit], [entry, { ...other, isActive: false }])).toEqual([]);
    expect(kinds([unit], [entry, { ...other, isListed: false }])).toEqual([]);
  });
});
