import type { Actor } from '@ranselpost/kit/pure/actor';
import { addDays } from '@ranselpost/kit/pure/dates';
import { staff } from '@ranselpost/kit/testing/actors';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { children, machine, people, places } from '../../test/families.ts';
import { aMark, at, boardOf, mark, monday, tellFamilies } from '../../test/register.ts';
import { type World, openWorld } from '../../test/world.ts';
import type { Stay } from '../domain/stay.ts';
import { erasePerson } from './erase-person.ts';
import { readDayBoards } from './read-day-boards.ts';
import { readStays } from './read-stays.ts';
import { setStay } from './set-stay.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
});
afterAll(() => world.close());

const alone: Stay = {
  ...{ childId: children.ours, unitId: places.afterSchool, weekday: 1, day: null },
  ...{ comes: true, arrives: '13:30', leaves: '15:30', goesHome: 'ALONE' },
};
const set = (actor: Actor, given: Partial<Stay> = {}, time = '07:00') =>
  setStay(at(world.deps, time), actor, { ...alone, ...given } as Stay);

describe('when a child comes and leaves is not', () => {
  test.each<[string, Actor]>([
    ['a stranger', people.stranger],
    ['a guardian of another child', people.otherGuardian],
    ['a guardian with a local block (GUA-12)', people.blocked],
    ['a guardian whose access ended at midnight (GUA-14)', people.former],
    ['a guardian who is signed in as staff (GUA-24)', staff(people.mother.personId)],
    ['the contact teacher, at the after-school unit (SFO-10)', people.teacher],
    ['the leader of another school', people.otherLeader],
    ['a machine', machine],
  ])('for %s to set or to read, by either lock (S-06, S-12)', async (_who, actor) => {
    await expect(set(actor)).rejects.toMatchObject({ code: 'NOT_FOUND', message: 'Not found.' });
    const insert = sql`
      insert into stay (child_id, unit_id, weekday, comes, set_by)
      values (${children.ours}, ${places.afterSchool}, 2, true, ${'personId' in actor ? actor.personId : null})`;
    await expect(lookAs(world.deps.db, actor, (tx) => tx.execute(insert))).rejects.toMatchObject({
      cause: { code: '42501' },
    });
    const [read] = await readStays(at(world.deps, '07:00'), actor, [children.ours]);
    expect(read ?? []).toEqual([]);
  });
});

describe('a stay (T18, SFO-08)', () => {
  const rowAt = async (time: string) => {
    const wanted = {
      unitId: places.afterSchool,
      day: monday,
      groupId: null,
      tripId: null,
      after: null,
      first: 10,
    };
    const [board] = await readDayBoards(at(world.deps, time), people.afterSchool, [wanted]);
    return board === null || board === 'hidden' ? undefined : board?.rows[0];
  };

  test('is set by either guardian and by staff, seen by all of them alike, and the same once more is the same (GUA-03, S-22)', async () => {
    for (const who of [people.mother, people.father, people.mother])
      expect(await set(who)).toEqual({ ok: true, value: alone });
    for (const who of [people.mother, people.father, people.afterSchool])
      expect(await readStays(at(world.deps, '07:00'), who, [children.ours])).toEqual([[alone]]);
    expect(await rowAt('08:00')).toMatchObject({ stay: alone, state: 'NOT_YET_KNOWN', isTimeToGo: false });
  });

  test('warns ten minutes before a child who is there goes home, and no more once it has gone', async () => {
    const came = aMark(children.ours, { came: '13:35' });
    await mark(world, [came], { who: people.afterSchool, unitId: places.afterSchool, time: '13:35' });
    expect((await rowAt('15:19'))?.isTimeToGo).toBe(false);
    expect((await rowAt('15:20'))?.isTimeToGo).toBe(true);
    const went = aMark(children.ours, { came: '13:35', went: '15:30', knew: came.id });
    await mark(world, [went], { who: people.afterSchool, unitId: places.afterSchool, time: '15:30' });
    expect(await rowAt('15:31')).toMatchObject({ isTimeToGo: false, went: '15:30' });
  });

  test('of one day takes the place of the weekday’s, until the unit has planned it; staff may still', async () => {
    const once = { weekday: null, day: monday, leaves: '14:30' };
    expect(await set(people.mother, once, '12:00')).toEqual({ ok: false, refusal: { kind: 'stay-cut-off' } });
    expect(await set(people.mother, { leaves: '14:00' }, '12:00')).toEqual({
      ok: false,
      refusal: { kind: 'stay-cut-off' },
    });
    expect(await set(people.afterSchool, once, '12:00')).toMatchObject({ ok: true });
    expect(await rowAt('08:00')).toMatchObject({ stay: { leaves: '14:30', day: monday } });
  });

  test.each([
    ['at a school', { unitId: places.school }, 'stay-unit-wrong'],
    ['where the child is not', { unitId: places.kindergarten }, 'stay-unit-wrong'],
    ['on a day that is over', { weekday: null, day: addDays(monday, -7) }, 'stay-day-wrong'],
    ['on a closed day', { weekday: null, day: addDays(monday, 5) }, 'stay-day-wrong'],
    ['alone at no time', { leaves: null }, 'stay-times-wrong'],
    ['gone before it came', { leaves: '13:00' }, 'stay-times-wrong'],
    ['not coming, at a time', { comes: false }, 'stay-times-wrong'],
  ] as const)('is refused %s', async (_what, given, kind) => {
    expect(await set(people.mother, given as Partial<Stay>)).toEqual({ ok: false, refusal: { kind } });
  });

  test('of a child who does not come leaves it off the board, unless staff have seen it all the same', async () => {
    const small = {
      childId: children.small,
      unitId: places.kindergarten,
      arrives: null,
      leaves: null,
      goesHome: null,
    };
    await set(people.father, { ...small, comes: false });
    const rows = async () => {
      const board = await boardOf(world, people.kindergartenStaff, { unitId: places.kindergarten });
      return board === null || board === 'hidden' ? undefined : board.rows.map(({ isHere }) => isHere);
    };
    expect(await rows()).toEqual([]);
    await mark(world, [aMark(children.small)], {
      who: people.kindergartenStaff,
      unitId: places.kindergarten,
    });
    expect(await rows()).toEqual([true]);
  });

  test('is forgotten with the child, and of who set it with them (RET-08)', async () => {
    const left = () =>
      world.database.admin`select set_by from stay where child_id = ${children.ours} or set_by is not null`;
    await world.deps.db.asService(async (tx) => {
      await erasePerson(tx, children.ours);
      await erasePerson(tx, people.father.personId);
    });
    expect(await left()).toEqual([]);
  });
});
