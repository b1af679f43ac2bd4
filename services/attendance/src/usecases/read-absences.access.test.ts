import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { addDays } from '@ranselpost/kit/pure/dates';
import { staff } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { children, machine, people, places, tellFamilies } from '../../test/families.ts';
import { reportsOfHiddenAndFormer } from '../../test/protected.ts';
import { type World, openWorld, today } from '../../test/world.ts';
import type { Absence, ShownList } from '../domain/absence.ts';
import { readAbsences } from './read-absences.ts';
import { readChildAbsences } from './read-child-absences.ts';
import { readUnitAbsences } from './read-unit-absences.ts';
import { reportOne } from '../../test/reports.ts';

let world: World;
const ids = { school: '', afterSchool: '', theirs: '', small: '' };
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity, world.database);
  await world.settled();
  const report = async (actor: Actor, childId: string, unitId: string) => {
    const input = { childId, unitId, day: today, cause: 'SICK' as const, idempotencyKey: newId() };
    const result = await reportOne(world.deps, actor, input);
    if (!result.ok) throw new Error(result.refusal.kind);
    return result.value.id;
  };
  ids.school = await report(people.mother, children.ours, places.school);
  ids.afterSchool = await report(people.mother, children.ours, places.afterSchool);
  ids.theirs = await report(people.otherGuardian, children.theirs, places.school);
  ids.small = await report(people.father, children.small, places.kindergarten);
});
afterAll(() => world.close());

const everything = { from: null, to: null, after: null, first: 20 };
const only = ([list]: ShownList[]) => {
  if (list === undefined || list === 'hidden') throw new Error(`the list is ${list}`);
  return list;
};
const ofChild = async (actor: Actor, childId: string) =>
  only(await readChildAbsences(world.deps, actor, [{ childId, ...everything }]));
const ofUnit = async (actor: Actor, unitId: string) =>
  only(await readUnitAbsences(world.deps, actor, [{ unitId, day: today, after: null, first: 20 }]));
const shown = (absences: readonly Absence[] | null) =>
  absences === null ? null : Object.fromEntries(absences.map(({ id, cause }) => [id, cause]));

const outsiders: [string, Actor][] = [
  ['a stranger', people.stranger],
  ['a guardian with a local block (GUA-12)', people.blocked],
  ['a guardian of another child', people.otherGuardian],
  ['a guardian whose access ended at midnight (GUA-14)', people.former],
  ['the leader of another school', people.otherLeader],
  ['a teacher of another group', people.teacherOfB],
  ['a teacher whose role has ended', people.formerTeacher],
  ['a guardian who is signed in as staff (GUA-24)', staff(people.mother.personId)],
  ['a machine', machine],
  ['one of our services', { kind: 'service', name: 'identity' }],
];

describe('the absences of a child', () => {
  test.each(outsiders)('are as if there were no such child for %s (S-06)', async (_who, actor) => {
    expect(await ofChild(actor, children.ours)).toBeNull();
    expect(await ofChild(actor, newId())).toBeNull();
  });

  test('are as if there were no such child when it is masked (ADR-02)', async () => {
    expect(await ofChild(people.mother, children.masked)).toBeNull();
  });

  test('are all of them, with cause, for both guardians (GUA-03)', async () => {
    const all = { [ids.school]: 'SICK', [ids.afterSchool]: 'SICK' };
    expect(shown(await ofChild(people.mother, children.ours))).toEqual(all);
    expect(shown(await ofChild(people.father, children.ours))).toEqual(all);
  });

  test('are those at their own unit for staff, the cause for those in charge alone (ABS-04, SFO-10)', async () => {
    const seenBy = async (actor: Actor) => shown(await ofChild(actor, children.ours));
    expect(await seenBy(people.teacher)).toEqual({ [ids.school]: 'SICK' });
    expect(await seenBy(people.leader)).toEqual({ [ids.school]: 'SICK' });
    expect(await seenBy(people.assistant)).toEqual({ [ids.school]: null });
    expect(await seenBy(people.office)).toEqual({ [ids.school]: null });
    expect(await seenBy(people.afterSchool)).toEqual({ [ids.afterSchool]: 'SICK' });
    expect(shown(await ofChild(people.kindergartenStaff, children.small))).toEqual({ [ids.small]: 'SICK' });
  });

  test('come in one batch for many children, hidden ones apart', async () => {
    const wanted = [children.ours, newId(), children.small].map((childId) => ({ childId, ...everything }));
    const [ours, unknown, small] = await readChildAbsences(world.deps, people.mother, wanted);
    expect([ours?.length, unknown, small?.length]).toEqual([2, null, 1]);
  });
});

describe('who is away from a unit', () => {
  test.each(outsiders.filter(([, actor]) => actor !== people.teacherOfB))(
    'is as if there were no such unit for %s',
    async (_who, actor) => {
      expect(await ofUnit(actor, places.school)).toBeNull();
      expect(await ofUnit(actor, newId())).toBeNull();
    },
  );

  test('is not for guardians, also of a child there', async () => {
    expect(await ofUnit(people.mother, places.school)).toBeNull();
  });

  test('is not for after-school staff at the school, nor the other way round (SFO-10)', async () => {
    expect(await ofUnit(people.afterSchool, places.school)).toBeNull();
    expect(await ofUnit(people.leader, places.afterSchool)).toBeNull();
  });

  test('is for staff the groups that their role covers', async () => {
    const seenBy = async (actor: Actor, unitId = places.school) => shown(await ofUnit(actor, unitId));
    expect(await seenBy(people.leader)).toEqual({ [ids.school]: 'SICK', [ids.theirs]: 'SICK' });
    expect(await seenBy(people.office)).toEqual({ [ids.school]: null, [ids.theirs]: null });
    expect(await seenBy(people.teacher)).toEqual({ [ids.school]: 'SICK' });
    expect(await seenBy(people.teacherOfB)).toEqual({ [ids.theirs]: 'SICK' });
    expect(await seenBy(people.assistant)).toEqual({ [ids.school]: null });
    expect(await seenBy(people.afterSchool, places.afterSchool)).toEqual({ [ids.afterSchool]: 'SICK' });
    expect(await seenBy(people.kindergartenStaff, places.kindergarten)).toEqual({ [ids.small]: 'SICK' });
  });

  test('is empty on a day when nobody is', async () => {
    const wanted = { unitId: places.school, day: addDays(today, 50), after: null, first: 20 };
    expect(await readUnitAbsences(world.deps, people.leader, [wanted])).toEqual([[]]);
  });

  test('leaves out a child who has left the unit', async () => {
    const { leader, otherGuardian } = people;
    const leaving = newId();
    await world.identity.guardians(leaving, [otherGuardian.personId]);
    await world.identity.enrolments(leaving, [{ unitId: places.school }]);
    await world.settled();
    const input = { childId: leaving, unitId: places.school, day: today, cause: 'OTHER' as const };
    const result = await reportOne(world.deps, otherGuardian, { ...input, idempotencyKey: newId() });
    if (!result.ok) throw new Error(result.refusal.kind);
    expect(shown(await ofUnit(leader, places.school))).toHaveProperty(result.value.id);
    await world.identity.enrolments(leaving, [{ unitId: places.school, to: today }]);
    await world.settled();
    expect(shown(await ofUnit(leader, places.school))).not.toHaveProperty(result.value.id);
    expect(shown(await ofChild(otherGuardian, leaving))).toHaveProperty(result.value.id);
    const wanted = { unitId: places.school, day: today, after: null, first: 1 };
    const page = only(await readUnitAbsences(world.deps, leader, [wanted]));
    expect(page?.map(({ childId }) => childId)).toEqual([children.theirs, children.ours]);
  });
});

describe('an absence by id', () => {
  test.each(outsiders)('does not exist for %s (S-06)', async (_who, actor) => {
    expect(await readAbsences(world.deps, actor, [ids.school, newId()])).toEqual(new Map());
  });

  test('does not exist for after-school staff when it is at the school (SFO-10)', async () => {
    const found = await readAbsences(world.deps, people.afterSchool, [ids.school, ids.afterSchool]);
    expect([...found.keys()]).toEqual([ids.afterSchool]);
  });

  test('is there for guardians and for staff in charge, without its cause for the rest of them', async () => {
    const causeFor = async (actor: Actor) =>
      (await readAbsences(world.deps, actor, [ids.school])).get(ids.school)?.cause;
    expect(await causeFor(people.father)).toBe('SICK');
    expect(await causeFor(people.teacher)).toBe('SICK');
    expect(await causeFor(people.office)).toBeNull();
  });
});

describe('a protected child (ADR-10)', () => {
  const absencesOf = async (actor: Actor, childId: string) => shown(await ofChild(actor, childId));
  test('is there for its guardians and for the staff who are named, on the days they are, and counts nowhere else (ADR-05)', async () => {
    const { identity, deps, settled } = world;
    const { hidden, ids: reported, day } = await reportsOfHiddenAndFormer(world);
    const id = reported[0]!;
    const page = async (actor: Actor) =>
      only(await readUnitAbsences(deps, actor, [{ unitId: places.school, day, after: null, first: 1 }]));
    expect(await absencesOf(people.otherGuardian, hidden)).toEqual({ [id]: 'SICK' });
    expect(await absencesOf(people.teacher, hidden)).toEqual({ [id]: 'SICK' });
    expect(shown(await page(people.teacher))).toEqual({ [id]: 'SICK' });
    for (const actor of [people.leader, people.office, people.assistant]) {
      expect(await absencesOf(actor, hidden)).toBeNull();
      expect(await page(actor)).toEqual([]);
      expect(await readAbsences(deps, actor, reported)).toEqual(new Map());
    }
    const naming = (from: string, to: string) => [{ personId: people.leader.personId, from, to }];
    const place = { unitId: places.school, groupIds: [places.groupA] };
    for (const [named, sees] of [
      [naming(addDays(today, -1), addDays(today, 1)), true],
      [naming(addDays(today, 1), addDays(today, 9)), false],
      [naming(addDays(today, -9), today), false],
      [undefined, true],
      [[], false],
    ] as const) {
      await identity.enrolments(hidden, [place], named === undefined ? undefined : [...named]);
      await settled();
      expect(await absencesOf(people.leader, hidden)).toEqual(sees ? { [id]: 'SICK' } : null);
      expect(await page(people.leader)).toHaveLength(sees ? 1 : 0);
      expect(await absencesOf(people.otherGuardian, hidden)).toEqual({ [id]: 'SICK' });
    }
  });

  test('stays closed when word of it cannot be taken in, also by a copy that is told everything anew (S-24)', async () => {
    const { identity, database, settled } = world;
    const hidden = newId();
    await identity.guardians(hidden, [people.otherGuardian.personId]);
    await identity.enrolments(hidden, [{ unitId: places.school }], []);
    await settled();
    expect(await absencesOf(people.leader, hidden)).toBeNull();
    await identity.snapshot();
    await settled();
    expect(await absencesOf(people.leader, hidden)).toBeNull();
    const [row] = await database.admin`select named_staff from access.enrolment where child_id = ${hidden}`;
    expect(row).toEqual({ named_staff: [] });
  });
});

describe('pages', () => {
  test('go through every absence once, newest day first', async () => {
    const child = newId();
    await world.identity.guardians(child, [people.mother.personId]);
    await world.identity.enrolments(child, [{ unitId: places.school }, { unitId: places.afterSchool }]);
    await world.settled();
    for (let day = 1; day <= 3; day += 1)
      for (const unitId of [places.school, places.afterSchool])
        await reportOne(world.deps, people.mother, {
          ...{ childId: child, unitId, day: addDays(today, day), cause: 'OTHER', idempotencyKey: newId() },
        });
    const read = async (more: object) =>
      only(await readChildAbsences(world.deps, people.mother, [{ childId: child, ...everything, ...more }]))!;
    const all = await read({});
    expect(all.map(({ day }) => day)).toEqual([3, 3, 2, 2, 1, 1].map((day) => addDays(today, day)));
    const first = await read({ first: 3 });
    expect(first).toEqual(all.slice(0, 4));
    expect(await read({ first: 3, after: first[2] })).toEqual(all.slice(3));
    expect(await read({ from: addDays(today, 2), to: addDays(today, 2) })).toEqual(all.slice(2, 4));
  });
});
