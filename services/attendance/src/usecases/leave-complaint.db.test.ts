import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { addDays, instantOf } from '@ranselpost/kit/pure/dates';
import { openOwn } from '@ranselpost/kit/seal';
import { archiveEntrySchema } from '@ranselpost/schema/events/archive-entry';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { children, people, places, tellFamilies } from '../../test/families.ts';
import { type World, openWorld } from '../../test/world.ts';
import { type KeyedWish, applyForLeave } from './apply-for-leave.ts';
import { forgetLeaveTexts, markLeaveFiled, tellUnheardLeave } from './archive-leave.ts';
import { complainAboutLeave } from './complain-about-leave.ts';
import { type KeyedVerdict, decideLeave } from './decide-leave.ts';
import type { Deps } from './deps.ts';
import { forwardLeaveComplaint } from './forward-leave-complaint.ts';
import { objectToLeave } from './object-to-leave.ts';
import { openLeaveDecision } from './open-leave-decision.ts';
import { readLeaves, readWaitingLeave } from './read-leaves.ts';
import { reportAbsence } from './report-absence.ts';
import { reverseLeaveDecision } from './reverse-leave-decision.ts';
import { withdrawLeave } from './withdraw-leave.ts';

let world: World;
let deps: Deps;
const { mother, father, leader, teacher } = people;
const [firstDay, lastDay] = ['2026-11-02', '2026-11-04'];

beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity, world.database);
  await world.settled();
  deps = { ...world.deps, now: () => instantOf('2026-09-01', '10:00') };
});
afterAll(() => world.close());

const on = (day: string): Deps => ({ ...deps, now: () => instantOf(day, '10:00') });
/** Three school days from Monday on; whatever leave there was is gone. */
const applied = async (more: Partial<KeyedWish> = {}, by: Actor = mother): Promise<string> => {
  await world.database
    .admin`with gone as (delete from outbox), absences as (delete from absence) delete from leave`;
  const wish: KeyedWish = {
    ...{ childId: children.ours, unitId: places.school, firstDay, lastDay, kind: 'GENERAL' },
    ...{ reason: 'Bryllup', hearing: 'DID_NOT_WISH', childView: null, isTeachingSeenTo: true },
    ...{ isAwayAfterSchool: false, idempotencyKey: newId(), ...more },
  };
  const result = await applyForLeave(deps, by, wish);
  if (!result.ok) throw new Error(result.refusal.kind);
  return result.value.id;
};
const verdict = (leaveId: string, more: Partial<KeyedVerdict> = {}): KeyedVerdict => ({
  ...{ leaveId, outcome: 'REFUSED', reasons: 'Prøveuke', exceptions: [], days: null, hearing: null },
  ...{ idempotencyKey: newId(), ...more },
});
const grant = (leaveId: string, more: Partial<KeyedVerdict> = {}) =>
  verdict(leaveId, { outcome: 'GRANTED', ...more });
const seen = async (actor: Actor, id: string) => (await readLeaves(deps, actor, [id])).get(id)!;
const complaintsOf = async (actor: Actor, id: string) => (await seen(actor, id)).complaints;
const failure = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  );
/** The days on which a leave has the child away. */
const away = async (leaveId: string) =>
  (
    await world.database.admin<{ day: string }[]>`
      select day::text from absence where leave_id = ${leaveId} and withdrawn_at is null order by day`
  ).map(({ day }) => day);
const countOf = async (type: string): Promise<number> =>
  (await world.database.admin`select from outbox where type = ${type}`).length;
const whoIs = new Map(Object.entries(people).map(([name, { personId }]) => [personId, name]));
/** Who was told by a notice, or had it dropped. */
const told = async (type: 'due' | 'dropped', noticeId: string) =>
  (
    await world.database.admin<{ data: { recipients?: ({ personId: string } | string)[] } }[]>`
      select data from outbox where type = ${`attendance.notice.${type}.v1`} and data->>'noticeId' = ${noticeId}`
  ).map(({ data }) =>
    (data.recipients ?? [])
      .map((to) => whoIs.get(typeof to === 'string' ? to : to.personId) ?? '')
      .toSorted(),
  );

describe('complaining about a decision on leave', () => {
  test('is the leader’s to prepare: told, and read by nobody else (ADM-05, LEA-09)', async () => {
    const id = await applied();
    const complain = (who: Actor, text: string | null, at = deps) =>
      complainAboutLeave(at, who, { leaveId: id, text });
    expect(await complain(mother, 'Nei')).toMatchObject({ refusal: { kind: 'leave-not-decided' } });
    await decideLeave(deps, teacher, verdict(id));
    await openLeaveDecision(deps, mother, id);
    expect(await complain(mother, ' Farmor gifter seg ', on('2026-09-22'))).toMatchObject({ ok: true });
    const [complaint, ...others] = await complaintsOf(leader, id);
    expect(others).toEqual([]);
    expect(complaint).toMatchObject({
      ...{ state: 'RECEIVED', isLate: false, isByViewer: false, text: 'Farmor gifter seg', note: null },
    });
    // The other guardian is told that there is one; what it says is for whoever wrote and prepares it.
    expect(await told('due', complaint!.id)).toEqual([['father', 'former', 'leader']]);
    expect(await complaintsOf(mother, id)).toMatchObject([{ isByViewer: true, text: 'Farmor gifter seg' }]);
    expect(await complaintsOf(father, id)).toMatchObject([{ isByViewer: false, text: null }]);
    // The contact teacher decided, and reads nothing of the case any more.
    expect(await seen(teacher, id)).toMatchObject({ complaints: [], file: null, decider: 'LEADER' });
    const waiting = (who: Actor) =>
      readWaitingLeave(deps, who, { unitId: places.school, first: 5, after: null });
    expect(await waiting(leader)).toMatchObject([{ id }]);
    expect(await waiting(teacher)).toMatchObject([]);
    // Said again it is the same; in other words it would be lost behind a receipt (S-20).
    expect(await complain(mother, 'Farmor gifter seg')).toMatchObject({ ok: true });
    expect(await complain(mother, 'Noe annet')).toMatchObject({ refusal: { kind: 'leave-complained' } });
    // The other guardian alone, and late: it is taken, and says so (ADM-05, ADM-06).
    await openLeaveDecision(deps, father, id);
    expect(await complain(father, null, on('2026-09-23'))).toMatchObject({ ok: true });
    expect(await complaintsOf(father, id)).toMatchObject([
      { isByViewer: false, isLate: null, complainedAt: null },
      { isByViewer: true, isLate: true, complainedAt: expect.any(Date) },
    ]);
    // Nor does its id tell the other guardian when it came.
    expect(complaint!.id[14]).not.toBe('7');
    for (const who of [leader, teacher, people.stranger, people.otherGuardian])
      expect(await failure(complain(who, null))).toBe('NOT_FOUND');
  });

  test('keeps one of two of the same guardian at once', async () => {
    const id = await applied();
    await decideLeave(deps, teacher, verdict(id));
    const wanted = { leaveId: id, text: 'Vi klager' };
    const answers = await Promise.all([1, 2, 3].map(() => complainAboutLeave(deps, mother, wanted)));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(await complaintsOf(leader, id)).toHaveLength(1);
  });

  test('of a protected child is told to nobody, and seen by whoever is named for it (S-08, ADM-05)', async () => {
    const id = await applied({ childId: children.hidden });
    await decideLeave(deps, leader, verdict(id));
    await complainAboutLeave(deps, mother, { leaveId: id, text: 'Vi klager' });
    const [complaint] = await complaintsOf(leader, id);
    expect(
      await readWaitingLeave(deps, leader, { unitId: places.school, first: 5, after: null }),
    ).toMatchObject([{ id }]);
    await forwardLeaveComplaint(deps, leader, { complaintId: complaint!.id, note: 'Står fast' });
    expect(await countOf('attendance.notice.due.v1')).toBe(0);
    // Nor seen, as it says when (ADR-11).
    expect(await complaintsOf(mother, id)).toHaveLength(1);
    expect(await complaintsOf(father, id)).toEqual([]);
  });

  test('is forwarded by the leader with a note that whoever complained reads, once (ADM-04)', async () => {
    const id = await applied();
    await decideLeave(deps, teacher, verdict(id));
    await complainAboutLeave(deps, mother, { leaveId: id, text: 'Vi klager' });
    const [{ id: complaintId } = { id: '' }] = await complaintsOf(leader, id);
    const forward = (who: Actor, note = 'Prøvene kan ikke flyttes') =>
      forwardLeaveComplaint(deps, who, { complaintId, note });
    // Not even the contact teacher, who decided, sees that there is one.
    for (const who of [mother, teacher, people.stranger, people.office, people.otherLeader])
      expect(await failure(forward(who))).toBe('NOT_FOUND');
    expect(await forward(leader)).toMatchObject({ ok: true });
    expect(await forward(leader)).toMatchObject({ ok: true });
    expect(await forward(leader, 'Annet')).toMatchObject({ refusal: { kind: 'leave-complaint-settled' } });
    const note = 'Prøvene kan ikke flyttes';
    expect(await complaintsOf(mother, id)).toMatchObject([{ state: 'FORWARDED', note }]);
    expect(await complaintsOf(father, id)).toMatchObject([{ state: 'FORWARDED', note: null }]);
    expect(await told('dropped', complaintId)).toEqual([['leader']]);
    expect(await readWaitingLeave(deps, leader, { unitId: places.school, first: 5, after: null })).toEqual(
      [],
    );
  });

  test('lapses with the leave', async () => {
    const id = await applied();
    await decideLeave(deps, teacher, grant(id));
    await complainAboutLeave(deps, father, { leaveId: id, text: 'Hun trenger skolen' });
    await withdrawLeave(deps, mother, { leaveId: id, from: lastDay });
    const [complaint] = await complaintsOf(father, id);
    expect([complaint!.state, await told('dropped', complaint!.id)]).toEqual(['RECEIVED', []]);
    await withdrawLeave(deps, mother, { leaveId: id, from: null });
    expect(await complaintsOf(father, id)).toMatchObject([{ state: 'LAPSED' }]);
    expect(await told('dropped', complaint!.id)).toEqual([[]]);
    expect(await readWaitingLeave(deps, leader, { unitId: places.school, first: 5, after: null })).toEqual(
      [],
    );
  });
});

describe('a decision that replaces another (ADM-10)', () => {
  test('grants what was refused: absences, letters and quota follow, and the complaint is answered', async () => {
    const id = await applied({ isAwayAfterSchool: true });
    await decideLeave(deps, teacher, verdict(id));
    await complainAboutLeave(deps, mother, { leaveId: id, text: 'Vi klager' });
    const instead = grant(id, { reasons: 'Prøven er flyttet' });
    expect(await reverseLeaveDecision(deps, teacher, instead)).toMatchObject({
      refusal: { kind: 'leave-for-the-leader' },
    });
    for (const who of [mother, people.stranger, people.otherLeader])
      expect(await failure(reverseLeaveDecision(deps, who, instead))).toBe('NOT_FOUND');
    const answer = await reverseLeaveDecision(on('2026-09-10'), leader, instead);
    expect(answer).toMatchObject({ ok: true, value: { state: 'GRANTED', endsBefore: null } });
    expect(await reverseLeaveDecision(deps, leader, instead)).toEqual(answer);
    expect(await reverseLeaveDecision(deps, leader, grant(id))).toMatchObject({
      refusal: { kind: 'leave-unchanged' },
    });
    expect(await away(id)).toHaveLength(6);
    expect(await world.database.admin`select from leave_day where leave_id = ${id}`).toHaveLength(3);
    const [complaint] = await complaintsOf(mother, id);
    expect(complaint).toMatchObject({ state: 'DECIDED_ANEW' });
    expect(await told('dropped', complaint!.id)).toEqual([[]]);
    // A letter of its own, which names the decision that it replaces; the time to complain begins anew.
    expect(await countOf('attendance.leave-decision.released.v1')).toBe(6);
    const opened = await openLeaveDecision(on('2026-09-14'), mother, id);
    expect(opened).toMatchObject({ value: { complaintUntil: '2026-10-05' } });
    const text = opened.ok ? opened.value.text : '';
    for (const words of ['erstatter vedtaket av', 'Prøven er flyttet']) expect(text).toContain(words);
    expect((await seen(leader, id)).file?.decisionReasons).toBe('Prøven er flyttet');
    const rows = await world.database.admin`select nth, outcome from leave_decision order by nth`;
    expect(rows).toEqual([
      { nth: 1, outcome: 'REFUSED' },
      { nth: 2, outcome: 'GRANTED' },
    ]);
  });

  test('refuses what was granted where somebody complained, and takes back nothing of the day on which that is (LEA-10)', async () => {
    const id = await applied();
    await decideLeave(deps, teacher, grant(id));
    const within = { ...deps, now: () => instantOf(firstDay, '14:00') };
    const no = () => reverseLeaveDecision(within, leader, verdict(id));
    expect(await no()).toMatchObject({ refusal: { kind: 'leave-complaint-missing' } });
    await complainAboutLeave(deps, father, { leaveId: id, text: 'Hun trenger skolen' });
    expect(await no()).toMatchObject({ value: { state: 'REFUSED', endsBefore: addDays(firstDay, 1) } });
    expect(await away(id)).toEqual([firstDay]);
    expect(await countOf('attendance.absence.withdrawn.v1')).toBe(2);
    expect(await world.database.admin`select from leave_day where leave_id = ${id}`).toHaveLength(1);
    // Whoever applied may complain about that in turn, and is granted it after all.
    await complainAboutLeave(deps, mother, { leaveId: id, text: 'Vi har kjøpt billetter' });
    const third = await reverseLeaveDecision(on(addDays(firstDay, 1)), leader, grant(id));
    expect(third).toMatchObject({ value: { state: 'GRANTED', endsBefore: null } });
    expect(await away(id)).toHaveLength(3);
    expect(await complaintsOf(mother, id)).toMatchObject([
      { state: 'DECIDED_ANEW' },
      { state: 'DECIDED_ANEW' },
    ]);
  });

  test('is one of two at once, and the database takes none out of turn (S-12)', async () => {
    const id = await applied();
    await decideLeave(deps, teacher, verdict(id));
    const answers = await Promise.all([1, 2].map(() => reverseLeaveDecision(deps, leader, grant(id))));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const { admin } = world.database;
    const whole = { starts: null, ends: null };
    const decide = (nth: number, outcome: string, { starts, ends }: Record<string, string | null> = whole) =>
      admin`insert into leave_decision (leave_id, child_id, unit_id, decider, kind, nth, outcome, exceptions, school_day_count, idempotency_key, starts_on, ends_before)
        select id, child_id, unit_id, decider, kind, ${nth}, ${outcome}, '{}', 3, 'k', ${starts ?? null}, ${ends ?? null} from leave`;
    await expect(decide(4, 'GRANTED')).rejects.toThrow('does not wait for a decision');
    await expect(decide(3, 'REFUSED')).rejects.toThrow('does not wait for a decision');
    // Nor one that takes days away without a refusal.
    for (const limits of [
      { starts: null, ends: lastDay },
      { starts: lastDay, ends: null },
    ])
      await expect(decide(3, 'GRANTED', limits)).rejects.toThrow('does not wait for a decision');
    await expect(
      admin`insert into leave_complaint (id, leave_id, child_id, unit_id, nth, is_late) select ${newId()}, id, child_id, unit_id, 1, false from leave`,
    ).rejects.toThrow('has no such decision');
    await expect(admin`update leave_decision set nth = 9`).rejects.toThrow('never changed');
  });

  test('and a complaint go with the child, and it is forgotten who made them (RET-08)', async () => {
    const id = await applied();
    await decideLeave(deps, teacher, verdict(id));
    await complainAboutLeave(deps, mother, { leaveId: id, text: 'Vi klager' });
    const [complaint] = await complaintsOf(leader, id);
    await forwardLeaveComplaint(deps, leader, { complaintId: complaint!.id, note: 'Står fast' });
    const { erasePerson } = await import('./erase-person.ts');
    for (const { personId } of [mother, leader]) await deps.db.asService((tx) => erasePerson(tx, personId));
    const { admin } = world.database;
    expect(await admin`select complained_by, forwarded_by from leave_complaint, leave_forwarding`).toEqual([
      { complained_by: null, forwarded_by: null },
    ]);
    await deps.db.asService((tx) => erasePerson(tx, children.ours));
    expect(await admin`select from leave_complaint`).toEqual([]);
  });
});

describe('leave for fewer days than were applied for (LEA-03)', () => {
  test('makes absences of those, leaves the others free, and is widened by another decision', async () => {
    const id = await applied({ isAwayAfterSchool: true });
    const days = { firstDay: '2026-11-03', lastDay: '2026-11-03' };
    expect(await decideLeave(deps, teacher, grant(id, { days, reasons: null }))).toMatchObject({
      refusal: { kind: 'leave-reasons-missing' },
    });
    expect(await decideLeave(deps, teacher, grant(id, { days }))).toMatchObject({
      value: { state: 'GRANTED', startsOn: '2026-11-03', endsBefore: lastDay, schoolDayCount: 1 },
    });
    expect(await away(id)).toEqual(['2026-11-03', '2026-11-03']);
    const opened = await openLeaveDecision(deps, mother, id);
    expect(opened.ok && opened.value.text).toContain('For de andre dagene får barnet ikke permisjon');
    // What was not granted is not to be withdrawn: nothing would be kept of it (S-20).
    const withdraw = () => withdrawLeave(deps, mother, { leaveId: id, from: lastDay });
    expect(await withdraw()).toMatchObject({ refusal: { kind: 'leave-over' } });
    // What was not granted may be applied for again, and then stands in the way of giving it after all (S-22).
    const again: KeyedWish = {
      ...{ childId: children.ours, unitId: places.school, firstDay: lastDay, lastDay, kind: 'GENERAL' },
      ...{ reason: 'Bryllup', hearing: 'DID_NOT_WISH', childView: null, isTeachingSeenTo: true },
      ...{ isAwayAfterSchool: false, idempotencyKey: newId() },
    };
    const other = await applyForLeave(deps, father, again);
    const whole = () => reverseLeaveDecision(deps, leader, grant(id));
    expect(await whole()).toMatchObject({ refusal: { kind: 'leave-overlaps' } });
    const { admin } = world.database;
    await expect(admin`update leave set ends_before = null where id = ${id}`).rejects.toThrow(
      'leave_of_a_day',
    );
    await withdrawLeave(deps, father, { leaveId: other.ok ? other.value.id : '', from: null });
    expect(await whole()).toMatchObject({ value: { startsOn: null, endsBefore: null, schoolDayCount: 3 } });
    expect(await away(id)).toHaveLength(6);
    expect(await admin`select from leave_day where leave_id = ${id}`).toHaveLength(3);
    await withdrawLeave(deps, mother, { leaveId: id, from: null });
    expect(await away(id)).toEqual([]);
  });

  test('is withdrawn whole by its own first day', async () => {
    const id = await applied();
    const days = { firstDay: lastDay, lastDay };
    await decideLeave(deps, teacher, grant(id, { days }));
    expect(await withdrawLeave(deps, mother, { leaveId: id, from: null })).toMatchObject({
      value: { state: 'WITHDRAWN' },
    });
  });
});

describe('the archive', () => {
  /** What it was given of a leave: each act with its documents. */
  const entriesOf = async (leaveId: string) => {
    const rows = await world.database.admin<{ act: string; entry_id: string; data: { sealed: string } }[]>`
      select act, entry_id, data from leave_entry join outbox on type = 'attendance.archive-entry.due.v1'
        and data->>'entryId' = entry_id::text where leave_id = ${leaveId} order by outbox.id`;
    return Promise.all(
      rows.map(async ({ act, entry_id: entryId, data }) => {
        const entry = await openOwn(world.outboundKeys, entryId, data.sealed, archiveEntrySchema);
        return { act, entryId, entry, text: entry.documents.map(({ text }) => text).join(' ') };
      }),
    );
  };
  const texts = async (leaveId: string) =>
    (
      await world.database.admin<{ part: string }[]>`
        select part from leave_text where leave_id = ${leaveId} order by part`
    ).map(({ part }) => part);

  test('is given each act of a case, sealed, in its transaction, and then what was written is forgotten (ARK-01, RET-02)', async () => {
    const id = await applied({ hearing: 'SAID', childView: 'Jeg vil' });
    await objectToLeave(deps, father, { leaveId: id, text: 'Hun trenger skolen' });
    await decideLeave(deps, leader, verdict(id));
    await complainAboutLeave(deps, mother, { leaveId: id, text: 'Vi klager' });
    const [complaint] = await complaintsOf(leader, id);
    await forwardLeaveComplaint(deps, leader, { complaintId: complaint!.id, note: 'Står fast' });
    await reverseLeaveDecision(deps, leader, grant(id, { reasons: 'Etter klage' }));
    const entries = await entriesOf(id);
    expect(entries.map(({ act }) => act)).toEqual([
      ...['APPLIED', 'OBJECTED', 'DECIDED', 'COMPLAINED', 'FORWARDED', 'DECIDED'],
    ]);
    for (const [at, words] of [
      'Bryllup',
      'Hun trenger skolen',
      'Prøveuke',
      'Vi klager',
      'Står fast',
      'Etter klage',
    ].entries())
      expect(entries[at]!.text).toContain(words);
    expect(entries.every(({ entry }) => entry.caseId === id && !entry.isProtected)).toBe(true);
    expect(entries[1]!.entry.parties[0]).toMatchObject({ role: 'SENDER', personId: father.personId });
    // What the bus carries and what lies here says nothing (S-10).
    const lies = JSON.stringify(await world.database.admin`select * from leave_entry`);
    expect(lies).not.toContain('klager');

    // Long after, and not before the archive has all of it.
    const later = { ...deps, now: () => new Date(Date.now() + 500 * 86_400_000) };
    const all = [
      'CHILD_VIEW',
      'COMPLAINT',
      'DECISION',
      'DECISION',
      'LETTER',
      'LETTER',
      'NOTE',
      'OBJECTION',
      'REASON',
    ];
    for (const [at, { entryId }] of entries.entries()) {
      expect(await forgetLeaveTexts(later)).toBe(0);
      expect(await texts(id)).toEqual(all);
      const receipt = { entryId, archiveId: `arkiv-${at}` };
      for (let again = 0; again < 2; again += 1)
        await deps.db.asService((tx) => markLeaveFiled(tx, { ...receipt, archiveId: `arkiv-${at + again}` }));
    }
    const filed = await world.database
      .admin`select distinct sealed, archive_id from leave_entry order by archive_id`;
    expect(filed[0]).toEqual({ sealed: null, archive_id: 'arkiv-0' });
    expect(await forgetLeaveTexts(on(firstDay))).toBe(0);
    expect(await forgetLeaveTexts(later)).toBe(7);
    expect(await texts(id)).toEqual(['LETTER', 'LETTER']);
    expect(await forgetLeaveTexts(later)).toBe(0);
  });

  test('is told again each week without a receipt, and of a protected child that it is one (RET-02, ADR-17)', async () => {
    const id = await applied({ childId: children.hidden });
    await withdrawLeave(deps, mother, { leaveId: id, from: null });
    const [first, second] = await entriesOf(id);
    expect([first!.act, second!.act]).toEqual(['APPLIED', 'WITHDRAWN']);
    expect(first!.entry.isProtected).toBe(true);
    await deps.db.asService((tx) => markLeaveFiled(tx, { entryId: first!.entryId, archiveId: 'a' }));
    await tellUnheardLeave({ ...deps, now: () => new Date(Date.now() + 8 * 86_400_000) });
    const again = (await entriesOf(id)).map(({ act }) => act);
    expect(again).toEqual(['APPLIED', 'WITHDRAWN', 'WITHDRAWN']);
  });
});

describe('what was reported beside leave (S-20, S-22)', () => {
  const report = (run: World['database']['admin'], day: string, by = mother.personId) => run`
    insert into absence (id, child_id, unit_id, day, reported_by, idempotency_key)
    values (${newId()}, ${children.ours}, ${places.school}, ${day}, ${by}, ${newId()})`;
  /** Of each day, whether what stands was reported or is leave. */
  const standing = async () =>
    (
      await world.database.admin<{ day: string; what: string }[]>`
        select day::text, case when leave_id is null then 'reported' else 'leave' end as what from absence
        where child_id = ${children.ours} and withdrawn_at is null order by day`
    ).map(({ day, what }) => `${day} ${what}`);

  test('stands again when the leave is withdrawn, from the same day on, and is told so (LEA-05, LEA-10)', async () => {
    const id = await applied();
    for (const day of [firstDay, lastDay]) await report(world.database.admin, day);
    await decideLeave(deps, teacher, grant(id));
    expect(await standing()).toEqual([`${firstDay} leave`, '2026-11-03 leave', `${lastDay} leave`]);
    await withdrawLeave(deps, mother, { leaveId: id, from: '2026-11-03' });
    expect(await standing()).toEqual([`${firstDay} leave`, `${lastDay} reported`]);
    await withdrawLeave(deps, mother, { leaveId: id, from: null });
    expect(await standing()).toEqual([`${firstDay} reported`, `${lastDay} reported`]);
    expect(await countOf('attendance.absence.reported.v1')).toBe(5);
    expect(await countOf('attendance.absence.withdrawn.v1')).toBe(5);
  });

  test('of the day itself is news to staff no more when leave wins over it (T29)', async () => {
    const id = await applied();
    for (const day of [firstDay, lastDay]) await report(world.database.admin, day);
    await decideLeave(on(firstDay), teacher, grant(id));
    const rows = await world.database.admin<{ id: string; day: string }[]>`
      select id, day::text from absence where leave_id is null order by day`;
    expect(await Promise.all(rows.map((row) => told('dropped', row.id)))).toEqual([[[]], []]);
  });

  test('at the very instant at which leave is granted is waited for, and yields to it', async () => {
    const { admin } = world.database;
    const id = await applied();
    let deciding: Promise<unknown> = Promise.resolve();
    await admin.begin(async (tx) => {
      await report(tx as never, lastDay);
      deciding = decideLeave(deps, teacher, grant(id));
      await eventually(async () => {
        const waiting = await admin`
          select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
            and query like '%grant_leave_absences%'`;
        expect(waiting).not.toHaveLength(0);
      });
    });
    expect(await deciding).toMatchObject({ ok: true });
    expect(await standing()).toEqual([`${firstDay} leave`, '2026-11-03 leave', `${lastDay} leave`]);
    expect(await away(id)).toHaveLength(3);
    expect(await countOf('attendance.absence.withdrawn.v1')).toBe(1);
    await withdrawLeave(deps, mother, { leaveId: id, from: null });
    expect(await standing()).toEqual([`${lastDay} reported`]);
  });

  test('by many at once leaves one thing standing for each day, whoever was first', async () => {
    const id = await applied();
    const days = [firstDay, '2026-11-03', lastDay];
    const cause = { cause: 'SICK', arrivesAt: null, leavesAt: null } as const;
    const told = (who: Actor) =>
      reportAbsence(deps, who, {
        ...{ places: [{ childId: children.ours, unitId: places.school }], firstDay, lastDay, ...cause },
        idempotencyKey: newId(),
      });
    const answers = await Promise.all([
      ...[mother, father].map(told),
      decideLeave(deps, teacher, grant(id)),
      ...[mother, father].map(told),
    ]);
    expect(answers).toHaveLength(5);
    expect(await standing()).toEqual(days.map((day) => `${day} leave`));
  });
});
