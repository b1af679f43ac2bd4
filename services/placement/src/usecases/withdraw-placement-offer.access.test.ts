import { newId } from '@ranselpost/kit/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { people } from '../../test/families.ts';
import { type OfferTown, notCaseWorkers, withdraw, openBothTowns } from '../../test/offer-town.ts';

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
  test.each(notCaseWorkers)('an offer is not there to take back for %s (S-06)', async (_who, actor) => {
    for (const id of [of().offerId, newId()]) expect(await withdraw(of(), actor, id)).toBe('NOT_FOUND');
  });

  test('a case worker takes it back, once', async () => {
    expect(await withdraw(of(), people.caseWorker, of().offerId)).toBe('permitted');
    expect(await withdraw(of(), people.secondCaseWorker, of().offerId)).toBe('refused');
  });
});
