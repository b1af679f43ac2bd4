import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { openOwn } from '@ranselpost/kit/seal';
import { lookAs } from '@ranselpost/kit/testing/look';
import { archiveEntrySchema } from '@ranselpost/schema/events/archive-entry';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applicants, people, places } from '../../test/families.ts';
import { type OfferTown, notGuardians, openBothTowns } from '../../test/offer-town.ts';
import { appealDecision } from './appeal-decision.ts';
import { markAppealFiled, tellUnheardAppeals } from './archive-appeal.ts';
import { readAppeals, readChildAppeals } from './read-appeals.ts';

let towns: Awaited<ReturnType<typeof openBothTowns>>;
let town: OfferTown;
let bare: OfferTown;
/** Ada wished for Solhaug first and Fjordbakken third, and was offered Solhaug; Bo got nothing of what was wished for. */
async function prepare({ world, apps, own }: OfferTown): Promise<void> {
  const { admin } = world.database;
  await admin`update admission_round set state = 'APPEAL'`;
  const rounds = await admin<
    { round_id: string }[]
  >`select round_id from placement_application where id = ${apps.ofOwn}`;
  for (const [application, child] of [
    [apps.ofOwn, own],
    [apps.ada, applicants.ada],
    [apps.bo, applicants.bo],
  ] as const)
    await admin`
      insert into wish (application_id, child_id, round_id, rank, unit_id)
      values (${application}, ${child}, ${rounds[0]!.round_id}, 1, ${places.solhaug}),
        (${application}, ${child}, ${rounds[0]!.round_id}, 2, ${places.fjordbakken})`;
  // Bo was offered nothing when the round was published.
  await world.identity.guardians(own, [people.caseWorker.personId, people.mother.personId]);
  await world.settled();
}
beforeAll(async () => {
  towns = await openBothTowns();
  ({ town, bare } = towns);
  await prepare(town);
  await prepare(bare);
});
afterAll(() => towns.close());

const appeal = (
  { world }: OfferTown,
  actor: Actor,
  applicationId: string,
  unitId = places.solhaug,
  grounds = 'Vi bor nærmest.',
) =>
  appealDecision(world.deps, actor, { applicationId, unitId, grounds, idempotencyKey: newId() }).then(
    (answer) => (answer.ok ? answer.value : answer.refusal.kind),
    (error: { code?: string }) => error.code,
  );

describe.each([
  ['with both locks', () => town],
  ['with row-level security switched off (S-12)', () => bare],
])('%s', (_which, of) => {
  test.each(notGuardians)(
    'there is nothing to appeal against for %s (BHG-16, S-06, S-20)',
    async (_who, actor) => {
      for (const id of [of().apps.ada, newId()]) expect(await appeal(of(), actor, id)).toBe('NOT_FOUND');
    },
  );

  test('a family appeals that was refused, once about each unit, and not one that got its first wish (BHG-16, ADM-05)', async () => {
    const { apps, own, world } = of();
    expect(await appeal(of(), people.mother, apps.ada, places.fjordbakken)).toBe('E_NO_RIGHT_OF_APPEAL');
    expect(await appeal(of(), people.mother, apps.ofOwn, newId())).toBe('E_NOT_WISHED');
    expect(await appeal(of(), people.mother, apps.ofOwn, places.solhaug, '  ')).toBe('E_NO_REASON');
    const id = (await appeal(of(), people.mother, apps.ofOwn))!;
    expect(await appeal(of(), people.mother, apps.ofOwn)).toBe('E_APPEALED');
    expect(await readChildAppeals(world.deps, people.mother, [own])).toMatchObject([
      [{ id, state: 'received' }],
    ]);
    expect((await readAppeals(world.deps, people.secondCaseWorker, [id])).size).toBe(1);
    const entries = await world.database.admin<{ entry_id: string; data: { sealed: string } }[]>`
      select e.entry_id, o.data from archive_entry e join outbox o on o.data->>'entryId' = e.entry_id::text where e.case_id = ${id}`;
    expect(entries).toHaveLength(1);
    const { entry_id: entryId, data } = entries[0]!;
    // It is the archive's from then on, and nobody here can open it (ADM-06, ARK-01, ARK-03).
    expect(
      await openOwn(...([world.outboundKeys, entryId, data.sealed, archiveEntrySchema] as const)),
    ).toMatchObject({
      ...{ caseId: id, title: 'Henvendelse fra foresatt', isProtected: false },
      parties: [
        { role: 'SENDER', personId: people.mother.personId },
        { role: 'CHILD', personId: own },
      ],
      documents: [{ direction: 'IN', kind: 'COMPLAINT', text: expect.stringContaining('Vi bor nærmest.') }],
    });
    const later = { ...world.deps, now: () => new Date(Date.now() + 8 * 86_400_000) };
    const tellings = () =>
      world.database
        .admin`select from outbox where type = 'placement.archive-entry.due.v1' and data->>'entryId' = ${entryId}`;
    await tellUnheardAppeals(world.deps);
    expect(await tellings()).toHaveLength(1);
    // Told again each week, until there is a receipt (RET-02).
    await tellUnheardAppeals(later);
    expect(await tellings()).toHaveLength(2);
    await world.deps.db.asService((tx) => markAppealFiled(tx, { entryId, archiveId: 'archived' }));
    expect(await world.database.admin`select sealed from archive_entry where entry_id = ${entryId}`).toEqual([
      { sealed: null },
    ]);
    for (const actor of [people.caseWorker, people.stranger, people.leaderOfSolhaug, people.officer]) {
      expect((await readAppeals(world.deps, actor, [id])).size).toBe(0);
      expect(await readChildAppeals(world.deps, actor, [own])).toEqual([null]);
    }
  });
});

describe('with the first lock off, row-level security still (S-12)', () => {
  test('takes no appeal of anybody but a guardian, nor in another’s name', async () => {
    const { world, apps } = town;
    const insert = (actor: Actor, by: string) =>
      lookAs(world.deps.db, actor, (tx) =>
        tx.execute(sql`
          insert into appeal (id, application_id, child_id, round_id, unit_id, grounds, state, appealed_by, received_at)
          select ${newId()}::uuid, ${apps.ada}::uuid, ${applicants.ada}::uuid, id, ${places.fjordbakken}::uuid, 'why', 'RECEIVED', ${by}::uuid, now()
          from admission_round`),
      ).then(
        () => 'stored',
        (error: { cause?: { message: string } }) =>
          /row-level security/.exec(error.cause?.message ?? '')?.[0],
      );
    for (const [who, actor] of notGuardians)
      if ('personId' in actor)
        expect([who, await insert(actor, actor.personId)]).toEqual([who, 'row-level security']);
    expect(await insert(people.mother, people.father.personId)).toBe('row-level security');
  });
});
