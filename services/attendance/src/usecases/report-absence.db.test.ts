import { addDays, instantOf } from '@ranselpost/kit/pure/dates';
import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { staff } from '@ranselpost/kit/testing/actors';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { children, people, places, tellFamilies } from '../../test/families.ts';
import { type World, openWorld, today, tomorrow } from '../../test/world.ts';
import type { AbsenceCause } from '../domain/absence.ts';
import { readAbsences } from './read-absences.ts';
import { type OneReport, actOf, reportOne } from '../../test/reports.ts';
import { withdrawAbsence } from './change-absence.ts';
import { reportAbsence } from './report-absence.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity, world.database);
  await world.settled();
});
afterAll(() => world.close());

let days = 0;
/** A report of a day that no other test has reported. */
const aReport = (more: Partial<OneReport> = {}): OneReport => ({
  childId: children.ours,
  unitId: places.school,
  day: addDays(tomorrow, (days += 1)),
  cause: 'SICK',
  idempotencyKey: newId(),
  ...more,
});
const stored = (report: OneReport) =>
  world.database.admin`select id from absence where child_id = ${report.childId} and day = ${report.day}`;
const told = (absenceId: string) =>
  world.database
    .admin`select type, subject, data from outbox where subject = ${absenceId} and type not like '%.notice.%'`;

describe('reporting an absence', () => {
  test('stores it, and tells the others in the same transaction', async () => {
    const report = aReport({ day: today });
    const result = await reportOne(world.deps, people.mother, report);
    if (!result.ok) throw new Error(result.refusal.kind);
    const { idempotencyKey: _key, ...said } = report;
    expect(result.value).toMatchObject(said);
    expect(await stored(report)).toEqual([{ id: result.value.id }]);
    expect(await told(result.value.id)).toEqual([
      {
        type: 'attendance.absence.reported.v1',
        subject: result.value.id,
        data: { absenceId: result.value.id, childId: children.ours, unitId: places.school, day: today },
      },
    ]);
  });

  test('tells those of the staff who see the child that the board is to be read anew, once for each unit, and of near days alone', async () => {
    const changed = async () =>
      world.database.admin<{ subject: string; data: { day: string; watchers: string[] } }[]>`
        select subject, data from outbox where type = 'attendance.day.changed.v1' order by event_id desc limit 2`;
    const all = () => world.database.admin`select from outbox where type = 'attendance.day.changed.v1'`;
    const day = aReport().day;
    const result = await reportOne(world.deps, people.mother, aReport({ day }));
    if (!result.ok) throw new Error(result.refusal.kind);
    const [told_, before] = await changed();
    expect(told_).toMatchObject({ subject: places.school, data: { day } });
    expect(told_!.data.watchers).toEqual(expect.arrayContaining([people.teacher.personId]));
    expect(told_!.data.watchers).not.toContain(people.afterSchool.personId);
    expect(before?.data.day).not.toBe(day);
    // Who says it again changes nothing that anybody sees.
    await reportOne(world.deps, people.father, aReport({ day }));
    expect((await changed())[0]).toEqual(told_);
    const { length } = await all();
    const ahead = {
      ...actOf(aReport({ childId: children.sibling, day: today })),
      lastDay: addDays(today, 100),
    };
    const long = await reportAbsence(world.deps, people.mother, ahead);
    const days = (long.ok ? long.value.outcomes[0]!.absences : []).map((one) => one.day);
    expect(days.length).toBeGreaterThan(40);
    expect(await all()).toHaveLength(length + 1);
    expect((await changed())[0]!.data).toMatchObject({
      day: days[0],
      lastDay: days.findLast((one) => one <= addDays(today, 7)),
    });
    await reportOne(world.deps, people.mother, aReport({ day: addDays(today, 50) }));
    await world.database.admin`delete from absence where child_id = ${children.sibling}`;
    expect(await all()).toHaveLength(length + 1);
  });

  test('does not tell why, nor who reported (ABS-04, S-07)', async () => {
    const result = await reportOne(world.deps, people.mother, aReport());
    if (!result.ok) throw new Error(result.refusal.kind);
    const text = JSON.stringify(await told(result.value.id));
    expect(text).not.toContain('SICK');
    expect(text).not.toContain(people.mother.personId);
  });

  test('stores nothing when the fact cannot be told (S-20, S-21)', async () => {
    const report = aReport();
    await world.database.admin.unsafe(
      `alter table outbox add constraint closed check (subject = '') not valid`,
    );
    try {
      await expect(reportOne(world.deps, people.mother, report)).rejects.toThrow();
    } finally {
      await world.database.admin.unsafe(`alter table outbox drop constraint closed`);
    }
    expect(await stored(report)).toEqual([]);
  });

  test('keeps every cause of the closed list, and the table takes no other (ABS-04)', async () => {
    for (const cause of ['SICK', 'DAY_OFF', 'APPOINTMENT', 'OTHER'] as const) {
      const result = await reportOne(world.deps, people.mother, aReport({ cause }));
      expect(result).toMatchObject({ ok: true, value: { cause } });
    }
    const free = aReport({ cause: 'has a fever' as AbsenceCause });
    await expect(reportOne(world.deps, people.mother, free)).rejects.toThrow();
    expect(await stored(free)).toEqual([]);
  });

  test('refuses a day that is over in Norway, though not yet elsewhere (ABS-13)', async () => {
    const now = () => new Date(`${addDays(tomorrow, 400)}T23:30:00Z`);
    const deps = { ...world.deps, now };
    const over = aReport({ day: addDays(tomorrow, 400) });
    expect(await reportOne(deps, people.mother, over)).toEqual({
      ok: false,
      refusal: { kind: 'day-past', firstPossibleDay: addDays(tomorrow, 401) },
    });
    expect(await stored(over)).toEqual([]);
  });

  test('refuses a unit that the child does not belong to that day', async () => {
    for (const unitId of [places.otherSchool, places.kindergarten, newId(), 'no id at all']) {
      const wrong = aReport({ unitId });
      expect(await reportOne(world.deps, people.mother, wrong)).toEqual({
        ok: false,
        refusal: { kind: 'unit-wrong' },
      });
      expect(await stored(wrong)).toEqual([]);
    }
  });

  test('takes school and after-school as two reports of one day (SFO-10)', async () => {
    const report = aReport();
    expect(await reportOne(world.deps, people.mother, report)).toMatchObject({ ok: true });
    const other = { ...report, unitId: places.afterSchool, idempotencyKey: newId() };
    expect(await reportOne(world.deps, people.mother, other)).toMatchObject({ ok: true });
    expect(await stored(report)).toHaveLength(2);
  });
});

describe('reporting the same day again (S-22)', () => {
  test('shows the second the first, and keeps both for staff (ABS-14)', async () => {
    const report = aReport();
    const first = await reportOne(world.deps, people.mother, report);
    if (!first.ok) throw new Error(first.refusal.kind);
    const second = await reportOne(world.deps, people.father, {
      ...report,
      cause: 'OTHER',
      idempotencyKey: newId(),
    });
    expect(second).toEqual({ ok: false, refusal: { kind: 'known', absence: first.value } });
    expect(await stored(report)).toHaveLength(1);
    expect(await told(first.value.id)).toHaveLength(1);
    const seenBy = async (actor: Actor) =>
      (await readAbsences(world.deps, actor, [first.value.id])).get(first.value.id);
    expect(await seenBy(people.teacher)).toMatchObject({ cause: 'SICK', repeats: [{ cause: 'OTHER' }] });
    expect(await seenBy(people.assistant)).toMatchObject({ cause: null, repeats: [] });
    for (const who of [people.mother, people.father])
      expect(await seenBy(who)).toMatchObject({ cause: 'SICK', repeats: [] });
  });

  test('is merged where it says the same, with nothing more to show to staff (ABS-14)', async () => {
    const report = aReport();
    const first = await reportOne(world.deps, people.mother, report);
    const again = { ...report, idempotencyKey: newId() };
    const second = await reportOne(world.deps, people.father, again);
    expect(second).toMatchObject({ refusal: { kind: 'known' } });
    expect(await reportOne(world.deps, people.father, again)).toEqual(second);
    if (!first.ok) throw new Error(first.refusal.kind);
    const read = await readAbsences(world.deps, people.teacher, [first.value.id]);
    expect(read.get(first.value.id)).toMatchObject({ repeats: [] });
  });

  test('gives the same answer under the same key, and tells once', async () => {
    const report = aReport();
    const first = await reportOne(world.deps, people.mother, report);
    expect(await reportOne(world.deps, people.mother, report)).toEqual(first);
    if (!first.ok) throw new Error(first.refusal.kind);
    expect(await told(first.value.id)).toHaveLength(1);
  });

  test('gives the same answer under the same key when the day has passed since', async () => {
    const report = aReport();
    const first = await reportOne(world.deps, people.mother, report);
    const later = { ...world.deps, now: () => new Date(`${addDays(report.day, 2)}T12:00:00Z`) };
    expect(await reportOne(later, people.mother, report)).toEqual(first);
  });

  test('does not take one key for two different reports', async () => {
    const report = aReport();
    await reportOne(world.deps, people.mother, report);
    const other = aReport({ idempotencyKey: report.idempotencyKey });
    await expect(reportOne(world.deps, people.mother, other)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    expect(await stored(other)).toEqual([]);
  });

  test('does not take one key for a part of a day without a cause and with one, and for who may not read it does', async () => {
    const said = (cause: AbsenceCause | null, actor: Actor, report: OneReport) =>
      reportAbsence(world.deps, actor, { ...actOf(report), cause, arrivesAt: '10:00' });
    const refused = { code: 'BAD_USER_INPUT' };
    const report = aReport();
    for (const who of [people.mother, people.father]) {
      const mine = { ...report, idempotencyKey: newId() };
      expect(await said(null, who, mine)).toMatchObject({ ok: true });
      await expect(said('SICK', who, mine)).rejects.toMatchObject(refused);
    }
    const byAssistant = aReport();
    const first = await said('SICK', people.assistant, byAssistant);
    expect(await said('SICK', people.assistant, byAssistant)).toEqual(first);
  });

  test('does not take one key for two different reports at once', async () => {
    const [one, other] = [aReport(), aReport()];
    const answers = await Promise.allSettled(
      [one, { ...other, idempotencyKey: one.idempotencyKey }].map((report) =>
        reportOne(world.deps, people.mother, report),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect([...(await stored(one)), ...(await stored(other))]).toHaveLength(1);
  });

  test('lets two guardians use the same key', async () => {
    const report = aReport();
    await reportOne(world.deps, people.mother, report);
    const other = aReport({ idempotencyKey: report.idempotencyKey });
    expect(await reportOne(world.deps, people.father, other)).toMatchObject({ ok: true });
  });

  test('lets one of two guardians at once win, and shows the other the first report', async () => {
    for (let round = 0; round < 10; round += 1) {
      const report = aReport();
      const answers = await Promise.all(
        [people.mother, people.father].map((who) =>
          reportOne(world.deps, who, { ...report, idempotencyKey: newId() }),
        ),
      );
      const winner = answers.find((answer) => answer.ok);
      const loser = answers.find((answer) => !answer.ok);
      if (winner?.ok !== true) throw new Error('nobody won');
      expect(loser).toEqual({ ok: false, refusal: { kind: 'known', absence: winner.value } });
      expect(await told(winner.value.id)).toHaveLength(1);
    }
  });

  test('stores and tells once when one submit is sent twenty times at once', async () => {
    const report = aReport();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => reportOne(world.deps, people.mother, report)),
    );
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({ ok: true });
    expect(await stored(report)).toHaveLength(1);
  });

  test('has a constraint behind it, also for whoever writes past the rules', async () => {
    const report = aReport();
    await reportOne(world.deps, people.mother, report);
    const again = world.database.admin`
      insert into absence (id, child_id, unit_id, day, reported_by, idempotency_key)
      select gen_random_uuid(), child_id, unit_id, day, reported_by, 'another' from absence where day = ${report.day}`;
    await expect(again).rejects.toThrow('absence_child_id_unit_id_day_key');
  });

  test('shows nothing of a rolled-back report to the next one', async () => {
    const report = aReport();
    const inserted = Promise.withResolvers<void>();
    const held = world.database.admin.begin(async (tx) => {
      await tx`insert into absence (id, child_id, unit_id, day, reported_by, idempotency_key)
        values (${newId()}, ${report.childId}, ${report.unitId}, ${report.day}, ${people.father.personId}, 'gone')`;
      inserted.resolve();
      await tx`select pg_sleep(0.3)`;
      throw new Error('rolled back');
    });
    await inserted.promise;
    const answer = reportOne(world.deps, people.mother, report);
    await expect(held).rejects.toThrow('rolled back');
    expect(await answer).toMatchObject({ ok: true });
  });
});

test('the request role may not remove a report, nor change whose it is', async () => {
  await reportOne(world.deps, people.mother, aReport());
  for (const statement of [
    sql`update absence set day = day`,
    sql`update absence set reported_by = null`,
    sql`delete from absence`,
    sql`update absence_cause set cause = 'OTHER'`,
    sql`delete from absence_repeat`,
  ])
    await expect(lookAs(world.deps.db, people.mother, (tx) => tx.execute(statement))).rejects.toThrow();
});

describe('one act for several children, units and days (ABS-15, T06, T07)', () => {
  const ours = { childId: children.ours, unitId: places.school };
  const afterSchool = { childId: children.ours, unitId: places.afterSchool };
  const small = { childId: children.small, unitId: places.kindergarten };
  const anAct = (more: Partial<Parameters<typeof reportAbsence>[2]> = {}) => {
    const act = actOf(aReport());
    return { ...act, lastDay: addDays(act.firstDay, 1), places: [ours, afterSchool, small], ...more };
  };
  const outcomes = async (actor: Actor, act: Parameters<typeof reportAbsence>[2]) => {
    const result = await reportAbsence(world.deps, actor, act);
    if (!result.ok) throw new Error(result.refusal.kind);
    return result.value;
  };

  test('makes a row for each, under one correlation id, and tells of each', async () => {
    const act = anAct();
    days += 2;
    const { correlationId, outcomes: came } = await outcomes(people.mother, act);
    expect(came.map(({ place, refusal }) => ({ ...place, refusal }))).toEqual(
      act.places.map((place) => ({ ...place, refusal: null })),
    );
    const all = came.flatMap(({ absences }) => absences);
    expect(all).toHaveLength(6);
    expect(new Set(all.map((absence) => absence.correlationId))).toEqual(new Set([correlationId]));
    for (const { id } of all) expect(await told(id)).toHaveLength(1);
    expect(await outcomes(people.mother, act)).toEqual({ correlationId, outcomes: came });
  });

  test('is taken where it can be: a unit that is closed is passed over with a note, one that is stopped is refused', async () => {
    const act = anAct();
    days += 2;
    const { firstDay } = act;
    await world.database.admin`
      update unit_calendar set closed_days = ${world.database.admin.json([{ firstDay, lastDay: firstDay, kind: 'PLANNING' }])}
      where unit_id = ${places.afterSchool}`;
    await world.identity.features(places.kindergarten, [
      { feature: 'ABSENCE', state: 'SUSPENDED', isReadable: true },
    ]);
    await world.settled();
    try {
      const { outcomes: came } = await outcomes(people.mother, act);
      expect(came.map(({ absences, skipped, refusal }) => [absences.length, skipped, refusal?.kind])).toEqual(
        [
          [2, [], undefined],
          [1, [{ day: firstDay, reason: 'PLANNING' }], undefined],
          [0, [], 'feature-closed'],
        ],
      );
      const closed = { ...act, lastDay: firstDay, places: [afterSchool], idempotencyKey: newId() };
      expect(await outcomes(people.mother, closed)).toMatchObject({
        ...{ correlationId: null, outcomes: [{ refusal: { kind: 'days-closed' } }] },
      });
    } finally {
      await world.identity.features(places.kindergarten, [{ feature: 'ABSENCE', state: 'OPEN' }]);
      await world.settled();
      await world.database.admin`update unit_calendar set closed_days = '[]'`;
    }
  });

  test('and both guardians at once, in another order, each slot exists once and neither is refused (S-22, ABS-14)', async () => {
    for (let round = 0; round < 5; round += 1) {
      const act = anAct();
      days += 2;
      const turned = { ...act, places: act.places.toReversed(), idempotencyKey: newId() };
      const came = await Promise.all([outcomes(people.mother, act), outcomes(people.father, turned)]);
      for (const { outcomes: mine } of came) expect(mine.flatMap(({ absences }) => absences)).toHaveLength(6);
      const rows = await world.database.admin`
        select id from absence where day between ${act.firstDay} and ${act.lastDay}`;
      expect(rows).toHaveLength(6);
    }
  });

  test('says late and early in neutral times, without a word of why (T13, ABS-04)', async () => {
    const act = { ...actOf(aReport()), cause: null, arrivesAt: '10:15', leavesAt: '12:00' };
    const [late] = (await outcomes(people.mother, act)).outcomes[0]!.absences;
    expect(late).toMatchObject({ cause: null, arrivesAt: '10:15', leavesAt: '12:00' });
    const causes = await world.database.admin`select from absence_cause where absence_id = ${late!.id}`;
    expect(causes).toHaveLength(0);
  });

  test('is late after the cut-off, for guardians (ABS-13)', async () => {
    const late = async (actor: Actor, time: string) => {
      const report = aReport();
      const deps = { ...world.deps, now: () => instantOf(report.day, time) };
      const result = await reportOne(deps, actor, report);
      return result.ok && result.value.isLate;
    };
    expect([await late(people.mother, '07:59'), await late(people.mother, '08:00')]).toEqual([false, true]);
    expect(await late(people.leader, '09:00')).toBe(false);
  });
});

describe('what home says of a day that goes on (T29)', () => {
  const second = staff();
  beforeAll(async () => {
    await world.identity.roles(second.personId, [
      { role: 'CONTACT_TEACHER', unitId: places.school, groupId: places.groupA },
    ]);
    await world.settled();
    await world.database.admin`delete from absence where day = ${today}`;
  });
  afterEach(() => world.database.admin`delete from absence where day = ${today}`);

  const at = (time: string) => ({ ...world.deps, now: () => instantOf(today, time) });
  interface Notice {
    readonly type: string;
    readonly data: { readonly recipients?: { readonly personId: string }[] };
  }
  const noticesOf = (absenceId: string) => world.database.admin<Notice[]>`
    select type, data from outbox where data->>'noticeId' = ${absenceId} order by event_id`;
  const toldBy = async (
    time: string,
    given: Partial<OneReport> = {},
    part = {},
    who: Actor = people.mother,
  ) => {
    const act = { ...actOf(aReport({ day: today, ...given })), ...part };
    const result = await reportAbsence(at(time), who, act);
    if (!result.ok) throw new Error(result.refusal.kind);
    const [absence] = result.value.outcomes[0]!.absences;
    const notices = await noticesOf(absence!.id);
    return {
      absence: absence!,
      act,
      told: notices
        .flatMap(({ data }) => data.recipients ?? [])
        .map(({ personId }) => personId)
        .toSorted(),
    };
  };
  const ids = (...who: { personId: string }[]) => who.map(({ personId }) => personId).toSorted();

  test('is told at once to the contact teachers, once, whoever says it again, and no more once it is taken back', async () => {
    const { absence, act, told } = await toldBy('08:00');
    expect(told).toEqual(ids(people.teacher, second));
    await reportAbsence(at('09:00'), people.mother, act);
    await toldBy('09:00', {}, {}, people.father);
    const [due, ...more] = await noticesOf(absence.id);
    expect([due, more]).toMatchObject([
      {
        type: 'attendance.notice.due.v1',
        data: { category: 'ABSENCE_NEWS', unitId: places.school, subjectId: absence.id },
      },
      [],
    ]);
    expect(JSON.stringify(due)).not.toContain('SICK');
    await withdrawAbsence(at('09:10'), people.leader, absence.id);
    expect((await noticesOf(absence.id)).map(({ type }) => type)).toEqual([
      'attendance.notice.due.v1',
      'attendance.notice.dropped.v1',
    ]);
  });

  test.each([
    ['before it has begun', '07:59', {}, {}, people.mother],
    ['once it is over', '16:00', {}, {}, people.mother],
    ['of another day', '09:00', { day: tomorrow }, {}, people.mother],
    ['by staff themselves', '09:00', {}, {}, people.leader],
  ] as const)('is no news %s', async (_what, time, given, part, who) => {
    expect((await toldBy(time, given, part, who)).told).toEqual([]);
  });

  test('is told of a part of the day too, though it is not late (T13)', async () => {
    const part = { arrivesAt: null, leavesAt: '14:00' };
    const { absence, told } = await toldBy('10:00', {}, part);
    expect([absence.isLate, told]).toEqual([false, ids(people.teacher, second)]);
  });

  test('is told of what the other guardian had said, where the first takes theirs back (S-20)', async () => {
    const part = { arrivesAt: null, leavesAt: '14:00' };
    const { absence } = await toldBy('10:00', {}, part);
    await toldBy('10:01', {}, part, people.father);
    const result = await withdrawAbsence(at('10:02'), people.mother, absence.id);
    expect(result).toMatchObject({ ok: true });
    const [instead] = await world.database.admin<{ id: string }[]>`
      select id from absence where day = ${today} and withdrawn_at is null`;
    expect((await noticesOf(absence.id)).at(-1)?.type).toBe('attendance.notice.dropped.v1');
    const [due] = await noticesOf(instead!.id);
    expect(due?.data.recipients?.map(({ personId }) => personId).toSorted()).toEqual(
      ids(people.teacher, second),
    );
  });

  test('is told to whoever is in charge at after-school care and in a kindergarten’s department (SFO-10)', async () => {
    expect((await toldBy('12:00', { unitId: places.afterSchool })).told).toEqual(ids(people.afterSchool));
    const small = { childId: children.small, unitId: places.kindergarten };
    expect((await toldBy('12:00', small)).told).toEqual(ids(people.kindergartenStaff));
  });

  test('of a protected child is told to nobody, be they named for it (S-08, ADR-10)', async () => {
    expect((await toldBy('12:00', { childId: children.hidden })).told).toEqual([]);
  });

  test('names its receivers to nobody but a guardian of the child (S-12)', async () => {
    const ask = sql`select to_jsonb(news_of_absence_to(${children.ours}, ${places.school})) as told`;
    for (const [who, told] of [
      [people.mother, ids(people.teacher, second)],
      [people.stranger, []],
      [people.blocked, []],
      [people.leader, []],
    ] as const)
      expect(await lookAs(world.deps.db, who, (tx) => tx.execute(ask))).toEqual([{ told }]);
  });
});
