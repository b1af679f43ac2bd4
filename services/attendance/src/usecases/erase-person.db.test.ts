import { newId } from '@ranselpost/kit/ids';
import { erasureAcknowledgedV1 } from '@ranselpost/schema/events/attendance/erasure-acknowledged.v1';
import { personErasedV1 } from '@ranselpost/schema/events/identity/person-erased.v1';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { children, people, places, tellFamilies } from '../../test/families.ts';
import { type World, openWorld, tomorrow } from '../../test/world.ts';
import { reportOne } from '../../test/reports.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity, world.database);
  await world.settled();
});
afterAll(() => world.close());

const { mother, father, otherGuardian } = people;
const tell = (personId: string) =>
  world.identity.tell(personErasedV1, { personId, acknowledgeBy: new Date().toISOString() });
const acknowledged = async () =>
  (
    await world.database.admin<{ subject: string }[]>`
      select subject from outbox where type = ${erasureAcknowledgedV1.type} order by id`
  ).map(({ subject }) => subject);
const absences = async () =>
  (
    await world.database.admin<{ child_id: string; reported_by: string | null; cause: string }[]>`
      select a.child_id, reported_by, cause from absence a join absence_cause c on c.absence_id = a.id order by reported_at`
  ).map(({ child_id, reported_by, cause }) => [child_id, reported_by, cause]);
/** Everything in the access copy that names a person. */
const inCopy = async (personId: string) =>
  Number(
    (
      await world.database.admin`
        select (select count(*) from access.guardian where ${personId} in (child_id, person_id))
          + (select count(*) from access.enrolment where child_id = ${personId})
          + (select count(*) from access.staff_role where person_id = ${personId})
          + (select count(*) from access.fact where subject_id = ${personId}) as rows`
    )[0]!['rows'],
  );

describe('a person whom identity has erased (RET-08)', () => {
  test('has nothing left here, and attendance says so', async () => {
    const report = (actor: typeof mother, childId: string) =>
      reportOne(world.deps, actor, {
        ...{ childId, unitId: places.school, day: tomorrow, idempotencyKey: newId() },
        cause: 'SICK',
      });
    await report(mother, children.ours);
    await report(otherGuardian, children.theirs);
    await world.database.admin`
      insert into dead_letter (id, consumer, type, cause, envelope)
      select gen_random_uuid(), 'x', 'y', 'z', jsonb_build_object('subject', p) from unnest(${[children.ours, children.theirs]}::text[]) as p`;
    expect(await absences()).toEqual([
      [children.ours, mother.personId, 'SICK'],
      [children.theirs, otherGuardian.personId, 'SICK'],
    ]);

    await tell(children.ours);
    await world.settled();
    expect(await absences()).toEqual([[children.theirs, otherGuardian.personId, 'SICK']]);
    expect(await inCopy(children.ours)).toBe(0);
    expect(await world.database.admin`select from dead_letter`).toHaveLength(1);
    expect(await acknowledged()).toEqual([children.ours]);
  });

  test('who reported for a child that is still here is forgotten, and what they reported is not', async () => {
    await tell(otherGuardian.personId);
    await tell(people.teacher.personId);
    await world.settled();
    expect(await absences()).toEqual([[children.theirs, null, 'SICK']]);
    expect(await inCopy(otherGuardian.personId)).toBe(0);
    expect(await inCopy(people.teacher.personId)).toBe(0);
  });

  test('that is told of again changes nothing and is answered again', async () => {
    const before = (await acknowledged()).length;
    await tell(children.ours);
    await eventually(async () => expect(await acknowledged()).toHaveLength(before + 1));
    expect(await absences()).toHaveLength(1);
    expect(await inCopy(father.personId)).toBeGreaterThan(0);
  });
});
