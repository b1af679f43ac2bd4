import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aRound, draftFor, drafted } from '../../test/applications.ts';
import { applicants, people, places } from '../../test/families.ts';
import { notResponsible, outcomeOf, storing } from '../../test/outsiders.ts';
import { type World, openTown } from '../../test/world.ts';
import { saveApplication } from './save-application.ts';

let world: World;
let bare: World;
let roundId: string;
let bareRoundId: string;
beforeAll(async () => {
  world = await openTown();
  bare = await openTown({ isSecondLockOff: true });
  [roundId, bareRoundId] = [await aRound(world), await aRound(bare)];
});
afterAll(() => Promise.all([world.close(), bare.close()]));

const save = (actor: Actor, more = {}) =>
  outcomeOf(saveApplication(world.deps, actor, draftFor(roundId, more)));

describe('writing at an application (BHG-04, S-20)', () => {
  test.each(notResponsible)(
    'is refused to %s, as for a child that does not exist (S-06)',
    async (_who, actor) => {
      for (const childId of [applicants.ada, applicants.held, newId()])
        expect(await save(actor, { childId })).toBe('NOT_FOUND');
      expect(await world.database.admin`select from placement_application`).toEqual([]);
    },
  );

  test.each(notResponsible)(
    'is refused to %s with row-level security switched off (S-12)',
    async (_who, actor) => {
      expect(await outcomeOf(saveApplication(bare.deps, actor, draftFor(bareRoundId)))).toBe('NOT_FOUND');
      expect(await bare.database.admin`select from placement_application`).toEqual([]);
    },
  );

  test('is refused to whom staff let in by hand, who holds no parental responsibility (GUA-04)', async () => {
    expect(await save(people.byHand, { childId: applicants.ward, guardianIds: [] })).toBe('NOT_FOUND');
  });

  test('is open to each guardian who is responsible', async () => {
    for (const actor of [people.mother, people.father]) expect(await save(actor)).toBe('permitted');
  });
});

describe('with the first lock off, row-level security still (S-12)', () => {
  const insert = (
    actor: Actor,
    { childId = applicants.ada, under = newId(), by = newId(), round = roundId } = {},
  ) =>
    storing(
      lookAs(world.deps.db, actor, (tx) =>
        tx.execute(sql`
          insert into placement_application (id, child_id, round_id, round_kind, drafted_under, written_by)
          values (${newId()}, ${childId}, ${round}, 'SUPPLEMENTARY', ${under}, ${by}) returning 1`),
      ),
    );
  const grantOf = async (childId: string, { personId }: { readonly personId: string }) =>
    (
      await world.database.admin<{ grant_id: string }[]>`
        select grant_id from access.guardian where child_id = ${childId} and person_id = ${personId}`
    )[0]!.grant_id;

  test('takes no draft of anybody else, in nobody else’s name, and for no round that is closed', async () => {
    const under = await grantOf(applicants.ada, people.mother);
    for (const [, actor] of notResponsible) {
      const by = 'personId' in actor ? actor.personId : newId();
      expect(await insert(actor, { under, by })).toBe('barred');
    }
    const by = people.mother.personId;
    expect(await insert(people.mother, { under, by: people.father.personId })).toBe('barred');
    expect(await insert(people.mother, { under: await grantOf(applicants.ada, people.father), by })).toBe(
      'barred',
    );
    expect(await insert(people.mother, { under, by, childId: applicants.bo })).toBe('barred');
    const wardens = { under: await grantOf(applicants.ward, people.byHand), by: people.byHand.personId };
    expect(await insert(people.byHand, { ...wardens, childId: applicants.ward })).toBe('barred');
    for (const state of ['DRAFT', 'CLOSED']) {
      const round = await aRound(world, { kind: 'SUPPLEMENTARY', state });
      expect(await insert(people.mother, { under, by, round })).toBe('barred');
    }
    expect(
      await insert(people.mother, { under, by, round: await aRound(world, { kind: 'SUPPLEMENTARY' }) }),
    ).toBe('stored');
  });

  test('shows a draft to its writer alone, and lets nobody else write at it (GUA-22)', async () => {
    const { id } = await drafted(world.deps, people.mother, draftFor(roundId));
    const look = (actor: Actor, query: ReturnType<typeof sql>) =>
      storing(lookAs(world.deps.db, actor, (tx) => tx.execute(query)));
    const others = [...notResponsible, ['the other guardian', people.father] as const];
    for (const [, actor] of others) {
      for (const table of ['wish', 'application_guardian'])
        expect(await look(actor, sql`select from ${sql.raw(table)} where application_id = ${id}`)).toBe(
          'nothing',
        );
      for (const query of [
        sql`select from placement_application where id = ${id}`,
        sql`update placement_application set wanted_start = '2028-01-01' where id = ${id} returning 1`,
        sql`delete from placement_application where id = ${id} returning 1`,
        sql`delete from wish where application_id = ${id} returning 1`,
      ])
        expect(await look(actor, query)).toBe('nothing');
      expect(
        await look(
          actor,
          sql`insert into wish (application_id, child_id, round_id, rank, unit_id, drafted_under)
            values (${id}, ${applicants.ada}, ${roundId}, 3, ${places.school}, ${await grantOf(applicants.ada, people.mother)}) returning 1`,
        ),
      ).toBe('barred');
    }
    expect(await look(people.mother, sql`select from wish where application_id = ${id}`)).toBe('stored');
  });

  test('shows nothing of applications that wish for a unit which is hidden (X07)', async () => {
    const { id } = await drafted(world.deps, people.mother, draftFor(roundId));
    const { identity, settled, deps } = world;
    const rows = () =>
      lookAs(deps.db, people.mother, (tx) =>
        tx.execute(sql`select from placement_application where id = ${id}`),
      );
    await identity.features(places.fjordbakken, [
      { feature: 'PLACEMENT', state: 'SUSPENDED', isReadable: false },
    ]);
    await settled();
    expect(await rows()).toHaveLength(0);
    await identity.features(places.fjordbakken, [{ feature: 'PLACEMENT', state: 'OPEN' }]);
    await settled();
    expect(await rows()).toHaveLength(1);
  });
});
