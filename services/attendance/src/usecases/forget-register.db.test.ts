import { newId } from '@ranselpost/kit/ids';
import { instantOf } from '@ranselpost/kit/pure/dates';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CountedWorld, openCountedWorld } from '../../test/counted.ts';
import { children, people, places } from '../../test/families.ts';
import { today } from '../../test/world.ts';
import { schoolYearOf } from '../domain/calendar.ts';
import { forgetNextOfRegister } from './forget-register.ts';
import { readAbsenceStatistics } from './read-absence-statistics.ts';
import { readAbsenceSummaries } from './read-absence-summaries.ts';
import { setGroupGrade } from './set-group-grade.ts';

let world: CountedWorld;
const year = schoolYearOf(today);
/** The last days of one school year, of which the second is the last to be forgotten; and the first of the next. */
const [first, last, next] = [`${year + 1}-07-28`, `${year + 1}-07-31`, `${year + 1}-08-01`];
const { ours, theirs, sibling, small } = children;

beforeAll(async () => {
  world = await openCountedWorld();
  const grade = { unitId: places.school, schoolYear: year };
  await setGroupGrade(world.deps, people.leader, { ...grade, groupId: places.groupA, grade: 8 });
  await setGroupGrade(world.deps, people.leader, { ...grade, groupId: places.groupB, grade: 7 });
  const { admin } = world.database;
  for (const childId of [ours, theirs, sibling]) {
    await world.reported(childId, [first, last, next]);
    for (const day of [first, last, next]) await world.marked(childId, day, 'DAY', 'ABSENT');
  }
  for (let nth = 2; nth < 6; nth += 1) await world.marked(theirs, last, 'DAY', 'PRESENT', nth);
  await world.reported(small, [first, next], places.kindergarten);
  await admin`
    insert into absence_cause (absence_id, child_id, unit_id, cause)
    select id, child_id, unit_id, 'SICK' from absence where child_id = ${theirs}`;
  await admin`
    insert into follow_up (id, child_id, unit_id, kind) values (${newId()}, ${sibling}, ${places.school}, 'WORRYING')`;
});
afterAll(() => world.close());

const on = (day: string) => ({ ...world.deps, maxStaleness: 60, now: () => instantOf(day, '01:00') });
const left = async (childId: string) => {
  const { admin } = world.database;
  const [row] = await admin`
    select (select count(*)::int from mark where child_id = ${childId}) as marks,
      (select count(*)::int from absence where child_id = ${childId}) as absences,
      (select count(*)::int from absence_cause where child_id = ${childId}) as causes`;
  return row;
};
/** All is looked through again, as when the next year is due. */
const anotherYearIsDue = () =>
  world.database.admin`update register_forgotten set until = null where place = 'SCHOOL'`;
const forget = async (day: string, most: number): Promise<number> => {
  let times = 0;
  while (await forgetNextOfRegister(on(day), most)) times += 1;
  return times;
};

describe('marks and absences (ABS-04, RET-03)', () => {
  test('are forgotten in kindergarten and after-school care a school year after theirs, and stay at schools', async () => {
    await forget(`${year + 2}-07-31`, 100);
    expect(await left(small)).toMatchObject({ absences: 2 });
    await forget(`${year + 2}-08-01`, 100);
    expect([await left(small), await left(theirs)]).toMatchObject([
      { absences: 1 },
      { marks: 7, absences: 3, causes: 3 },
    ]);
  });

  test('are forgotten at schools after as many as are kept, a few at a time and once, whoever is killed at it', async () => {
    await forget(`${year + 4}-07-31`, 100);
    expect(await left(theirs)).toEqual({ marks: 7, absences: 3, causes: 3 });
    const now = on(`${year + 4}-08-01`);
    expect(await forgetNextOfRegister(now, 1)).toBe(true);
    expect(await left(theirs)).toEqual({ marks: 6, absences: 2, causes: 2 });
    const killed = world.deps.db.asService(async (tx) => {
      await forgetNextOfRegister({ ...now, db: { ...now.db, asService: (work) => work(tx) } }, 100);
      throw new Error('killed');
    });
    await expect(killed).rejects.toThrow('killed');
    expect(await left(theirs)).toEqual({ marks: 6, absences: 2, causes: 2 });
    await Promise.all([1, 2, 3].map(() => forget(`${year + 4}-08-01`, 2)));
    expect(await left(theirs)).toEqual({ marks: 1, absences: 1, causes: 1 });
    expect(await forget(`${year + 4}-08-01`, 2)).toBe(0);
  });

  test('stay where a certificate is made from them, and of whoever is followed up (ABS-06, ABS-21, ABS-23)', async () => {
    for (const kept of [ours, sibling]) expect(await left(kept)).toMatchObject({ marks: 3, absences: 3 });
  });

  test('stay while nobody knows whether they may go: by an old copy, of a child that it does not know, or of a class whose grade nobody has said (S-04)', async () => {
    const { admin } = world.database;
    await anotherYearIsDue();
    const due = on(`${year + 4}-08-01`);
    expect(await forgetNextOfRegister({ ...due, maxStaleness: -1 }, 100)).toBe(false);
    expect(await forgetNextOfRegister({ ...due, registerKeptYears: null }, 100)).toBe(false);
    const said = await admin`delete from group_grade where group_id = ${places.groupB} returning *`;
    await world.marked(theirs, first, 'DAY', 'ABSENT');
    await forget(`${year + 4}-08-01`, 100);
    for (const grade of said) await admin`insert into group_grade ${admin(grade)}`;
    await anotherYearIsDue();
    const known = await admin`delete from access.enrolment where child_id = ${theirs} returning *`;
    await forget(`${year + 4}-08-01`, 100);
    expect(await left(theirs)).toMatchObject({ marks: 2, absences: 1 });
    for (const place of known) await admin`insert into access.enrolment ${admin(place)}`;
  });

  test('go with the next year, where they were kept for a reason that is over (ABS-21)', async () => {
    await world.database.admin`
      update follow_up set outcome = 'NOT_NEEDED', closed_at = now(), closed_by = ${people.leader.personId}`;
    await anotherYearIsDue();
    await forget(`${year + 4}-08-01`, 100);
    expect([await left(theirs), await left(sibling), await left(ours)]).toMatchObject([
      { marks: 1, absences: 1 },
      { marks: 1, absences: 1 },
      { marks: 3, absences: 3 },
    ]);
  });

  test('of a class are not certified by a grade that is said once they are gone (S-26, ABS-23)', async () => {
    const said = { unitId: places.school, schoolYear: year, groupId: places.groupB, grade: 8 };
    await expect(setGroupGrade(on(`${year + 4}-08-01`), people.leader, said)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });

  test('that are forgotten are counted by nobody, and are not none (S-26)', async () => {
    const now = on(`${year + 4}-08-01`);
    const wanted = (schoolYear: number) => ({ childId: theirs, schoolYear });
    const read = (schoolYear: number) =>
      readAbsenceSummaries(now, people.otherGuardian, [wanted(schoolYear)]);
    expect([await read(year), await read(year + 1)]).toMatchObject([[null], [{ days: expect.any(Number) }]]);
    await expect(
      readAbsenceStatistics(now, people.leader, { unitId: places.school, month: last }),
    ).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});
