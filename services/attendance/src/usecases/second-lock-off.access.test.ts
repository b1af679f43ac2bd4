import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { addDays } from '@ranselpost/kit/pure/dates';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { children, machine, people, places, tellFamilies } from '../../test/families.ts';
import { reportsOfHiddenAndFormer } from '../../test/protected.ts';
import { type World, openWorld, today, tomorrow } from '../../test/world.ts';
import {
  addFollowUpStep,
  closeFollowUp,
  completeFollowUpStep,
  openFollowUp,
  readFollowUps,
} from './follow-up-absence.ts';
import { answerHolidaySurvey } from './answer-holiday-survey.ts';
import { answerStillSick, readStillSick } from './answer-still-sick.ts';
import { giveDaysAt, makeDaysFeed, readDaysFeeds, revokeDaysFeed } from './days-feed.ts';
import { openHolidaySurvey, withdrawHolidaySurvey } from './open-holiday-survey.ts';
import { readAbsences } from './read-absences.ts';
import { readChildAbsences } from './read-child-absences.ts';
import { readChildSurveys, readUnitSurveys } from './read-holiday-surveys.ts';
import { readUnitAbsences } from './read-unit-absences.ts';
import { reportOne } from '../../test/reports.ts';

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
  const tables = await world.database.admin<{ name: string }[]>`
    select oid::regclass::text as name from pg_class where relkind = 'r' and relrowsecurity`;
  for (const { name } of tables)
    await world.database.admin.unsafe(`alter table ${name} disable row level security`);
});
afterAll(() => world.close());

test('with row-level security switched off, what is stopped is refused and what is hidden is not shown (X07, S-12)', async () => {
  const { deps, identity, settled } = world;
  const tell = async (isReadable: boolean, state: 'OPEN' | 'SUSPENDED') => {
    await identity.features(places.school, [{ feature: 'ABSENCE', state, isReadable }]);
    await settled();
  };
  await tell(false, 'SUSPENDED');
  const input = { childId: children.ours, unitId: places.school, day: tomorrow, cause: 'SICK' as const };
  expect(await reportOne(deps, people.mother, { ...input, idempotencyKey: newId() })).toMatchObject({
    refusal: { kind: 'feature-closed' },
  });
  const page = { after: null, first: 100 };
  const wanted = { childId: children.ours, from: null, to: null, ...page };
  expect(await readChildAbsences(deps, people.mother, [wanted])).toEqual(['hidden']);
  expect(
    await readUnitAbsences(deps, people.leader, [{ unitId: places.school, day: today, ...page }]),
  ).toEqual(['hidden']);
  expect(await readAbsences(deps, people.leader, [absenceId])).toEqual(new Map());
  await tell(true, 'OPEN');
});

/** For whom there is nothing of the families’ children at home or in kindergarten. */
const notTheirs: readonly Actor[] = [
  ...[people.stranger, people.blocked, people.otherGuardian, people.former, people.otherLeader],
  ...[people.afterSchool, people.formerTeacher, machine, staff(people.mother.personId)],
];

describe('with row-level security switched off, the policy still (S-12)', () => {
  test.each<[string, Actor]>([
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
  ])('shows nothing to %s and takes no report', async (_who, actor) => {
    const { deps } = world;
    const [ofChild] = await readChildAbsences(deps, actor, [
      { childId: children.ours, from: null, to: null, after: null, first: 100 },
    ]);
    const [ofUnit] = await readUnitAbsences(deps, actor, [
      { unitId: places.school, day: today, after: null, first: 100 },
    ]);
    expect(actor === people.afterSchool ? ofChild : (ofChild ?? [])).toEqual([]);
    expect(ofUnit ?? []).toEqual([]);
    expect(await readAbsences(deps, actor, [absenceId])).toEqual(new Map());
    const day = addDays(tomorrow, 1);
    const input = { childId: children.ours, unitId: places.school, day, cause: 'SICK' as const };
    await expect(reportOne(deps, actor, { ...input, idempotencyKey: newId() })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await world.database.admin`select id from absence where day = ${day}`).toEqual([]);
  });

  test('ends a guardian’s access at midnight in Norway of the day that was told (GUA-14)', async () => {
    const { identity, deps } = world;
    const of = guardian();
    await identity.guardians(children.theirs, [{ personId: of.personId, endsOn: '2027-02-01' }]);
    await world.settled();
    const at = (instant: string) => ({ ...deps, now: () => new Date(instant) });
    const wanted = { childId: children.theirs, from: null, to: null, after: null, first: 100 };
    const read = (instant: string) => readChildAbsences(at(instant), of, [wanted]);
    const input = { childId: children.theirs, unitId: places.school, day: '2027-02-10' };
    const report = (instant: string) =>
      reportOne(at(instant), of, { ...input, cause: 'SICK', idempotencyKey: newId() });
    expect(await read('2027-01-31T22:59:59Z')).toEqual([[]]);
    expect(await read('2027-01-31T23:00:00Z')).toEqual([null]);
    await expect(report('2027-01-31T23:00:00Z')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await report('2027-01-31T22:59:59Z')).toMatchObject({ ok: true });
  });

  test('shows staff nothing of a protected child but to who is named for it, and nothing of one who has left (ADR-10)', async () => {
    const { deps } = world;
    const seen = await reportsOfHiddenAndFormer(world);
    for (const actor of [people.leader, people.office, people.teacher, people.assistant]) {
      const isNamed = actor === people.teacher;
      expect((await readAbsences(deps, actor, seen.ids)).size).toBe(isNamed ? 1 : 0);
      const wanted = { unitId: places.school, day: seen.day, after: null, first: 100 };
      expect((await readUnitAbsences(deps, actor, [wanted]))[0]).toHaveLength(isNamed ? 1 : 0);
    }
  });

  test('keeps the cause from staff who have no need to know it (ABS-04)', async () => {
    const causeFor = async (actor: Actor) =>
      (await readAbsences(world.deps, actor, [absenceId])).get(absenceId)?.cause;
    expect(await causeFor(people.office)).toBeNull();
    expect(await causeFor(people.assistant)).toBeNull();
    expect(await causeFor(people.teacher)).toBe('SICK');
  });

  test('lets nobody follow absence up but the leader and the contact teacher of the class (T15, GUA-24)', async () => {
    const { deps, database } = world;
    const wish = { childId: children.ours, kind: 'WORRYING' } as const;
    const opened = await openFollowUp(deps, people.teacher, wish);
    if (!opened.ok) throw new Error('not opened');
    const followUpId = opened.value.id;
    const step = { id: newId(), kind: 'MEETING', dueOn: today, responsible: 'LEADER' } as const;
    await addFollowUpStep(deps, people.leader, { ...step, followUpId });
    for (const who of [
      ...[people.mother, people.stranger, people.otherGuardian, people.otherLeader, people.assistant],
      ...[people.office, people.afterSchool, people.teacherOfB, people.formerTeacher, machine],
      staff(people.mother.personId),
    ]) {
      const found = await readFollowUps(deps, who, { unitId: places.school, after: null, first: 20 });
      expect(found === null || found.length === 0).toBe(true);
      for (const attempt of [
        () => openFollowUp(deps, who, { ...wish, kind: 'LONG_ABSENCE' }),
        () => addFollowUpStep(deps, who, { ...step, followUpId, id: newId() }),
        () => completeFollowUpStep(deps, who, { stepId: step.id, doneOn: today }),
        () => closeFollowUp(deps, who, { followUpId, outcome: 'NOT_NEEDED' }),
      ])
        await expect(attempt()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(await database.admin`select closed_at from follow_up`).toEqual([{ closed_at: null }]);
    expect(await database.admin`select done_on from follow_up_step`).toEqual([{ done_on: null }]);
  });

  test('asks nobody else whether a child is still ill, and takes no answer from them (T09, ABS-04)', async () => {
    const { deps, database } = world;
    await database.admin`
      insert into still_sick (child_id, day, unit_ids, state) values (${children.ours}, ${today}, ${[places.school]}, 'ASKED')`;
    for (const who of [...notTheirs, people.teacher, people.leader, people.office]) {
      expect(await readStillSick(deps, who, [children.ours])).toEqual([null]);
      const said = { childId: children.ours, isStillSick: false, idempotencyKey: newId() };
      await expect(answerStillSick(deps, who, said)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(await readStillSick(deps, people.mother, [children.ours])).toMatchObject([{ state: 'ASKED' }]);
  });

  test('makes, shows and ends an address of a child’s days for its owner alone, under the grant it was made by (GUA-06)', async () => {
    const { deps, database } = world;
    const wanted = { childId: children.ours, insteadOf: null };
    const made = await makeDaysFeed(deps, people.mother, wanted);
    if (!made.ok) throw new Error('not made');
    for (const who of [...notTheirs, people.teacher, people.father]) {
      expect(await readDaysFeeds(deps, who, [children.ours])).toEqual([null]);
      await expect(revokeDaysFeed(deps, who, made.value.feed.id)).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
      if (who !== people.father)
        await expect(makeDaysFeed(deps, who, wanted)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    await database.admin`update days_feed set grant_id = ${newId()}`;
    expect(await readDaysFeeds(deps, people.mother, [children.ours])).toEqual([null]);
    await expect(giveDaysAt(deps, made.value.secret)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('has a survey of a holiday opened, answered and read by nobody it is not for (T19)', async () => {
    const { deps, database } = world;
    const surveyId = newId();
    const day = addDays(today, 9);
    await database.admin`
      insert into holiday_survey (id, unit_id, days, asks_half_days, group_ids, answer_until, idempotency_key, remind_at)
      values (${surveyId}, ${places.kindergarten}, ${[day]}, false, '{}', now() + interval '2 days', 'k', now())`;
    const said = { surveyId, childId: children.small, days: [{ day, part: 'NONE' as const }] };
    expect(await answerHolidaySurvey(deps, people.mother, said)).toMatchObject({ ok: true });
    const terms = {
      ...{ unitId: places.kindergarten, firstDay: day, lastDay: day, asksHalfDays: false, groupIds: [] },
      ...{ answerUntil: new Date(`${tomorrow}T23:00:00Z`), idempotencyKey: newId() },
    };
    for (const who of [...notTheirs, people.leader, people.nextDoor, people.kindergartenStaff]) {
      for (const attempt of [
        () => openHolidaySurvey(deps, who, terms),
        () => withdrawHolidaySurvey(deps, who, surveyId),
      ])
        await expect(attempt()).rejects.toMatchObject({ code: 'NOT_FOUND' });
      if (who === people.kindergartenStaff) continue;
      await expect(answerHolidaySurvey(deps, who, said)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect(await readChildSurveys(deps, who, [children.small])).toEqual([[]]);
      const [ofUnit] = await readUnitSurveys(deps, who, [places.kindergarten]);
      // Staff of another department see that it is asked, and of no child.
      if (who === people.nextDoor) expect(ofUnit).toMatchObject([{ days: [{ counts: { NONE: 0 } }] }]);
      else expect(ofUnit).toBeNull();
    }
    expect(await readChildSurveys(deps, people.father, [children.small])).toMatchObject([
      [{ answers: [{ part: 'NONE' }], trace: [] }],
    ]);
  });
});
