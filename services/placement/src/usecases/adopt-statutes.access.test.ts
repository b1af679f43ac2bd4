import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { addDays } from '@ranselpost/kit/pure/dates';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { machine, people, places } from '../../test/families.ts';
import { someStatutes } from '../../test/statutes.ts';
import { type World, openTown, today } from '../../test/world.ts';
import { adoptStatutes } from './adopt-statutes.ts';
import { isAdmissionUnit, readCriteria, readStatutes } from './read-statutes.ts';

const notCaseWorkers: readonly (readonly [string, Actor])[] = [
  ['a stranger', people.stranger],
  ['a guardian', people.mother],
  ['the unit’s own leader', people.leaderOfSolhaug],
  ['the leader of another unit', people.otherLeader],
  ['a protection officer', people.officer],
  ['an administrator of the municipality', people.administrator],
  ['a case worker who is signed in as a guardian (GUA-24)', guardian(people.caseWorker.personId)],
  ['a machine', machine],
  ['one of our services', { kind: 'service', name: 'identity' }],
];

/** A kindergarten of a private owner, and who leads it. */
const owned = { unitId: newId(), leader: staff() };

let world: World;
let bare: World;
beforeAll(async () => {
  world = await openTown();
  bare = await openTown({ isSecondLockOff: true });
  for (const { identity, settled } of [world, bare]) {
    await identity.unit(owned.unitId, 'KINDERGARTEN', 'Fritt barnehage', { isPrivate: true });
    await identity.features(owned.unitId, [{ feature: 'PLACEMENT', state: 'OPEN' }]);
    await identity.roles(owned.leader.personId, [{ role: 'LEADER', unitId: owned.unitId }]);
    await settled();
  }
});
afterAll(() => Promise.all([world.close(), bare.close()]));

const outcome = (actor: Actor, unitId: string, { deps }: World = world) =>
  adoptStatutes(deps, actor, someStatutes({ unitId })).then(
    ({ ok }) => (ok ? 'permitted' : 'refused'),
    (error: { code?: string }) => error.code,
  );

describe('adopting statutes (BHG-10)', () => {
  test.each(notCaseWorkers)(
    'is refused to %s, as at a unit that does not exist (S-06)',
    async (_who, actor) => {
      for (const unitId of [places.solhaug, newId()]) expect(await outcome(actor, unitId)).toBe('NOT_FOUND');
      expect(await world.database.admin`select from statute`).toEqual([]);
    },
  );

  test.each(notCaseWorkers)(
    'is refused to %s with row-level security switched off (S-12)',
    async (_who, actor) => {
      expect(await outcome(actor, places.solhaug, bare)).toBe('NOT_FOUND');
      expect(await bare.database.admin`select from statute`).toEqual([]);
    },
  );

  test('is refused to a case worker for a unit that nobody knows, and where admission is not open (X07)', async () => {
    expect(await outcome(people.caseWorker, newId())).toBe('NOT_FOUND');
    expect(
      await adoptStatutes(world.deps, people.caseWorker, someStatutes({ unitId: places.unopened })),
    ).toMatchObject({
      refusal: { kind: 'feature-closed', state: 'CLOSED' },
    });
    expect(await outcome(people.caseWorker, places.school)).toBe('refused');
  });

  test('is open to a case worker; the same key is the same version, two at once are two (S-22)', async () => {
    const wanted = someStatutes({ unitId: places.fjordbakken, from: '2026-08-01' });
    const again = await Promise.all([1, 2].map(() => adoptStatutes(world.deps, people.caseWorker, wanted)));
    expect(again.map((one) => one.ok && one.value.version)).toEqual([1, 1]);
    const both = await Promise.all(
      [people.caseWorker, people.secondCaseWorker].map((who) =>
        adoptStatutes(world.deps, who, someStatutes({ unitId: places.fjordbakken })),
      ),
    );
    expect(new Set(both.map((one) => one.ok && one.value.version))).toEqual(new Set([2, 3]));
    expect(
      await adoptStatutes(
        world.deps,
        people.caseWorker,
        someStatutes({ unitId: places.fjordbakken, from: '2026-09-01' }),
      ),
    ).toEqual({ ok: false, refusal: { kind: 'day-wrong', earliest: today } });
  });
});

describe('the statutes of a private unit (P08, P12, BHG-11)', () => {
  const notItsOwner = [
    ...notCaseWorkers,
    ['a case worker', people.caseWorker],
    ['its leader who is signed in as a guardian', guardian(owned.leader.personId)],
  ] as const;

  test.each(notItsOwner)('are not for %s to adopt, by either lock (S-06, S-12)', async (_who, actor) => {
    for (const town of [world, bare]) {
      expect(await outcome(actor, owned.unitId, town)).toBe('NOT_FOUND');
      expect(await town.database.admin`select from statute where unit_id = ${owned.unitId}`).toEqual([]);
    }
  });

  test('are its leader’s to adopt, who adopts none of another unit’s; the municipality reads them', async () => {
    for (const town of [world, bare]) {
      expect(await outcome(owned.leader, places.solhaug, town)).toBe('NOT_FOUND');
      expect(await outcome(owned.leader, owned.unitId, town)).toBe('permitted');
      const [read] = await readStatutes(town.deps, people.caseWorker, [owned.unitId]);
      expect(read).toMatchObject([{ version: 1 }]);
    }
  });

  test('come first by law before all, as everywhere (BHG-11)', async () => {
    const priority = { mode: 'firstMatch', groups: ['sibling'], then: [] } as const;
    const wanted = someStatutes({ unitId: owned.unitId, priority });
    expect(await adoptStatutes(world.deps, owned.leader, wanted)).toMatchObject({
      refusal: { kind: 'rule-wrong', problems: [{ code: 'E_NO_LAW18_FIRST' }] },
    });
  });
});

describe('with the first lock off, row-level security still (S-12)', () => {
  const insert = (actor: Actor, unitId: string, by: string) =>
    lookAs(world.deps.db, actor, (tx) =>
      tx.execute(sql`
        insert into statute (id, unit_id, version, from_day, priority, notice_months, keep_waiting, show_rank, answer_days,
          silence_declines, convertible, max_seats, adopted_by, adopted_at, idempotency_key)
        values (${newId()}, ${unitId}, 90, ${addDays(today, 400)}, '{"mode":"firstMatch","groups":["law18"],"then":[]}', 1, true, false, 10, true, false,
          '{}', ${by}, now(), ${newId()})`),
    ).then(
      () => 'stored',
      (error: { cause?: { message: string } }) => /row-level security/.exec(error.cause?.message ?? '')?.[0],
    );

  test('takes no statutes of anybody but a case worker, in nobody else’s name, and none where admission is closed', async () => {
    for (const [, actor] of notCaseWorkers) {
      const by = 'personId' in actor ? actor.personId : newId();
      expect(await insert(actor, places.solhaug, by)).toBe('row-level security');
    }
    const { personId } = people.caseWorker;
    expect(await insert(people.caseWorker, places.solhaug, people.secondCaseWorker.personId)).toBe(
      'row-level security',
    );
    expect(await insert(people.caseWorker, places.unopened, personId)).toBe('row-level security');
    expect(await insert(people.caseWorker, places.solhaug, personId)).toBe('stored');
  });

  test('takes those of a private unit of its leader alone, and none of another unit of them (P08)', async () => {
    const { unitId, leader } = owned;
    for (const [, actor] of [...notCaseWorkers, ['a case worker', people.caseWorker] as const]) {
      const by = 'personId' in actor ? actor.personId : newId();
      expect(await insert(actor, unitId, by)).toBe('row-level security');
    }
    expect(await insert(leader, unitId, people.caseWorker.personId)).toBe('row-level security');
    expect(await insert(leader, places.fjordbakken, leader.personId)).toBe('row-level security');
    expect(await insert(leader, unitId, leader.personId)).toBe('stored');
  });

  test('changes none that are adopted, and forgets who adopted them (RET-08)', async () => {
    const { admin } = world.database;
    await expect(admin`update statute set answer_days = 5`).rejects.toThrow(/never changed/);
    await expect(admin`update statute set adopted_by = ${newId()}`).rejects.toThrow(/never changed/);
    await expect(admin`delete from statute`).rejects.toThrow(/never changed/);
    const { personId } = people.secondCaseWorker;
    await world.deps.db.asService((tx) => tx.execute(sql`select erase_person_from_statutes(${personId})`));
    expect(await admin`select from statute where adopted_by = ${personId}`).toEqual([]);
    expect(await admin`select from statute where adopted_by is null`).toHaveLength(1);
  });

  test('shows all versions to case workers and the unit’s leader, and to others what is in force (BHG-08)', async () => {
    const shownTo = async (actor: Actor) =>
      (
        await lookAs(world.deps.db, actor, (tx) =>
          tx.execute<{ version: number }>(
            sql`select version from statute where unit_id = ${places.fjordbakken} order by version`,
          ),
        )
      ).map(({ version }) => version);
    expect(await shownTo(people.caseWorker)).toEqual([1, 2, 3]);
    expect(await shownTo(people.leaderOfFjordbakken)).toEqual([1, 2, 3]);
    for (const actor of [people.leaderOfSolhaug, people.stranger, people.mother])
      expect(await shownTo(actor)).toEqual([3]);
  });
});

describe('reading statutes', () => {
  const all = async (actor: Actor, { deps }: World = world) =>
    (await readStatutes(deps, actor, [places.fjordbakken]))[0];
  const criteria = async (actor: Actor, { deps }: World = world) =>
    (await readCriteria(deps, actor, [places.fjordbakken]))[0];

  beforeAll(async () => {
    const old = { unitId: places.fjordbakken, from: '2026-08-01' };
    await adoptStatutes(bare.deps, people.caseWorker, someStatutes(old));
    await adoptStatutes(
      bare.deps,
      people.caseWorker,
      someStatutes({ unitId: places.fjordbakken, from: addDays(today, 30) }),
    );
  });

  test('all versions is for case workers and the unit’s leader, also with row-level security switched off', async () => {
    for (const town of [world, bare]) {
      for (const actor of [people.leaderOfSolhaug, people.stranger, people.mother, people.officer, machine])
        expect(await all(actor, town)).toBeNull();
      for (const actor of [people.caseWorker, people.leaderOfFjordbakken])
        expect(await all(actor, town)).not.toHaveLength(0);
    }
    expect(await readStatutes(world.deps, people.caseWorker, [newId()])).toEqual([null]);
  });

  test('what is in force is for whoever is signed in, and for no machine', async () => {
    for (const actor of [people.stranger, people.mother, people.leaderOfSolhaug, people.caseWorker]) {
      expect(await criteria(actor)).toMatchObject({ version: 3 });
      expect(await criteria(actor, bare)).toMatchObject({ version: 1, from: '2026-08-01' });
    }
    for (const actor of [machine, { kind: 'service', name: 'identity' }] as const) {
      expect(await criteria(actor, bare)).toBeNull();
      expect(await isAdmissionUnit(bare.deps, actor, places.solhaug)).toBe(false);
    }
    expect(await isAdmissionUnit(world.deps, people.stranger, places.solhaug)).toBe(true);
    expect(await isAdmissionUnit(world.deps, people.stranger, places.school)).toBe(false);
  });

  test('is closed to all while the municipality hides admission (X07, S-26)', async () => {
    for (const town of [world, bare]) {
      await town.identity.features(places.fjordbakken, [
        { feature: 'PLACEMENT', state: 'SUSPENDED', isReadable: false },
      ]);
      await town.settled();
      expect(await all(people.caseWorker, town)).toBe('hidden');
      expect(await all(people.mother, town)).toBeNull();
    }
    expect(await criteria(people.mother, bare)).toBe('hidden');
    expect(await criteria(people.mother)).toBeNull();
  });
});
