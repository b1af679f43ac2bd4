import { newId } from '@ranselpost/kit/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { people } from '../../test/families.ts';
import { type OfferTown, make, notCaseWorkers, openBothTowns } from '../../test/offer-town.ts';

let towns: Awaited<ReturnType<typeof openBothTowns>>;
let town: OfferTown;
let bare: OfferTown;
beforeAll(async () => {
  towns = await openBothTowns();
  ({ town, bare } = towns);
});
afterAll(() => towns.close());

describe.each([
  ['with both locks', () => town],
  ['with row-level security switched off (S-12)', () => bare],
])('%s', (_which, of) => {
  test.each(notCaseWorkers)('nobody is there to be offered anything for %s (S-06)', async (_who, actor) => {
    const { apps, poolId } = of();
    for (const id of [apps.ada, newId()]) expect(await make(of(), actor, id, poolId)).toBe('NOT_FOUND');
    expect(await make(of(), actor, apps.ada, newId())).toBe('NOT_FOUND');
  });

  test('a case worker meets neither their own child nor a protected one, for whom others are there (GUA-24, ADR-04)', async () => {
    const { apps, poolId } = of();
    for (const id of [apps.ofOwn, apps.ofHidden])
      expect(await make(of(), people.caseWorker, id, poolId)).toBe('NOT_FOUND');
    expect(await make(of(), people.secondCaseWorker, apps.ofOwn, poolId)).toBe('permitted');
    // It has accepted, and waits for nothing.
    expect(await make(of(), people.officer, apps.ofHidden, poolId)).toBe('refused');
  });
});
