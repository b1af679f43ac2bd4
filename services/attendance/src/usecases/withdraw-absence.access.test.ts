import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { addDays, instantOf } from '@ranselpost/kit/pure/dates';
import { staff } from '@ranselpost/kit/testing/actors';
import { lookAs } from '@ranselpost/kit/testing/look';
import { type SQL, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

test('leave is neither taken back here nor its cause taken away or said, by either lock (LEA-05)', async () => {
  const { id, day } = await reported();
  await world.database.admin`update absence set leave_id = ${newId()} where id = ${id}`;
  await world.database.admin`update absence_cause set cause = 'LEAVE' where absence_id = ${id}`;
  const { id: late } = await reported({ day: addDays(day, 100) });
  await world.database.admin`delete from absence_cause where absence_id = ${late}`;
  for (const actor of [mother, leader]) {
    const act = (change: SQL) => lookAs(world.deps.db, actor, (tx) => tx.execute(change));
    expect(await withdrawAbsence(world.deps, actor, id)).toMatchObject({ refusal: { kind: 'is-leave' } });
    expect(await correctAbsence(world.deps, actor, { absenceId: id, ...asLate })).toMatchObject({
      refusal: { kind: 'is-leave' },
    });
    expect(await act(sql`update absence set withdrawn_at = now() where id = ${id} returning id`)).toEqual([]);
    expect(await act(sql`delete from absence_cause where absence_id = ${id} returning cause`)).toEqual([]);
    const leave = sql`
      insert into absence_cause (absence_id, child_id, unit_id, cause)
      values (${late}, ${children.ours}, ${places.school}, 'LEAVE')`;
    await expect(act(leave)).rejects.toMatchObject({ cause: { code: '42501' } });
  }
});

describe('what somebody else had said of the same day (S-20, ABS-14)', () => {
  const both = async () => {
    const first = await reported();
    const slot = { childId: children.ours, unitId: places.school, day: first.day };
    const again = { ...slot, cause: 'APPOINTMENT' as const, idempotencyKey: newId() };
    expect(await reportOne(world.deps, father, again)).toMatchObject({ refusal: { kind: 'known' } });
    return { first, again };
  };
  const standing = async (day: string) =>
    await world.database.admin`
      select a.id, a.reported_by, c.cause from absence a left join absence_cause c on c.absence_id = a.id
      where a.day = ${day} and a.unit_id = ${places.school} and a.withdrawn_at is null`;

  test('stands when the first takes theirs back, is told, and is a receipt still', async () => {
    const { first, again } = await both();
    const third = { ...again, cause: 'OTHER' as const, idempotencyKey: newId() };
    await reportOne(world.deps, leader, third);
    expect(await withdrawAbsence(world.deps, mother, first.id)).toMatchObject({ ok: true });
    const [instead] = await standing(first.day);
    expect(instead).toMatchObject({ reported_by: father.personId, cause: 'APPOINTMENT' });
    expect(await told(instead!['id'] as string)).toEqual(['reported']);
    const receipt = await reportOne(world.deps, father, again);
    expect(receipt).toMatchObject({ ok: true, value: { id: instead!['id'], cause: 'APPOINTMENT' } });
    // Everybody who had said so takes back their own; then nothing stands.
    for (const [actor, by] of [
      [father, leader],
      [leader, null],
    ] as const) {
      const [now] = await standing(first.day);
      expect(await withdrawAbsence(world.deps, actor, now!['id'] as string)).toMatchObject({ ok: true });
      expect(await standing(first.day)).toMatchObject(by === null ? [] : [{ reported_by: by.personId }]);
    }
  });

  test('does not stand when it is they who take the day back', async () => {
    const { first } = await both();
    expect(await withdrawAbsence(world.deps, father, first.id)).toMatchObject({ ok: true });
    expect(await standing(first.day)).toEqual([]);
  });

  test('stands also when both come at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const first = await reported();
      const slot = { childId: children.ours, unitId: places.school, day: first.day, cause: 'OTHER' as const };
      await Promise.all([
        withdrawAbsence(world.deps, mother, first.id),
        reportOne(world.deps, father, { ...slot, idempotencyKey: newId() }),
      ]);
      expect(await standing(first.day)).toMatchObject([{ reported_by: father.personId }]);
    }
  });

  test('is repeated of nothing that has been taken back, whoever forgets it', async () => {
    const first = await reported();
    await withdrawAbsence(world.deps, mother, first.id);
    const repeat = sql`
      insert into absence_repeat (absence_id, child_id, unit_id, correlation_id, reported_by)
      values (${first.id}, ${children.ours}, ${places.school}, ${newId()}, ${father.personId})`;
    await expect(lookAs(world.deps.db, father, (tx) => tx.execute(repeat))).rejects.toMatchObject({
      cause: { code: '42501' },
    });
  });
});
