import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { addDays } from '@ranselpost/kit/pure/dates';
import { atTablet, staff } from '@ranselpost/kit/testing/actors';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { children, people, places } from '../../test/families.ts';
import { aMark, at, boardOf, mark, monday, outsiders, tellFamilies } from '../../test/register.ts';
import { type World, openWorld } from '../../test/world.ts';
import { markAttendance } from './mark-attendance.ts';
import { notePhoneCall } from './note-phone-call.ts';
import { readChildAbsences } from './read-child-absences.ts';
import { readStays } from './read-stays.ts';
import { readUnitAbsences } from './read-unit-absences.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
  // Today, in the database too.
  await world.database.admin.unsafe(
    `create or replace function access.today() returns date language sql stable parallel safe as $$ select date '${monday}' $$`,
  );
  await mark(world, [aMark(children.ours), aMark(children.hidden), formerly]);
  await world.database.admin`
    insert into absence (id, child_id, unit_id, day) values (${newId()}, ${children.ours}, ${places.school}, ${addDays(monday, 2)})`;
});
afterAll(() => world.close());

const formerly = aMark(children.half, { day: addDays(monday, -28) });
const tryMark = (who: Actor, childId: string) =>
  markAttendance(at(world.deps, '09:00'), who, places.school, [aMark(childId, { day: addDays(monday, -7) })]);
const kinds = async (who: Actor, ...childIds: string[]) =>
  (
    await mark(
      world,
      childIds.map((childId) => aMark(childId, { day: addDays(monday, -14) })),
      { who },
    )
  ).map(({ kind, standing }) => [kind, standing?.standing ?? null]);
const storedOn = (day: string) => world.database.admin`select id from mark where day = ${day}`;
const notTheirs = ['CHILD_NOT_FOUND', null];

/** What must hold with both locks, and with the policy alone. */
async function refused(who: Actor): Promise<void> {
  await expect(tryMark(who, children.ours)).rejects.toMatchObject({
    code: 'NOT_FOUND',
    message: 'Not found.',
  });
  expect(await storedOn(addDays(monday, -7))).toEqual([]);
  expect(await boardOf(world, who)).toBeNull();
}
async function hidesFromWhoeverIsNotInCharge(): Promise<void> {
  // A child of another group, one who is protected, and one that there is not: all the same (S-06, ADR-10).
  expect(await kinds(people.assistant, children.theirs, children.hidden, newId())).toEqual([
    notTheirs,
    notTheirs,
    notTheirs,
  ]);
  expect(await kinds(people.teacherOfB, children.ours)).toEqual([notTheirs]);
  expect(await storedOn(addDays(monday, -14))).toEqual([]);
  const rowsFor = async (who: Actor) => {
    const board = await boardOf(world, who);
    if (board === null || board === 'hidden') return board;
    expect(Object.values(board.counts).reduce((sum, count) => sum + count)).toBe(board.rows.length);
    return board.rows.map(({ childId }) => childId).toSorted();
  };
  const { ours, hidden, half, masked, theirs, sibling } = children;
  expect(await rowsFor(people.assistant)).toEqual([ours, half, masked].toSorted());
  expect(await rowsFor(people.teacher)).toEqual([ours, half, masked, hidden].toSorted());
  expect(await rowsFor(people.teacherOfB)).toEqual([theirs, sibling].toSorted());
  expect(await rowsFor(people.office)).toEqual([ours, half, masked, theirs, sibling].toSorted());
  expect(await rowsFor(people.leader)).toEqual([ours, half, masked, theirs, sibling, hidden].toSorted());
}

describe('marking attendance and the board are refused', () => {
  test.each(outsiders)('to %s, as for a school that does not exist (S-06)', (_who, actor) => refused(actor));

  test('to the office, which sees the board and marks nobody', async () => {
    await expect(tryMark(people.office, children.ours)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test(
    'for children of others, for a protected one to whoever is not named, and where there is none',
    hidesFromWhoeverIsNotInCharge,
  );

  test('where absence is stopped, and nothing is shown where it is hidden (X07, D02, S-26)', async () => {
    const tell = async (isReadable: boolean, state: 'OPEN' | 'SUSPENDED') => {
      await world.identity.features(places.school, [{ feature: 'ABSENCE', state, isReadable }]);
      await world.settled();
    };
    await tell(false, 'SUSPENDED');
    expect(await tryMark(people.teacher, children.ours)).toMatchObject({
      refusal: { kind: 'feature-closed' },
    });
    expect(await boardOf(world, people.teacher)).toBe('hidden');
    expect(await lookAs(world.deps.db, people.teacher, (tx) => tx.execute(sql`select id from mark`))).toEqual(
      [],
    );
    await tell(true, 'OPEN');
  });
});

test('whoever has marked what, and what stood before, is shown to whoever leads alone', async () => {
  const slotsFor = async (who: Actor) => {
    const board = await boardOf(world, who);
    if (board === null || board === 'hidden') throw new Error('no board');
    return board.rows.find(({ childId }) => childId === children.ours)!.slots[0]!;
  };
  for (const who of [people.teacher, people.assistant, people.office])
    expect(await slotsFor(who)).toMatchObject({ mark: { markedBy: null }, trace: [] });
  expect(await slotsFor(people.leader)).toMatchObject({ trace: [{ markedBy: people.teacher.personId }] });
});

test('staff are told of no child on a board that the access log does not have (S-11)', async () => {
  const seen = async () =>
    (
      await world.database.admin<{ data: { readerId: string; reads: { childId: string }[] } }[]>`
        select data from outbox where type = 'attendance.child.read.v1' order by event_id`
    ).filter(({ data }) => data.readerId === people.assistant.personId);
  const before = (await seen()).length;
  await boardOf(world, people.assistant, { first: 2 });
  const after = await seen();
  expect(after).toHaveLength(before + 1);
  expect(after.at(-1)!.data.reads).toHaveLength(2);
});

/** Whom a shared tablet of the school shows nothing, and whoever is at one of another unit (T16). */
const nobodyAtTablets: readonly (readonly [string, Actor])[] = [
  ...outsiders.flatMap(([who, actor]) =>
    actor.kind === 'staff' ? [[`${who}, at a tablet`, atTablet(actor, places.school)] as const] : [],
  ),
  ['the teacher, at a tablet of the after-school unit', atTablet(people.teacher, places.afterSchool)],
  [
    'a guardian who works there, at its tablet',
    { ...atTablet(people.teacher, places.school), personId: people.mother.personId },
  ],
];
const tablet = atTablet(people.teacher, places.school);

/** What must hold at a tablet with both locks, and with the policy alone. */
async function opensTheBoardAlone(): Promise<void> {
  const own = await boardOf(world, tablet);
  if (own === null || own === 'hidden') throw new Error('no board');
  expect(own.rows.map(({ childId }) => childId).toSorted()).toEqual(
    [children.ours, children.half, children.masked, children.hidden].toSorted(),
  );
  for (const { slots } of own.rows) expect(slots[0]!.trace).toEqual([]);
  const leaders = await boardOf(world, atTablet(people.leader, places.school));
  if (leaders === null || leaders === 'hidden') throw new Error('no board');
  for (const { slots } of leaders.rows) expect(slots[0]).toMatchObject({ trace: [] });
  // Of no other day than today: neither to be seen nor to be marked, nor what stands there.
  for (const days of [-28, -7, -1, 1]) {
    const day = addDays(monday, days);
    expect(await boardOf(world, tablet, { day })).toBeNull();
    const marks = [aMark(children.half, { day }), aMark(children.theirs, { day }), aMark(newId(), { day })];
    expect(await mark(world, [...marks, { ...formerly, day }], { who: tablet })).toMatchObject(
      Array.from({ length: 4 }, () => ({ kind: 'DAY_WRONG', standing: null })),
    );
  }
  const { deps } = world;
  const page = { first: 20, after: null };
  const ofChild = { childId: children.ours, from: null, to: null, ...page };
  expect(await readChildAbsences(deps, tablet, [ofChild])).toEqual([null]);
  expect(await readUnitAbsences(deps, tablet, [{ unitId: places.school, day: monday, ...page }])).toEqual([
    null,
  ]);
  expect(await readStays(deps, tablet, [children.ours])).toEqual([null]);
  const call = { unitId: places.school, childId: children.ours, day: monday };
  await expect(notePhoneCall(deps, tablet, call)).rejects.toMatchObject({ code: 'NOT_FOUND' });
}

describe('at a shared tablet (T16, decision 0046)', () => {
  test.each(nobodyAtTablets)('%s sees and marks nobody', (_who, actor) => refused(actor));
  test('there is the board of its unit, without a trace, and nothing else', opensTheBoardAlone);

  test('marks are made, by the person and at the tablet; a child that is absent arms the alert, and all watch (S-11)', async () => {
    const one = aMark(children.half);
    expect(await mark(world, [one], { who: tablet })).toMatchObject([{ kind: 'TAKEN' }]);
    expect(await mark(world, [one], { who: tablet })).toMatchObject([{ kind: 'TAKEN' }]);
    expect(await mark(world, [aMark(children.theirs)], { who: tablet })).toMatchObject([
      { kind: 'CHILD_NOT_FOUND' },
    ]);
    expect(await world.database.admin`select marked_by, tablet_id from mark where id = ${one.id}`).toEqual([
      { marked_by: people.teacher.personId, tablet_id: tablet.tabletId },
    ]);
    await mark(world, [aMark(children.masked, { standing: 'ABSENT' })], { who: tablet });
    expect(
      await world.database
        .admin`select state from unreported_alert where child_id = ${children.masked} and day = ${monday}`,
    ).toHaveLength(1);
    const [told] = await world.database.admin<{ data: { watchers: string[] } }[]>`
      select data from outbox where type = 'attendance.day.changed.v1' order by event_id desc limit 1`;
    expect(told!.data.watchers).toContain(people.leader.personId);
    const [read] = await world.database.admin<{ data: object }[]>`
      select data from outbox where type = 'attendance.child.read.v1' order by event_id desc limit 1`;
    expect(read!.data).toMatchObject({ readerId: people.teacher.personId, tabletId: tablet.tabletId });
  });

  test('marks of somebody whose session is over are sent by the next one, and taken once whoever sends them (S-20, S-22)', async () => {
    const batch = [children.ours, children.half, children.masked].map((id) =>
      aMark(id, { standing: 'ELSEWHERE', came: '11:02' }),
    );
    const atSchool = (who: typeof people.teacher) => atTablet(who, places.school);
    const senders = [people.assistant, people.teacher].flatMap((who) => [atSchool(who), who, atSchool(who)]);
    for (const outcomes of await Promise.all(senders.map((who) => mark(world, batch, { who }))))
      expect(outcomes.map(({ kind }) => kind)).not.toContain('DAY_WRONG');
    const { admin } = world.database;
    expect(await admin`select from mark where id in ${admin(batch.map(({ id }) => id))}`).toHaveLength(3);
  });

  test('of the office nobody is marked, and what is seen ends with the role (S-02)', async () => {
    const office = atTablet(people.office, places.school);
    await expect(tryMark(office, children.ours)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await boardOf(world, office)).toMatchObject({ rows: { length: 5 } });
    expect(await boardOf(world, atTablet(staff(people.formerTeacher.personId), places.school))).toBeNull();
  });
});

describe('without a policy, row-level security still (S-12)', () => {
  const insert = (childId: string, markedBy: string) => sql`
    insert into mark (id, child_id, unit_id, day, slot, nth, standing, marked_by, marked_at)
    values (${newId()}, ${childId}, ${places.school}, ${addDays(monday, -21)}, 'DAY', 1, 'PRESENT', ${markedBy}, now())`;
  const barred = { cause: { code: '42501' } };

  test.each([
    ...outsiders,
    ['a teacher of another group', people.teacherOfB],
    ['the office', people.office],
  ] as const)('takes no mark from %s', async (_who, actor) => {
    const as = 'personId' in actor ? actor.personId : newId();
    await expect(
      lookAs(world.deps.db, actor, (tx) => tx.execute(insert(children.ours, as))),
    ).rejects.toMatchObject(barred);
  });

  test.each([...outsiders, ['a teacher of another group', people.teacherOfB]] as const)(
    'shows %s no mark',
    async (_who, actor) => {
      const seen = await lookAs(world.deps.db, actor, (tx) =>
        tx.execute(sql`select id from mark where child_id = ${children.ours}`),
      );
      expect(seen).toEqual([]);
    },
  );

  test('shows a tablet what is on its board, and takes marks of whoever is at it, there (T16)', async () => {
    const seen = async (who: Actor, table: string) =>
      (await lookAs(world.deps.db, who, (tx) => tx.execute(sql.raw(`select 1 from ${table}`)))).length;
    expect(await seen(tablet, 'mark')).toBeGreaterThan(0);
    for (const table of ['mark', 'absence', 'unreported_alert'])
      expect([table, await seen(tablet, `${table} where day <> '${monday}'`)]).toEqual([table, 0]);
    expect(await seen(people.teacher, `mark where day <> '${monday}'`)).toBe(1);
    expect(await seen(tablet, 'access.enrolment')).toBe(4);
    for (const table of [
      'absence_cause',
      'absence_repeat',
      'leave',
      'leave_text',
      'leave_letter',
      'access.guardian',
    ])
      expect([table, await seen(tablet, table)]).toEqual([table, 0]);
    for (const [, nobody] of nobodyAtTablets)
      for (const table of ['mark', 'absence', 'stay', 'unreported_alert'])
        expect([table, await seen(nobody, table)]).toEqual([table, 0]);
    const at = (childId: string, markedBy: string, tabletId: string | null, day = monday) => sql`
      insert into mark (id, child_id, unit_id, day, slot, nth, standing, marked_by, tablet_id, marked_at)
      values (${newId()}, ${childId}, ${places.school}, ${day}, 'DAY', 7, 'PRESENT', ${markedBy}, ${tabletId}, now())`;
    const { personId, tabletId } = tablet;
    for (const [who, statement] of [
      [tablet, at(children.theirs, personId, tabletId)],
      [tablet, at(children.ours, personId, tabletId, addDays(monday, -7))],
      [tablet, at(children.ours, people.leader.personId, tabletId)],
      [tablet, at(children.ours, personId, newId())],
      [tablet, at(children.ours, personId, null)],
      [people.teacher, at(children.ours, personId, tabletId)],
      [atTablet(people.office, places.school), at(children.ours, people.office.personId, tabletId)],
      ...nobodyAtTablets.map(
        ([, nobody]) =>
          [nobody, at(children.ours, 'personId' in nobody ? nobody.personId : newId(), tabletId)] as const,
      ),
    ] as const)
      await expect(lookAs(world.deps.db, who, (tx) => tx.execute(statement))).rejects.toMatchObject(barred);
  });

  test('keeps a protected child to whoever is named, and a mark to whoever made it', async () => {
    const { assistant, teacher } = people;
    const look = (who: Actor) =>
      lookAs(world.deps.db, who, (tx) =>
        tx.execute(sql`select id from mark where child_id = ${children.hidden}`),
      );
    expect([(await look(assistant)).length, (await look(teacher)).length]).toEqual([0, 1]);
    for (const [childId, markedBy] of [
      [children.hidden, assistant.personId],
      [children.ours, teacher.personId],
    ] as const)
      await expect(
        lookAs(world.deps.db, assistant, (tx) => tx.execute(insert(childId, markedBy))),
      ).rejects.toMatchObject(barred);
  });

  test('lets nobody change or take away a mark, nor look into the part of a year by its name', async () => {
    for (const statement of [
      'update mark set came = null',
      'delete from mark',
      `select from mark_${new Date().getFullYear()}`,
    ])
      await expect(
        lookAs(world.deps.db, people.leader, (tx) => tx.execute(sql.raw(statement))),
      ).rejects.toThrow();
  });

  test('tells of nobody who watches a child but to whoever has a ground for it', async () => {
    const watchers = async (who: Actor) =>
      (
        await lookAs(world.deps.db, who, (tx) =>
          tx.execute<{ ids: string[] }>(
            sql`select to_jsonb(watchers_of(${places.school}, array[${children.hidden}]::uuid[])) as ids`,
          ),
        )
      )[0]!.ids.toSorted();
    expect(await watchers(people.assistant)).toEqual([]);
    expect(await watchers(people.leader)).toEqual(
      [people.leader.personId, people.teacher.personId].toSorted(),
    );
  });
});

describe('with row-level security switched off, the policy still (S-12)', () => {
  beforeAll(async () => {
    const tables = await world.database.admin<{ name: string }[]>`
      select oid::regclass::text as name from pg_class where relkind in ('r', 'p') and relrowsecurity`;
    for (const { name } of tables)
      await world.database.admin.unsafe(`alter table ${name} disable row level security`);
  });

  test.each(outsiders)('refuses %s', (_who, actor) => refused(actor));
  test('hides who is not in charge’s', hidesFromWhoeverIsNotInCharge);
  test.each(nobodyAtTablets)('refuses %s', (_who, actor) => refused(actor));
  test('opens the board alone at a tablet', opensTheBoardAlone);

  test('shows that an absence is leave to whoever may read its cause, and to others that it was reported (ABS-04)', async () => {
    const day = addDays(monday, 1);
    const id = newId();
    await world.database.admin`
      insert into absence (id, child_id, unit_id, day, leave_id) values (${id}, ${children.ours}, ${places.school}, ${day}, ${newId()})`;
    await world.database.admin`
      insert into absence_cause (absence_id, child_id, unit_id, cause) values (${id}, ${children.ours}, ${places.school}, 'LEAVE')`;
    const shown = async (who: Actor) => {
      const board = await boardOf(world, who, { day });
      if (board === null || board === 'hidden') return board;
      return board.rows.find(({ childId }) => childId === children.ours)?.slots[0]?.state;
    };
    expect([await shown(people.leader), await shown(people.teacher)]).toEqual(['LEAVE', 'LEAVE']);
    expect([await shown(people.office), await shown(people.assistant)]).toEqual([
      'ABSENT_REPORTED',
      'ABSENT_REPORTED',
    ]);
  });
});
