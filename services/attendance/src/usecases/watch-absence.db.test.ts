import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { staff } from '@ranselpost/kit/testing/actors';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CountedWorld, openCountedWorld, outsiders } from '../../test/counted.ts';
import { children, people, places } from '../../test/families.ts';
import type { ClockDeps, Deps } from './deps.ts';
import { erasePerson } from './erase-person.ts';
import {
  addFollowUpStep,
  closeFollowUp,
  completeFollowUpStep,
  openFollowUp,
  readFollowUps,
} from './follow-up-absence.ts';
import { readAbsenceSummaries } from './read-absence-summaries.ts';
import { noteThresholdAlert, readThresholdAlerts } from './read-threshold-alerts.ts';
import {
  readAbsenceThresholds,
  readMunicipalThresholds,
  setAbsenceThresholds,
  setMunicipalThresholds,
} from './set-absence-thresholds.ts';
import { watchNextAbsence } from './watch-absence.ts';

let world: CountedWorld;
let deps: Deps;
const { mother, leader, teacher } = people;
beforeAll(async () => {
  world = await openCountedWorld();
  ({ deps } = world);
});
afterAll(() => world.close());

const reported: CountedWorld['reported'] = (...args) => world.reported(...args);
const marked: CountedWorld['marked'] = (...args) => world.marked(...args);
const forgetAll = () => world.forgetAll();

describe('a threshold of absence (ABS-18, T14)', () => {
  const rule = { measure: 'DAYS', atLeast: 3, period: 'WEEKS', weeks: 2, opens: null } as const;
  const both = { ...rule, tells: ['CONTACT_TEACHER', 'LEADER'] as const };
  const forLeader = { ...rule, atLeast: 4, tells: ['LEADER'] as const };
  const watchAll = async (now = '2026-10-30') => {
    const at = { ...deps, now: () => new Date(`${now}T11:00:00Z`), maxStaleness: 60 } as ClockDeps;
    const all = async () => {
      while (await watchNextAbsence(at));
    };
    await Promise.all([all(), all(), all()]);
  };
  const alertsFor = async (who: Actor) => {
    const found = await readThresholdAlerts(deps, who, { unitId: places.school, after: null, first: 20 });
    return found === 'hidden' ? null : found;
  };
  const told = async () =>
    (
      await world.database.admin<
        { data: { noticeId: string; recipients: { personId: string; capacity: string }[] } }[]
      >`
      select data from outbox where type = 'attendance.notice.due.v1' order by event_id`
    ).map(({ data }) => data);

  test('is set by the leader alone, and without one nobody is looked at', async () => {
    await forgetAll();
    await reported(children.half, ['2026-10-20', '2026-10-21', '2026-10-22']);
    expect(await world.database.admin`select from threshold_look`).toHaveLength(0);
    for (const who of [mother, teacher, people.office, people.otherLeader, people.administrator])
      await expect(setAbsenceThresholds(deps, who, places.school, [both])).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    await expect(
      setAbsenceThresholds(deps, leader, places.school, [{ ...both, weeks: null }]),
    ).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    const set = await setAbsenceThresholds(deps, leader, places.school, [both, forLeader]);
    expect(set).toMatchObject({ value: [{ atLeast: 3 }, { atLeast: 4 }] });
    expect(await setAbsenceThresholds(deps, leader, places.school, [forLeader, both])).toEqual(set);
    expect(await readAbsenceThresholds(deps, leader, places.school)).toHaveLength(2);
    await expect(readAbsenceThresholds(deps, teacher, places.school)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const insert = sql`insert into threshold (id, unit_id, measure, at_least, period, weeks, tells)
      values (${newId()}, ${places.school}, 'DAYS', 1, 'WEEKS', 1, '{LEADER}')`;
    for (const who of [mother, teacher, people.otherLeader])
      await expect(lookAs(world.deps.db, who, (tx) => tx.execute(insert))).rejects.toMatchObject({
        cause: { code: '42501' },
      });
  });

  test('tells staff first, once for a pupil and its period, and no guardian, whoever is at it (S-21)', async () => {
    await forgetAll();
    await reported(children.half, ['2026-10-20', '2026-10-21']);
    await watchAll();
    expect(await alertsFor(leader)).toEqual([]);
    await marked(children.half, '2026-10-22', 'DAY', 'ABSENT');
    await watchAll();
    await marked(children.half, '2026-10-22', 'DAY', 'ABSENT', 2);
    await watchAll();
    for (const who of [leader, teacher])
      expect(await alertsFor(who)).toMatchObject([
        { childId: children.half, since: '2026-10-17', raisedOn: '2026-10-30', threshold: { atLeast: 3 } },
      ]);
    const [due, ...more] = await told();
    expect(more).toEqual([]);
    expect(due!.recipients.map(({ personId, capacity }) => `${capacity} ${personId}`).toSorted()).toEqual(
      [leader, teacher].map((who) => `staff ${(who as { personId: string }).personId}`).toSorted(),
    );
    for (const who of [mother, people.otherGuardian, ...outsiders.filter((one) => one !== people.teacherOfB)])
      expect(await alertsFor(who)).toBeNull();
    expect(await alertsFor(people.teacherOfB)).toEqual([]);
    // A later day of the same two weeks is no news; one for the leader alone is not the contact teacher's.
    await reported(children.half, ['2026-10-23']);
    await watchAll();
    expect((await alertsFor(leader))?.map(({ threshold }) => threshold.atLeast).toSorted()).toEqual([3, 4]);
    expect((await alertsFor(teacher))?.map(({ threshold }) => threshold.atLeast)).toEqual([3]);
    expect(await told()).toHaveLength(2);
  });

  test('is taken on by whoever sees it, and is on no list any more', async () => {
    const [first] = (await alertsFor(teacher))!;
    const ofLeader = (await alertsFor(leader))!.find(({ threshold }) => threshold.atLeast === 4)!;
    for (const [who, alert] of [
      [mother, first!],
      [people.teacherOfB, first!],
      [teacher, ofLeader],
    ] as const)
      await expect(noteThresholdAlert(deps, who, alert.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await noteThresholdAlert(deps, teacher, first!.id)).toMatchObject({ ok: true });
    expect(await alertsFor(teacher)).toEqual([]);
    expect(await alertsFor(leader)).toHaveLength(1);
    const look = sql`select from threshold_alert where id = ${ofLeader.id}`;
    for (const who of [teacher, mother, ...outsiders])
      expect(await lookAs(world.deps.db, who, (tx) => tx.execute(look))).toHaveLength(0);
  });

  test('of a protected pupil is shown to those who are named for it, and told to nobody (ADR-10, S-08)', async () => {
    const before = (await told()).length;
    await reported(children.hidden, ['2026-10-20', '2026-10-21', '2026-10-22']);
    const unnamed = staff();
    await world.identity.roles(unnamed.personId, [{ role: 'LEADER', unitId: places.school }]);
    await world.settled();
    await watchAll();
    expect(await told()).toHaveLength(before);
    const sees = async (who: Actor) =>
      (await alertsFor(who))!.some(({ childId }) => childId === children.hidden);
    expect([await sees(leader), await sees(teacher), await sees(unnamed)]).toEqual([true, true, false]);
  });

  test('waits for a day that was reported beforehand, and for as long as absence is stopped', async () => {
    await forgetAll();
    await world.database.admin`delete from threshold_alert`;
    await reported(children.half, ['2026-10-29', '2026-10-30', '2026-11-02']);
    await watchAll();
    expect(await alertsFor(leader)).toEqual([]);
    await world.identity.features(places.school, [{ feature: 'ABSENCE', state: 'SUSPENDED' }]);
    await world.settled();
    await watchAll('2026-11-02');
    expect(await alertsFor(leader)).toEqual([]);
    await world.identity.features(places.school, [{ feature: 'ABSENCE', state: 'OPEN' }]);
    await world.settled();
    await watchAll('2026-11-02');
    expect(await alertsFor(leader)).toMatchObject([{ childId: children.half, raisedOn: '2026-11-02' }]);
    await world.deps.db.asService((tx) => erasePerson(tx, children.half));
    expect(await alertsFor(leader)).toEqual([]);
  });
});

describe('thresholds of the municipality (ABS-18)', () => {
  const { school, otherSchool } = places;
  const rule = { measure: 'DAYS', atLeast: 2, period: 'WEEKS', weeks: 1, opens: null } as const;
  const ofAll = { ...rule, tells: ['LEADER'] as const };
  const { administrator, otherLeader } = people;
  const held = async (who: Actor, unitId: string) =>
    (await readAbsenceThresholds(deps, who, unitId)).map(({ atLeast, isOfAllSchools }) => [
      ...[atLeast, isOfAllSchools],
    ]);

  test('are set by its administrators alone, once for all schools, by either lock (S-12)', async () => {
    await world.database.admin`delete from threshold_alert`;
    await setAbsenceThresholds(deps, leader, school, []);
    await expect(
      setMunicipalThresholds(deps, administrator, [{ ...ofAll, weeks: null }]),
    ).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    const [one] = await setMunicipalThresholds(deps, administrator, [ofAll]);
    expect(await setMunicipalThresholds(deps, administrator, [ofAll])).toEqual([one]);
    expect(await readMunicipalThresholds(deps, administrator)).toEqual([one]);
    const insert = sql`insert into threshold (id, unit_id, measure, at_least, period, weeks, tells)
      values (${newId()}, null, 'DAYS', 1, 'WEEKS', 1, '{LEADER}')`;
    for (const who of [leader, mother, ...outsiders.filter((one) => one !== administrator)]) {
      await expect(setMunicipalThresholds(deps, who, [])).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(readMunicipalThresholds(deps, who)).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(lookAs(world.deps.db, who, (tx) => tx.execute(insert))).rejects.toMatchObject({
        cause: { code: '42501' },
      });
      const end = sql`update threshold set ended_at = now() where unit_id is null returning id`;
      expect(await lookAs(world.deps.db, who, (tx) => tx.execute(end))).toEqual([]);
    }
    const look = sql`select from threshold where unit_id is null`;
    for (const who of [mother, people.stranger])
      expect(await lookAs(world.deps.db, who, (tx) => tx.execute(look))).toEqual([]);
  });

  test('hold at each school that has none of its own, and each school’s own win', async () => {
    expect([await held(leader, school), await held(otherLeader, otherSchool)]).toEqual([
      [[2, true]],
      [[2, true]],
    ]);
    const own = await setAbsenceThresholds(deps, leader, school, [{ ...ofAll, atLeast: 3 }]);
    expect(own).toMatchObject({ value: [{ atLeast: 3, isOfAllSchools: false }] });
    expect(await held(otherLeader, otherSchool)).toEqual([[2, true]]);
    // A pupil who goes on to another school in the same week is looked at there, too.
    const pupil = newId();
    const at = { ...deps, maxStaleness: 60 } as ClockDeps;
    const alerts = async (who: Actor, unitId: string) => {
      while (await watchNextAbsence(at));
      const found = await readThresholdAlerts(deps, who, { unitId, after: null, first: 20 });
      return found === null || found === 'hidden' ? null : found.map(({ threshold }) => threshold.atLeast);
    };
    const goTo = async (unitId: string) => {
      await world.identity.enrolments(pupil, [{ unitId }]);
      await world.settled();
    };
    await goTo(school);
    await reported(pupil, ['2026-10-28', '2026-10-29']);
    expect(await alerts(leader, school)).toEqual([]);
    expect(await setAbsenceThresholds(deps, leader, school, [])).toMatchObject({ value: [{ atLeast: 2 }] });
    await marked(pupil, '2026-10-29', 'DAY', 'ABSENT');
    expect(await alerts(leader, school)).toEqual([2]);
    await goTo(otherSchool);
    await reported(pupil, ['2026-10-30'], otherSchool);
    expect(await alerts(otherLeader, otherSchool)).toEqual([2]);
    // Kindergarten and after-school care are not looked at (ABS-16, ABS-17).
    await reported(children.ours, ['2026-10-29', '2026-10-30'], places.afterSchool);
    expect(await world.database.admin`select from threshold_look`).toEqual([]);
    expect(await setMunicipalThresholds(deps, administrator, [])).toEqual([]);
    expect(await held(leader, school)).toEqual([]);
    await world.identity.enrolments(pupil, []);
    await world.settled();
  });
});

describe('a case of follow-up (T15)', () => {
  const childId = children.sibling;
  const wanted = { unitId: places.school, after: null, first: 20 };
  const casesOf = async (who: Actor) => {
    const found = await readFollowUps(deps, who, wanted);
    return found === 'hidden' ? null : found;
  };
  const { teacherOfB } = people;
  const aStep = (followUpId: string, more = {}) => ({
    ...({
      id: newId(),
      followUpId,
      kind: 'CALL_HOME',
      dueOn: '2026-10-30',
      responsible: 'LEADER',
      ...more,
    } as const),
  });

  test('is for the leader of the school and the contact teacher of the class, by either lock (GUA-24, S-12)', async () => {
    const first = await openFollowUp(deps, teacherOfB, { childId, kind: 'WORRYING' });
    if (!first.ok) throw new Error('not opened');
    expect(await openFollowUp(deps, leader, { childId, kind: 'WORRYING' })).toEqual(first);
    const strangers = [mother, people.father, teacher, ...outsiders.filter((who) => who !== teacherOfB)];
    for (const who of strangers) {
      expect((await casesOf(who)) ?? []).toEqual([]);
      for (const attempt of [
        () => openFollowUp(deps, who, { childId, kind: 'LONG_ABSENCE' }),
        () => addFollowUpStep(deps, who, aStep(first.value.id)),
        () => closeFollowUp(deps, who, { followUpId: first.value.id, outcome: 'NOT_NEEDED' }),
      ])
        await expect(attempt()).rejects.toMatchObject({ code: 'NOT_FOUND' });
      const look = sql`select from follow_up where child_id = ${childId}`;
      expect(await lookAs(world.deps.db, who, (tx) => tx.execute(look))).toHaveLength(0);
    }
    for (const who of [leader, teacherOfB])
      expect(await casesOf(who)).toMatchObject([{ childId, kind: 'WORRYING', steps: [] }]);
  });

  test('has steps with a day, which are due until they are done, and is closed after them (ABS-21)', async () => {
    const { id } = (await casesOf(leader))![0]!;
    const step = aStep(id);
    await addFollowUpStep(deps, leader, step);
    expect(await addFollowUpStep(deps, leader, step)).toMatchObject({ value: { due: [{ id: step.id }] } });
    expect(await addFollowUpStep(deps, leader, aStep(id, { dueOn: '2026-10-29' }))).toMatchObject({
      refusal: { kind: 'step-day-wrong' },
    });
    const close = { followUpId: id, outcome: 'PRESENT_AGAIN' } as const;
    expect(await closeFollowUp(deps, leader, close)).toMatchObject({ refusal: { kind: 'steps-open' } });
    const done = { stepId: step.id, doneOn: '2026-10-30' };
    await expect(completeFollowUpStep(deps, mother, done)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await completeFollowUpStep(deps, teacherOfB, done)).toMatchObject({
      value: { due: [], steps: [{ doneOn: '2026-10-30' }] },
    });
    expect(await closeFollowUp(deps, leader, close)).toMatchObject({ value: { outcome: 'PRESENT_AGAIN' } });
    expect(await closeFollowUp(deps, leader, close)).toMatchObject({ ok: true });
    expect(await casesOf(leader)).toEqual([]);
    expect(await addFollowUpStep(deps, leader, aStep(id))).toMatchObject({
      refusal: { kind: 'follow-up-closed' },
    });
  });

  test('is of its own kind where a pupil is away for long, opened by a threshold, and ends no enrolment (ABS-22)', async () => {
    const row = { measure: 'DAYS', atLeast: 5, period: 'IN_A_ROW', weeks: null } as const;
    await setAbsenceThresholds(deps, leader, places.school, [
      { ...row, tells: ['LEADER'], opens: 'LONG_ABSENCE' },
    ]);
    await reported(childId, ['2026-10-26', '2026-10-27', '2026-10-28', '2026-10-29', '2026-10-30']);
    const at = { ...deps, maxStaleness: 60 } as ClockDeps;
    while (await watchNextAbsence(at));
    expect(await casesOf(teacherOfB)).toMatchObject([{ childId, kind: 'LONG_ABSENCE', outcome: null }]);
    const [counted] = await readAbsenceSummaries(deps, leader, [{ childId, schoolYear: 2026 }]);
    expect(counted).toMatchObject({ days: 5 });
    // Closed, it is opened again by no more of the same absence; and a case of the other kind stands beside it.
    const { id } = (await casesOf(leader))![0]!;
    await closeFollowUp(deps, leader, { followUpId: id, outcome: 'HANDED_OVER' });
    await marked(childId, '2026-10-30', 'DAY', 'ABSENT');
    while (await watchNextAbsence(at));
    expect(await casesOf(leader)).toEqual([]);
    await world.deps.db.asService((tx) => erasePerson(tx, childId));
    expect(await world.database.admin`select from follow_up where child_id = ${childId}`).toHaveLength(0);
  });

  test('of a protected pupil is for those who are named for it, by either lock (ADR-10, S-12)', async () => {
    const unnamed = staff();
    await world.identity.roles(unnamed.personId, [{ role: 'LEADER', unitId: places.school }]);
    await world.settled();
    const wish = { childId: children.hidden, kind: 'WORRYING' } as const;
    await expect(openFollowUp(deps, unnamed, wish)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const opened = await openFollowUp(deps, teacher, wish);
    const sees = async (who: Actor) => (await casesOf(who))!.some((one) => one.childId === children.hidden);
    expect([await sees(leader), await sees(teacher), await sees(unnamed)]).toEqual([true, true, false]);
    const look = sql`select from follow_up where child_id = ${children.hidden}`;
    expect(await lookAs(world.deps.db, unnamed, (tx) => tx.execute(look))).toHaveLength(0);
    expect(opened.ok).toBe(true);
  });

  test('stays with its school when the pupil goes to another, which sees nothing of it and has its own (RET-01, ABS-22)', async () => {
    const pupil = newId();
    const at = (...units: readonly string[]) =>
      world.identity
        .enrolments(
          pupil,
          units.map((unitId) => ({ unitId })),
        )
        .then(() => world.settled());
    const sees = async (who: Actor, unitId: string) => {
      const found = await readFollowUps(deps, who, { ...wanted, unitId });
      return found !== null && found !== 'hidden' && found.some((one) => one.childId === pupil);
    };
    await at(places.school);
    const first = await openFollowUp(deps, leader, { childId: pupil, kind: 'WORRYING' });
    if (!first.ok) throw new Error('not opened');
    await at(places.otherSchool);
    expect([await sees(leader, places.school), await sees(people.otherLeader, places.otherSchool)]).toEqual([
      ...[false, false],
    ]);
    for (const who of [leader, people.otherLeader])
      await expect(addFollowUpStep(deps, who, aStep(first.value.id))).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    const second = await openFollowUp(deps, people.otherLeader, { childId: pupil, kind: 'WORRYING' });
    expect(second.ok && second.value.id !== first.value.id && second.value.unitId).toBe(places.otherSchool);
    // Nobody has ended it: who comes back is followed up still.
    await at(places.school);
    expect([await sees(leader, places.school), await sees(people.otherLeader, places.otherSchool)]).toEqual([
      ...[true, false],
    ]);
  });

  test('is one however many open it, and is closed before or after a step is added (S-22)', async () => {
    const wish = { childId: children.theirs, kind: 'WORRYING' } as const;
    const who = [leader, teacherOfB, leader, teacherOfB];
    const opened = await Promise.all(who.map((one) => openFollowUp(deps, one, wish)));
    const ids = new Set(opened.map((one) => (one.ok ? one.value.id : null)));
    expect(ids.size).toBe(1);
    const [id] = ids as Set<string>;
    const [step, closing] = await Promise.all([
      addFollowUpStep(deps, teacherOfB, aStep(id!)),
      closeFollowUp(deps, leader, { followUpId: id!, outcome: 'PRESENT_AGAIN' }),
    ]);
    expect([step.ok, closing.ok].filter(Boolean)).toHaveLength(1);
    if (closing.ok) return;
    const elsewhere = await openFollowUp(deps, leader, { childId: children.theirs, kind: 'LONG_ABSENCE' });
    if (!elsewhere.ok || !step.ok) throw new Error('not opened');
    const [{ id: stepId }] = step.value.steps as unknown as [{ id: string }];
    await expect(
      addFollowUpStep(deps, leader, aStep(elsewhere.value.id, { id: stepId })),
    ).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  test('is written in nobody else’s name, and by nobody it is not for, by the database itself (S-12)', async () => {
    const found = (await openFollowUp(deps, leader, { childId: children.ours, kind: 'WORRYING' })) as {
      value: { id: string };
    };
    const { id } = found.value;
    const step = { ...aStep(id), id: newId() };
    await addFollowUpStep(deps, leader, step);
    const tried = (who: Actor, as: string) =>
      [
        sql`insert into follow_up (id, child_id, unit_id, kind, opened_by)
        values (${newId()}, ${children.ours}, ${places.school}, 'LONG_ABSENCE', ${as})`,
        sql`insert into follow_up_step (id, follow_up_id, child_id, unit_id, kind, due_on, responsible, added_by)
        values (${newId()}, ${id}, ${children.ours}, ${places.school}, 'SEARCH', '2026-11-02', 'LEADER', ${as})`,
        sql`update follow_up set outcome = 'MOVED', closed_by = ${as}, closed_at = now() where id = ${id}`,
        sql`update follow_up_step set done_on = '2026-10-30', done_by = ${as} where id = ${step.id}`,
      ].map((statement) => lookAs(deps.db, who, (tx) => tx.execute(statement)));
    const rows = () => world.database.admin`
      select count(*)::int as cases, count(*) filter (where closed_at is not null)::int as closed,
        (select count(*)::int from follow_up_step where follow_up_id = ${id} and done_on is null) as due
      from follow_up where child_id = ${children.ours}`;
    for (const who of [leader, mother, ...outsiders])
      await Promise.allSettled(
        tried(who, who === leader ? people.teacher.personId : 'personId' in who ? who.personId : newId()),
      );
    expect(await rows()).toEqual([{ cases: 1, closed: 0, due: 1 }]);
    await Promise.all(tried(leader, leader.personId));
    expect(await rows()).toEqual([{ cases: 2, closed: 1, due: 1 }]);
  });
});
