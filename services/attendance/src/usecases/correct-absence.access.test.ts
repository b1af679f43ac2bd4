import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { addDays, instantOf } from '@ranselpost/kit/pure/dates';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { children, people, places, tellFamilies } from '../../test/families.ts';
import { reportOne } from '../../test/reports.ts';
import { type World, openWorld, tomorrow } from '../../test/world.ts';
import { correctAbsence, withdrawAbsence } from './change-absence.ts';
import { erasePerson } from './erase-person.ts';
import { forgetCauses } from './forget-causes.ts';
import { readAbsences } from './read-absences.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity, world.database);
  await world.settled();
});
afterAll(() => world.close());

const { mother, father, leader, assistant } = people;
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

test('nobody else corrects a report, and an assistant would overwrite unseen what they may not read (S-06, ABS-04)', async () => {
  const { id } = await reported();
  for (const actor of [people.stranger, people.otherGuardian, people.teacherOfB, people.afterSchool])
    await expect(correctAbsence(world.deps, actor, { absenceId: id, ...asLate })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  await expect(correctAbsence(world.deps, assistant, { absenceId: id, ...asLate })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
});

test('a correction replaces what was said, is told once, and the same again is the same (T10, ABS-13)', async () => {
  const { id } = await reported();
  const corrected = await correctAbsence(world.deps, father, { absenceId: id, ...asLate });
  expect(corrected).toMatchObject({ ok: true, value: { ...asLate, correctedAt: expect.any(Date) } });
  expect(await correctAbsence(world.deps, mother, { absenceId: id, ...asLate })).toEqual(corrected);
  expect(await told(id)).toEqual(['reported', 'corrected']);
  expect(
    await correctAbsence(world.deps, leader, { absenceId: id, ...asLate, cause: 'APPOINTMENT' }),
  ).toMatchObject({ ok: true, value: { cause: 'APPOINTMENT' } });
  for (const [wrong, kind] of [
    [{ cause: null, arrivesAt: null, leavesAt: null }, 'cause-missing'],
    [{ ...asLate, leavesAt: '10:00' }, 'part-wrong'],
    [{ ...asLate, cause: 'LEAVE' as const }, 'is-leave'],
  ] as const)
    expect(await correctAbsence(world.deps, mother, { absenceId: id, ...wrong })).toMatchObject({
      refusal: { kind },
    });
});

test('a guardian does not make the whole day of a part, once it has begun; staff do (ABS-13)', async () => {
  const { id, day } = await reported();
  const goes = { absenceId: id, cause: null, arrivesAt: null, leavesAt: '14:00' };
  expect(await correctAbsence(world.deps, mother, goes)).toMatchObject({ ok: true });
  const atHalfPastOne = { ...world.deps, now: () => instantOf(day, '13:30') };
  const ill = { absenceId: id, cause: 'SICK', arrivesAt: null, leavesAt: null } as const;
  expect(await correctAbsence(atHalfPastOne, mother, ill)).toMatchObject({
    refusal: { kind: 'cut-off-passed', cutOff: instantOf(day, '08:00') },
  });
  expect(await correctAbsence(atHalfPastOne, leader, ill)).toMatchObject({ ok: true });
});

test('what was said before is kept, by whom and when, for staff who read causes, by either lock (ABS-03, ABS-04, S-12)', async () => {
  const { id } = await reported();
  await correctAbsence(world.deps, father, { absenceId: id, ...asLate });
  await withdrawAbsence(world.deps, leader, id);
  const changesFor = async (actor: Actor) =>
    (await readAbsences(world.deps, actor, [id])).get(id)?.changes.map(({ changedAt, ...change }) => {
      expect(changedAt).toBeInstanceOf(Date);
      return change;
    });
  const trace = [
    {
      ...{ kind: 'CORRECTED', changedBy: father.personId },
      ...{ cause: 'SICK', arrivesAt: null, leavesAt: null },
    },
    { ...asLate, kind: 'WITHDRAWN', changedBy: leader.personId },
  ];
  expect([await changesFor(leader), await changesFor(people.teacher)]).toEqual([trace, trace]);
  for (const actor of [mother, father, assistant]) {
    expect(await changesFor(actor)).toEqual([]);
    const all = sql`select from absence_change`;
    expect(await lookAs(world.deps.db, actor, (tx) => tx.execute(all))).toHaveLength(0);
  }
  await world.deps.db.asService((tx) => erasePerson(tx, father.personId));
  expect((await changesFor(leader))?.map(({ changedBy }) => changedBy)).toEqual([null, leader.personId]);
});

test('a cause is forgotten before its day is, and leave that was granted is not (ABS-04, ABS-07)', async () => {
  const { id } = await reported();
  await correctAbsence(world.deps, mother, { absenceId: id, ...asLate, cause: 'OTHER' });
  const kindergarten = { childId: children.small, unitId: places.kindergarten };
  const small = await reported(kindergarten);
  const granted = await reported();
  await world.database.admin`update absence_cause set cause = 'LEAVE' where absence_id = ${granted.id}`;
  const causes = async () =>
    Promise.all(
      [id, small.id, granted.id].map(
        async (one) =>
          (await world.database.admin`select cause from absence_cause where absence_id = ${one}`)[0]?.[
            'cause'
          ],
      ),
    );
  const forgetOn = (day: string) =>
    forgetCauses({
      ...{ ...world.deps, now: () => instantOf(day, '12:00'), maxStaleness: 60 },
      ...{ asksStillSick: true, causeKeptDays: 60 },
    });
  await forgetOn(addDays(small.day, 60));
  expect(await causes()).toEqual(['OTHER', 'SICK', 'LEAVE']);
  await forgetOn(addDays(small.day, 61));
  expect(await causes()).toEqual(['OTHER', undefined, 'LEAVE']);
  await forgetOn(addDays(small.day, 366 + 61));
  expect(await causes()).toEqual([undefined, undefined, 'LEAVE']);
  const kept = await world.database.admin`
    select withdrawn_at, cause from absence join absence_change on absence_id = id where id = ${id}`;
  expect(kept).toEqual([{ withdrawn_at: null, cause: null }]);
});
