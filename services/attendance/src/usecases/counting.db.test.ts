import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { children, machine, people, places, tellFamilies } from '../../test/families.ts';
import { type World, openWorld } from '../../test/world.ts';
import type { Deps } from './deps.ts';
import { readAbsenceSummaries } from './read-absence-summaries.ts';

let world: World;
/** The last Friday of October 2026, a day of school like those before it. */
let deps: Deps;
const { mother, leader, teacher } = people;
/** A pupil who has changed schools on 1 October; and staff of after-school care who lead their unit. */
const [moved, parent, afterSchoolLeader] = [newId(), guardian(), staff()];
/** For whom nothing of `children.ours` is counted. */
const outsiders: readonly Actor[] = [
  ...[people.stranger, people.blocked, people.otherGuardian, people.otherLeader, people.assistant],
  ...[people.office, people.afterSchool, people.teacherOfB, people.formerTeacher, people.administrator],
  ...[afterSchoolLeader, machine, staff(people.mother.personId)],
];

beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity, world.database);
  const { identity } = world;
  await identity.guardians(moved, [parent.personId]);
  await identity.enrolments(moved, [
    { unitId: places.otherSchool, to: '2026-10-01' },
    { unitId: places.school, groupIds: [places.groupA], from: '2026-10-01' },
  ]);
  await identity.roles(afterSchoolLeader.personId, [{ role: 'LEADER', unitId: places.afterSchool }]);
  await world.settled();
  deps = { ...world.deps, now: () => new Date('2026-10-30T10:00:00Z') };
});
afterAll(() => world.close());

/** As a guardian reports it, and as staff mark it: what there is to count. */
async function reported(childId: string, days: readonly string[], unitId = places.school): Promise<void> {
  for (const day of days) {
    const id = newId();
    await world.database.admin`
      insert into absence (id, child_id, unit_id, day, idempotency_key)
      values (${id}, ${childId}, ${unitId}, ${day}, ${id})`;
  }
}
async function marked(childId: string, day: string, slot: string, standing: string, nth = 1): Promise<void> {
  await world.database.admin`
    insert into mark (id, child_id, unit_id, day, slot, nth, standing, marked_at)
    values (${newId()}, ${childId}, ${places.school}, ${day}, ${slot}, ${nth}, ${standing}, now())`;
}
async function lessons(unitId: string, groupId: string, weekday: number): Promise<readonly string[]> {
  const ids = [newId(), newId()];
  for (const [place, id] of ids.entries())
    await world.database.admin`
      insert into lesson (id, unit_id, group_id, weekday, starts, ends, from_day)
      values (${id}, ${unitId}, ${groupId}, ${weekday}, ${`0${8 + place}:15`}, ${`0${9 + place}:00`}, '2026-08-01')`;
  return ids;
}
const forgetAll = () =>
  world.database.admin`with a as (delete from absence), l as (delete from lesson) delete from mark`;
const summaryOf = async (actor: Actor, childId: string) =>
  (await readAbsenceSummaries(deps, actor, [{ childId, schoolYear: 2026 }]))[0];

describe('the summary of absence from school', () => {
  test('counts marks of staff before reports, days and hours apart, to whoever sees it (ABS-03, ABS-05, T03)', async () => {
    await forgetAll();
    await reported(children.ours, ['2026-10-06', '2026-10-07', '2026-10-08']);
    await marked(children.ours, '2026-10-08', 'DAY', 'PRESENT');
    await marked(children.ours, '2026-10-09', 'DAY', 'ABSENT');
    for (const who of [mother, teacher, leader])
      expect(await summaryOf(who, children.ours)).toEqual({
        ...{ schoolYear: 2026, days: 3, leaveDays: 0, hours: null },
      });
    const [first, second] = await lessons(places.school, places.groupA, 1);
    await marked(children.ours, '2026-10-12', first!, 'ABSENT');
    await marked(children.ours, '2026-10-12', second!, 'ABSENT');
    await marked(children.ours, '2026-10-12', second!, 'PRESENT', 2);
    expect(await summaryOf(mother, children.ours)).toMatchObject({ days: 3, hours: 1 });
    expect(await summaryOf(afterSchoolLeader, children.ours)).toBeNull();
  });

  test('follows a pupil from one school of the municipality to another; without its lessons, hours are not none (ABS-05, S-26)', async () => {
    await forgetAll();
    await reported(moved, ['2026-09-07', '2026-09-08'], places.otherSchool);
    await reported(moved, ['2026-10-13']);
    await lessons(places.school, places.groupA, 2);
    for (const who of [parent, teacher, leader])
      expect(await summaryOf(who, moved)).toMatchObject({ days: 3, hours: null });
    expect(await summaryOf(people.otherLeader, moved)).toBeNull();
    await world.identity.features(places.otherSchool, [
      { feature: 'ABSENCE', state: 'SUSPENDED', isReadable: false },
    ]);
    await world.settled();
    for (const who of [parent, leader]) expect(await summaryOf(who, moved)).toBe('hidden');
    await world.identity.features(places.otherSchool, [{ feature: 'ABSENCE', state: 'OPEN' }]);
    await world.settled();
  });

  test('is told by the database itself to nobody but whom it is counted for (S-12)', async () => {
    await forgetAll();
    await reported(children.ours, ['2026-10-06']);
    const wanted = JSON.stringify([
      { place: 0, childId: children.ours, from: '2026-08-01', to: '2027-08-01' },
    ]);
    const told = async (actor: Actor) => {
      const rows = await lookAs(world.deps.db, actor, (tx) =>
        tx.execute(sql`select days from absence_to_count(${wanted}::jsonb)`),
      );
      return rows.length;
    };
    for (const who of outsiders) expect(await told(who)).toBe(0);
    for (const who of [mother, teacher, leader]) expect(await told(who)).toBe(1);
  });

  test('of a class takes as many statements as of one pupil, and keeps apart what is asked together', async () => {
    await forgetAll();
    await reported(children.ours, ['2026-10-06']);
    await reported(children.half, ['2026-10-06', '2026-10-07']);
    const all = [children.ours, children.half, children.theirs, children.hidden, moved];
    const statements = async (childIds: readonly string[]) => {
      const said: string[] = [];
      const { db } = world.deps;
      const counting: typeof db = Object.create(db) as typeof db;
      counting.asActor = (actor, work) =>
        db.asActor(actor, (tx) =>
          work(
            new Proxy(tx, {
              get: (target, name, receiver) =>
                name === 'execute'
                  ? (query: never) => (said.push(''), target.execute(query))
                  : (Reflect.get(target, name, receiver) as unknown),
            }),
          ),
        );
      const found = await readAbsenceSummaries(
        { ...deps, db: counting },
        teacher,
        childIds.map((childId) => ({ childId, schoolYear: null })),
      );
      return {
        said: said.length,
        days: found.map((one) => (one === null ? null : (one as { days: number }).days)),
      };
    };
    const one = await statements([children.ours]);
    const many = await statements(all);
    expect(one.days).toEqual([1]);
    // The child of group B is not the teacher's; the protected one is, who is named for it.
    expect(many.days).toEqual([1, 2, null, 0, 0]);
    expect(many.said).toBe(one.said);
  });
});
