import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { people, places } from '../../test/families.ts';
import { type OfferTown, notCaseWorkers, openOfferTown } from '../../test/offer-town.ts';
import { withPrices } from '../../test/reduced-payments.ts';
import { today } from '../../test/world.ts';
import { readCashBenefitList } from './read-cash-benefit-list.ts';
import { readInvoiceBasis } from './read-invoice-basis.ts';
import { readOccupancy, readUnitOccupancy } from './read-occupancy.ts';

const policy = vi.hoisted(() => ({ isOff: false }));
vi.mock(import('../domain/report-policy.ts'), async (original) => {
  const { mayBill, maySeeOccupancy, unitsOfReport, ...real } = await original();
  return {
    ...real,
    mayBill: (...given) => (policy.isOff ? undefined : mayBill(...given)),
    maySeeOccupancy: (...given) => policy.isOff || maySeeOccupancy(...given),
    unitsOfReport: (...given) => (policy.isOff ? 'all' : unitsOfReport(...given)),
  };
});

let [town, bare]: OfferTown[] = [];
beforeAll(async () => {
  [town, bare] = [await openOfferTown(false), await openOfferTown(true)];
});
afterAll(async () => void (await Promise.all([town?.world.close(), bare?.world.close()])));

const asked = { care: 'kindergarten' as const, month: today.slice(0, 7) };
const answer = (of: OfferTown, actor: Parameters<typeof readInvoiceBasis>[1]) =>
  readInvoiceBasis(withPrices(of.world.deps), actor, asked).then(
    (basis) => (basis.ok ? basis.value.lineCount : basis.refusal.kind),
    (error: { code?: string }) => error.code,
  );
const strangers = notCaseWorkers.filter(([, actor]) => actor !== people.officer);

describe('the basis of bills (P18, S-06)', () => {
  test.each(strangers)('is not there for %s, also without the second lock', async (_who, actor) => {
    expect(await answer(town!, actor)).toBe('NOT_FOUND');
    expect(await answer(bare!, actor)).toBe('NOT_FOUND');
  });

  test.each(strangers)('is empty for %s without the first lock (S-12)', async (_who, actor) => {
    policy.isOff = true;
    expect(await answer(town!, actor)).toBe(0);
    policy.isOff = false;
  });

  test('is for case workers without the protected, who are in the one of protection officers (ADR-04)', async () => {
    expect(await answer(town!, people.caseWorker)).toBe(1);
    expect(await answer(town!, people.officer)).toBe(1);
  });
});

const listed = (of: OfferTown, actor: Parameters<typeof readCashBenefitList>[1]) =>
  readCashBenefitList(withPrices(of.world.deps), actor, asked.month).then(
    (list) => (list.ok ? list.value.lineCount : list.refusal.kind),
    (error: { code?: string }) => error.code,
  );

describe('the list for cash benefit (BHG-24, S-06)', () => {
  // Whoever has a place there is of the age.
  beforeAll(async () => {
    for (const { world } of [town!, bare!])
      await world.database.admin`update benefit_line set born_on = ${today}::date - interval '2 years'`;
  });

  test.each(strangers)('is not there for %s, also without the second lock', async (_who, actor) => {
    expect(await listed(town!, actor)).toBe('NOT_FOUND');
    expect(await listed(bare!, actor)).toBe('NOT_FOUND');
  });

  test.each(strangers)('is empty for %s without the first lock (S-12)', async (_who, actor) => {
    policy.isOff = true;
    expect(await listed(town!, actor)).toBe(0);
    policy.isOff = false;
  });

  test('is for case workers without the protected, who are in the one of protection officers (ADR-04)', async () => {
    expect(await listed(town!, people.caseWorker)).toBe(1);
    expect(await listed(town!, people.officer)).toBe(1);
  });
});

const unit = { unitId: places.solhaug, from: today, to: today };
const countOf = (of: OfferTown, actor: Parameters<typeof readOccupancy>[1]) =>
  Promise.all([
    readUnitOccupancy(of.world.deps, actor, unit),
    readOccupancy(of.world.deps, actor, today),
  ]).then(
    (found) =>
      found
        .flat()
        .flatMap(({ groups, ofUnknownAge }) => [...groups.map(({ children }) => children), ofUnknownAge])
        .reduce((sum, children) => sum + children, 0),
    (error: { code?: string }) => error.code,
  );
const notTold = notCaseWorkers.filter(([, actor]) => actor !== people.leaderOfSolhaug);

describe('how units stand on a day (BHG-25, S-06)', () => {
  test.each([...notTold, ['the leader of another unit', people.leaderOfFjordbakken] as const])(
    'is not there for %s, also without the second lock',
    async (_who, actor) => {
      for (const of of [town!, bare!])
        await expect(readUnitOccupancy(of.world.deps, actor, unit)).rejects.toMatchObject({
          code: 'NOT_FOUND',
        });
    },
  );

  test.each(notTold)(
    'of no unit at all for %s; without the first lock it counts nobody (S-12)',
    async (_who, actor) => {
      expect(await countOf(town!, actor)).toBe('NOT_FOUND');
      policy.isOff = true;
      expect(await countOf(town!, actor)).toBe(0);
      policy.isOff = false;
    },
  );

  test('is there for case workers and for the unit’s own leader', async () => {
    expect(await countOf(town!, people.caseWorker)).toBeGreaterThan(0);
    expect(await countOf(town!, people.leaderOfSolhaug)).toBeGreaterThan(0);
  });
});
