import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { addDays } from '@ranselpost/kit/pure/dates';
import { staff } from '@ranselpost/kit/testing/actors';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { children, machine, people, places, tellFamilies } from '../../test/families.ts';
import { permitEverything } from '../../test/permit-everything.ts';
import { reportsOfHiddenAndFormer } from '../../test/protected.ts';
import { type World, openWorld, today, tomorrow } from '../../test/world.ts';
import { readAbsences } from './read-absences.ts';
import { readChildAbsences } from './read-child-absences.ts';
import { readUnitAbsences } from './read-unit-absences.ts';
import { reportOne } from '../../test/reports.ts';

vi.mock('../domain/policy.ts', () => permitEverything);
// Nothing is answered to staff without a ground to log, which would stand before the lock that is tested here.
vi.mock('@ranselpost/kit/answer', async (original) => ({
  ...(await original<object>()),
  readsOf: () => [],
}));
// Without a policy an enrolment would still have to be seen for a report to come as far as the table.
vi.mock('../domain/absence.ts', async (original) => ({
  ...(await original<object>()),
  decidePlace: (_place: unknown, days: readonly string[]) => ({
    ok: true,
    value: { days: days.map((day) => ({ day, isLate: false })), skipped: [] },
  }),
  decideChange: () => ({ ok: true, value: true }),
}));

let world: World;
let absenceId: string;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity, world.database);
  await world.settled();
  const input = { childId: children.ours, unitId: places.school, day: today, cause: 'SICK' as const };
  const result = await reportOne(world.deps, people.mother, { ...input, idempotencyKey: newId() });
  if (!result.ok) throw new Error('not reported');
  absenceId = result.value.id;
});
afterAll(() => world.close());

const outsiders: [string, Actor][] = [
  ['a stranger', people.stranger],
  ['a guardian with a local block', people.blocked],
  ['a guardian of another child', people.otherGuardian],
  ['a guardian whose access ended at midnight (GUA-14)', people.former],
  ['the leader of another school', people.otherLeader],
  ['after-school staff', people.afterSchool],
  ['a teacher of another group', people.teacherOfB],
  ['a teacher whose role has ended', people.formerTeacher],
  ['a guardian who is signed in as staff', staff(people.mother.personId)],
  ['a machine', machine],
  ['one of our services', { kind: 'service', name: 'identity' }],
];

describe('with the policy switched off, row-level security still (S-12)', () => {
  test.each(outsiders)('shows nothing to %s', async (_who, actor) => {
    const { deps } = world;
    const everything = { from: null, to: null, after: null, first: 100 };
    expect(await readChildAbsences(deps, actor, [{ childId: children.ours, ...everything }])).toEqual([[]]);
    const wanted = { unitId: places.school, day: today, after: null, first: 100 };
    expect(await readUnitAbsences(deps, actor, [wanted])).toEqual([[]]);
    expect(await readAbsences(deps, actor, [absenceId])).toEqual(new Map());
  });

  test('shows staff nothing of a protected child but to who is named for it, and nothing of one who has left (ADR-10, S-12)', async () => {
    const { deps, identity } = world;
    const seen = await reportsOfHiddenAndFormer(world);
    for (const actor of [people.leader, people.office, people.teacher, people.assistant]) {
      const isNamed = actor === people.teacher;
      expect((await readAbsences(deps, actor, seen.ids)).size).toBe(isNamed ? 1 : 0);
      const wanted = { unitId: places.school, day: seen.day, after: null, first: 100 };
      expect((await readUnitAbsences(deps, actor, [wanted]))[0]).toHaveLength(isNamed ? 1 : 0);
    }
    await identity.enrolments(seen.hidden, [{ unitId: places.school, groupIds: [places.groupA] }], []);
    await world.settled();
    expect((await readAbsences(deps, people.teacher, seen.ids)).size).toBe(0);
  });

  test.each(outsiders)('takes no report from %s', async (_who, actor) => {
    const day = addDays(tomorrow, 1);
    const input = { childId: children.ours, unitId: places.school, day, cause: 'SICK' as const };
    await expect(reportOne(world.deps, actor, { ...input, idempotencyKey: newId() })).rejects.toThrow();
    expect(await world.database.admin`select id from absence where day = ${day}`).toEqual([]);
  });

  test('takes no report in the name of somebody else', async () => {
    const insert = sql`
      insert into absence (id, child_id, unit_id, day, reported_by, idempotency_key)
      values (${newId()}, ${children.ours}, ${places.school}, ${addDays(tomorrow, 2)}, ${people.father.personId}, 'k')`;
    await expect(lookAs(world.deps.db, people.mother, (tx) => tx.execute(insert))).rejects.toMatchObject({
      cause: { code: '42501' },
    });
  });

  test('takes no report where absence is stopped, and shows none where it is hidden (X07, D02)', async () => {
    const everything = { childId: children.ours, from: null, to: null, after: null, first: 100 };
    const tell = async (isReadable: boolean, state: 'OPEN' | 'SUSPENDED') => {
      await world.identity.features(places.school, [{ feature: 'ABSENCE', state, isReadable }]);
      await world.settled();
    };
    try {
      await tell(true, 'SUSPENDED');
      const day = addDays(tomorrow, 3);
      const input = { childId: children.ours, unitId: places.school, day, cause: 'SICK' as const };
      await expect(
        reportOne(world.deps, people.mother, { ...input, idempotencyKey: newId() }),
      ).rejects.toMatchObject({ cause: { code: '42501' } });
      expect((await readAbsences(world.deps, people.mother, [absenceId])).size).toBe(1);
      await tell(false, 'SUSPENDED');
      for (const actor of [people.mother, people.leader]) {
        expect(await readChildAbsences(world.deps, actor, [everything])).toEqual([[]]);
        expect(await readAbsences(world.deps, actor, [absenceId])).toEqual(new Map());
        for (const table of ['absence', 'absence_cause'])
          expect(
            await lookAs(world.deps.db, actor, (tx) => tx.execute(sql`select from ${sql.raw(table)}`)),
          ).toHaveLength(0);
      }
    } finally {
      await tell(true, 'OPEN');
    }
  });

  test('takes no cause for an absence of another child', async () => {
    const insert = sql`
      insert into absence_cause (absence_id, child_id, unit_id, cause)
      values (${absenceId}, ${children.theirs}, ${places.school}, 'OTHER')`;
    await expect(lookAs(world.deps.db, people.otherGuardian, (tx) => tx.execute(insert))).rejects.toThrow();
  });

  test('keeps what home is asked, its addresses and its answers from everybody else, and takes nothing in for them (T09, T19, GUA-06)', async () => {
    const { deps, database } = world;
    const { ours, small } = children;
    const [survey, feed] = [newId(), newId()];
    const day = addDays(today, 9);
    await database.admin`
      insert into still_sick (child_id, day, unit_ids, state) values (${ours}, ${today}, ${[places.school]}, 'ASKED')`;
    await database.admin`
      insert into holiday_survey (id, unit_id, days, asks_half_days, group_ids, answer_until, idempotency_key, remind_at)
      values (${survey}, ${places.kindergarten}, ${[day]}, false, '{}', now() + interval '2 days', 'k', now())`;
    await database.admin`
      insert into days_feed (id, person_id, child_id, secret_hash, grant_id)
      select ${feed}, person_id, child_id, 'x', grant_id from access.guardian
      where child_id = ${ours} and person_id = ${people.mother.personId}`;
    const says = (
      who: Actor,
      isByStaff = who.kind === 'staff',
      by = 'personId' in who ? who.personId : null,
    ) => sql`
      insert into holiday_answer (survey_id, child_id, unit_id, day, part, is_by_staff, answered_by)
      values (${survey}, ${small}, ${places.kindergarten}, ${day}, 'NONE', ${isByStaff}, ${by})`;
    const as = (who: Actor, statement: ReturnType<typeof sql>) =>
      lookAs(deps.db, who, (tx) => tx.execute(statement));
    await as(people.mother, says(people.mother));
    const isRefused = (work: Promise<unknown>) =>
      expect(work).rejects.toMatchObject({ cause: { code: '42501' } });
    for (const [, who] of [...outsiders, ['the leader of the school', people.leader] as const]) {
      for (const table of ['still_sick', 'holiday_survey', 'holiday_answer'])
        expect(await as(who, sql`select from ${sql.raw(table)}`), table).toHaveLength(0);
      expect(await as(who, sql`select id from days_feed`)).toHaveLength(0);
      expect(await as(who, sql`update still_sick set state = 'EXPECTED' returning child_id`)).toHaveLength(0);
      expect(await as(who, sql`update holiday_survey set withdrawn_at = now() returning id`)).toHaveLength(0);
      await isRefused(as(who, says(who)));
      await isRefused(
        as(
          who,
          sql`insert into holiday_survey (id, unit_id, days, asks_half_days, group_ids, answer_until, opened_by, idempotency_key, remind_at)
            values (${newId()}, ${places.kindergarten}, array[${day}::date], false, '{}', now(), ${'personId' in who ? who.personId : null},
              ${newId()}, now())`,
        ),
      );
    }
    // In nobody else's name, and as nobody else; and of the day's question nothing but an answer.
    await isRefused(as(people.mother, says(people.mother, true)));
    await isRefused(as(people.mother, says(people.mother, false, people.father.personId)));
    await isRefused(as(people.kindergartenStaff, says(people.kindergartenStaff, false)));
    await isRefused(as(people.mother, sql`update still_sick set state = 'SETTLED'`));
    await isRefused(as(people.mother, sql`select secret_hash from days_feed`));
    // Each sees what is theirs; an address, whoever it is of alone, and under its own grant.
    const feeds = async (who: Actor) => (await as(who, sql`select id from days_feed`)).length;
    expect([await feeds(people.mother), await feeds(people.father)]).toEqual([1, 0]);
    await database.admin`update days_feed set grant_id = ${newId()} where id = ${feed}`;
    expect(await feeds(people.mother)).toBe(0);
    expect(await as(people.father, sql`select from holiday_answer`)).toHaveLength(1);
    expect(await as(people.nextDoor, sql`select from holiday_answer`)).toHaveLength(0);
    expect(await as(people.kindergartenStaff, sql`select from holiday_answer`)).toHaveLength(1);
  });

  test('keeps the cause from staff who have no need to know it (ABS-04)', async () => {
    const causeFor = async (actor: Actor) =>
      (await readAbsences(world.deps, actor, [absenceId])).get(absenceId)?.cause;
    expect(await causeFor(people.office)).toBeNull();
    expect(await causeFor(people.assistant)).toBeNull();
    expect(await causeFor(people.leader)).toBe('SICK');
    expect(await causeFor(people.teacher)).toBe('SICK');
  });

  test.each(['absence', 'absence_cause', 'access.guardian', 'access.enrolment', 'access.staff_role'])(
    'answers nothing of %s to a query that forgot its where',
    async (table) => {
      const everything = sql`select count(*)::int as rows from ${sql.raw(table)}`;
      const [seen] = await lookAs(world.deps.db, people.stranger, (tx) => tx.execute(everything));
      expect(seen).toEqual({ rows: 0 });
    },
  );

  test.each(['outbox', 'inbox', 'dead_letter', 'access.copy_state', 'access.fact', 'migration.applied'])(
    'lets no request read %s',
    async (table) => {
      const everything = sql`select * from ${sql.raw(table)}`;
      await expect(
        lookAs(world.deps.db, people.mother, (tx) => tx.execute(everything)),
      ).rejects.toMatchObject({
        cause: { code: '42501' },
      });
    },
  );
});
