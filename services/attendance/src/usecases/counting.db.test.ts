import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { guardian } from '@ranselpost/kit/testing/actors';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CountedWorld, afterSchoolLeader, openCountedWorld, outsiders } from '../../test/counted.ts';
import { children, people, places } from '../../test/families.ts';
import type { Deps } from './deps.ts';
import { acceptHealthNote, certifyAbsence, decideRemoval, withdrawHealthNote } from './certify-absence.ts';
import { erasePerson } from './erase-person.ts';
import { readAbsenceCertificate } from './read-absence-certificate.ts';
import { readAbsenceSummaries } from './read-absence-summaries.ts';
import { readSubjectAbsences } from './read-subject-absence.ts';
import { requestRemoval } from './request-removal.ts';
import { readAbsenceStatistics } from './read-absence-statistics.ts';
import { setGroupGrade } from './set-group-grade.ts';

let world: CountedWorld;
let deps: Deps;
const { mother, leader, teacher } = people;
/** A pupil who has changed schools on 1 October. */
const [moved, parent] = [newId(), guardian()];

beforeAll(async () => {
  world = await openCountedWorld();
  ({ deps } = world);
  const { identity } = world;
  await identity.guardians(moved, [parent.personId]);
  await identity.enrolments(moved, [
    { unitId: places.otherSchool, to: '2026-10-01' },
    { unitId: places.school, groupIds: [places.groupA], from: '2026-10-01' },
  ]);
  await world.settled();
});
afterAll(() => world.close());

const reported: CountedWorld['reported'] = (...args) => world.reported(...args);
const marked: CountedWorld['marked'] = (...args) => world.marked(...args);
const forgetAll = () => world.forgetAll();
async function lessons(unitId: string, groupId: string, weekday: number): Promise<readonly string[]> {
  const ids = [newId(), newId()];
  for (const [place, id] of ids.entries())
    await world.database.admin`
      insert into lesson (id, unit_id, group_id, weekday, starts, ends, from_day)
      values (${id}, ${unitId}, ${groupId}, ${weekday}, ${`0${8 + place}:15`}, ${`0${9 + place}:00`}, '2026-08-01')`;
  return ids;
}
const summaryOf = async (actor: Actor, childId: string) =>
  (await readAbsenceSummaries(deps, actor, [{ childId, schoolYear: 2026 }]))[0];

describe('the summary of absence from school', () => {
  test('counts marks of staff before reports, days and hours apart, to whoever sees it (ABS-03, ABS-05, T03)', async () => {
    await forgetAll();
    await reported(children.ours, ['2026-10-06', '2026-10-07', '2026-10-08']);
    await marked(children.ours, '2026-10-08', 'DAY', 'PRESENT');
    await marked(children.ours, '2026-10-09', 'DAY', 'ABSENT');
    for (const who of [mother, teacher, leader])
      expect(await summaryOf(who, children.ours)).toEqual({
        ...{ schoolYear: 2026, days: 3, leaveDays: 0, hours: null },
      });
    const [first, second] = await lessons(places.school, places.groupA, 1);
    await marked(children.ours, '2026-10-12', first!, 'ABSENT');
    await marked(children.ours, '2026-10-12', second!, 'ABSENT');
    await marked(children.ours, '2026-10-12', second!, 'PRESENT', 2);
    expect(await summaryOf(mother, children.ours)).toMatchObject({ days: 3, hours: 1 });
    expect(await summaryOf(afterSchoolLeader, children.ours)).toBeNull();
  });

  test('follows a pupil from one school of the municipality to another; without its lessons, hours are not none (ABS-05, S-26)', async () => {
    await forgetAll();
    await reported(moved, ['2026-09-07', '2026-09-08'], places.otherSchool);
    await reported(moved, ['2026-10-13']);
    await lessons(places.school, places.groupA, 2);
    for (const who of [parent, teacher, leader])
      expect(await summaryOf(who, moved)).toMatchObject({ days: 3, hours: null });
    expect(await summaryOf(people.otherLeader, moved)).toBeNull();
    await world.identity.features(places.otherSchool, [
      { feature: 'ABSENCE', state: 'SUSPENDED', isReadable: false },
    ]);
    await world.settled();
    for (const who of [parent, leader]) expect(await summaryOf(who, moved)).toBe('hidden');
    await world.identity.features(places.otherSchool, [{ feature: 'ABSENCE', state: 'OPEN' }]);
    await world.settled();
  });

  test('is told by the database itself to nobody but whom it is counted for (S-12)', async () => {
    await forgetAll();
    await reported(children.ours, ['2026-10-06']);
    const wanted = JSON.stringify([
      { place: 0, childId: children.ours, from: '2026-08-01', to: '2027-08-01' },
    ]);
    const told = async (actor: Actor) => {
      const rows = await lookAs(world.deps.db, actor, (tx) =>
        tx.execute(sql`select days from absence_to_count(${wanted}::jsonb)`),
      );
      return rows.length;
    };
    for (const who of outsiders) expect(await told(who)).toBe(0);
    for (const who of [mother, teacher, leader]) expect(await told(who)).toBe(1);
  });

  test('is by subject where that profile is on, for whoever is told the summary, by either lock (ABS-19, S-12)', async () => {
    await forgetAll();
    const { admin } = world.database;
    const on = {
      ...deps,
      subjectRules: { unitIds: [places.school], limits: [{ from: '2025-08-01', limitPercent: 10 }] },
    };
    const read = async (who: Actor, from: Deps = on, childId = children.ours) =>
      (await readSubjectAbsences(from, who, [{ childId, schoolYear: 2026 }]))[0];
    const [first] = await lessons(places.school, places.groupA, 1);
    await admin`update lesson set subject = case id when ${first!} then 'NOR1267' else 'MAT1023' end`;
    const [elsewhere] = await lessons(places.school, places.groupB, 1);
    await admin`update lesson set subject = 'KRO1018' where id = ${elsewhere!}`;
    await admin`
      insert into unit_calendar (unit_id, opens_at, closes_at, planning_at, days_ahead, ask_minutes_before,
        is_open_every_day, school_years, closed_days)
      values (${places.school}, '08:00', '16:00', '08:00', 366, 30, false, '[{"firstDay":"2026-10-05","lastDay":"2026-12-18"}]', '[]')
      on conflict (unit_id) do update set school_years = excluded.school_years`;
    await marked(children.ours, '2026-10-12', first!, 'ABSENT');
    await marked(children.ours, '2026-10-19', 'DAY', 'ABSENT');
    const shown = [
      { subject: 'MAT1023', hours: 1, yearHours: 11, isAboveLimit: false },
      { subject: 'NOR1267', hours: 2, yearHours: 11, isAboveLimit: true },
    ];
    for (const who of [mother, teacher, leader]) expect(await read(who)).toMatchObject(shown);
    // Whoever has come to the class is counted from then on, and by no lesson of a class it is not in.
    await reported(moved, ['2026-10-12']);
    expect(await read(parent, on, moved)).toMatchObject([{ yearHours: 11 }, { yearHours: 11 }]);
    for (const who of [mother, leader]) expect(await read(who, deps)).toBeNull();
    const raw = sql`select lessons from lessons_to_count(${JSON.stringify([
      { place: 0, childId: children.ours, from: '2026-08-01', to: '2027-08-01' },
    ])}::jsonb)`;
    for (const who of outsiders) {
      expect(await read(who)).toBeNull();
      expect(await lookAs(world.deps.db, who, (tx) => tx.execute(raw))).toEqual([]);
    }
    expect((await lookAs(world.deps.db, mother, (tx) => tx.execute(raw)))[0]!['lessons']).toHaveLength(2);
    await admin`update unit_calendar set school_years = '[]'`;
    expect(await read(mother)).toMatchObject([
      { hours: 1, yearHours: null, isAboveLimit: null },
      { hours: 2 },
    ]);
    await forgetAll();
  });

  test('of a class takes as many statements as of one pupil, and keeps apart what is asked together', async () => {
    await forgetAll();
    await reported(children.ours, ['2026-10-06']);
    await reported(children.half, ['2026-10-06', '2026-10-07']);
    const all = [children.ours, children.half, children.theirs, children.hidden, moved];
    const statements = async (childIds: readonly string[]) => {
      const said: string[] = [];
      const { db } = world.deps;
      const counting: typeof db = Object.create(db) as typeof db;
      counting.asActor = (actor, work) =>
        db.asActor(actor, (tx) =>
          work(
            new Proxy(tx, {
              get: (target, name, receiver) =>
                name === 'execute'
                  ? (query: never) => (said.push(''), target.execute(query))
                  : (Reflect.get(target, name, receiver) as unknown),
            }),
          ),
        );
      const found = await readAbsenceSummaries(
        { ...deps, db: counting },
        teacher,
        childIds.map((childId) => ({ childId, schoolYear: null })),
      );
      return {
        said: said.length,
        days: found.map((one) => (one === null ? null : (one as { days: number }).days)),
      };
    };
    const one = await statements([children.ours]);
    const many = await statements(all);
    expect(one.days).toEqual([1]);
    // The child of group B is not the teacher's; the protected one is, who is named for it.
    expect(many.days).toEqual([1, 2, null, 0, 0]);
    expect(many.said).toBe(one.said);
  });
});

describe('the certificate', () => {
  const year = { childId: children.ours, schoolYear: 2026 };
  const certificateOf = async (who: Actor, childId = children.ours) => {
    const loaded = await readAbsenceCertificate(deps, who, { childId, schoolYear: 2026 });
    return loaded === 'hidden' ? null : loaded;
  };
  const gradeIs = (grade: number, who = leader) =>
    setGroupGrade(deps, who, { unitId: places.school, groupId: places.groupA, schoolYear: 2026, grade });
  const failure = (attempt: Promise<unknown>): Promise<string> =>
    attempt.then(
      (done) => (done as { refusal?: { kind: string } }).refusal?.kind ?? 'done',
      (error: { code?: string; cause?: { code?: string } }) =>
        error.cause?.code ?? error.code ?? String(error),
    );

  beforeAll(async () => {
    await forgetAll();
    await lessons(places.school, places.groupA, 1);
    // Monday to Friday of the week, and Monday after it.
    const days = ['2026-10-19', '2026-10-20', '2026-10-21', '2026-10-22', '2026-10-23', '2026-10-26'];
    await reported(children.ours, days);
  });

  test('is none where the school has not said which grade it is, and below grade 8 (ABS-06)', async () => {
    for (const [grade, kind] of [[null], [7]].map(([one]) => [one, 'certificate-no-grade'] as const)) {
      if (grade != null) await gradeIs(grade);
      expect((await certificateOf(mother))?.certificate).toMatchObject({ grade, count: null });
      const certified = certifyAbsence(deps, leader, { ...year, hours: null, reason: null });
      expect(await certified).toMatchObject({ refusal: { kind } });
      expect(await failure(requestRemoval(deps, mother, { ...year, withCauses: false }))).toBe(kind);
    }
    await gradeIs(9);
    expect((await certificateOf(mother))?.certificate).toMatchObject({
      ...{ grade: 9, count: { days: 6, hours: 0, removed: 0 }, removable: 0 },
    });
    // Another school says nothing of our classes.
    const theirs = { unitId: places.otherSchool, groupId: places.groupA, schoolYear: 2026, grade: 3 };
    await setGroupGrade(deps, people.otherLeader, theirs);
    expect((await certificateOf(leader))?.certificate.grade).toBe(9);
  });

  test('leaves documented days out when guardians ask and the leader accepts, and not before (ABS-07, ABS-08, T22, T23)', async () => {
    const note = { childId: children.ours, from: '2026-10-19', to: '2026-10-26', isChronic: false };
    expect(await acceptHealthNote(deps, leader, { ...note, to: '2026-10-18' })).toMatchObject({
      refusal: { kind: 'health-note-wrong' },
    });
    await acceptHealthNote(deps, leader, note);
    await acceptHealthNote(deps, leader, note);
    // A weekend lies within the period: its school days count, from the fourth.
    expect(await certificateOf(mother)).toMatchObject({
      certificate: { count: { days: 6, removed: 0 }, removable: 3, healthDays: 3, leaveDays: 0 },
      file: { notes: [{ from: '2026-10-19' }] },
    });
    await requestRemoval(deps, people.father, { ...year, withCauses: true });
    await requestRemoval(deps, mother, { ...year, withCauses: true });
    const request = (await certificateOf(mother))!.file.request!;
    const verdict = { requestId: request.id, outcome: 'REFUSED', reason: null } as const;
    expect(await decideRemoval(deps, leader, verdict)).toMatchObject({
      refusal: { kind: 'removal-reason-missing' },
    });
    await decideRemoval(deps, leader, { ...verdict, reason: 'Dokumentasjonen gjelder andre dager' });
    expect((await certificateOf(people.father))?.file.request).toMatchObject({ outcome: 'REFUSED' });
    // A new one after a refusal, as often as it takes.
    await requestRemoval(deps, mother, { ...year, withCauses: true });
    const again = (await certificateOf(leader))!.file.request!;
    expect(again.id).not.toBe(request.id);
    const yes = { requestId: again.id, outcome: 'ACCEPTED', reason: null } as const;
    await decideRemoval(deps, leader, yes);
    expect(await decideRemoval(deps, leader, yes)).toMatchObject({ ok: true });
    expect(await decideRemoval(deps, leader, { ...yes, outcome: 'REFUSED', reason: 'Nei' })).toMatchObject({
      refusal: { kind: 'removal-decided' },
    });
    for (const who of [mother, people.father, leader])
      expect((await certificateOf(who))?.certificate.count).toEqual({ days: 3, hours: 0, removed: 3 });
    // The leader, and nobody else, was told of each request once; decided, it goes out no more.
    const told = await world.database.admin<{ type: string; notice: string; to: string[] | null }[]>`
      select split_part(type, '.', 3) as type, data->>'noticeId' as notice,
        (select jsonb_agg(one->>'personId') from jsonb_array_elements(data->'recipients') as one) as to
      from outbox where data->>'noticeId' = any (${[request.id, again.id]}) order by id`;
    expect(told.map(({ type, notice, to }) => [type, notice, to])).toEqual(
      [request.id, again.id].flatMap((notice) => [
        ['due', notice, [leader.personId]],
        ['dropped', notice, null],
      ]),
    );
  });

  test('of a protected pupil tells nobody by itself that home asks for removal (S-08, ABS-07)', async () => {
    const due = () => world.database.admin`select from outbox where type = 'attendance.notice.due.v1'`;
    const before = (await due()).length;
    const asked = { ...year, childId: children.hidden, withCauses: false };
    expect(await requestRemoval(deps, mother, asked)).toMatchObject({ ok: true });
    expect(await due()).toHaveLength(before);
    const seen = await readAbsenceCertificate(deps, leader, asked);
    expect(seen).toMatchObject({ file: { request: { outcome: null } } });
    await world.database.admin`delete from removal_request where child_id = ${children.hidden}`;
  });

  test('stands once it is certified, and is corrected by the leader alone, with a reason and a trace (ABS-23)', async () => {
    const certify = (more: { hours?: number; reason?: string } = {}, who: Actor = leader) =>
      certifyAbsence(deps, who, { ...year, hours: null, reason: null, ...more });
    expect(await certify({ hours: 4 })).toMatchObject({ refusal: { kind: 'certificate-hours-counted' } });
    expect(await Promise.all([certify(), certify()])).toMatchObject([{ ok: true }, { ok: true }]);
    expect(await certify()).toMatchObject({ ok: true });
    await reported(children.ours, ['2026-10-27']);
    expect((await certificateOf(mother))?.file.certified).toMatchObject([{ days: 3, hours: 0, removed: 3 }]);
    expect(await certify()).toMatchObject({ refusal: { kind: 'certificate-reason-missing' } });
    expect(await certify({ reason: 'Ført for sent' })).toMatchObject({ ok: true });
    expect(await certify({ reason: 'Ført for sent' })).toMatchObject({ ok: true });
    expect((await certificateOf(leader))?.file.certified).toMatchObject([
      { days: 3, reason: null },
      // The day after the period is documented by nothing.
      { days: 4, removed: 3, reason: 'Ført for sent' },
    ]);
    // Nobody changes what was certified, whatever the code above forgets.
    const change = sql`update absence_certificate set days = 0 where child_id = ${children.ours}`;
    await expect(lookAs(world.deps.db, leader, (tx) => tx.execute(change))).rejects.toMatchObject({
      cause: { code: '42501' },
    });
    const [note] = (await certificateOf(leader))!.file.notes;
    await withdrawHealthNote(deps, leader, note!.id);
    expect((await certificateOf(leader))?.certificate.count).toMatchObject({ days: 7, removed: 0 });
    expect((await certificateOf(leader))?.file.certified.at(-1)).toMatchObject({ days: 4 });
  });

  test('takes hours from somebody where they are not counted here, and never none for unknown (S-26)', async () => {
    const of = { childId: moved, schoolYear: 2026, reason: null };
    const ahead = certifyAbsence(deps, leader, { ...of, schoolYear: 2027, hours: 5 });
    expect(await ahead).toMatchObject({ refusal: { kind: 'certificate-year-ahead' } });
    expect((await certificateOf(parent, moved))?.certificate.count).toMatchObject({ days: 0, hours: null });
    expect(await certifyAbsence(deps, leader, { ...of, hours: null })).toMatchObject({
      refusal: { kind: 'certificate-hours-unknown' },
    });
    expect(await certifyAbsence(deps, leader, { ...of, hours: 5 })).toMatchObject({ ok: true });
    expect((await certificateOf(parent, moved))?.file.certified).toMatchObject([{ days: 0, hours: 5 }]);
    // Of the school that it left, nobody certifies.
    expect(await failure(certifyAbsence(deps, people.otherLeader, { ...of, hours: 5 }))).toBe('NOT_FOUND');
  });

  test('is no class staff’s, and nobody’s but the guardians’ and the leader’s, by either lock (T23, S-12)', async () => {
    const requestId = (await certificateOf(leader))!.file.request!.id;
    const own = { ...year, withCauses: false };
    const note = { childId: children.ours, from: '2026-10-19', to: '2026-10-19', isChronic: true };
    for (const who of [teacher, ...outsiders]) {
      expect(await certificateOf(who)).toBeNull();
      expect(await failure(requestRemoval(deps, who, own))).toBe('NOT_FOUND');
      expect(await failure(acceptHealthNote(deps, who, note))).toBe('NOT_FOUND');
      expect(await failure(certifyAbsence(deps, who, { ...year, hours: null, reason: 'x' }))).toBe(
        'NOT_FOUND',
      );
      const no = { requestId, outcome: 'REFUSED', reason: 'x' } as const;
      expect(await failure(decideRemoval(deps, who, no))).toBe('NOT_FOUND');
      for (const table of ['health_note', 'removal_request', 'absence_certificate'])
        expect(
          await lookAs(world.deps.db, who, (tx) =>
            tx.execute(sql`select from ${sql.raw(table)} where child_id = ${children.ours}`),
          ),
        ).toHaveLength(0);
    }
    const elsewhere = sql`insert into removal_request (id, child_id, unit_id, school_year, with_causes, requested_by)
      values (${newId()}, ${children.ours}, ${places.otherSchool}, 2025, false, ${mother.personId})`;
    await expect(lookAs(world.deps.db, mother, (tx) => tx.execute(elsewhere))).rejects.toMatchObject({
      cause: { code: '42501' },
    });
    expect(await failure(acceptHealthNote(deps, mother, note))).toBe('NOT_FOUND');
    expect(await failure(requestRemoval(deps, leader, own))).toBe('NOT_FOUND');
    expect(await failure(gradeIs(10, teacher))).toBe('NOT_FOUND');
    for (const who of [mother, teacher, people.otherLeader]) {
      const insert = sql`insert into health_note (id, child_id, unit_id, from_day, to_day, is_chronic, accepted_by)
        values (${newId()}, ${children.ours}, ${places.school}, '2026-10-01', '2026-10-01', true, ${(who as { personId: string }).personId})`;
      await expect(lookAs(world.deps.db, who, (tx) => tx.execute(insert))).rejects.toMatchObject({
        cause: { code: '42501' },
      });
    }
  });

  test('goes with the child, and forgets who asked and decided (RET-01, RET-08)', async () => {
    const { db } = world.deps;
    const of = () => world.database.admin`
      select count(*)::int as kept, count(certified_by)::int as named from absence_certificate`;
    expect(await of()).toEqual([{ kept: 3, named: 3 }]);
    await db.asService((tx) => erasePerson(tx, leader.personId));
    expect(await of()).toEqual([{ kept: 3, named: 0 }]);
    await db.asService((tx) => erasePerson(tx, children.ours));
    expect(await of()).toEqual([{ kept: 1, named: 0 }]);
    expect(
      await world.database.admin`select from removal_request union all select from health_note`,
    ).toHaveLength(0);
  });
});

describe('the numbers of a school (T30)', () => {
  const wanted = { unitId: places.school, month: '2026-09-15' };
  /** Seven pupils of group A and six of group B, of whom one in each is protected. */
  const pupils: string[] = [];
  beforeAll(async () => {
    const { identity } = world;
    for (let nth = 0; nth < 13; nth += 1) {
      const id = newId();
      pupils.push(id);
      const groupIds = [nth < 7 ? places.groupA : places.groupB];
      await identity.enrolments(id, [{ unitId: places.school, groupIds }], nth % 7 === 0 ? [] : undefined);
    }
    await world.settled();
    for (const [nth, id] of pupils.entries())
      await reported(id, nth < 7 ? ['2026-09-07', '2026-09-14'] : ['2026-09-08']);
    await marked(pupils[1]!, '2026-09-09', 'DAY', 'ABSENT');
    const grade = { unitId: places.school, schoolYear: 2026, grade: 9 };
    for (const groupId of [places.groupA, places.groupB])
      await setGroupGrade(deps, leader, { ...grade, groupId });
  });

  test('are told to its leader and its office, of no person and of no protected pupil', async () => {
    for (const who of [leader, people.office]) {
      const told = await readAbsenceStatistics(deps, who, wanted);
      if (told === 'hidden') throw new Error('hidden');
      // Six of group A on two Mondays, and one of them once more; five of group B on a Tuesday.
      expect(told).toMatchObject({ days: 18, unreportedDays: null });
      expect(new Set(told.byClass.map(({ days }) => days))).toEqual(new Set([5, 13]));
      expect(told.byClass.map(({ unreportedDays }) => unreportedDays)).toEqual([null, null]);
      // The one on a Wednesday would be told by the rest: a Tuesday is left out with it.
      expect(told.byWeekday.map(({ days }) => days)).toEqual([12, null, null, 0, 0, 0, 0]);
      expect(JSON.stringify(told)).not.toContain(pupils[1]);
    }
  });

  test('are of a month that is over, and for nobody else, by either lock (S-12)', async () => {
    await expect(
      readAbsenceStatistics(deps, leader, { ...wanted, month: '2026-10-01' }),
    ).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    const raw = sql`select absence_for_statistics(${places.school}, '2026-09-01', '2026-10-01') as pupils`;
    for (const who of [mother, teacher, ...outsiders.filter((one) => one !== people.office)]) {
      await expect(readAbsenceStatistics(deps, who, wanted)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect(await lookAs(world.deps.db, who, (tx) => tx.execute(raw))).toEqual([{ pupils: [] }]);
    }
    await world.identity.features(places.school, [
      { feature: 'ABSENCE', state: 'SUSPENDED', isReadable: false },
    ]);
    await world.settled();
    expect(await readAbsenceStatistics(deps, leader, wanted)).toBe('hidden');
    expect(await lookAs(world.deps.db, leader, (tx) => tx.execute(raw))).toEqual([{ pupils: [] }]);
  });
});
