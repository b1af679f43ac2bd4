import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { nothingChosen } from '../domain/settings.ts';
import { considers, isOwnOfSecondCaseWorker } from '../testing/considered.ts';
import { outsiders, outsidersOfUnits } from '../testing/outsiders.ts';
import { explainEverything, permitEverything } from '../testing/permit-everything.ts';
import { somebodyReads } from '../testing/readings.ts';
import { type World, openWorld } from '../testing/world.ts';
import { explainAccess, readAccessLogs } from './explain-access.ts';
import { readAlarms } from './read-alarms.ts';
import { readChildren } from './read-children.ts';
import { atUnit, everywhere, waysToDirect } from '../testing/features.ts';
import { readFeatureActs, readUnitContacts, readUnitFeatures } from './read-features.ts';
import { readGroupChildren } from './read-group-children.ts';
import { readGroups, readUnits } from './read-units.ts';
import { readSettings } from './read-settings.ts';
import * as quarantines from '../store/quarantines.ts';
import * as unitRegister from '../store/unit-register.ts';
import { aRegisteredUnit } from '../testing/units.ts';
import { reviewAccess } from './review-access.ts';
import { updateSettings } from './update-settings.ts';

vi.mock('../domain/policy.ts', () => permitEverything);
vi.mock('../domain/explain-policy.ts', () => explainEverything);
const victim = vi.hoisted(() => ({ personId: '', capacity: 'guardian' as const }));
vi.mock('../domain/settings.ts', async (original) => ({
  ...(await original<object>()),
  ownerOf: () => victim,
}));
// Nothing is answered to staff without a ground to log, which would stand before the lock that is tested here.
vi.mock('@ranselpost/kit/answer', async (original) => ({ ...(await original<object>()), readsOf: () => [] }));
// The use cases ask nobody who is no person; without that too, row-level security has to hold.
vi.mock('@ranselpost/kit/pure/actor', async (original) => ({
  ...(await original<object>()),
  isPerson: () => true,
}));

const nothing = { guardians: [], staff: [] };
const inClass = () => ({ groupId: world.group['3A']!, unitId: world.unit['school']! });

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await somebodyReads(world);
  await aRegisteredUnit(world, 'school');
  await world.deps.db.asService((tx) =>
    quarantines.open(tx, newId(), {
      ...{ cause: 'OPENED', counted: 9, allowed: 3, children: 400 },
      at: world.deps.now(),
    }),
  );
});
afterAll(() => world.close());

describe('with the policy switched off, row-level security still (S-12)', () => {
  test.each(outsiders)('shows nothing to %s', async (_who, actorOf) => {
    const { deps, id, unit, group } = world;
    const actor = actorOf(world);
    expect(await readChildren(deps, actor, [id.ours])).toEqual(new Map());
    expect((await readGroups(deps, actor, [group['3A']!])).size).toBe(0);
    expect((await readGroupChildren(deps, actor, [{ ...inClass(), after: null, first: 9 }]))[0]).toEqual([]);
    const page = { after: null, first: 100 };
    expect((await explainAccess(deps, actor, [id.ours])).get(id.ours) ?? nothing).toMatchObject(nothing);
    expect(await readAccessLogs(deps, actor, [{ childId: id.ours, ...page }])).toEqual([[]]);
    expect((await readAlarms(deps, actor, page)) ?? []).toEqual([]);
    expect(await reviewAccess(deps, actor, [{ unitId: unit['school']!, ...page }])).toEqual([[]]);
  });

  test.each([
    ...outsiders,
    ['the other guardian', ({ id }: World) => guardian(id.father)],
    ['the same human, signed in as staff (GUA-24)', ({ id }: World) => staff(id.mother)],
  ] as const)('shows %s nobody else’s settings, and lets them change none (N14)', async (_who, actorOf) => {
    const { deps, id, database } = world;
    victim.personId = id.mother;
    await database.admin`
      insert into person_settings (person_id, capacity, language) values (${id.mother}, 'guardian', 'nn') on conflict do nothing`;
    const actor = actorOf(world);
    expect(await readSettings(deps, actor)).toEqual(nothingChosen);
    await expect(updateSettings(deps, actor, { language: 'en' })).rejects.toMatchObject({
      cause: { code: '42501' },
    });
    expect(
      await lookAs(deps.db, actor, (tx) => tx.execute(sql`select person_id from person_settings`)),
    ).toHaveLength(0);
    const [kept] = await database.admin`select language from person_settings where person_id = ${id.mother}`;
    expect(kept).toEqual({ language: 'nn' });
  });

  test.each(outsidersOfUnits)(
    'lets %s direct no feature, and shows them none of it (D01)',
    async (who, actorOf) => {
      const { deps, id, unit, database } = world;
      const actor = actorOf(world);
      expect((await readUnits(deps, actor, [unit['school']!, unit['sfo']!])).size).toBe(0);
      expect(await readUnitFeatures(deps, actor, [unit['school']!])).toEqual(new Map());
      expect(await readUnitContacts(deps, actor, [unit['school']!])).toEqual(new Map());
      expect(await lookAs(deps.db, actor, unitRegister.recorded)).toEqual([]);
      if (!who.includes('protection officer'))
        expect(
          await lookAs(deps.db, actor, (tx) => quarantines.newest(tx, { before: null, most: 9 })),
        ).toEqual([]);
      for (const [way, direct] of Object.entries(waysToDirect))
        for (const place of [atUnit(unit['school']!), everywhere])
          await expect(direct(deps, actor, place), way).rejects.toThrow();
      expect(await database.admin`select from feature_act`).toHaveLength(0);
      expect(await database.admin`select from unit_contact`).toHaveLength(0);
      await expect(waysToDirect.stop(deps, staff(id.leader), everywhere)).rejects.toMatchObject({
        cause: { code: '42501' },
      });
    },
  );

  test('shows what was stated of features to administrators, and of their own units to leaders', async () => {
    const { deps, id, unit } = world;
    const wanted = { feature: null, before: null, first: 10 };
    await waysToDirect.open(deps, staff(id.administrator), everywhere);
    await waysToDirect.open(deps, staff(id.administrator), atUnit(unit['other']!));
    const seen = async (who: 'administrator' | 'leader' | 'otherLeader' | 'teacher' | 'caseWorker') =>
      (await readFeatureActs(deps, staff(id[who]), wanted)).map(({ reason }) => reason);
    expect(await seen('administrator')).toHaveLength(2);
    expect(await seen('otherLeader')).toEqual([null, null]);
    expect(await seen('leader')).toEqual([null]);
    for (const who of ['teacher', 'caseWorker'] as const) expect(await seen(who)).toEqual([]);
  });

  test('opens a protected child to none of its staff but who is named for it, whatever their role (ADR-10)', async () => {
    const { deps, id, unit } = world;
    const wanted = { unitId: unit['school']!, after: null, first: 100 };
    for (const name of ['assistant', 'office', 'father', 'teacherOfB'] as const) {
      expect((await readChildren(deps, staff(id[name]), [id.hidden])).size, name).toBe(0);
      const rows = await lookAs(deps.db, staff(id[name]), (tx) =>
        tx.execute(sql`
          select from enrolment where child_id = ${id.hidden} union all select from case_file where child_id = ${id.hidden}
          union all select from staff_naming where child_id = ${id.hidden}`),
      );
      expect(rows, name).toHaveLength(0);
    }
    expect((await readChildren(deps, staff(id.teacher), [id.hidden])).size).toBe(1);
    expect(JSON.stringify(await reviewAccess(deps, staff(id.office), [wanted]))).not.toContain(id.hidden);
    for (const name of ['leader', 'assistant', 'office', 'father', 'teacher'] as const) {
      const list = await readGroupChildren(deps, staff(id[name]), [{ ...inClass(), after: null, first: 9 }]);
      const names = name === 'teacher' ? [id.ours, id.hidden] : [id.ours];
      expect(
        list[0]!.map((child) => child.id),
        `the list of ${name} (ADR-05)`,
      ).toEqual(names);
    }
  });

  test('shows a leader no place of somebody who has left (S-12)', async () => {
    const { deps, id, unit, database } = world;
    await database.admin`
      insert into enrolment (enrolment_id, child_id, unit_id, group_ids, from_day, to_day)
      values (gen_random_uuid(), ${id.grown}, ${unit['school']!}, '{}', '2020-08-01', '2024-06-20')`;
    const seen = await lookAs(deps.db, staff(id.leader), (tx) =>
      tx.execute(sql`select from enrolment where child_id = ${id.grown}`),
    );
    expect(seen).toHaveLength(0);
  });

  test('leaves a protected guardian out for the other one (ADR-19)', async () => {
    const seen = await readChildren(world.deps, guardian(world.id.father), [world.id.theirs]);
    expect(seen.get(world.id.theirs)?.guardians.map(({ id }) => id)).toEqual([world.id.father]);
  });

  test('tells guardians of no reading of each other’s, and nothing of a protected one who works there (ADR-11, ADR-19)', async () => {
    const { deps, id } = world;
    const readers = async (who: Actor, childId: string) =>
      (await readAccessLogs(deps, who, [{ childId, after: null, first: 100 }]))[0]
        ?.filter(({ kind }) => kind === 'CHILD')
        .map((one) => one.staff.personId);
    expect(await readers(guardian(id.mother), id.ours)).toEqual([id.teacher]);
    expect(await readers(guardian(id.father), id.theirs)).toEqual([]);
    const seen = (await explainAccess(deps, guardian(id.father), [id.theirs])).get(id.theirs)!;
    expect(JSON.stringify(seen)).not.toContain(id.otherMother);
    expect(seen.guardians.map((one) => one.record)).toEqual([expect.objectContaining({ version: 1 })]);
    const [mothers] = (await explainAccess(deps, guardian(id.mother), [id.ours]))
      .get(id.ours)!
      .guardians.filter((one) => one.guardian.id === id.father);
    expect(mothers?.record).toBeNull();
  });

  test('shows a privacy officer any child’s grants and log but those of their own (GUA-24, GUA-25)', async () => {
    const { deps, id } = world;
    const look = async (childId: string) => ({
      explained: (await explainAccess(deps, staff(id.hiddenMother), [childId])).get(childId)!,
      log: (await readAccessLogs(deps, staff(id.hiddenMother), [{ childId, after: null, first: 100 }]))[0],
    });
    const own = await look(id.hidden);
    expect([own.explained.guardians, own.explained.staff, own.log]).toEqual([[], [], []]);
    const other = await look(id.theirs);
    expect(other.explained.guardians).toHaveLength(2);
    expect(other.log!.map(({ kind }) => kind)).toContain('CHILD');
  });

  test('shows no row of a grant to the other guardian of a protected one, nor to anybody without a ground (ADR-19)', async () => {
    const holders = async (actor: Actor) =>
      (
        await lookAs(world.deps.db, actor, (tx) =>
          tx.execute<{ person_id: string }>(
            sql`select person_id from access_grant where child_id = ${world.id.theirs}`,
          ),
        )
      ).map(({ person_id }) => person_id);
    expect(await holders(guardian(world.id.father))).toEqual([world.id.father]);
    expect(await holders(guardian(world.id.mother))).toEqual([]);
    expect((await holders(staff(world.id.teacherOfB))).toSorted()).toEqual(
      [world.id.father, world.id.otherMother].toSorted(),
    );
  });

  test('shows staff a child’s place at their own unit alone', async () => {
    const seen = await readChildren(world.deps, staff(world.id.afterSchool), [world.id.ours]);
    expect(seen.get(world.id.ours)?.enrolments.map(({ unitId }) => unitId)).toEqual([world.unit['sfo']]);
  });

  test.each(['person', 'access_grant', 'enrolment', 'unit', 'child_group', 'staff_role'])(
    'answers nothing of %s to a query that forgot its where, but what is the person’s own',
    async (table) => {
      const columns =
        { person: 'person_id', access_grant: 'grant_id', unit: 'unit_id', child_group: 'group_id' }[table] ??
        '*';
      const all = sql`select ${sql.raw(columns)} from ${sql.raw(table)}`;
      for (const actor of [guardian(), staff(), staff(world.id.former)])
        expect((await lookAs(world.deps.db, actor, (tx) => tx.execute(all))).length).toBeLessThanOrEqual(
          table === 'person' || table === 'staff_role' ? 1 : 0,
        );
    },
  );

  test.each([
    'person_number',
    'responsibility',
    'grant_history',
    'work_item',
    'sign_in',
    'staff_login',
    'roster_import',
    'staged_person',
    'outbox',
    'inbox',
    'dead_letter',
    'snapshot',
    'staff_read',
    'access_log_block',
    'access_log_head',
  ])('lets no request read %s, numbers least of all', async (table) => {
    const all = sql`select * from ${sql.raw(table)}`;
    await expect(
      lookAs(world.deps.db, staff(world.id.leader), (tx) => tx.execute(all)),
    ).rejects.toMatchObject({
      cause: { code: '42501' },
    });
  });

  test.each(['birth_date', 'is_dead', 'register_status', 'has_false_identity'])(
    'lets no request read the %s of a person',
    async (column) => {
      const all = sql`select ${sql.raw(column)} from person`;
      await expect(
        lookAs(world.deps.db, guardian(world.id.mother), (tx) => tx.execute(all)),
      ).rejects.toMatchObject({
        cause: { code: '42501' },
      });
    },
  );

  test('lets no request write anything but what it tells', async () => {
    for (const statement of [
      sql`update access_grant set state = 'ACTIVE'`,
      sql`delete from access_grant`,
      sql`update person set protection = 'NONE'`,
      sql`update access_log set kind = 'CHILD'`,
      sql`delete from staff_read`,
      sql`insert into staff_role (role_id, person_id, role, unit_id, from_day) select gen_random_uuid(), ${world.id.mother}, 'LEADER', unit_id, '2020-01-01' from unit`,
    ])
      await expect(
        lookAs(world.deps.db, staff(world.id.leader), (tx) => tx.execute(statement)),
      ).rejects.toMatchObject({
        cause: { code: '42501' },
      });
  });
});

describe('a child that admission considers, with one lock alone (S-12)', () => {
  test('is named to case workers, and not to those it is an own child of, nor where it is protected (ADR-04, GUA-24)', async () => {
    const { deps, id } = world;
    await considers(world, ['sibling', 'ours', 'hidden', 'theirs']);
    await isOwnOfSecondCaseWorker(world, 'ours');
    const asked = [id.sibling, id.ours, id.hidden, id.theirs, id.grown];
    const toldTo = async (name: 'caseWorker' | 'secondCaseWorker' | 'officer' | 'administrator') =>
      [...(await readChildren(deps, staff(id[name]), asked)).keys()].toSorted();
    expect(await toldTo('secondCaseWorker')).toEqual([id.sibling]);
    // Officers have the cases of protected children, and read there what they are called.
    expect(await toldTo('officer')).toEqual([id.hidden, id.theirs].toSorted());
    expect(await toldTo('administrator')).toEqual([]);
    expect(await readChildren(deps, guardian(id.caseWorker), asked)).toEqual(new Map());
    // `theirs` has a mother at a protected address, and is so protected with her.
    expect(await toldTo('caseWorker')).toEqual([id.sibling, id.ours].toSorted());
  });
});
