import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { addDays, instantOf } from '@ranselpost/kit/pure/dates';
import { staff } from '@ranselpost/kit/testing/actors';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { children, machine, people, places, tellFamilies } from '../../test/families.ts';
import { reportOne } from '../../test/reports.ts';
import { type World, openWorld, tomorrow } from '../../test/world.ts';
import { correctAbsence, withdrawAbsence } from './change-absence.ts';
import { readChildAbsences } from './read-child-absences.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity, world.database);
  await world.settled();
});
afterAll(() => world.close());

const { mother, father, leader, teacher, assistant } = people;
const outsiders: readonly Actor[] = [
  ...[people.stranger, people.otherGuardian, people.blocked, people.former, people.otherLeader],
  ...[people.afterSchool, people.teacherOfB, people.formerTeacher, staff(mother.personId), machine],
];
let days = 0;
const reported = async (more: object = {}) => {
  const day = addDays(tomorrow, (days += 1));
  const slot = { childId: children.ours, unitId: places.school, day, cause: 'SICK' as const };
  const result = await reportOne(world.deps, mother, { ...slot, idempotencyKey: newId(), ...more });
  if (!result.ok) throw new Error(result.refusal.kind);
  return result.value;
};
const told = async (subject: string) =>
  (await world.database.admin`select type from outbox where subject = ${subject} order by seq`).map(
    ({ type }) => (type as string).split('.')[2],
  );
const asLate = { cause: null, arrivesAt: '10:00', leavesAt: null };

test('nobody else takes back or corrects a report, by either lock (S-06, S-12)', async () => {
  const { id } = await reported();
  for (const actor of outsiders) {
    const notFound = { code: 'NOT_FOUND' };
    await expect(withdrawAbsence(world.deps, actor, id)).rejects.toMatchObject(notFound);
    await expect(correctAbsence(world.deps, actor, { absenceId: id, ...asLate })).rejects.toMatchObject(
      notFound,
    );
    for (const change of [
      sql`update absence set withdrawn_at = now() returning id`,
      sql`delete from absence_cause returning absence_id`,
    ])
      expect(await lookAs(world.deps.db, actor, (tx) => tx.execute(change)).catch(() => [])).toEqual([]);
  }
  await expect(withdrawAbsence(world.deps, mother, newId())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await told(id)).toEqual(['reported']);
});

test('the other guardian takes one unit back, the rest stands, and the day can be reported anew (ABS-15, T10, GUA-03)', async () => {
  const school = await reported();
  const other = await reported({ unitId: places.afterSchool, day: school.day });
  const withdrawn = await withdrawAbsence(world.deps, father, school.id);
  expect(withdrawn).toMatchObject({ ok: true, value: { id: school.id, withdrawnAt: expect.any(Date) } });
  expect(await withdrawAbsence(world.deps, mother, school.id)).toEqual(withdrawn);
  expect(await told(school.id)).toEqual(['reported', 'withdrawn']);
  const period = { childId: children.ours, from: school.day, to: school.day, after: null, first: 10 };
  const seen = async (actor: Actor) =>
    ((await readChildAbsences(world.deps, actor, [period]))[0] as readonly { id: string }[]).map(
      ({ id }) => id,
    );
  for (const guardian of [mother, father]) expect(await seen(guardian)).toEqual([other.id]);
  expect(await correctAbsence(world.deps, mother, { absenceId: school.id, ...asLate })).toMatchObject({
    refusal: { kind: 'is-withdrawn' },
  });
  const again = await reported({ day: school.day });
  expect(await seen(teacher)).toEqual([again.id]);
});

test('after the cut-off it is for the staff, until the day is over; and where reporting is stopped for nobody (ABS-13, X07)', async () => {
  const { id, day } = await reported();
  const at = (time: string, on = day) => ({ ...world.deps, now: () => instantOf(on, time) });
  expect(await withdrawAbsence(at('08:00'), mother, id)).toMatchObject({
    refusal: { kind: 'cut-off-passed', cutOff: instantOf(day, '08:00') },
  });
  expect(await correctAbsence(at('08:00'), mother, { absenceId: id, ...asLate })).toMatchObject({
    refusal: { kind: 'cut-off-passed' },
  });
  expect(await withdrawAbsence(at('00:00', addDays(day, 1)), leader, id)).toMatchObject({
    refusal: { kind: 'cut-off-passed' },
  });
  const { identity, settled } = world;
  await identity.features(places.school, [{ feature: 'ABSENCE', state: 'SUSPENDED', isReadable: true }]);
  await settled();
  expect(await withdrawAbsence(world.deps, mother, id)).toMatchObject({
    refusal: { kind: 'feature-closed' },
  });
  await identity.features(places.school, [{ feature: 'ABSENCE', state: 'OPEN' }]);
  await settled();
  expect(await withdrawAbsence(at('12:00'), assistant, id)).toMatchObject({ ok: true });
});

test('leave is not taken back here, by either lock (LEA-05)', async () => {
  const { id } = await reported();
  await world.database.admin`update absence set leave_id = ${newId()} where id = ${id}`;
  for (const actor of [mother, leader]) {
    expect(await withdrawAbsence(world.deps, actor, id)).toMatchObject({ refusal: { kind: 'is-leave' } });
    const change = sql`update absence set withdrawn_at = now() where id = ${id} returning id`;
    expect(await lookAs(world.deps.db, actor, (tx) => tx.execute(change))).toEqual([]);
  }
});
