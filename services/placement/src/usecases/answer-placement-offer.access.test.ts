import { newId } from '@ranselpost/kit/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { people } from '../../test/families.ts';
import { type OfferTown, answer, notGuardians, openBothTowns } from '../../test/offer-town.ts';

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
  test.each(notGuardians)(
    'an offer is not there for %s, as one that does not exist (BHG-12, S-06, S-20)',
    async (_who, actor) => {
      for (const id of [of().offerId, newId()]) expect(await answer(of(), actor, id)).toBe('NOT_FOUND');
    },
  );

  test('a guardian answers it, once for both', async () => {
    expect(await answer(of(), people.father, of().offerId)).toBe('permitted');
    expect(await answer(of(), people.mother, of().offerId)).toBe('refused');
  });
});
