import { newId } from '@ranselpost/kit/ids';
import { staff } from '@ranselpost/kit/testing/actors';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type * as retentionPolicy from '../domain/retention-policy.ts';
import { outsiders } from '../testing/outsiders.ts';
import { type World, openWorld } from '../testing/world.ts';
import { liftHold, placeHold } from './hold-persons.ts';
import { readFigures, readHolds, readReport } from './read-retention.ts';
import { retain } from './retain.ts';

const policy = vi.hoisted(() => ({ isOff: true }));
vi.mock('../domain/retention-policy.ts', async (original) => {
  const real = await original<typeof retentionPolicy>();
  return {
    mayRetain: (...asked: Parameters<typeof real.mayRetain>) => policy.isOff || real.mayRetain(...asked),
    mayHold: (...asked: Parameters<typeof real.mayHold>) => policy.isOff || real.mayHold(...asked),
  };
});

let world: World;
let holdId: string;
const day = '2026-11-21';
const wish = (personId: string) => ({
  ...({ personId, kind: 'LEGAL_CLAIM', reviewOn: '2027-05-01', reason: 'Krav', key: newId() } as const),
});
const page = { first: 10, after: null };
beforeAll(async () => {
  world = await openWorld();
  await world.database.admin`
    insert into municipal_role (role_id, person_id, role, from_day, to_day, source)
    select gen_random_uuid(), p, 'ARCHIVIST', '2026-01-01', '2099-01-01', 'roster'
    from unnest(${[world.id.office, world.id.hiddenMother]}::uuid[]) as p`;
  await retain(world.deps);
  await world.database
    .admin`insert into retention_figure values (${day}, null, 'CHILD', 'HELD', 'RET-07', 1)`;
  const placed = await placeHold(world.deps, staff(world.id.office), wish(world.id.hidden));
  if (!placed.ok) throw new Error(placed.refusal.kind);
  holdId = placed.value.holdId;
});
afterAll(() => world.close());

const counted = async (): Promise<number> =>
  (await world.database.admin`select from retention_hold where lifted_at is null`).length;

describe('with the policy of retention switched off, row-level security still (S-12)', () => {
  test.each(outsiders)(
    'shows %s no hold and no number, and lets them place and lift none',
    async (_who, actorOf) => {
      const { deps, id } = world;
      const actor = actorOf(world);
      expect((await readHolds(deps, actor, page)) ?? []).toEqual([]);
      expect(await readReport(deps, actor, null)).toBeNull();
      expect((await readFigures(deps, actor, { day, ...page })) ?? []).toEqual([]);
      await expect(placeHold(deps, actor, wish(id.ours))).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(liftHold(deps, actor, holdId, 'Nei')).rejects.toMatchObject({ code: 'NOT_FOUND' });
      for (const table of ['retention_hold', 'retention_run', 'retention_figure'])
        expect(
          await lookAs(deps.db, actor, (tx) => tx.execute(sql`select 1 from ${sql.raw(table)}`)),
          table,
        ).toEqual([]);
      expect(
        await lookAs(deps.db, actor, (tx) =>
          tx.execute(sql`select * from access.unacknowledged('{registry}')`),
        ),
      ).toEqual([]);
      for (const table of ['erasure', 'erasure_acknowledgement'])
        await expect(
          lookAs(deps.db, actor, (tx) => tx.execute(sql`select 1 from ${sql.raw(table)}`)),
        ).rejects.toMatchObject({ cause: { code: '42501' } });
      expect(await counted()).toBe(1);
    },
  );

  test('shows an archivist nothing of their own family’s holds, and lets them lift none (GUA-24)', async () => {
    const mother = staff(world.id.hiddenMother);
    expect(await readHolds(world.deps, mother, page)).toEqual([]);
    await expect(liftHold(world.deps, mother, holdId, 'Mitt')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(placeHold(world.deps, mother, wish(world.id.hidden))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await readHolds(world.deps, staff(world.id.office), page)).toMatchObject([{ holdId }]);
  });

  test('lets nobody write a hold in another’s name, nor change one (RET-07)', async () => {
    const asArchivist = (statement: ReturnType<typeof sql>) =>
      world.deps.db.decide(
        staff(world.id.office),
        async () => null,
        async (tx) => {
          await tx.execute(statement);
          throw new Error('it was done');
        },
      );
    for (const statement of [
      sql`insert into retention_hold (hold_id, person_id, kind, reason_id, review_on, placed_by, idempotency_key)
        select ${newId()}, ${world.id.ours}, 'BREACH', reason_id, review_on, ${world.id.leader}, 'x' from retention_hold`,
      sql`update retention_hold set lifted_at = now(), lifted_by = ${world.id.leader}, lift_reason_id = reason_id`,
      sql`update retention_hold set review_on = '2099-01-01'`,
      sql`delete from retention_hold`,
    ])
      await expect(asArchivist(statement)).rejects.toMatchObject({ cause: { code: '42501' } });
  });
});

describe('with row-level security switched off, the policy of retention still (S-12)', () => {
  beforeAll(async () => {
    policy.isOff = false;
    for (const table of ['retention_hold', 'retention_run', 'retention_figure'])
      await world.database.admin.unsafe(`alter table ${table} disable row level security`);
    await world.database.admin.unsafe(`
      create or replace function access.retains() returns boolean language sql stable as $$ select true $$;
      create or replace function access.holdable(asked uuid) returns uuid language sql stable as $$ select asked $$`);
  });

  test.each(outsiders)(
    'shows %s no hold and no number, and lets them place and lift none',
    async (_who, actorOf) => {
      const { deps, id } = world;
      const actor = actorOf(world);
      expect(await readHolds(deps, actor, page)).toBeNull();
      expect(await readReport(deps, actor, null)).toBeNull();
      expect(await readFigures(deps, actor, { day, ...page })).toBeNull();
      await expect(placeHold(deps, actor, wish(id.ours))).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(liftHold(deps, actor, holdId, 'Nei')).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect(await counted()).toBe(1);
    },
  );

  test('shows an archivist nothing of their own family’s holds (GUA-24)', async () => {
    const mother = staff(world.id.hiddenMother);
    expect(await readHolds(world.deps, mother, page)).toEqual([]);
    await expect(liftHold(world.deps, mother, holdId, 'Mitt')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
