import { type Actor, isPerson } from '@ranselpost/kit/pure/actor';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nothingChosen } from '../domain/settings.ts';
import { considers, isOwnOfSecondCaseWorker } from '../testing/considered.ts';
import { outsiders, outsidersOfUnits } from '../testing/outsiders.ts';
import { somebodyReads } from '../testing/readings.ts';
import { type World, openWorld } from '../testing/world.ts';
import { explainAccess, readAccessLogs } from './explain-access.ts';
import { readAlarms } from './read-alarms.ts';
import { readChildren } from './read-children.ts';
import { atUnit, everywhere, waysToDirect } from '../testing/features.ts';
import { readFeatureActs, readUnitContacts, readUnitFeatures } from './read-features.ts';
import { readQuarantines } from './decide-quarantine.ts';
import { readUnitFindings } from './read-unit-findings.ts';
import { readGroupChildren } from './read-group-children.ts';
import { readGroups, readUnits } from './read-units.ts';
import { readSettings } from './read-settings.ts';
import { aRegisteredUnit } from '../testing/units.ts';
import { readViewer } from './read-viewer.ts';
import { reviewAccess } from './review-access.ts';
import { updateSettings } from './update-settings.ts';

let world: World;
const inClass = () => ({ groupId: world.group['3A']!, unitId: world.unit['school']! });
beforeAll(async () => {
  world = await openWorld();
  await somebodyReads(world);
  await aRegisteredUnit(world, 'school');
  const tables = await world.database.admin<{ name: string }[]>`
    select oid::regclass::text as name from pg_class where relkind = 'r' and relrowsecurity`;
  for (const { name } of tables)
    await world.database.admin.unsafe(`alter table ${name} disable row level security`);
  // The functions that look for themselves, blind.
  await world.database.admin.unsafe(`
    create or replace function access.circle() returns text[] language sql stable as $$ select '{}'::text[] $$;
    create or replace function access.auditable(asked uuid[]) returns table (child_id uuid, is_own_case boolean)
      language sql stable security definer as $$
        select person_id, person_id = any (access.own_cases(access.staff())) from person where person_id = any (asked) $$;
    create or replace function access.staff_over(asked uuid[])
      returns table (child_id uuid, role_id uuid, person_id uuid, role text, unit_id uuid, group_id uuid, from_day date, to_day date)
      language sql stable as $$
        select e.child_id, r.role_id, r.person_id, r.role, r.unit_id, r.group_id, r.from_day, r.to_day
        from enrolment e join staff_role r on r.unit_id = e.unit_id and (r.group_id is null or r.group_id = any (e.group_ids))
        where e.child_id = any (asked) $$;
    create or replace function access.grounds_of(asked uuid[])
      returns table (grant_id uuid, since timestamptz, register_revision integer, read_at timestamptz) language sql stable as $$
        select g.grant_id, g.opened_at, 1, now() from access_grant g where g.grant_id = any (asked) $$;
    create or replace function access.staff_names(asked uuid[])
      returns table (person_id uuid, given text, middle text, family text, protection text) language sql stable as $$
        select p.person_id, p.given, p.middle, p.family, p.protection from person p where p.person_id = any (asked) $$`);
  await world.database.admin`
    update person set given = 'SKJULT', family = 'KRITTAVLE', protection = 'FORTROLIG' where person_id = ${world.id.assistant}`;
  await world.database.admin`grant select on all tables in schema public to identity_request`;
});
afterAll(() => world.close());

describe('with row-level security switched off, the policy still (S-12)', () => {
  test.each(outsiders)('shows nothing to %s', async (_who, actorOf) => {
    const { deps, id, unit, group } = world;
    const actor = actorOf(world);
    expect(await readChildren(deps, actor, [id.ours])).toEqual(new Map());
    expect((await readGroups(deps, actor, [group['3A']!])).size).toBe(0);
    expect(await readGroupChildren(deps, actor, [{ ...inClass(), after: null, first: 9 }])).toEqual([null]);
    const page = { after: null, first: 100 };
    expect(await explainAccess(deps, actor, [id.ours])).toEqual(new Map());
    expect(await readAccessLogs(deps, actor, [{ childId: id.ours, ...page }])).toEqual([null]);
    expect((await readAlarms(deps, actor, page)) ?? []).toEqual([]);
    expect(await reviewAccess(deps, actor, [{ unitId: unit['school']!, ...page }])).toEqual([null]);
  });

  test.each(outsidersOfUnits)(
    'lets %s direct no feature, and shows them none of it (D01)',
    async (who, actorOf) => {
      const { deps, unit, database } = world;
      const actor = actorOf(world);
      // Staff without a class and the dead role see no unit; the leader of another school sees their own alone.
      expect((await readUnits(deps, actor, [unit['school']!, unit['sfo']!])).size).toBe(0);
      expect((await readUnitFeatures(deps, actor, [unit['school']!])).size).toBe(0);
      expect((await readUnitContacts(deps, actor, [unit['school']!])).size).toBe(0);
      await expect(
        readFeatureActs(deps, actor, { feature: null, before: null, first: 10 }),
      ).rejects.toMatchObject({ code: 'FORBIDDEN' });
      if (!who.includes('protection officer'))
        await expect(readQuarantines(deps, actor, { before: null, first: 10 })).rejects.toMatchObject({
          code: 'FORBIDDEN',
        });
      await expect(
        readUnitFindings(deps, actor, { kind: null, after: null, first: 10 }),
      ).rejects.toMatchObject({ code: 'FORBIDDEN' });
      for (const [way, direct] of Object.entries(waysToDirect))
        for (const place of [atUnit(unit['school']!), everywhere])
          await expect(direct(deps, actor, place), way).rejects.toMatchObject({
            code: expect.stringMatching(/^(FORBIDDEN|NOT_FOUND)$/) as string,
          });
      expect(await database.admin`select from feature_act`).toHaveLength(0);
      expect(await database.admin`select from unit_contact`).toHaveLength(0);
    },
  );

  test('opens a protected child to none of its staff but who is named for it, whatever their role (ADR-10)', async () => {
    const { deps, id, unit } = world;
    const wanted = { unitId: unit['school']!, after: null, first: 100 };
    for (const name of ['leader', 'assistant', 'office', 'father', 'teacherOfB'] as const)
      expect((await readChildren(deps, staff(id[name]), [id.hidden])).size, name).toBe(0);
    expect((await readChildren(deps, staff(id.teacher), [id.hidden])).size).toBe(1);
    expect(JSON.stringify(await reviewAccess(deps, staff(id.leader), [wanted]))).not.toContain(id.hidden);
    for (const name of ['leader', 'assistant', 'office', 'father', 'teacher'] as const) {
      const list = await readGroupChildren(deps, staff(id[name]), [{ ...inClass(), after: null, first: 9 }]);
      expect(
        list[0]!.map((child) => child.id),
        `the list of ${name} (ADR-05)`,
      ).toEqual(name === 'teacher' ? [id.ours, id.hidden] : [id.ours]);
    }
  });

  test('leaves a protected guardian out for the other one, and keeps the capacities apart (ADR-19, GUA-24)', async () => {
    const seen = await readChildren(world.deps, guardian(world.id.father), [world.id.theirs]);
    expect(seen.get(world.id.theirs)?.guardians.map(({ id }) => id)).toEqual([world.id.father]);
    expect((await readViewer(world.deps, staff(world.id.father))).children).toEqual([]);
    expect((await readViewer(world.deps, guardian(world.id.father))).roles).toEqual([]);
  });

  test('keeps settings to whoever chose them, in the capacity they did (N14, GUA-24)', async () => {
    const { deps, id, database } = world;
    await updateSettings(deps, guardian(id.mother), { language: 'nn' });
    await updateSettings(deps, staff(id.mother), { language: 'en' });
    for (const [, actorOf] of outsiders) {
      const actor = actorOf(world);
      if (!isPerson(actor)) {
        await expect(readSettings(deps, actor)).rejects.toMatchObject({ code: 'FORBIDDEN' });
        await expect(updateSettings(deps, actor, { language: 'se' })).rejects.toMatchObject({
          code: 'FORBIDDEN',
        });
      } else if (actor.personId !== id.mother) expect(await readSettings(deps, actor)).toEqual(nothingChosen);
    }
    await updateSettings(deps, guardian(id.father), { language: 'se', namesChild: true });
    expect((await readSettings(deps, guardian(id.mother))).language).toBe('nn');
    expect((await readSettings(deps, staff(id.mother))).language).toBe('en');
    expect(await database.admin`select from person_settings where names_child`).toHaveLength(1);
  });

  test('tells guardians of no reading of each other’s, nothing of a protected one, and no name that is protected (ADR-02, ADR-11, ADR-19)', async () => {
    const { deps, id } = world;
    const readers = async (who: Actor, childId: string) =>
      (await readAccessLogs(deps, who, [{ childId, after: null, first: 100 }]))[0]
        ?.filter(({ kind }) => kind === 'CHILD')
        .map((one) => one.staff.personId);
    expect(await readers(guardian(id.mother), id.ours)).toEqual([id.teacher]);
    expect(await readers(guardian(id.father), id.theirs)).toEqual([]);
    const theirs = (await explainAccess(deps, guardian(id.father), [id.theirs])).get(id.theirs)!;
    expect(JSON.stringify(theirs)).not.toContain(id.otherMother);
    const ours = (await explainAccess(deps, guardian(id.mother), [id.ours])).get(id.ours)!;
    expect(ours.guardians.map((one) => [one.guardian.id === id.mother, one.record !== null])).toEqual(
      expect.arrayContaining([
        [true, true],
        [false, false],
      ]),
    );
    const assistant = ours.staff.find((one) => one.staff.personId === id.assistant);
    expect(assistant?.staff.name).toBeNull();
  });

  test('shows a privacy officer no child of their own, and nobody else any (GUA-24, GUA-25)', async () => {
    const { deps, id } = world;
    const explained = (actor: Actor, childId: string) => explainAccess(deps, actor, [childId]);
    expect((await explained(staff(id.hiddenMother), id.hidden)).size).toBe(0);
    expect((await explained(staff(id.hiddenMother), id.theirs)).size).toBe(1);
    for (const actor of [staff(id.leader), staff(id.teacherOfB), guardian(id.mother)])
      expect((await explained(actor, id.theirs)).size).toBe(0);
  });

  test('shows staff a child’s place at their own unit alone', async () => {
    const seen = await readChildren(world.deps, staff(world.id.afterSchool), [world.id.ours]);
    expect(seen.get(world.id.ours)?.enrolments.map(({ unitId }) => unitId)).toEqual([world.unit['sfo']]);
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
    expect(await toldTo('officer')).toEqual([]);
    expect(await toldTo('administrator')).toEqual([]);
    expect(await readChildren(deps, guardian(id.caseWorker), asked)).toEqual(new Map());
    // `theirs` has a mother at a protected address, and is so protected with her.
    expect(await toldTo('caseWorker')).toEqual([id.sibling, id.ours].toSorted());
  });
});
