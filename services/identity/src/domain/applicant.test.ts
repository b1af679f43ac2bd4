import { describe, expect, test } from 'vitest';
import { toRecord } from '../testing/harness.ts';
import { isAskedAnew, ownChildrenOf } from './applicant.ts';

const [mother, former, father, older, younger] = [
  '14838641262',
  '54838641268',
  '02918431791',
  '21861864070',
  '09822170266',
];
const entry = (childNumber: string | null, responsible: object = { kind: 'person', number: mother }) => ({
  ...{ value: 'felles', childNumber, since: null },
  responsible: responsible as { kind: 'person'; number: string },
});
const recordWith = (...responsibilities: ReturnType<typeof entry>[]) =>
  toRecord({ number: mother, responsibilities });

describe('whom somebody’s own document names them responsible for', () => {
  test('is each child once, by whichever of their numbers they are named', () => {
    const record = {
      ...recordWith(entry(older), entry(older), entry(younger, { kind: 'person', number: former })),
      numbers: [
        { number: mother, isInUse: true, kind: 'NATIONAL' as const },
        { number: former, isInUse: false, kind: 'D_NUMBER' as const },
      ],
    };
    expect(ownChildrenOf(record)).toEqual([older, younger]);
  });

  test('is nobody whom the document names another for, nor themself, nor a child without a number (BHG-04)', () => {
    const record = recordWith(
      entry(older, { kind: 'person', number: father }),
      entry(younger, { kind: 'nobody' }),
      entry(younger, { kind: 'organisation', organisation: '310001236' }),
      entry(mother),
      entry(null),
    );
    expect(ownChildrenOf(record)).toEqual([]);
  });
});

test('the register is read again ten minutes after it was asked for, and not before', () => {
  const asked = new Date('2026-11-21T08:00:00Z');
  expect(isAskedAnew(null, asked)).toBe(true);
  expect(isAskedAnew(asked, new Date('2026-11-21T08:09:59Z'))).toBe(false);
  expect(isAskedAnew(asked, new Date('2026-11-21T08:10:00Z'))).toBe(true);
});
