import { newId } from '@ranselpost/kit/ids';
import { addDays, instantOf } from '@ranselpost/kit/pure/dates';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { children, people, places, tellFamilies } from '../../test/families.ts';
import { reportOne } from '../../test/reports.ts';
import { type World, openWorld, tomorrow } from '../../test/world.ts';
import { correctAbsence } from './change-absence.ts';

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
