import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { addDays, instantOf } from '@ranselpost/kit/pure/dates';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { children, people, places, tellFamilies } from '../../test/families.ts';
import { kindOf, noticedOf, taken } from '../../test/meetings.ts';
import { type World, openWorld, today } from '../../test/world.ts';
import { ids } from '../../test/writing.ts';
import { type EventWanted, announceEvent } from './announce-event.ts';
import { answerEvent } from './answer-event.ts';
import { erasePerson } from './erase-person.ts';
import { readUnitEvents } from './read-unit-events.ts';
import { remindOfSlips } from './remind-of-slips.ts';
import { withdrawEvent } from './withdraw-event.ts';

const { mother, father, otherGuardian, teacher, leader } = people;
const notFound = { code: 'NOT_FOUND' };
let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
});
afterAll(() => world.close());

const wanted = (more: Partial<EventWanted> = {}): EventWanted => ({
  ...{
    unitId: places.school,
    to: { groupId: places.groupA },
    title: 'Sommerfest',
    place: null,
    bring: 'Kake',
  },
  ...{ startsAt: instantOf(addDays(today, 9), '17:00'), endsAt: instantOf(addDays(today, 9), '19:00') },
  ...{ answerUntil: instantOf(addDays(today, 8), '00:00'), choices: [], adultsMax: 2, capacity: null },
  ...{ idempotencyKey: newId(), ...more },
});
const announce = async (more: Partial<EventWanted> = {}) =>
  taken(await announceEvent(world.deps, teacher, wanted(more))).event;
const answer = (actor: Actor, eventId: string, choice = 1, adults = 0, childId = children.ours) =>
  answerEvent(world.deps, actor, { eventId, childId, choice, adults });
const seen = async (actor: Actor, eventId: string, childId = children.ours) => {
  const events = await readUnitEvents(world.deps, actor, childId, { after: null, first: 100 });
  return events === null || events === 'hidden'
    ? undefined
    : events.find(({ event }) => event.id === eventId);
};
const told = async (actor: Actor, eventId: string, childId = children.ours) =>
  (await seen(actor, eventId, childId))?.answers.map((one) => [one.childId, one.choice, one.adults]);

describe('an event', () => {
  test('is announced to the guardians of the group’s children, each told once, and once under its key (M35)', async () => {
    const more = wanted();
    const { id } = await announce(more);
    expect((await announce(more)).id).toBe(id);
    await expect(announce({ ...more, title: 'Høstfest' })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(await noticedOf(world, id)).toEqual([ids(mother, father, otherGuardian)]);
    for (const actor of [mother, people.assistant, people.office, people.teacherOfB, people.afterSchool])
      await expect(announceEvent(world.deps, actor, wanted())).rejects.toMatchObject(notFound);
  });

  test('that both guardians answer at once has one answer, and is not full for that (GUA-03)', async () => {
    const { id } = await announce();
    let both!: Promise<string[]>;
    await world.database.admin.begin(async (held) => {
      await held`select from unit_event where id = ${id} for update`;
      both = Promise.all([mother, father].map((actor) => answer(actor, id).then(kindOf)));
      await eventually(async () => {
        const waiting = await world.database.admin`
          select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
            and query like '%insert into unit_event_answer %'`;
        expect(waiting).toHaveLength(2);
      });
    });
    expect(await both).toEqual(['done', 'done']);
    expect(await told(mother, id)).toEqual([[children.ours, 1, 0]]);
  });

  test('is answered once for a child by either guardian, and staff see children in their charge (GUA-03, ADR-05, ADR-10)', async () => {
    const { id } = await announce();
    taken(await answer(mother, id, 1, 2));
    taken(await answer(father, id, 1, 1));
    taken(await answer(otherGuardian, id, 0, 0, children.half));
    taken(await answer(mother, id, 1, 0, children.hidden));
    const ours = [children.ours, 1, 1];
    const half = [children.half, 0, 0];
    const hidden = [children.hidden, 1, 0];
    expect(new Set(await told(mother, id))).toEqual(new Set([ours, half, hidden]));
    // Where the mother of a protected child comes is nothing to the father (ADR-11).
    expect(await told(father, id)).toEqual([ours]);
    expect(await told(otherGuardian, id, children.half)).toEqual([half]);
    expect(new Set(await told(teacher, id))).toEqual(new Set([ours, half, hidden]));
    expect(new Set(await told(people.office, id))).toEqual(new Set([ours, half]));
    expect((await seen(people.office, id))?.event.childIds).not.toContain(children.hidden);
    for (const actor of [people.stranger, people.blocked, people.former, otherGuardian, teacher]) {
      await expect(answer(actor, id)).rejects.toMatchObject(notFound);
      if (actor !== teacher) expect(await seen(actor, id)).toBeUndefined();
    }
    // The tables say the same by themselves (S-12).
    const rows = (actor: Actor) =>
      lookAs(world.deps.db, actor, (tx) =>
        tx.execute(sql`select from unit_event_answer where event_id = ${id}`),
      );
    for (const [actor, count] of [
      ...([
        [people.stranger, 0],
        [people.afterSchool, 0],
        [people.teacherOfB, 0],
      ] as const),
      ...([
        [father, 1],
        [otherGuardian, 1],
        [people.office, 2],
        [teacher, 3],
      ] as const),
    ])
      expect(await rows(actor)).toHaveLength(count);
    const inName = (childId: string, answeredBy: string) =>
      lookAs(world.deps.db, father, (tx) =>
        tx.execute(sql`
          insert into unit_event_answer (event_id, unit_id, child_id, answered_by, choice, adults)
          values (${id}, ${places.school}, ${childId}, ${answeredBy}, 1, 0)`),
      );
    const denied = { cause: { code: '42501' } };
    await expect(inName(children.half, father.personId)).rejects.toMatchObject(denied);
    await expect(inName(children.hidden, mother.personId)).rejects.toMatchObject(denied);
  });

  test('has room for no more than was said, however many come at once', async () => {
    const { id } = await announce({ capacity: 4 });
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        at % 2 === 0 ? answer(mother, id, 1, 2) : answer(otherGuardian, id, 1, 2, children.half),
      ).map((one) => one.then(kindOf)),
    );
    expect(outcomes.toSorted()).toContain('event-full');
    const [{ places: came }] = (await world.database.admin`
      select sum(places_of(choice, adults))::int as places from unit_event_answer where event_id = ${id}`) as unknown as [
      { places: number },
    ];
    expect(came).toBe(3);
    // One seat is left; who has theirs may bring fewer, and then there is room.
    expect(kindOf(await answer(mother, id, 1, 0))).toMatch(/^done$/);
  });

  test('is called off by who announced it or the leader, and its guardians are told once', async () => {
    const { id } = await announce();
    for (const actor of [mother, people.assistant, people.office])
      await expect(withdrawEvent(world.deps, actor, id)).rejects.toMatchObject(notFound);
    await withdrawEvent(world.deps, leader, id);
    await withdrawEvent(world.deps, teacher, id);
    expect(await noticedOf(world, id)).toHaveLength(2);
    expect(kindOf(await answer(mother, id))).toBe('event-withdrawn');
  });

  test('is reminded of a day before it is due: once, of children nobody has answered for, and where messages are open (M37, S-08, MSG-01)', async () => {
    const { id } = await announce();
    const late = await announce({ answerUntil: instantOf(addDays(today, 1), '00:00') });
    taken(await answer(mother, id));
    const soon = instantOf(addDays(today, 7), '12:00');
    const deps = { ...world.deps, now: () => soon, maxStaleness: 60 };
    const tell = async (state: 'OPEN' | 'SUSPENDED') => {
      await world.identity.features(places.school, [{ feature: 'MESSAGING', state }]);
      await world.settled();
    };
    await tell('SUSPENDED');
    expect(await remindOfSlips(deps)).toBe(false);
    await tell('OPEN');
    expect(await remindOfSlips({ ...deps, maxStaleness: -1 })).toBe(false);
    expect(await remindOfSlips({ ...deps, now: () => instantOf(addDays(today, 6), '12:00') })).toBe(false);
    while (await remindOfSlips(deps));
    // Not of the protected child's, whose guardians answer each for themselves.
    expect((await noticedOf(world, id)).slice(1)).toEqual([ids(mother, otherGuardian)]);
    // What was announced as late as the reminder would come.
    expect(await remindOfSlips({ ...deps, now: () => new Date() })).toBe(false);
    expect(await noticedOf(world, late.id)).toHaveLength(1);
    await withdrawEvent(world.deps, leader, id);
    expect(
      await world.database.admin`
        select from outbox o join unit_event e on e.reminder_id::text = o.subject
        where o.type = 'messaging.notice.dropped.v1' and e.id = ${id}`,
    ).toHaveLength(1);
  });

  test('is not reminded of any more once nobody is left to answer for (M37)', async () => {
    const { id } = await announce();
    const soon = instantOf(addDays(today, 7), '12:00');
    while (await remindOfSlips({ ...world.deps, now: () => soon, maxStaleness: 60 }));
    expect((await noticedOf(world, id)).slice(1)).toEqual([ids(mother, father, otherGuardian)]);
    const dropped = async () =>
      (
        await world.database.admin<{ data: { recipients: string[] } }[]>`
          select o.data from outbox o join unit_event e on e.reminder_id::text = o.subject
          where o.type = 'messaging.notice.dropped.v1' and e.id = ${id} order by o.id`
      ).map(({ data }) => data.recipients.toSorted());
    taken(await answer(otherGuardian, id, 0, 0, children.half));
    // The mother has one more to answer for.
    expect(await dropped()).toEqual([ids(otherGuardian)]);
    taken(await answer(father, id));
    expect((await dropped()).slice(1)).toEqual([expect.arrayContaining(ids(mother, father))]);
    const asked = (actor: Actor) =>
      lookAs(world.deps.db, actor, (tx) =>
        tx.execute(sql`select * from reminded_for_nothing(${id}, ${children.ours})`),
      );
    expect([await asked(teacher), await asked(otherGuardian)]).toMatchObject([[], []]);
  });

  test('is not answered where messaging is stopped, by either lock, and forgets who is erased (MSG-01, RET-08)', async () => {
    const { id } = await announce({
      choices: ['Ja', 'Nei', 'Litt'],
      startsAt: null,
      endsAt: null,
      adultsMax: 0,
    });
    taken(await answer(otherGuardian, id, 2, 0, children.half));
    await world.identity.features(places.school, [{ feature: 'MESSAGING', state: 'SUSPENDED' }]);
    await world.settled();
    expect(kindOf(await answer(mother, id))).toBe('feature-closed');
    const change = sql`update unit_event_answer set choice = 0 where event_id = ${id} returning choice`;
    expect(await lookAs(world.deps.db, otherGuardian, (tx) => tx.execute(change))).toHaveLength(0);
    await world.deps.db.asService((tx) => erasePerson(tx, children.half));
    expect(
      await world.database.admin`select from unit_event_answer where child_id = ${children.half}`,
    ).toEqual([]);
  });
});
