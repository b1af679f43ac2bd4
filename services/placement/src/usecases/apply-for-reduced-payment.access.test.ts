import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applicants, people } from '../../test/families.ts';
import { notResponsible, outcomeOf, storing } from '../../test/outsiders.ts';
import { openPayingTown, someReduction, withoutReductions } from '../../test/reduced-payments.ts';
import { type World, today } from '../../test/world.ts';
import { applyForReducedPayment } from './apply-for-reduced-payment.ts';
import { readChildReductions } from './read-reduced-payments.ts';

const { mother, father } = people;
let world: World;
let bare: World;
beforeAll(async () => {
  world = await openPayingTown();
  bare = await openPayingTown({ isSecondLockOff: true });
});
afterAll(() => Promise.all([world.close(), bare.close()]));

const apply = (actor: Actor, { deps }: World) =>
  outcomeOf(applyForReducedPayment(deps, actor, someReduction()));

describe.each(['with both locks', 'with row-level security switched off (S-12)'])('%s', (locks) => {
  const of = () => (locks === 'with both locks' ? world : bare);

  test.each(notResponsible)(
    '%s applies for nothing, and is told of nothing (S-06, S-20)',
    async (_who, actor) => {
      await withoutReductions(of());
      expect(await apply(actor, of())).toBe('NOT_FOUND');
      await apply(mother, of());
      expect(await readChildReductions(of().deps, actor, [applicants.ada])).toEqual([null]);
    },
  );

  test('a guardian with parental responsibility applies, and the other one is not told the income (PAY-06)', async () => {
    await withoutReductions(of());
    expect(await apply(mother, of())).toBe('permitted');
    expect(await apply(father, of())).toBe('refused');
    const [seen] = await readChildReductions(of().deps, father, [applicants.ada]);
    expect(seen).toMatchObject([{ income: null, decision: null, isByViewer: false }]);
  });
});

describe('with the first lock off, row-level security still (S-12)', () => {
  const insert = (actor: Actor, by: string, on = today) =>
    storing(
      lookAs(world.deps.db, actor, (tx) =>
        tx.execute(sql`
          insert into reduced_payment (id, child_id, care, applied_on, first_month, last_month, applied_by, idempotency_key)
          values (${newId()}, ${applicants.ada}, 'SFO', ${on}, '2099-01', '2099-06', ${by}, ${newId()}) returning id`),
      ),
    );

  test('takes none of anybody else, in nobody else’s name, and none for a day that is over', async () => {
    await withoutReductions(world);
    for (const [, actor] of notResponsible)
      expect(await insert(actor, 'personId' in actor ? actor.personId : newId())).toBe('barred');
    expect(await insert(mother, father.personId)).toBe('barred');
    expect(await insert(mother, mother.personId, '2026-01-01')).toBe('barred');
    expect(await insert(mother, mother.personId)).toBe('stored');
  });

  test('shows what a household earns to whoever applied alone, and nothing at all to others', async () => {
    await withoutReductions(world);
    await apply(mother, world);
    const seen = async (actor: Actor, table: string) =>
      (await lookAs(world.deps.db, actor, (tx) => tx.execute(sql`select from ${sql.raw(table)}`))).length;
    for (const [, actor] of notResponsible)
      for (const table of ['reduced_payment', 'reduced_payment_income', 'reduced_payment_decision'])
        expect(await seen(actor, table), table).toBe(0);
    expect([await seen(father, 'reduced_payment'), await seen(father, 'reduced_payment_income')]).toEqual([
      1, 0,
    ]);
    expect([await seen(mother, 'reduced_payment'), await seen(mother, 'reduced_payment_income')]).toEqual([
      1, 1,
    ]);
    const admin = world.database.admin;
    const [row] = await admin<{ id: string }[]>`select id from reduced_payment`;
    // Nor does the other guardian say for them what they earn.
    await admin`delete from reduced_payment_income`;
    expect(
      await storing(
        lookAs(world.deps.db, father, (tx) =>
          tx.execute(
            sql`insert into reduced_payment_income values (${row!.id}, ${applicants.ada}, 1, false) returning 1`,
          ),
        ),
      ),
    ).toBe('barred');
  });
});
