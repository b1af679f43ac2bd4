import { addDays } from '@ranselpost/kit/pure/dates';
import { newId } from '@ranselpost/kit/ids';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { children, people, places, tellFamilies } from '../../test/families.ts';
import { type World, openWorld, today, tomorrow } from '../../test/world.ts';
import type { AbsenceCause } from '../domain/absence.ts';
import { type KeyedReport, reportAbsence } from './report-absence.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
});
afterAll(() => world.close());

let days = 0;
/** A report of a day that no other test has reported. */
const aReport = (more: Partial<KeyedReport> = {}): KeyedReport => ({
  childId: children.ours,
  unitId: places.school,
  day: addDays(tomorrow, (days += 1)),
  cause: 'SICK',
  idempotencyKey: newId(),
  ...more,
});
const stored = (report: KeyedReport) =>
  world.database.admin`select id from absence where child_id = ${report.childId} and day = ${report.day}`;
const told = (absenceId: string) =>
  world.database.admin`select type, subject, data from outbox where subject = ${absenceId}`;

describe('reporting an absence', () => {
  test('stores it, and tells the others in the same transaction', async () => {
    const report = aReport({ day: today });
    const result = await reportAbsence(world.deps, people.mother, report);
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

  test('does not tell why, nor who reported (ABS-04, S-07)', async () => {
    const result = await reportAbsence(world.deps, people.mother, aReport());
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
      await expect(reportAbsence(world.deps, people.mother, report)).rejects.toThrow();
    } finally {
      await world.database.admin.unsafe(`alter table outbox drop constraint closed`);
    }
    expect(await stored(report)).toEqual([]);
  });

  test('keeps every cause of the closed list, and the table takes no other (ABS-04)', async () => {
    for (const cause of ['SICK', 'DAY_OFF', 'LEAVE', 'APPOINTMENT', 'OTHER'] as const) {
      const result = await reportAbsence(world.deps, people.mother, aReport({ cause }));
      expect(result).toMatchObject({ ok: true, value: { cause } });
    }
    const free = aReport({ cause: 'has a fever' as AbsenceCause });
    await expect(reportAbsence(world.deps, people.mother, free)).rejects.toThrow();
    expect(await stored(free)).toEqual([]);
  });

  test('refuses a day that is over in Norway, though not yet elsewhere (ABS-13)', async () => {
    const now = () => new Date(`${addDays(tomorrow, 400)}T23:30:00Z`);
    const deps = { ...world.deps, now };
    const over = aReport({ day: addDays(tomorrow, 400) });
    expect(await reportAbsence(deps, people.mother, over)).toEqual({
      ok: false,
      refusal: { kind: 'day-past', firstPossibleDay: addDays(tomorrow, 401) },
    });
    expect(await stored(over)).toEqual([]);
  });

  test('refuses a unit that the child does not belong to that day', async () => {
    for (const unitId of [places.otherSchool, places.kindergarten, newId(), 'no id at all']) {
      const wrong = aReport({ unitId });
      expect(await reportAbsence(world.deps, people.mother, wrong)).toEqual({
        ok: false,
        refusal: { kind: 'unit-wrong' },
      });
      expect(await stored(wrong)).toEqual([]);
    }
  });

  test('takes school and after-school as two reports of one day (SFO-10)', async () => {
    const report = aReport();
    expect(await reportAbsence(world.deps, people.mother, report)).toMatchObject({ ok: true });
    const other = { ...report, unitId: places.afterSchool, idempotencyKey: newId() };
    expect(await reportAbsence(world.deps, people.mother, other)).toMatchObject({ ok: true });
    expect(await stored(report)).toHaveLength(2);
  });
});

describe('reporting the same day again (S-22)', () => {
  test('refuses the second, shows the first, and keeps its cause (ABS-14)', async () => {
    const report = aReport();
    const first = await reportAbsence(world.deps, people.mother, report);
    if (!first.ok) throw new Error(first.refusal.kind);
    const second = await reportAbsence(world.deps, people.father, {
      ...report,
      cause: 'OTHER',
      idempotencyKey: newId(),
    });
    expect(second).toEqual({ ok: false, refusal: { kind: 'already-reported', absence: first.value } });
    expect(await stored(report)).toHaveLength(1);
  });

  test('gives the same answer under the same key, and tells once', async () => {
    const report = aReport();
    const first = await reportAbsence(world.deps, people.mother, report);
    expect(await reportAbsence(world.deps, people.mother, report)).toEqual(first);
    if (!first.ok) throw new Error(first.refusal.kind);
    expect(await told(first.value.id)).toHaveLength(1);
  });

  test('gives the same answer under the same key when the day has passed since', async () => {
    const report = aReport();
    const first = await reportAbsence(world.deps, people.mother, report);
    const later = { ...world.deps, now: () => new Date(`${addDays(report.day, 2)}T12:00:00Z`) };
    expect(await reportAbsence(later, people.mother, report)).toEqual(first);
  });

  test('does not take one key for two different reports', async () => {
    const report = aReport();
    await reportAbsence(world.deps, people.mother, report);
    const other = aReport({ idempotencyKey: report.idempotencyKey });
    await expect(reportAbsence(world.deps, people.mother, other)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    expect(await stored(other)).toEqual([]);
  });

  test('does not take one key for two different reports at once', async () => {
    const [one, other] = [aReport(), aReport()];
    const answers = await Promise.allSettled(
      [one, { ...other, idempotencyKey: one.idempotencyKey }].map((report) =>
        reportAbsence(world.deps, people.mother, report),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect([...(await stored(one)), ...(await stored(other))]).toHaveLength(1);
  });

  test('lets two guardians use the same key', async () => {
    const report = aReport();
    await reportAbsence(world.deps, people.mother, report);
    const other = aReport({ idempotencyKey: report.idempotencyKey });
    expect(await reportAbsence(world.deps, people.father, other)).toMatchObject({ ok: true });
  });

  test('lets one of two guardians at once win, and shows the other the first report', async () => {
    for (let round = 0; round < 10; round += 1) {
      const report = aReport();
      const answers = await Promise.all(
        [people.mother, people.father].map((who) =>
          reportAbsence(world.deps, who, { ...report, idempotencyKey: newId() }),
        ),
      );
      const winner = answers.find((answer) => answer.ok);
      const loser = answers.find((answer) => !answer.ok);
      if (winner?.ok !== true) throw new Error('nobody won');
      expect(loser).toEqual({ ok: false, refusal: { kind: 'already-reported', absence: winner.value } });
      expect(await told(winner.value.id)).toHaveLength(1);
    }
  });

  test('stores and tells once when one submit is sent twenty times at once', async () => {
    const report = aReport();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => reportAbsence(world.deps, people.mother, report)),
    );
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({ ok: true });
    expect(await stored(report)).toHaveLength(1);
  });

  test('has a constraint behind it, also for whoever writes past the rules', async () => {
    const report = aReport();
    await reportAbsence(world.deps, people.mother, report);
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
    const answer = reportAbsence(world.deps, people.mother, report);
    await expect(held).rejects.toThrow('rolled back');
    expect(await answer).toMatchObject({ ok: true });
  });
});

test('the request role may not change or remove a report', async () => {
  await reportAbsence(world.deps, people.mother, aReport());
  for (const statement of [
    sql`update absence set day = day`,
    sql`delete from absence`,
    sql`delete from absence_cause`,
  ])
    await expect(lookAs(world.deps.db, people.mother, (tx) => tx.execute(statement))).rejects.toThrow();
});
