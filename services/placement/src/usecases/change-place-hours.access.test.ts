import { newId } from '@ranselpost/kit/ids';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { people } from '../../test/families.ts';
import { type OfferTown, hours, notGuardians, openBothTowns } from '../../test/offer-town.ts';

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
    'there is no place to change the hours of for %s, as of one that does not exist (SFO-06, S-06, S-20)',
    async (_who, actor) => {
      for (const id of [of().hiddenPlaceId, newId()]) expect(await hours(of(), actor, id)).toBe('NOT_FOUND');
    },
  );

  test('a guardian asks, and is told that a kindergarten has no such hours', async () => {
    expect(await hours(of(), people.mother, of().hiddenPlaceId)).toBe('refused');
  });
});

describe('with the first lock off, row-level security still (S-12)', () => {
  test('takes a change of nobody but a guardian of the child, in their own name (S-20)', async () => {
    const { world, hiddenPlaceId, hidden } = town;
    const insert = (actor: (typeof people)[keyof typeof people], by: string) =>
      lookAs(world.deps.db, actor, (tx) =>
        tx.execute(sql`
          insert into hours_change (id, place_id, child_id, weekly_hours, from_day, changed_by, changed_at)
          values (${newId()}, ${hiddenPlaceId}, ${hidden}, 30, '2099-01-01', ${by}, now())`),
      ).then(
        () => 'stored',
        (error: { cause?: { message: string } }) =>
          /row-level security/.exec(error.cause?.message ?? '')?.[0],
      );
    const { mother, father, caseWorker, otherGuardian, officer } = people;
    for (const actor of [otherGuardian, caseWorker, officer])
      expect(await insert(actor, actor.personId)).toBe('row-level security');
    expect(await insert(mother, father.personId)).toBe('row-level security');
    expect(await insert(mother, mother.personId)).toBe('stored');
    // Of a protected family nobody reads when the other one was up (ADR-11).
    const read = (actor: (typeof people)[keyof typeof people]) =>
      lookAs(world.deps.db, actor, (tx) => tx.execute(sql`select from hours_change`));
    expect(await read(mother)).toHaveLength(1);
    expect(await read(father)).toHaveLength(0);
    expect(await read(caseWorker)).toHaveLength(0);
  });
});
