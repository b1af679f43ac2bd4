import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aRound, draftFor, drafted, moveRound } from '../../test/applications.ts';
import { applicants, people, places } from '../../test/families.ts';
import { notResponsible, outcomeOf, storing } from '../../test/outsiders.ts';
import { type World, openTown } from '../../test/world.ts';
import { submitApplication } from './submit-application.ts';

let world: World;
let bare: World;
let roundId: string;
let id: string;
let bareId: string;
beforeAll(async () => {
  world = await openTown();
  bare = await openTown({ isSecondLockOff: true });
  roundId = await aRound(world);
  ({ id } = await drafted(world.deps, people.mother, draftFor(roundId)));
  ({ id: bareId } = await drafted(bare.deps, people.mother, draftFor(await aRound(bare))));
});
afterAll(() => Promise.all([world.close(), bare.close()]));

const submit = (actor: Actor, applicationId: string, { deps }: World = world) =>
  outcomeOf(submitApplication(deps, actor, { applicationId, idempotencyKey: newId() }));

/** The other guardian neither: what is drafted is for who writes it. */
const others = [...notResponsible, ['the other guardian', people.father] as const];

describe('sending an application (BHG-04, S-20)', () => {
  test.each(others)('is refused to %s, as of one that does not exist (S-06)', async (_who, actor) => {
    for (const one of [id, newId()]) expect(await submit(actor, one)).toBe('NOT_FOUND');
    expect(await world.database.admin`select from application_receipt`).toEqual([]);
  });

  test.each(others)('is refused to %s with row-level security switched off (S-12)', async (_who, actor) => {
    expect(await submit(actor, bareId, bare)).toBe('NOT_FOUND');
    expect(await bare.database.admin`select from application_receipt`).toEqual([]);
  });
});

describe('with the first lock off, row-level security still (S-12)', () => {
  const receive = (
    actor: Actor,
    { by = newId(), unitId = places.solhaug, version = 3, origin = 'PORTAL' } = {},
  ) =>
    storing(
      lookAs(world.deps.db, actor, async (tx) => {
        await tx.execute(sql`
          insert into application_receipt (application_id, version, child_id, origin, received_at, received_by, wishes, guardian_ids,
            idempotency_key)
          values (${id}, ${version}, ${applicants.ada}, ${origin}, '2026-02-01T12:00:00Z', ${by},
            ${JSON.stringify([{ rank: 1, unitId }])}::jsonb, '{}', ${newId()})`);
        return [1];
      }),
    );

  test('receives nothing of anybody else, and in nobody else’s name', async () => {
    for (const [, actor] of notResponsible) {
      const by = 'personId' in actor ? actor.personId : newId();
      expect(await receive(actor, { by })).toBe('barred');
    }
    expect(await receive(people.mother, { by: people.father.personId })).toBe('barred');
  });

  test('receives nothing that is out of turn, in a round that is closed, or for a unit that is stopped (BHG-07, X07)', async () => {
    const by = people.mother.personId;
    expect(await receive(people.mother, { by, version: 7 })).toBe('barred');
    await moveRound(world, roundId, 'CLOSED');
    expect(await receive(people.mother, { by })).toBe('barred');
    await moveRound(world, roundId, 'OPEN');
    expect(await receive(people.mother, { by, unitId: places.unopened })).toBe('barred');
    expect(await world.database.admin`select from application_receipt`).toEqual([]);
  });

  test('of two guardians at once one is received, whatever the code above has looked at (placement § 8)', async () => {
    const round = await aRound(world, { kind: 'TRANSFER' });
    const drafts = await Promise.all(
      [people.mother, people.father].map(async (actor) => ({
        actor,
        ...(await drafted(world.deps, actor, draftFor(round))),
      })),
    );
    const outcomes = await Promise.all(
      drafts.map(({ actor, id: applicationId, version }) =>
        storing(
          lookAs(world.deps.db, actor, async (tx) => {
            await tx.execute(sql`
              insert into application_receipt (application_id, version, child_id, origin, received_at, received_by, wishes, guardian_ids,
                idempotency_key)
              values (${applicationId}, ${version + 1}, ${applicants.ada}, 'PORTAL', '2026-02-01T12:00:00Z', ${actor.personId},
                ${JSON.stringify([{ rank: 1, unitId: places.solhaug }])}::jsonb, '{}', ${newId()})`);
            return [1];
          }),
        ),
      ),
    );
    expect(outcomes.toSorted()).toEqual(['barred', 'stored']);
    await world.database.admin`delete from placement_application where round_id = ${round}`;
  });

  test('is open to its writer, and the round to both from then on', async () => {
    expect(await submit(people.mother, id)).toBe('permitted');
    for (const actor of [people.mother, people.father])
      expect(
        await lookAs(world.deps.db, actor, (tx) => tx.execute(sql`select from application_receipt`)),
      ).toHaveLength(1);
  });
});
