import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { addDays, instantOf } from '@ranselpost/kit/pure/dates';
import { openOwn } from '@ranselpost/kit/seal';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { decisionLetterSchema } from '@ranselpost/schema/events/identity/decision-written.v1';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { children, machine, people, places, tellFamilies } from '../../test/families.ts';
import { type World, openWorld } from '../../test/world.ts';
import { type KeyedWish, applyForLeave } from './apply-for-leave.ts';
import { type KeyedVerdict, decideLeave } from './decide-leave.ts';
import type { Deps } from './deps.ts';
import { objectToLeave } from './object-to-leave.ts';
import { openLeaveDecision } from './open-leave-decision.ts';
import { readAbsenceSummaries } from './read-absence-summaries.ts';
import { readChildLeave, readLeaveQuota, readLeaves, readWaitingLeave } from './read-leaves.ts';
import { withdrawLeave } from './withdraw-leave.ts';

let world: World;
let deps: Deps;
const { mother, father, leader, teacher } = people;
/** A teacher of the child's group who is its mother (F11), and a child who has changed schools. */
const motherAtWork = staff(mother.personId);
const moved = newId();
const parent = guardian();
const page = { first: 20, after: null };

beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity, world.database);
  const { identity } = world;
  const held = { role: 'CONTACT_TEACHER', unitId: places.school, groupId: places.groupA } as const;
  await identity.roles(mother.personId, [held, { role: 'LEADER', unitId: places.school }]);
  await identity.guardians(moved, [parent.personId]);
  await identity.enrolments(moved, [
    { unitId: places.otherSchool, to: '2026-10-01' },
    { unitId: places.school, groupIds: [places.groupA], from: '2026-10-01' },
  ]);
  await world.settled();
  deps = { ...world.deps, now: () => new Date('2026-09-01T10:00:00Z') };
});
afterAll(() => world.close());

/** Three school days of a week that nobody else has: Monday to Wednesday. */
let weeks = 0;
const aWish = (more: Partial<KeyedWish> = {}): KeyedWish => {
  const monday = new Date(Date.UTC(2026, 8, 7 + 7 * (weeks += 1)));
  const day = (offset: number) => new Date(monday.getTime() + offset * 86_400_000).toISOString().slice(0, 10);
  return {
    ...{ childId: children.ours, unitId: places.school, firstDay: day(0), lastDay: day(2), kind: 'GENERAL' },
    ...{ reason: 'Bestemor er alvorlig syk', hearing: 'SAID', childView: 'Jeg vil være med' },
    ...{ isTeachingSeenTo: true, isAwayAfterSchool: false, idempotencyKey: newId(), ...more },
  };
};
const verdict = (leaveId: string, more: Partial<KeyedVerdict> = {}): KeyedVerdict => ({
  ...{
    leaveId,
    outcome: 'GRANTED',
    reasons: null,
    exceptions: [],
    days: null,
    hearing: null,
    idempotencyKey: newId(),
  },
  ...more,
});
const applied = async (wish: KeyedWish, by: Actor = mother) => {
  const result = await applyForLeave(deps, by, wish);
  if (!result.ok) throw new Error(result.refusal.kind);
  return result.value;
};
const summaryOf = async (
  ...[given, actor, wanted]: [Deps, Actor, { childId: string; schoolYear: number | null }]
) => (await readAbsenceSummaries(given, actor, [wanted]))[0];
const failure = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  );
const seen = async (actor: Actor, id: string) => (await readLeaves(deps, actor, [id])).get(id);
const granted = (childId: string) =>
  world.database.admin`select day from leave_day where child_id = ${childId} order by day`;
/** How many days a leave has the child away, by unit. */
const away = async (leaveId: string) => {
  const rows = await world.database.admin`
    select unit_id, count(*)::int as days from absence where leave_id = ${leaveId} and withdrawn_at is null
    group by unit_id`;
  return Object.fromEntries(rows.map(({ unit_id, days }) => [unit_id as string, days as number]));
};
const told = async (type: string) =>
  (await world.database.admin`select data from outbox where type = ${type} order by id`).map(
    ({ data }) => data as { personId: string; decisionId: string; sealed?: string },
  );
const names = new Map(Object.entries(people).map(([name, { personId }]) => [personId, name]));
/** What people were told waits for them, and whom it was dropped for since. */
const notices = async () =>
  (
    await world.database.admin<{ type: string; data: Told }[]>`
      select type, data from outbox where type like 'attendance.notice.%' order by id`
  ).map(({ type, data: { noticeId, category, subjectId, recipients = [] } }) =>
    type === 'attendance.notice.due.v1'
      ? {
          ...{ noticeId, category, subjectId },
          told: recipients
            .map((to) => (typeof to === 'string' ? to : `${to.capacity} ${names.get(to.personId)}`))
            .toSorted(),
        }
      : { noticeId, dropped: recipients.map((to) => (typeof to === 'string' ? names.get(to) : to)) },
  );
interface Told {
  readonly noticeId: string;
  readonly category?: string;
  readonly subjectId?: string;
  readonly recipients?: readonly (string | { readonly personId: string; readonly capacity: string })[];
}
const forgetAll = () =>
  world.database
    .admin`with gone as (delete from outbox), absences as (delete from absence) delete from leave`;

const others: readonly [string, Actor][] = [
  ['a stranger', people.stranger],
  ['a blocked guardian', people.blocked],
  ['another child’s guardian', people.otherGuardian],
  ['a guardian whose access has ended', people.former],
  ['the leader of another school', people.otherLeader],
  ['another group’s teacher', people.teacherOfB],
  ['an assistant of the group (LEA-09)', people.assistant],
  ['the office (LEA-09)', people.office],
  ['after-school staff (SFO-10)', people.afterSchool],
  ['a former teacher', people.formerTeacher],
  ['staff who are the child’s guardian (GUA-24, F11)', motherAtWork],
  ['a machine', machine],
  ['a service', { kind: 'service', name: 'identity' }],
];

describe('applying for leave', () => {
  test('is taken in for whoever decides, and both guardians see it (LEA-05, LEA-07)', async () => {
    await forgetAll();
    const wish = aWish();
    const leave = await applied(wish);
    expect(leave).toMatchObject({ state: 'APPLIED', decider: 'CONTACT_TEACHER', schoolDayCount: 3 });
    expect(await applied(wish)).toEqual(leave);
    // Whoever may object and whoever decides are told once, and not by whom, of whom or what (MSG-14).
    expect(await notices()).toEqual([
      {
        noticeId: leave.id,
        category: 'LEAVE',
        subjectId: children.ours,
        told: ['guardian father', 'guardian former', 'staff teacher'],
      },
    ]);
    // The same key with anything else in it would be lost behind a receipt (S-20).
    for (const other of [
      { lastDay: wish.firstDay },
      { reason: 'Bestemor er død' },
      { childView: 'Jeg vil ikke' },
      { hearing: 'DID_NOT_WISH' },
    ] as const)
      expect(await failure(applied({ ...wish, ...other }))).toBe('BAD_USER_INPUT');
    expect(await applied({ ...wish, reason: ` ${wish.reason} ` })).toEqual(leave);
    expect(await readChildLeave(deps, father, { childId: children.ours, ...page })).toMatchObject([
      { id: leave.id, state: 'APPLIED', file: null },
    ]);
    expect(await readWaitingLeave(deps, teacher, { unitId: places.school, ...page })).toMatchObject([
      { id: leave.id, file: { reason: wish.reason, childView: wish.childView } },
    ]);
  });

  test('shows what was written to whoever decides on it and to who wrote it, and to nobody else (LEA-09)', async () => {
    await forgetAll();
    const { id } = await applied(aWish());
    expect((await seen(mother, id))?.file).toMatchObject({ reason: 'Bestemor er alvorlig syk' });
    expect((await seen(father, id))?.file).toBeNull();
    expect((await seen(teacher, id))?.file).toMatchObject({ reason: 'Bestemor er alvorlig syk' });
    const leaders = await applied(aWish());
    expect(leaders.decider).toBe('LEADER');
    expect((await seen(teacher, leaders.id))?.file).toBeNull();
    expect((await seen(leader, leaders.id))?.file).toMatchObject({ childView: 'Jeg vil være med' });
  });

  test('keeps one of two for the same days at once (S-22)', async () => {
    await forgetAll();
    const wish = aWish();
    const answers = await Promise.all(
      [mother, father].map((who) => applyForLeave(deps, who, { ...wish, idempotencyKey: newId() })),
    );
    const [first] = answers.filter(({ ok }) => ok);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({
      refusal: { kind: 'leave-overlaps', leave: { id: first!.ok ? first!.value.id : '' } },
    });
  });

  test.each(others)('is not open to %s, who sees nothing of it', async (_who, actor) => {
    expect(await failure(applyForLeave(deps, actor, aWish()))).toBe('NOT_FOUND');
    const [stored] = await world.database.admin`select id from leave limit 1`;
    expect(await seen(actor, stored!['id'] as string)).toBeUndefined();
    const waiting = await readWaitingLeave(deps, actor, { unitId: places.school, ...page });
    expect(waiting ?? []).toEqual([]);
    const ofChild = await readChildLeave(deps, actor, { childId: children.ours, ...page });
    expect(ofChild).toBeNull();
    expect(await readLeaveQuota(deps, actor, { childId: children.ours, schoolYear: 2026 })).toBeNull();
    expect(await summaryOf(deps, actor, { childId: children.ours, schoolYear: 2026 })).toBeNull();
  });
});

describe('deciding on leave', () => {
  test('grants it once: the days count for the child, and both guardians see it (LEA-06, LEA-08)', async () => {
    await forgetAll();
    const wish = aWish();
    const leave = await applied(wish);
    const once = verdict(leave.id);
    const answer = await decideLeave(deps, teacher, once);
    expect(answer).toMatchObject({ ok: true, value: { state: 'GRANTED' } });
    expect(await decideLeave(deps, teacher, once)).toEqual(answer);
    expect(await decideLeave(deps, leader, verdict(leave.id))).toMatchObject({
      refusal: { kind: 'leave-decided' },
    });
    expect(await granted(children.ours)).toHaveLength(3);
    // The days are absences of the school; after-school care is told of them where the guardian chose so (LEA-05, SFO-07).
    expect(await away(leave.id)).toEqual({ [places.school]: 3 });
    expect(await told('attendance.absence.reported.v1')).toHaveLength(3);
    // Nobody waits in front of the board of a day that is weeks away.
    expect(await told('attendance.day.changed.v1')).toEqual([]);
    for (const who of [mother, father, teacher, leader])
      expect(await readLeaveQuota(deps, who, { childId: children.ours, schoolYear: 2026 })).toMatchObject({
        granted: 3,
        asked: 0,
        rules: { daysInAll: 10 },
      });
  });

  test('refuses with reasons that both guardians read, and counts nothing (ADM-02)', async () => {
    await forgetAll();
    const { id } = await applied(aWish());
    const no = verdict(id, { outcome: 'REFUSED', reasons: 'Klassen har prosjektuke.' });
    expect(await decideLeave(deps, teacher, no)).toMatchObject({ ok: true, value: { state: 'REFUSED' } });
    expect(await granted(children.ours)).toEqual([]);
    expect(await away(id)).toEqual({});
    for (const who of [mother, father])
      expect(await openLeaveDecision(deps, who, id)).toMatchObject({
        value: { text: expect.stringContaining('Klassen har prosjektuke.'), complaintUntil: '2026-09-22' },
      });
  });

  test('is told to each guardian by a letter of their own, which says nothing on the bus (LEA-06, MSG-14, ADM-03)', async () => {
    await forgetAll();
    const { id } = await applied(aWish());
    expect(await openLeaveDecision(deps, mother, id)).toMatchObject({
      refusal: { kind: 'leave-not-decided' },
    });
    await decideLeave(deps, teacher, verdict(id, { reasons: 'Til sykebesøk.' }));
    const released = await told('attendance.leave-decision.released.v1');
    const mine = (rows: Awaited<ReturnType<typeof told>>) =>
      rows.filter(({ personId }) => [mother.personId, father.personId].includes(personId));
    expect(mine(released)).toHaveLength(2);
    const written = await told('attendance.leave-decision.written.v1');
    for (const letter of mine(written)) {
      expect(JSON.stringify(letter)).not.toContain('sykebesøk');
      const { decisionId, sealed } = letter;
      expect(await openOwn(world.outboundKeys, decisionId, sealed!, decisionLetterSchema)).toMatchObject({
        text: expect.stringContaining('Til sykebesøk.'),
      });
    }
    for (let again = 0; again < 2; again += 1)
      expect(await openLeaveDecision(deps, mother, id)).toMatchObject({ ok: true });
    expect(await told('attendance.leave-decision.opened.v1')).toMatchObject([{ personId: mother.personId }]);
    expect(await failure(openLeaveDecision(deps, teacher, id))).toBe('NOT_FOUND');
  });

  test('makes absences of after-school care where the guardian chose so, and wins over what is reported (LEA-05, S-22)', async () => {
    await forgetAll();
    const { admin } = world.database;
    const wish = aWish({ isAwayAfterSchool: true });
    const reported = newId();
    await admin`insert into absence (id, child_id, unit_id, day, reported_by, idempotency_key)
      values (${reported}, ${children.ours}, ${places.school}, ${wish.firstDay}, ${mother.personId}, ${newId()})`;
    await admin`insert into absence_repeat (absence_id, child_id, unit_id, reported_by, idempotency_key, correlation_id)
      values (${reported}, ${children.ours}, ${places.school}, ${father.personId}, ${newId()}, ${newId()})`;
    const { id } = await applied(wish);
    await decideLeave(deps, teacher, verdict(id));
    expect(await away(id)).toEqual({ [places.school]: 3, [places.afterSchool]: 3 });
    expect(await told('attendance.absence.withdrawn.v1')).toHaveLength(1);
    const causes =
      await admin`select distinct cause from absence join absence_cause on absence_id = id where leave_id = ${id}`;
    expect(causes).toEqual([{ cause: 'LEAVE' }]);
    // Two counters for guardians, contact teacher and leader, of the school alone and until today (T03, ABS-05, ABS-16).
    const later = { ...deps, now: () => new Date(`${wish.lastDay}T10:00:00Z`) };
    for (const who of [mother, teacher, leader])
      expect(await summaryOf(later, who, { childId: children.ours, schoolYear: null })).toMatchObject({
        ...{ days: 3, leaveDays: 3 },
      });
    const before = { ...deps, now: () => new Date(`${wish.firstDay}T10:00:00Z`) };
    expect(await summaryOf(before, mother, { childId: children.ours, schoolYear: null })).toMatchObject({
      ...{ days: 1, leaveDays: 1 },
    });
    await withdrawLeave(deps, mother, { leaveId: id, from: wish.lastDay });
    expect(await summaryOf(later, mother, { childId: children.ours, schoolYear: 2026 })).toMatchObject({
      ...{ days: 2, leaveDays: 2 },
    });
    expect(await away(id)).toEqual({ [places.school]: 2, [places.afterSchool]: 2 });
    expect(await told('attendance.absence.withdrawn.v1')).toHaveLength(3);
  });

  test('of a protected child is told to nobody and put on no paper by itself (S-08, ADR-08)', async () => {
    await forgetAll();
    const [hidden, hers] = [newId(), guardian()];
    const place = { unitId: places.school, groupIds: [places.groupA] };
    const named = { personId: leader.personId, from: '2026-01-01', to: '2030-01-01' };
    await world.identity.guardians(hidden, [hers.personId, father.personId]);
    await world.identity.enrolments(hidden, [place], [named]);
    await world.settled();
    const { id } = await applied(aWish({ childId: hidden }), hers);
    expect(await notices()).toEqual([]);
    expect(await failure(decideLeave(deps, teacher, verdict(id)))).toBe('NOT_FOUND');
    const written = await told('attendance.leave-decision.written.v1');
    expect(await decideLeave(deps, leader, verdict(id))).toMatchObject({ ok: true });
    expect(await told('attendance.leave-decision.written.v1')).toHaveLength(written.length);
    expect(await openLeaveDecision(deps, hers, id)).toMatchObject({ ok: true });
  });

  test('is the leader’s beyond three days, and after an objection, of which the applicant is told nothing (LEA-07)', async () => {
    await forgetAll();
    const { id } = await applied(aWish());
    expect(await failure(objectToLeave(deps, mother, { leaveId: id, text: null }))).toBe('BAD_USER_INPUT');
    const objection = { leaveId: id, text: 'Hun trenger skolen nå' };
    const before = await seen(mother, id);
    expect((await seen(teacher, id))?.decider).toBe('CONTACT_TEACHER');
    expect(await objectToLeave(deps, father, objection)).toMatchObject({ value: { decider: 'LEADER' } });
    expect(await objectToLeave(deps, father, objection)).toMatchObject({ ok: true });
    // The leader is told once, the contact teacher no more, and who applied nothing.
    const [, gone, told, ...rest] = await notices();
    expect(gone).toEqual({ noticeId: id, dropped: ['father', 'teacher'] });
    expect(told).toMatchObject({ subjectId: children.ours, told: ['staff leader'] });
    expect(rest).toEqual([]);
    expect(await seen(father, id)).toMatchObject({ isObjectedByViewer: true, file: null });
    // Not by who decides either (ADR-11).
    expect(await seen(mother, id)).toEqual(before);
    expect(await seen(mother, id)).toMatchObject({
      ...{ isObjectedByViewer: false, decider: null },
      file: { isObjectedTo: false, objections: [] },
    });
    expect((await seen(leader, id))?.file).toMatchObject({
      isObjectedTo: true,
      objections: ['Hun trenger skolen nå'],
    });
    expect((await seen(teacher, id))?.file).toBeNull();
    expect(await decideLeave(deps, teacher, verdict(id))).toMatchObject({
      refusal: { kind: 'leave-for-the-leader' },
    });
    expect(await decideLeave(deps, leader, verdict(id))).toMatchObject({ ok: true });
    expect((await notices()).slice(3)).toEqual([
      { noticeId: id, dropped: [] },
      { noticeId: told!.noticeId, dropped: [] },
    ]);
    expect(await objectToLeave(deps, father, objection)).toMatchObject({
      refusal: { kind: 'leave-decided' },
    });
  });

  test('lets one of two who decide at once win', async () => {
    await forgetAll();
    for (let round = 0; round < 3; round += 1) {
      const { id } = await applied(aWish({ kind: 'HOLY_DAY', reason: null, childView: null }));
      const reasons = 'Ikke dokumentert';
      const answers = await Promise.all([
        decideLeave(deps, teacher, verdict(id)),
        decideLeave(deps, leader, verdict(id, { outcome: 'REFUSED', reasons })),
      ]);
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      const days = await world.database.admin`select from leave_day where leave_id = ${id}`;
      expect(days).toHaveLength((await seen(mother, id))?.state === 'GRANTED' ? 3 : 0);
    }
  });

  test('counts what the child had at the school it left, and not what it had on holy days (LEA-04, LEA-08)', async () => {
    const holy = { kind: 'HOLY_DAY', reason: null, childView: null } as const;
    const at = (childId: string, unitId: string) => ({ childId, unitId });
    const [first, second] = [
      aWish(at(moved, places.otherSchool)),
      aWish({ ...at(moved, places.otherSchool), ...holy }),
    ];
    const weeks = ['2026-09-14', '2026-09-21'];
    for (const [at, wish] of [first, second].entries()) {
      const firstDay = weeks[at]!;
      const { id } = await applied({ ...wish, firstDay, lastDay: addDays(firstDay, 2) }, parent);
      await world.database
        .admin`insert into leave_decision (leave_id, child_id, unit_id, decider, kind, outcome, exceptions,
        school_day_count, idempotency_key) select id, child_id, unit_id, decider, kind, 'GRANTED', '{}', 3, 'k' from leave where id = ${id}`;
      await world.database.admin`insert into leave_day (child_id, unit_id, day, leave_id, kind)
        select child_id, unit_id, first_day + n, id, kind from leave, generate_series(0, 2) n where id = ${id}`;
    }
    const later = { ...deps, now: () => new Date('2026-10-05T10:00:00Z') };
    expect(await readLeaveQuota(later, parent, { childId: moved, schoolYear: 2026 })).toMatchObject({
      granted: 3,
    });
    const third = {
      ...aWish(at(moved, places.school)),
      firstDay: '2026-12-14',
      lastDay: '2026-12-16',
      reason: null,
    };
    expect(await applyForLeave(later, parent, third)).toMatchObject({
      refusal: { kind: 'leave-reason-missing' },
    });
    const leave = await applyForLeave(later, parent, { ...third, reason: 'Reise' });
    expect(leave).toMatchObject({ ok: true, value: { decider: 'LEADER' } });
    expect(await readLeaveQuota(later, leader, { childId: moved, schoolYear: 2026 })).toMatchObject({
      ...{ granted: 3, asked: 3 },
    });
    expect(await readLeaveQuota(later, parent, { childId: moved, schoolYear: 2027 })).toMatchObject({
      granted: 0,
    });
  });

  test.each(others)('is not open to %s', async (_who, actor) => {
    await forgetAll();
    const { id } = await applied(aWish());
    expect(await failure(decideLeave(deps, actor, verdict(id)))).toBe('NOT_FOUND');
    expect(await failure(openLeaveDecision(deps, actor, id))).toBe('NOT_FOUND');
    expect(await failure(objectToLeave(deps, actor, { leaveId: id, text: null }))).toBe('NOT_FOUND');
    expect(await failure(withdrawLeave(deps, actor, { leaveId: id, from: null }))).toBe('NOT_FOUND');
    expect(await seen(mother, id)).toMatchObject({ state: 'APPLIED' });
  });

  test('is for staff alone, and withdrawing and objecting for guardians', async () => {
    const { id } = await applied(aWish());
    for (const who of [mother, father])
      expect(await failure(decideLeave(deps, who, verdict(id)))).toBe('NOT_FOUND');
    for (const who of [teacher, leader]) {
      expect(await failure(objectToLeave(deps, who, { leaveId: id, text: null }))).toBe('NOT_FOUND');
      expect(await failure(withdrawLeave(deps, who, { leaveId: id, from: null }))).toBe('NOT_FOUND');
    }
  });
});

describe('withdrawing leave', () => {
  test('is for whoever applied, and for any guardian once they are none any more (LEA-07)', async () => {
    const [child, first, second] = [newId(), guardian(), guardian()];
    await world.identity.enrolments(child, [{ unitId: places.school, groupIds: [places.groupA] }]);
    await world.identity.guardians(child, [first.personId, second.personId]);
    await world.settled();
    const { id } = await applied(aWish({ childId: child }), first);
    const bySecond = () => withdrawLeave(deps, second, { leaveId: id, from: null });
    expect(await bySecond()).toMatchObject({ refusal: { kind: 'leave-of-another' } });
    await decideLeave(deps, teacher, verdict(id));
    expect(await bySecond()).toMatchObject({ refusal: { kind: 'leave-of-another' } });
    expect(await granted(child)).toHaveLength(3);
    await world.identity.guardians(child, [second.personId]);
    await world.settled();
    expect(await bySecond()).toMatchObject({ value: { state: 'WITHDRAWN' } });
  });

  test('gives its days back, all of them or from a day on, and has open boards read anew', async () => {
    await forgetAll();
    const wish = aWish();
    const { id } = await applied(wish);
    const soon = { ...deps, now: () => instantOf(addDays(wish.firstDay, -1), '10:00') };
    await decideLeave(soon, teacher, verdict(id));
    const from = wish.lastDay;
    expect(await withdrawLeave(soon, mother, { leaveId: id, from })).toMatchObject({
      value: { state: 'GRANTED', endsBefore: from },
    });
    expect(await granted(children.ours)).toHaveLength(2);
    expect(await withdrawLeave(soon, mother, { leaveId: id, from })).toMatchObject({ ok: true });
    expect(await withdrawLeave(soon, mother, { leaveId: id, from: null })).toMatchObject({
      value: { state: 'WITHDRAWN' },
    });
    expect(await granted(children.ours)).toEqual([]);
    const boards = await world.database.admin`
      select data->>'unitId' as unit, data->>'day' as day, data->>'lastDay' as last, data->'watchers' as watchers from outbox
      where type = 'attendance.day.changed.v1' order by id`;
    const school = { unit: places.school, watchers: expect.arrayContaining([teacher.personId]) };
    expect(boards).toEqual([
      { ...school, day: wish.firstDay, last: wish.lastDay },
      { ...school, day: wish.lastDay, last: null },
      { ...school, day: wish.firstDay, last: addDays(wish.firstDay, 1) },
    ]);
    expect(await applied({ ...wish, idempotencyKey: newId() })).toMatchObject({ state: 'APPLIED' });
  });
});

describe('the database alone (S-12)', () => {
  test('takes one leave for a day, one decision, and no step out of turn', async () => {
    await forgetAll();
    const { admin } = world.database;
    const { id } = await applied(aWish());
    await expect(
      admin`insert into leave select gen_random_uuid(), child_id, unit_id, first_day, last_day, kind, hearing, is_away_after_school,
        decider, school_day_count, state, decided_at, ends_before, applied_by, applied_at, 'k' from leave`,
    ).rejects.toThrow('leave_of_a_day');
    await expect(
      admin`insert into leave_text (id, leave_id, child_id, unit_id, decider, kind, part, body)
        select ${newId()}, id, child_id, unit_id, decider, 'HOLY_DAY', 'REASON', 'x' from leave`,
    ).rejects.toThrow();
    await applied(aWish({ kind: 'HOLY_DAY', reason: null, childView: null }));
    await expect(
      admin`insert into leave_text (id, leave_id, child_id, unit_id, decider, kind, part, body)
        select ${newId()}, id, child_id, unit_id, decider, kind, 'OBJECTION', 'x' from leave where kind = 'HOLY_DAY'`,
    ).rejects.toThrow('leave_text_of_a_holy_day');
    await admin`delete from leave where kind = 'HOLY_DAY'`;
    await withdrawLeave(deps, mother, { leaveId: id, from: null });
    expect((await notices()).at(-1)).toEqual({ noticeId: id, dropped: [] });
    const decide = () =>
      admin`insert into leave_decision (leave_id, child_id, unit_id, decider, kind, outcome, exceptions, school_day_count, idempotency_key)
        select id, child_id, unit_id, decider, kind, 'GRANTED', '{}', 3, 'k' from leave`;
    await expect(decide()).rejects.toThrow('does not wait for a decision');
    await expect(
      admin`insert into leave_objection (leave_id, child_id, unit_id, objected_by) select id, child_id, unit_id, ${newId()} from leave`,
    ).rejects.toThrow('does not wait');
    await forgetAll();
    await applied(aWish());
    await decide();
    await expect(admin`update leave_decision set outcome = 'REFUSED'`).rejects.toThrow('never changed');
  });

  test('erases a child’s leave, and forgets who wrote, objected and decided (RET-08)', async () => {
    await forgetAll();
    const { id } = await applied(aWish());
    await decideLeave(deps, teacher, verdict(id, { reasons: 'Greit' }));
    const erase = (person: string) =>
      deps.db.asService(async (tx) => (await import('./erase-person.ts')).erasePerson(tx, person));
    await erase(mother.personId);
    await erase(teacher.personId);
    const { admin } = world.database;
    expect(await admin`select applied_by from leave`).toEqual([{ applied_by: null }]);
    expect(await admin`select distinct written_by from leave_text`).toEqual([{ written_by: null }]);
    expect(await admin`select decided_by from leave_decision`).toEqual([{ decided_by: null }]);
    await erase(children.ours);
    expect(await admin`select from leave_text`).toEqual([]);
    expect(await granted(children.ours)).toEqual([]);
  });
});

describe('with row-level security switched off, the policy still (S-12)', () => {
  let id: string;
  beforeAll(async () => {
    await forgetAll();
    id = (await applied(aWish())).id;
    await objectToLeave(deps, father, { leaveId: id, text: 'Nei' });
    const tables = await world.database.admin<{ name: string }[]>`
      select oid::regclass::text as name from pg_class where relkind = 'r' and relrowsecurity`;
    for (const { name } of tables)
      await world.database.admin.unsafe(`alter table ${name} disable row level security`);
  });

  // Until a day that is later than the one of these tests.
  const strangers = others.filter(([, actor]) => actor !== people.former);
  test.each(strangers)('shows nothing to %s, and lets them do nothing', async (_who, actor) => {
    expect(await seen(actor, id)).toBeUndefined();
    expect(await readChildLeave(deps, actor, { childId: children.ours, ...page })).toBeNull();
    expect((await readWaitingLeave(deps, actor, { unitId: places.school, ...page })) ?? []).toEqual([]);
    expect(await summaryOf(deps, actor, { childId: children.ours, schoolYear: null })).toBeNull();
    expect(await failure(decideLeave(deps, actor, verdict(id)))).toBe('NOT_FOUND');
    expect(await failure(objectToLeave(deps, actor, { leaveId: id, text: null }))).toBe('NOT_FOUND');
    expect(await failure(withdrawLeave(deps, actor, { leaveId: id, from: null }))).toBe('NOT_FOUND');
    expect(await failure(applyForLeave(deps, actor, aWish()))).toBe('NOT_FOUND');
  });

  test('shows what was written to whoever decides alone (LEA-09)', async () => {
    expect((await seen(father, id))?.file).toBeNull();
    expect((await seen(teacher, id))?.file).toBeNull();
    expect((await seen(mother, id))?.file).toMatchObject({ objections: [], isObjectedTo: false });
    expect((await seen(leader, id))?.file).toMatchObject({ objections: ['Nei'] });
  });

  test('withdraws nothing that another applied for (LEA-07)', async () => {
    expect(await withdrawLeave(deps, father, { leaveId: id, from: null })).toMatchObject({
      refusal: { kind: 'leave-of-another' },
    });
  });

  test('does nothing while absence is stopped, and hides the quota while it is hidden (X07, S-26)', async () => {
    const open = aWish();
    const another = (await applied(open)).id;
    const tell = async (state: 'OPEN' | 'SUSPENDED', isReadable: boolean) => {
      await world.identity.features(places.school, [{ feature: 'ABSENCE', state, isReadable }]);
      await world.settled();
    };
    await tell('SUSPENDED', true);
    const closed = { refusal: { kind: 'feature-closed' } };
    expect(await decideLeave(deps, teacher, verdict(another))).toMatchObject(closed);
    expect(await objectToLeave(deps, father, { leaveId: another, text: null })).toMatchObject(closed);
    expect(await withdrawLeave(deps, mother, { leaveId: another, from: null })).toMatchObject(closed);
    const quota = (who: Actor) => readLeaveQuota(deps, who, { childId: children.ours, schoolYear: 2026 });
    expect(await quota(mother)).toMatchObject({ granted: 0 });
    await tell('SUSPENDED', false);
    for (const who of [mother, leader]) expect(await quota(who)).toBe('hidden');
    await tell('OPEN', true);
  });
});
