import { newId } from '@ranselpost/kit/ids';
import { addDays } from '@ranselpost/kit/pure/dates';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { testLife } from '@ranselpost/kit/testing/life';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { children, people, places } from '../../test/families.ts';
import { aMark, at, boardOf, mark, monday, schoolDayBefore, tellFamilies } from '../../test/register.ts';
import { reportOne } from '../../test/reports.ts';
import { type World, openWorld } from '../../test/world.ts';
import { startTimer } from '../events/timer.ts';
import { checkNextAlert } from './alert-of-absences.ts';
import { closeForgottenDays } from './close-forgotten-days.ts';
import { markAttendance } from './mark-attendance.ts';
import { notePhoneCall } from './note-phone-call.ts';
import { reportAbsence } from './report-absence.ts';
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

describe('an alert at the edge', () => {
  const day = schoolDayBefore(schoolDayBefore(monday));
  const markOn = async (childId: string, who = people.teacher) => {
    const wanted = [aMark(childId, { day, standing: 'ABSENT' })];
    await markAttendance(at(world.deps, '08:20', day), who, places.school, wanted);
  };
  const stateOf = async (childId: string) =>
    (
      await world.database
        .admin`select state from unreported_alert where child_id = ${childId} and day = ${day}`
    )[0]?.['state'] as string;
  beforeAll(async () => {
    await setAbsenceAlert(at(world.deps, '07:00'), people.leader, places.school, 30);
  });

  test('of a child who is said to come later waits until then, and is told when it has not come (ABS-12)', async () => {
    const said = {
      cause: null,
      arrivesAt: '10:00',
      leavesAt: null,
      places: [{ childId: children.ours, unitId: places.school }],
      firstDay: day,
      lastDay: day,
    };
    const told = await reportAbsence(at(world.deps, '07:30', day), people.mother, {
      ...said,
      idempotencyKey: newId(),
    });
    if (!told.ok) throw new Error(told.refusal.kind);
    await markOn(children.ours);
    await tick('09:59', day);
    expect(await stateOf(children.ours)).toBe('WAITING');
    await tick('10:00', day);
    expect(await stateOf(children.ours)).toBe('TOLD');
  });

  test('that is due while a report is being stored is not told over it (ABS-12, S-22)', async () => {
    await markOn(children.half);
    await world.database.admin.begin(async (reporting) => {
      await reporting`
        insert into absence (id, child_id, unit_id, day, reported_by)
        values (${newId()}, ${children.half}, ${places.school}, ${day}, ${people.mother.personId})`;
      await tick('08:45', day);
    });
    await tick('08:46', day);
    expect(await stateOf(children.half)).toBe('SETTLED');
  });

  test('that cannot be looked at, and work of the day that fails, hold up no other (ABS-12)', async () => {
    const { admin } = world.database;
    await admin.unsafe(`
      create function fail() returns trigger language plpgsql as $$ begin raise 'no'; end $$;
      create trigger fails before update of state on unreported_alert for each row
        when (new.child_id = '${children.sibling}') execute function fail();
      alter function make_school_years(date) rename to make_no_school_years`);
    await markOn(children.sibling, people.teacherOfB);
    await markOn(children.theirs, people.teacherOfB);
    await admin`update unreported_alert set due_at = due_at - interval '1 second' where child_id = ${children.sibling}`;
    const life = testLife();
    startTimer(
      { ...at(world.deps, '08:45', day), maxStaleness: 60, asksStillSick: true, causeKeptDays: 60 },
      life,
    );
    await eventually(async () => expect(await stateOf(children.theirs)).toBe('TOLD'), 60_000);
    await life.stop();
    expect(await stateOf(children.sibling)).toBe('WAITING');
    await admin.unsafe(`
      drop trigger fails on unreported_alert;
      alter function make_no_school_years(date) rename to make_school_years`);
    await tick('08:46', day);
    expect(await stateOf(children.sibling)).toBe('TOLD');
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
