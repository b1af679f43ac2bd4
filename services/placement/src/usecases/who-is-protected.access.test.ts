import type { Actor } from '@ranselpost/kit/pure/actor';
import { newId } from '@ranselpost/kit/ids';
import { lookAs } from '@ranselpost/kit/testing/look';
import { type SQL, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applicants, children, people, places } from '../../test/families.ts';
import { aRound, anApplication, publish } from '../../test/offers.ts';
import { notResponsible } from '../../test/outsiders.ts';
import { type World, openTown } from '../../test/world.ts';

const { mother, father, otherGuardian, caseWorker, officer, leaderOfSolhaug } = people;
const { hidden } = children;
let world: World;
beforeAll(async () => {
  world = await openTown();
});
afterAll(() => world.close());

const told = async (actor: Actor, question: SQL): Promise<unknown> => {
  const [row] = await lookAs(world.deps.db, actor, (tx) =>
    tx.execute<{ told: unknown }>(sql`select ${question} as told`),
  );
  return row!.told;
};
const worksWithAdmission = new Set<Actor>([caseWorker, officer, leaderOfSolhaug]);

describe('with the first lock off, who is protected (ADR-02, ADR-03, S-12)', () => {
  test.each([['her mother', mother], ...notResponsible] as const)(
    'is not listed to %s',
    async (_who, actor) => {
      for (const question of [sql`children_kept_apart()`, sql`is_kept_apart(${hidden})`])
        await expect(told(actor, question)).rejects.toMatchObject({ cause: { code: '42501' } });
      if (worksWithAdmission.has(actor)) return;
      expect(await told(actor, sql`to_jsonb(children_case_workers_do_not_meet())`)).toEqual([]);
      expect(await told(actor, sql`to_jsonb(children_of_officers())`)).toEqual([]);
    },
  );

  test('is known of some children to their guardians and to those who work with admission, and to nobody else', async () => {
    const among = (actor: Actor) =>
      told(actor, sql`to_jsonb(kept_apart_among(array[${hidden}, ${applicants.ada}, ${newId()}]::uuid[]))`);
    for (const actor of [mother, father, caseWorker, officer, leaderOfSolhaug])
      expect(await among(actor)).toEqual([hidden]);
    for (const [, actor] of notResponsible)
      if (!worksWithAdmission.has(actor)) expect(await among(actor)).toEqual([]);
    expect(await told(mother, sql`to_jsonb(own_children_kept_apart())`)).toEqual([hidden]);
    expect(await told(otherGuardian, sql`to_jsonb(own_children_kept_apart())`)).toEqual([]);
    expect(await told(officer, sql`to_jsonb(children_of_officers())`)).toContain(hidden);
  });

  test('that something of a child is hidden is told to those who see the rest of it (X07, S-06)', async () => {
    const round = await aRound(world, [places.solhaug]);
    const id = await anApplication(world, round, applicants.ada);
    const pool = `${places.solhaug}/small`;
    await publish(world, round, {
      pools: { [pool]: 1 },
      ranking: { [pool]: [id] },
      wishes: { [id]: [pool] },
    });
    await world.identity.features(places.solhaug, [
      { feature: 'PLACEMENT', state: 'SUSPENDED', isReadable: false },
    ]);
    await world.settled();
    const isHidden = (actor: Actor) => told(actor, sql`is_any_offer_hidden(${applicants.ada})`);
    for (const actor of [mother, father, caseWorker]) expect(await isHidden(actor)).toBe(true);
    for (const [, actor] of notResponsible)
      if (actor !== caseWorker) expect(await isHidden(actor)).toBe(false);
  });
});
