import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { addDays, instantOf } from '@ranselpost/kit/pure/dates';
import { staff } from '@ranselpost/kit/testing/actors';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { children, people, places } from '../../test/families.ts';
import { at, boardOf, monday, outsiders, tellFamilies } from '../../test/register.ts';
import { reportOne } from '../../test/reports.ts';
import { type World, openWorld } from '../../test/world.ts';
import { answerHolidaySurvey } from './answer-holiday-survey.ts';
import { erasePerson } from './erase-person.ts';
import { openHolidaySurvey, withdrawHolidaySurvey } from './open-holiday-survey.ts';
import { readExpectedAttendance } from './read-expected-attendance.ts';
import { readChildSurveys, readUnitSurveys } from './read-holiday-surveys.ts';
import { forgetHolidaySurveys, tellNextSurvey } from './tell-holiday-surveys.ts';

const { mother, father, kindergartenStaff } = people;
const { small } = children;
const { kindergarten } = places;
const leader = staff();
const guarded = newId();
/** Two days of a week to come, of which the first has a deadline on the day before it. */
const [first, second] = [addDays(monday, 7), addDays(monday, 8)];
const deadline = instantOf(addDays(monday, 5), '20:00');
let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.identity.roles(leader.personId, [{ role: 'LEADER', unitId: kindergarten }]);
  for (const childId of [small, guarded])
    await world.identity.guardians(childId, [mother.personId, father.personId]);
  // Protected, and nobody is named for it.
  await world.identity.enrolments(guarded, [{ unitId: kindergarten, groupIds: [places.department] }], []);
  await world.settled();
});
afterAll(() => world.close());

const clock = (time: string, day = monday) => ({ ...at(world.deps, time, day), maxStaleness: 60 });
const key = newId();
const open = (who: Actor, given = {}) =>
  openHolidaySurvey(clock('09:00'), who, {
    ...{ unitId: kindergarten, firstDay: first, lastDay: second, asksHalfDays: true, groupIds: [] },
    ...{ answerUntil: deadline, idempotencyKey: key, ...given },
  });
const opened = async () => {
  const result = await open(leader);
  if (!result.ok) throw new Error(result.refusal.kind);
  return result.value;
};
type Part = 'NONE' | 'WHOLE' | 'MORNING' | 'AFTERNOON';
const answer = async (who: Actor, part: Part, day = first, deps = clock('10:00'), childId = small) =>
  answerHolidaySurvey(deps, who, { surveyId: (await opened()).id, childId, days: [{ day, part }] });
const told = () => world.database.admin<{ notice: string; to: string[]; children: string[] }[]>`
  select data->>'noticeId' as notice, jsonb_path_query_array(data, '$.recipients[*].personId') as to,
    jsonb_path_query_array(data, '$.recipients[*].childIds[*]') as children
  from outbox where type = 'attendance.notice.due.v1' order by id`;
const dropped = () => world.database.admin<{ notice: string; to: string[] | null }[]>`
  select data->>'noticeId' as notice, data->'recipients' as to from outbox
  where type = 'attendance.notice.dropped.v1' order by id`;
const tick = async (time: string, day = monday) => {
  const all = async () => {
    while (await tellNextSurvey(clock(time, day)));
  };
  await Promise.all([all(), all()]);
};

test('a survey is opened, taken back and answered by nobody else, by either lock (T19, S-06, S-12)', async () => {
  const { id } = await opened();
  expect((await opened()).id).toBe(id);
  const strangers = outsiders.filter(([, who]) => who !== mother);
  for (const [, who] of [...strangers, ['', kindergartenStaff], ['', people.leader]] as const) {
    await expect(open(who)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(withdrawHolidaySurvey(clock('09:00'), who, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const update = sql`update holiday_survey set withdrawn_at = now() returning id`;
    expect(await lookAs(world.deps.db, who, (tx) => tx.execute(update))).toHaveLength(0);
    if (who === kindergartenStaff) continue;
    await expect(answer(who, 'NONE')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const insert = sql`
      insert into holiday_answer (survey_id, child_id, unit_id, day, part, is_by_staff, answered_by)
      values (${id}, ${small}, ${kindergarten}, ${first}, 'NONE', ${who.kind === 'staff'},
        ${'personId' in who ? who.personId : null})`;
    await expect(lookAs(world.deps.db, who, (tx) => tx.execute(insert))).rejects.toMatchObject({
      cause: { code: '42501' },
    });
    expect(await readChildSurveys(clock('09:00'), who, [small])).toEqual([[]]);
    expect(await readUnitSurveys(clock('09:00'), who, [kindergarten])).toEqual([null]);
    expect(
      await readExpectedAttendance(clock('09:00'), who, { unitId: kindergarten, from: first, to: first }),
    ).toBeNull();
  }
  // Nobody is named for the protected child: its guardians answer, and no leader does.
  await expect(answer(leader, 'NONE', first, clock('10:00'), guarded)).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

test('guardians are told once that it waits, and reminded while a day is unanswered; of a protected child nobody is (S-08, S-21)', async () => {
  const { id } = await opened();
  await tick('09:01');
  await tick('09:05');
  const both = [mother.personId, father.personId].toSorted();
  expect(await told()).toEqual([{ notice: id, to: both, children: [small, small] }]);
  expect(await answer(father, 'WHOLE', second)).toMatchObject({ ok: true });
  await tick('09:59', addDays(monday, 3));
  expect(await told()).toHaveLength(1);
  await tick('10:00', addDays(monday, 3));
  expect((await told())[1]).toMatchObject({ to: both });
  await tick('12:00', addDays(monday, 4));
  expect(await told()).toHaveLength(2);
});

test('what has not gone out of it does not, once either guardian has answered every day of theirs (GUA-03, S-21)', async () => {
  // The mother has another child there, of whom nothing is answered yet; of the protected one nobody was told.
  const another = newId();
  await world.identity.guardians(another, [mother.personId]);
  await world.identity.enrolments(another, [{ unitId: kindergarten, groupIds: [places.department] }]);
  await world.settled();
  const { id } = await opened();
  expect(await dropped()).toEqual([]);
  await answer(mother, 'WHOLE');
  const notices = [id, (await told())[1]!.notice];
  expect(await dropped()).toEqual(notices.map((notice) => ({ notice, to: [father.personId] })));
  await answer(mother, 'WHOLE', first, clock('10:00'), another);
  await answer(father, 'NONE', first, clock('10:00'), guarded);
  expect(await dropped()).toHaveLength(2);
  await answer(mother, 'WHOLE', second, clock('10:00'), another);
  expect((await dropped()).slice(2)).toEqual(notices.map((notice) => ({ notice, to: [mother.personId] })));
  const about = sql`select survey_answered_by(${id}, ${small}) as found`;
  for (const [, who] of outsiders.filter(([, one]) => one !== mother))
    expect(await lookAs(world.deps.db, who, (tx) => tx.execute(about))).toEqual([{ found: [] }]);
  await world.identity.enrolments(another, []);
  await world.settled();
});

test('the last answer counts, whoever of the guardians gives it, and nothing of who did is shown at home (ADR-11)', async () => {
  await answer(mother, 'WHOLE');
  await answer(father, 'MORNING');
  await answer(father, 'MORNING');
  const shown = async (who: Actor) => (await readChildSurveys(clock('10:00'), who, [small]))[0]![0]!;
  for (const who of [mother, father]) {
    const { answers, trace } = await shown(who);
    expect(Object.fromEntries(answers.map(({ day, part }) => [day, part]))).toEqual({
      ...{ [second]: 'WHOLE', [first]: 'MORNING' },
    });
    expect(trace).toEqual([]);
  }
  const { trace } = await shown(leader);
  expect(trace.filter(({ day }) => day === first).map(({ answeredBy, part }) => [answeredBy, part])).toEqual([
    [mother.personId, 'WHOLE'],
    [father.personId, 'MORNING'],
  ]);
  const [result] = await readUnitSurveys(clock('10:00'), leader, [kindergarten]);
  expect(result).toMatchObject([
    { unanswered: [], days: [{ counts: { MORNING: 1, UNANSWERED: 0 } }, { counts: { WHOLE: 1 } }] },
  ]);
});

test('after the deadline staff answer on a guardian’s word, and guardians do not, by either lock', async () => {
  const late = clock('07:00', first);
  expect(await answer(mother, 'NONE', first, late)).toMatchObject({ refusal: { kind: 'survey-closed' } });
  expect(await answer(kindergartenStaff, 'AFTERNOON', first, late)).toMatchObject({ ok: true });
  await world.database.admin`update holiday_survey set answer_until = now() - interval '1 minute'`;
  const { id } = await opened();
  const insert = sql`
    insert into holiday_answer (survey_id, child_id, unit_id, day, part, is_by_staff, answered_by)
    values (${id}, ${small}, ${kindergarten}, ${first}, 'NONE', false, ${mother.personId})`;
  await expect(lookAs(world.deps.db, mother, (tx) => tx.execute(insert))).rejects.toMatchObject({
    cause: { code: '42501' },
  });
});

test('what was answered is on the board and in the numbers, each child once (T19, T24, ABS-04)', async () => {
  const expected = async (who: Actor) => {
    const wanted = { unitId: kindergarten, from: first, to: second };
    const days = await readExpectedAttendance(clock('06:00', first), who, wanted);
    if (days === null || days === 'hidden') throw new Error('no numbers');
    return days.map(({ all }) => [all.expected, all.halfDay, all.away, all.notComing, all.bySurvey]);
  };
  const numbers = [
    [1, 1, 0, 0, 1],
    [1, 0, 0, 0, 1],
  ];
  expect([await expected(leader), await expected(kindergartenStaff)]).toEqual([numbers, numbers]);
  // Another department's staff have none of the children in their charge.
  expect(await expected(people.nextDoor)).toEqual([
    [0, 0, 0, 0, 0],
    [0, 0, 0, 0, 0],
  ]);
  const onBoard = () => boardOf(world, kindergartenStaff, { unitId: kindergarten, day: first });
  expect(await onBoard()).toMatchObject({ rows: [{ childId: small, stay: { arrives: '12:00' } }] });
  await answer(kindergartenStaff, 'NONE', first, clock('06:00', first));
  expect(await onBoard()).toMatchObject({ rows: [] });
  const report = { childId: small, unitId: kindergarten, day: second, cause: 'SICK' as const };
  await reportOne(at(world.deps, '06:00', first), mother, { ...report, idempotencyKey: newId() });
  expect(await expected(leader)).toEqual([
    [0, 0, 0, 1, 0],
    [0, 0, 1, 0, 0],
  ]);
});

test('what is taken back counts no more, and what is over for long is forgotten, as whoever is erased is (RET-08)', async () => {
  const { id } = await opened();
  await world.deps.db.asService((tx) => erasePerson(tx, mother.personId));
  const by = await world.database.admin`select from holiday_answer where answered_by = ${mother.personId}`;
  expect(by).toEqual([]);
  const before = (await dropped()).length;
  expect(await withdrawHolidaySurvey(clock('10:00'), leader, id)).toMatchObject({ ok: true });
  expect((await dropped()).slice(before)).toMatchObject([
    { notice: id, to: null },
    { notice: (await told())[1]!.notice, to: null },
  ]);
  expect(await boardOf(world, kindergartenStaff, { unitId: kindergarten, day: first })).toMatchObject({
    rows: [{ childId: small, stay: null }],
  });
  await forgetHolidaySurveys(clock('00:00', addDays(second, 366)));
  expect(await world.database.admin`select from holiday_survey`).toHaveLength(1);
  await forgetHolidaySurveys(clock('00:00', addDays(second, 367)));
  expect(await world.database.admin`select from holiday_answer`).toEqual([]);
});
