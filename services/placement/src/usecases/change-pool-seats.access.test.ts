import { newId } from '@ranselpost/kit/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { people } from '../../test/families.ts';
import { type OfferTown, notCaseWorkers, seats, openBothTowns } from '../../test/offer-town.ts';

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
  test.each(notCaseWorkers)('seats are not there to decide on for %s (S-06)', async (_who, actor) => {
    for (const id of [of().poolId, newId()]) expect(await seats(of(), actor, id)).toBe('NOT_FOUND');
  });

  test('a case worker decides on them, and never on fewer than are taken (S-23)', async () => {
    expect(await seats(of(), people.caseWorker, of().poolId, 3)).toBe('permitted');
    expect(await seats(of(), people.caseWorker, of().poolId, 2)).toBe('refused');
  });
});
