import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { addDays } from '@ranselpost/kit/pure/dates';
import { staff } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { children, machine, people, places, tellFamilies } from '../../test/families.ts';
import { type World, openWorld, tomorrow } from '../../test/world.ts';
import { actOf, reportOne } from '../../test/reports.ts';
import { reportAbsence } from './report-absence.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity, world.database);
  await world.settled();
});
afterAll(() => world.close());

let days = 0;
const report = (actor: Actor, childId: string, unitId = places.school) =>
  reportOne(world.deps, actor, {
    ...{ childId, unitId, cause: 'SICK' as const },
    ...{ day: addDays(tomorrow, (days += 1)), idempotencyKey: newId() },
  });
const failure = (actor: Actor, childId: string, unitId = places.school) =>
  report(actor, childId, unitId).then(
    () => 'permitted',
    (error: Error & { code?: string }) => ({ name: error.name, code: error.code, message: error.message }),
  );
const notFound = { name: 'AppError', code: 'NOT_FOUND', message: 'Not found.' };

describe('reporting an absence is refused', () => {
  test.each<[string, Actor]>([
    ['a stranger', people.stranger],
    ['a guardian of another child in the same school', people.otherGuardian],
    ['a guardian with a local block (GUA-12)', people.blocked],
    ['a guardian whose access ended at midnight (GUA-14)', people.former],
    ['staff of another unit', people.otherLeader],
    ['after-school staff, for the school', people.afterSchool],
    ['a teacher of another group', people.teacherOfB],
    ['a teacher whose role has ended', people.formerTeacher],
    ['a guardian who is signed in as staff (GUA-24)', staff(people.mother.personId)],
    ['a machine', machine],
    ['one of our services', { kind: 'service', name: 'identity' }],
  ])('to %s, as for a child that does not exist (S-06)', async (_who, actor) => {
    expect(await failure(actor, children.ours)).toEqual(notFound);
    expect(await failure(actor, newId())).toEqual(notFound);
  });

  test('for a masked child, as for one that does not exist (ADR-04)', async () => {
    expect(await failure(people.mother, children.masked)).toEqual(notFound);
  });

  test('to a guardian the moment their access has ended (GUA-10)', async () => {
    const { father, mother } = people;
    expect(await report(father, children.small, places.kindergarten)).toMatchObject({ ok: true });
    await world.identity.guardians(children.small, [mother.personId]);
    await world.settled();
    expect(await failure(father, children.small)).toEqual(notFound);
  });

  test('and nothing of it is stored', async () => {
    const rows = await world.database.admin`
      select reported_by from absence where reported_by not in (${people.mother.personId}, ${people.father.personId})`;
    expect(rows).toEqual([]);
  });

  test('for all of them where one child is not one’s own (GUA-20)', async () => {
    const day = addDays(tomorrow, 40);
    const places_ = [children.ours, children.theirs].map((childId) => ({ childId, unitId: places.school }));
    const act = {
      ...actOf({
        childId: children.ours,
        unitId: places.school,
        day,
        cause: 'SICK',
        idempotencyKey: newId(),
      }),
    };
    await expect(reportAbsence(world.deps, people.mother, { ...act, places: places_ })).rejects.toMatchObject(
      notFound,
    );
    expect(await world.database.admin`select id from absence where day = ${day}`).toEqual([]);
  });
});

test('reporting an absence is for the staff who have the child in their charge, at their unit alone (ABS-02, SFO-10)', async () => {
  for (const actor of [people.leader, people.teacher, people.assistant, people.office]) {
    const told = await report(actor, children.ours);
    // Whoever may not read a cause is not told what they have just said either (ABS-04).
    const cause = actor === people.leader || actor === people.teacher ? 'SICK' : null;
    expect(told).toMatchObject({ ok: true, value: { cause } });
    expect(await failure(actor, children.ours, places.afterSchool)).toEqual(notFound);
  }
  const reads = await world.database.admin<{ data: { reads: object[] } }[]>`
    select data from outbox where type = 'attendance.child.read.v1'`;
  expect(reads.at(-1)!.data.reads).toMatchObject([{ childId: children.ours, kind: 'ABSENCE' }]);
});

test('reporting an absence is for both guardians alike (GUA-03)', async () => {
  expect(await report(people.mother, children.ours)).toMatchObject({ ok: true });
  expect(await report(people.father, children.ours)).toMatchObject({ ok: true });
});
