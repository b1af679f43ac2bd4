import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { addDays } from '@ranselpost/kit/pure/dates';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { children, people, places } from '../../test/families.ts';
import { aMark, at, monday, outsiders, tellFamilies } from '../../test/register.ts';
import { actOf } from '../../test/reports.ts';
import { type World, openWorld } from '../../test/world.ts';
import { answerStillSick, readStillSick } from './answer-still-sick.ts';
import { askNextStillSick, forgetStillSick } from './ask-still-sick.ts';
import { correctAbsence, withdrawAbsence } from './change-absence.ts';
import { erasePerson } from './erase-person.ts';
import { markAttendance } from './mark-attendance.ts';
import { reportAbsence } from './report-absence.ts';
import { setUnitCalendar } from './set-unit-calendar.ts';

const tuesday = addDays(monday, 1);
let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  // On the day that is asked about, both guardians still are.
  for (const childId of [children.ours, children.sibling, children.hidden])
    await world.identity.guardians(childId, [people.mother.personId, people.father.personId]);
  await world.settled();
});
afterAll(() => world.close());

const clock = (time: string, day = tuesday) => ({
  ...at(world.deps, time, day),
  ...{ maxStaleness: 60, asksStillSick: true, causeKeptDays: 60 },
});
/** Does all that is due at a time, from three replicas at once. */
async function tick(time: string, given: Partial<ReturnType<typeof clock>> = {}): Promise<void> {
  const all = async () => {
    while (await askNextStillSick({ ...clock(time), ...given }));
  };
  await Promise.all([all(), all(), all()]);
}
const sick = (
  childId: string,
  unitIds: readonly string[],
  { day = monday, who = people.mother }: { day?: string; who?: Actor } = {},
) =>
  reportAbsence(at(world.deps, '07:00', day), who, {
    ...actOf({ childId, unitId: '', day, cause: 'SICK', idempotencyKey: newId() }),
    places: unitIds.map((unitId) => ({ childId, unitId })),
  });
const notices = async (childId: string) =>
  (
    await world.database.admin<{ type: string; unit: string | null; to: string[] | null }[]>`
      select type, data->>'unitId' as unit, jsonb_path_query_array(data, '$.recipients[*].personId') as to from outbox
      where type like 'attendance.notice.%' and data->>'noticeId' in (
        select notice_id::text from still_sick where child_id = ${childId}) order by id`
  ).map(({ type, unit, to }) => [type.split('.')[2], unit, to]);
const asked = async (childId: string, who: Actor = people.father) =>
  (await readStillSick(clock('07:50'), who, [childId]))[0]?.state ?? null;
const answer = (childId: string, isStillSick: boolean, who: Actor = people.mother, key = newId()) =>
  answerStillSick(clock('07:55'), who, { childId, isStillSick, idempotencyKey: key });

describe('a child who was ill yesterday (T09)', () => {
  const { ours, sibling, half, small, hidden } = children;
  const { school, afterSchool, kindergarten } = places;

  test('is asked about once, for school and after-school alike, before the day is planned, whoever is at it', async () => {
    await sick(ours, [school, afterSchool]);
    await tick('07:44');
    expect([await notices(ours), await asked(ours)]).toEqual([[], null]);
    await tick('07:45');
    await tick('11:40');
    const both = [people.mother, people.father].map(({ personId }) => personId).toSorted();
    expect(await notices(ours)).toEqual([['due', school, both]]);
    expect([await asked(ours), await asked(ours, people.mother)]).toEqual(['ASKED', 'ASKED']);
    const told = await world.database.admin`select data::text from outbox where type like '%notice.due%'`;
    expect(JSON.stringify(told)).not.toMatch(/SICK|sick/i);
  });

  test('is not asked about for others: nobody else answers or reads it, by either lock (S-06, S-12, GUA-24)', async () => {
    for (const [, who] of [
      ...outsiders.filter(([, one]) => one !== people.mother),
      ['', people.teacher] as const,
    ]) {
      await expect(answer(ours, true, who)).rejects.toMatchObject({
        code: 'NOT_FOUND',
        message: 'Not found.',
      });
      expect(await asked(ours, who)).toBeNull();
      const changed = await lookAs(world.deps.db, who, (tx) =>
        tx.execute(sql`update still_sick set state = 'EXPECTED' returning child_id`),
      );
      expect(changed).toHaveLength(0);
      expect(await lookAs(world.deps.db, who, (tx) => tx.execute(sql`select from still_sick`))).toHaveLength(
        0,
      );
    }
  });

  test('is reported for today by a yes, once, at the same units, and both guardians see it (S-22)', async () => {
    const key = newId();
    for (let round = 0; round < 2; round += 1) {
      const result = await answer(ours, true, people.mother, key);
      if (!result.ok) throw new Error(result.refusal.kind);
      expect(
        result.value.outcomes.map(({ absences }) => absences.map(({ cause, day }) => [cause, day])),
      ).toEqual([[['SICK', tuesday]], [['SICK', tuesday]]]);
    }
    await tick('08:00');
    expect((await notices(ours)).map(([type]) => type)).toEqual(['due', 'dropped']);
    expect(await asked(ours)).toBe('STILL_SICK');
    // The other one says the same, and then something else: what was reported stands until it is taken back.
    expect(await answer(ours, true, people.father)).toMatchObject({
      value: { outcomes: [{ knownDays: [tuesday] }, { knownDays: [tuesday] }] },
    });
    expect(await answer(ours, false, people.father)).toMatchObject({
      value: { question: { state: 'STILL_SICK' } },
    });
    expect(
      await world.database.admin`select from absence where child_id = ${ours} and day = ${tuesday}`,
    ).toHaveLength(2);
  });

  test('is expected after a no, and still ill after a yes that follows it', async () => {
    await sick(half, [school]);
    await tick('07:45');
    expect(await answer(half, false)).toMatchObject({
      value: { question: { state: 'EXPECTED' }, outcomes: [] },
    });
    expect((await notices(half)).map(([type]) => type)).toEqual(['due', 'dropped']);
    expect(
      await world.database.admin`select from absence where child_id = ${half} and day = ${tuesday}`,
    ).toEqual([]);
    const yes = await answer(half, true, people.otherGuardian);
    expect(yes).toMatchObject({ value: { question: { state: 'STILL_SICK' } } });
    // The report is taken back, and a no counts again; then something else is reported after all.
    const [report] = yes.ok ? yes.value.outcomes[0]!.absences : [];
    await withdrawAbsence(clock('07:56'), people.otherGuardian, report!.id);
    expect(await asked(half, people.mother)).toBe('ASKED');
    expect(await answer(half, false)).toMatchObject({ value: { question: { state: 'EXPECTED' } } });
    await sick(half, [school], { day: tuesday });
    expect(await asked(half, people.mother)).toBe('STILL_SICK');
    expect(await answer(half, false)).toMatchObject({ value: { question: { state: 'STILL_SICK' } } });
    expect((await notices(half)).map(([type]) => type)).toEqual(['due', 'dropped']);
  });

  test('is not asked about any more once somebody reports or staff have seen it', async () => {
    const yesterday = await sick(sibling, [school]);
    if (!yesterday.ok) throw new Error(yesterday.refusal.kind);
    const ofYesterday = yesterday.value.outcomes[0]!.absences[0]!;
    await tick('07:45');
    const today = await sick(sibling, [school], { day: tuesday, who: people.father });
    if (!today.ok) throw new Error(today.refusal.kind);
    await tick('07:50');
    expect((await notices(sibling)).map(([type]) => type)).toEqual(['due', 'dropped']);
    expect(await asked(sibling)).toBeNull();
    for (const isStillSick of [true, false])
      expect(await answer(sibling, isStillSick)).toMatchObject({ refusal: { kind: 'not-asked' } });
    // What was taken back is not told again: put once more, it is another notice (S-21).
    const noticeOf = async () =>
      (
        await world.database.admin`
          select notice_id from still_sick where child_id = ${sibling} and day = ${tuesday}`
      )[0]!['notice_id'] as string;
    const first = await noticeOf();
    await withdrawAbsence(clock('07:51'), people.father, today.value.outcomes[0]!.absences[0]!.id);
    for (const cause of ['OTHER', 'SICK'] as const) {
      const said = { absenceId: ofYesterday.id, cause, arrivesAt: null, leavesAt: null };
      const corrected = await correctAbsence(at(world.deps, '07:05'), people.mother, said);
      expect(corrected).toMatchObject({ ok: true });
    }
    expect(await noticeOf()).not.toBe(first);
    expect(await answer(sibling, true)).toMatchObject({ refusal: { kind: 'not-asked' } });
    await tick('07:52');
    expect((await notices(sibling)).map(([type]) => type)).toEqual(['due']);
    expect(await asked(sibling)).toBe('ASKED');
    await sick(small, [kindergarten]);
    await tick('07:00');
    const seen = aMark(small, { day: tuesday, came: '07:10' });
    await markAttendance(clock('07:11'), people.kindergartenStaff, kindergarten, [seen]);
    await tick('07:15');
    expect((await notices(small)).map(([type]) => type)).toEqual(['due', 'dropped']);
    expect(await asked(small)).toBeNull();
  });

  test('is asked about in the portal alone where it is protected (S-08)', async () => {
    await sick(hidden, [school]);
    await tick('07:45');
    expect([await notices(hidden), await asked(hidden)]).toEqual([[], 'ASKED']);
  });

  test('is asked about neither too late, nor while rights cannot be checked, nor where the municipality does not want it (S-04)', async () => {
    const late = await sick(children.theirs, [school], { who: people.otherGuardian });
    expect(late.ok).toBe(true);
    await tick('07:50', { maxStaleness: -1 });
    await tick('07:50', { asksStillSick: false });
    expect(await asked(children.theirs, people.otherGuardian)).toBeNull();
    await tick('08:15');
    expect([await notices(children.theirs), await asked(children.theirs, people.otherGuardian)]).toEqual([
      [],
      null,
    ]);
    // The unit plans later after all.
    const terms = { closesAt: '14:00', daysAhead: 60, schoolYears: [], closed: [], isOpenEveryDay: false };
    await world.database.admin`update still_sick set state = 'WAITING' where child_id = ${children.theirs}`;
    await setUnitCalendar(clock('08:16'), people.leader, {
      ...{ ...terms, unitId: school, opensAt: '09:00', planningAt: '09:00', askMinutesBefore: 40 },
    });
    await tick('08:20');
    expect(await notices(children.theirs)).toHaveLength(1);
  });

  test('that was withdrawn, or erased, or is over, is not asked about (RET-08)', async () => {
    const again = await sick(children.ours, [school], { day: addDays(monday, 2) });
    if (!again.ok) throw new Error(again.refusal.kind);
    const wednesday = again.value.outcomes[0]!.absences[0]!;
    await withdrawAbsence(at(world.deps, '07:10', wednesday.day), people.mother, wednesday.id);
    const thursday = addDays(monday, 3);
    while (await askNextStillSick(clock('08:30', thursday)));
    const [row] = await world.database.admin`select state from still_sick where day = ${thursday}`;
    expect(row).toEqual({ state: 'SETTLED' });
    await world.deps.db.asService((tx) => erasePerson(tx, children.half));
    await forgetStillSick(clock('00:00', thursday));
    expect(await world.database.admin`select day::text from still_sick`).toEqual([{ day: thursday }]);
  });

  test('is asked about when its unit is open again, where it was closed meanwhile (T09, ABS-04)', async () => {
    const { admin } = world.database;
    const [ill, between, again] = [14, 15, 17].map((days) => addDays(monday, days)) as [
      string,
      string,
      string,
    ];
    const closed = [{ firstDay: between, lastDay: addDays(between, 1), kind: 'HOLIDAY' }];
    const opens = async (unit: string, days: readonly object[]) => admin`
      insert into unit_calendar (unit_id, opens_at, closes_at, planning_at, days_ahead, ask_minutes_before,
        is_open_every_day, school_years, closed_days)
      values (${unit}, '08:00', '16:00', '08:00', 366, 30, true, '[]', ${JSON.stringify(days)}::text::jsonb)
      on conflict (unit_id) do update set is_open_every_day = true, closed_days = excluded.closed_days,
        planning_at = '08:00', opens_at = '08:00', ask_minutes_before = 30`;
    await opens(kindergarten, closed);
    await opens(school, closed);
    await opens(afterSchool, []);
    await world.identity.guardians(ours, [people.mother.personId, people.father.personId]);
    await world.settled();
    await sick(small, [kindergarten], { day: ill });
    await sick(ours, [school, afterSchool], { day: ill });
    const days = async (childId: string) =>
      (
        await admin<{ text: string }[]>`
          select day::text || ' ' || state as text from still_sick where child_id = ${childId} and day > ${ill} order by day`
      ).map(({ text }) => text);
    const evening = clock('18:00', ill);
    await tick('', evening);
    expect(await days(small)).toEqual([`${between} SETTLED`, `${again} WAITING`]);
    // At after-school care it is asked about on the next day already; the school asks nobody who is expected there.
    expect(await days(ours)).toEqual([`${between} WAITING`, `${again} WAITING`]);
    const askedOn = async (childId: string, day: string, time = '07:30') => {
      await tick('', clock(time, day));
      return (await readStillSick(clock(time, day), people.father, [childId]))[0]?.state ?? null;
    };
    expect([await askedOn(small, between), await askedOn(ours, between)]).toEqual([null, 'ASKED']);
    const no = { childId: ours, isStillSick: false, idempotencyKey: newId() };
    expect(await answerStillSick(clock('07:40', between), people.mother, no)).toMatchObject({ ok: true });
    await forgetStillSick(clock('00:00', again));
    expect(await days(small)).toEqual([`${again} WAITING`]);
    expect([await askedOn(small, again, '07:29'), await askedOn(small, again)]).toEqual([null, 'ASKED']);
    expect(await askedOn(ours, again)).toBeNull();
    expect((await notices(small)).map(([type, unit]) => [type, unit])).toEqual([['due', kindergarten]]);
    expect(
      await lookAs(world.deps.db, people.kindergartenStaff, (tx) => tx.execute(sql`select from still_sick`)),
    ).toEqual([]);
  });
});
