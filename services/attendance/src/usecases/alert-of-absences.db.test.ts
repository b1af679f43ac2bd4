import { newId } from '@ranselpost/kit/ids';
import { addDays } from '@ranselpost/kit/pure/dates';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { children, people, places } from '../../test/families.ts';
import { aMark, at, boardOf, mark, monday, schoolDayBefore, tellFamilies } from '../../test/register.ts';
import { reportOne } from '../../test/reports.ts';
import { type World, openWorld } from '../../test/world.ts';
import { checkNextAlert } from './alert-of-absences.ts';
import { closeForgottenDays } from './close-forgotten-days.ts';
import { notePhoneCall } from './note-phone-call.ts';
import { setAbsenceAlert } from './set-absence-alert.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
});
afterAll(() => world.close());

/** Does all that is due at a time, from three replicas at once. */
async function tick(time: string, day = monday): Promise<void> {
  const deps = { ...at(world.deps, time, day), maxStaleness: 60 };
  const all = async () => {
    while (await checkNextAlert(deps));
  };
  await Promise.all([all(), all(), all()]);
}
const absent = (childId: string, given = {}) =>
  mark(world, [aMark(childId, { standing: 'ABSENT', ...given })], { time: '08:20' });
interface Told {
  readonly type: string;
  readonly data: {
    noticeId: string;
    category: string;
    recipients?: { personId: string; childIds: string[] }[];
  };
}
const told = (childId: string) => world.database.admin<Told[]>`
  select type, data from outbox where type like 'attendance.notice.%' and data->>'noticeId' in (
    select data->>'noticeId' from outbox where data->>'subjectId' = ${childId}) order by event_id`;
const alertOf = async (childId: string) => {
  const board = await boardOf(world, people.leader);
  return board === null || board === 'hidden'
    ? undefined
    : board.rows.find((row) => row.childId === childId)?.alert;
};

describe('an absence that nobody has reported (ABS-12)', () => {
  test('is told to all guardians after the unit’s timer, once, whoever is at it, and says nothing of it', async () => {
    await absent(children.ours);
    await tick('08:44');
    expect([await alertOf(children.ours), await told(children.ours)]).toEqual(['WAITING', []]);
    await tick('08:45');
    await tick('08:46');
    const [due, ...more] = await told(children.ours);
    expect(more).toEqual([]);
    expect(due).toMatchObject({
      type: 'attendance.notice.due.v1',
      data: { category: 'ABSENCE', unitId: places.school },
    });
    expect(due!.data.recipients!.map(({ personId }) => personId).toSorted()).toEqual(
      [people.mother, people.father].map(({ personId }) => personId).toSorted(),
    );
    expect(JSON.stringify(due)).not.toMatch(/ABSENT|unreported/);
    expect(await alertOf(children.ours)).toBe('TOLD');
  });

  test('that is reported after home was told takes back what has not gone out yet', async () => {
    const report = { childId: children.ours, unitId: places.school, day: monday, cause: 'SICK' as const };
    await reportOne(at(world.deps, '08:50'), people.mother, { ...report, idempotencyKey: newId() });
    await tick('08:51');
    expect((await told(children.ours)).map(({ type }) => type)).toEqual([
      'attendance.notice.due.v1',
      'attendance.notice.dropped.v1',
    ]);
    expect(await alertOf(children.ours)).toBe('DROPPED');
  });

  test('that is reported or marked otherwise before it is due is told to nobody', async () => {
    await absent(children.half);
    const report = { childId: children.half, unitId: places.school, day: monday, cause: 'DAY_OFF' as const };
    await reportOne(at(world.deps, '08:30'), people.mother, { ...report, idempotencyKey: newId() });
    const late = aMark(children.sibling, { standing: 'ABSENT' });
    await mark(world, [late], { who: people.teacherOfB, time: '08:20' });
    await mark(world, [aMark(children.sibling, { came: '08:35', knew: late.id })], {
      who: people.teacherOfB,
    });
    await tick('09:00');
    expect([await told(children.half), await told(children.sibling)]).toEqual([[], []]);
    expect([await alertOf(children.half), await alertOf(children.sibling)]).toEqual(['SETTLED', 'SETTLED']);
  });

  test('begins anew where a report is taken back, and where a child who came is gone later', async () => {
    await world.database.admin`update absence set withdrawn_at = now() where child_id = ${children.half}`;
    await tick('09:01');
    expect(await told(children.half)).toHaveLength(1);
    const came = aMark(children.half, { came: '09:10', knew: (await standing(children.half))! });
    await mark(world, [came]);
    await tick('09:11');
    expect(await alertOf(children.half)).toBe('DROPPED');
    await mark(world, [aMark(children.half, { standing: 'ABSENT', knew: came.id })]);
    await tick('09:12');
    expect((await told(children.half)).filter(({ type }) => type.includes('due'))).toHaveLength(2);
  });
  const standing = async (childId: string) => {
    const board = await boardOf(world, people.leader);
    if (board === null || board === 'hidden') return undefined;
    return board.rows.find((row) => row.childId === childId)?.slots[0]?.mark?.id;
  };

  test('of a protected child, and of one whom nobody has access to, is a call that named staff make, and no notice (S-08, ADR-10)', async () => {
    await absent(children.hidden);
    await absent(children.masked);
    await tick('09:00');
    expect(
      await world.database
        .admin`select from outbox where data->>'subjectId' in (${children.hidden}, ${children.masked})`,
    ).toEqual([]);
    expect([await alertOf(children.hidden), await alertOf(children.masked)]).toEqual(['PHONE', 'PHONE']);
    const call = { unitId: places.school, childId: children.hidden, day: monday };
    for (let round = 0; round < 2; round += 1)
      expect(await notePhoneCall(at(world.deps, '09:05'), people.teacher, call)).toEqual({
        ok: true,
        value: 'PHONED',
      });
    expect(await alertOf(children.hidden)).toBe('PHONED');
  });

  test('waits as long as the unit says, while rights cannot be checked, and while absence is stopped there (S-04, X07)', async () => {
    await setAbsenceAlert(at(world.deps, '07:00'), people.leader, places.school, 120);
    await mark(world, [aMark(children.theirs, { standing: 'ABSENT' })], {
      who: people.teacherOfB,
      time: '08:20',
    });
    await tick('10:14');
    expect(await told(children.theirs)).toEqual([]);
    expect(await checkNextAlert({ ...at(world.deps, '10:20'), maxStaleness: -1 })).toBe(false);
    const stop = async (state: 'OPEN' | 'SUSPENDED') => {
      await world.identity.features(places.school, [{ feature: 'ABSENCE', state }]);
      await world.settled();
    };
    await stop('SUSPENDED');
    await tick('10:20');
    expect(await told(children.theirs)).toEqual([]);
    await stop('OPEN');
    await tick('10:21');
    expect(await told(children.theirs)).toHaveLength(1);
  });

  test('is nothing in kindergarten, and nothing on a day that is over (ABS-16)', async () => {
    await mark(world, [aMark(children.small, { standing: 'ABSENT' })], {
      who: people.kindergartenStaff,
      unitId: places.kindergarten,
    });
    const before = schoolDayBefore(monday);
    await absent(children.ours, { day: before });
    const rows = await world.database.admin`
      select from unreported_alert where child_id = ${children.small} or day = ${before}`;
    expect(rows).toEqual([]);
  });
});

test('a day on which nobody checked a child out is closed at midnight in Norway, once, with a flag and no time (ABS-16, ABS-17)', async () => {
  const boardOn = (who = people.kindergartenStaff) => boardOf(world, who, { unitId: places.kindergarten });
  const day = schoolDayBefore(monday);
  await mark(
    world,
    [
      aMark(children.small, { day, came: '07:40' }),
      aMark(children.small, { came: '07:45', went: '17:20', knew: await smallStands() }),
    ],
    { who: people.kindergartenStaff, unitId: places.kindergarten },
  );
  expect(await boardOn()).toMatchObject({
    rows: [{ isHere: false, went: '17:20', fetchedLate: 20, state: 'PRESENT' }],
  });
  const close = (time: string, on: string) => closeForgottenDays(at(world.deps, time, on));
  expect(await close('23:59', day)).toBe(0);
  expect(await Promise.all([close('00:00', addDays(day, 1)), close('00:00', addDays(day, 1))])).toContain(1);
  expect(await close('00:00', monday)).toBe(0);
  const board = await boardOf(world, people.kindergartenStaff, { unitId: places.kindergarten, day });
  expect(board).toMatchObject({
    ...{ here: 0, counts: { PRESENT: 1 } },
    rows: [{ isHere: false, came: '07:40', went: null, slots: [{ mark: { isByClock: true } }] }],
  });
  async function smallStands(): Promise<string | null> {
    const now = await boardOn();
    return now === null || now === 'hidden' ? null : (now.rows[0]?.slots[0]?.mark?.id ?? null);
  }
});
