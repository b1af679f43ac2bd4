import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { staff } from '@ranselpost/kit/testing/actors';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { testLife } from '@ranselpost/kit/testing/life';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { children, machine, people, places, tellFamilies } from '../../test/families.ts';
import {
  book,
  kindOf,
  noticedOf,
  offersOf,
  publish,
  seenOffer,
  someTimes,
  taken,
  talks,
  timeIds,
} from '../../test/meetings.ts';
import { type World, openWorld } from '../../test/world.ts';
import { ids } from '../../test/writing.ts';
import { startTimer } from '../events/timer.ts';
import { cancelMeeting } from './cancel-meeting.ts';
import { erasePerson } from './erase-person.ts';
import { publishMeetingTimes } from './publish-meeting-times.ts';
import { readHeldMeetings } from './read-meetings.ts';
import { remindOfMeetings } from './remind-of-meetings.ts';
import { withdrawMeetingTime } from './withdraw-meeting-time.ts';

const { mother, father, otherGuardian, teacher, leader } = people;
const notFound = { code: 'NOT_FOUND' };
let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
});
afterAll(() => world.close());
const at = (now: Date) => ({ deps: { ...world.deps, now: () => now } });

describe('publishing meeting times', () => {
  test.each<[string, Actor]>([
    ['a guardian', mother],
    ['a guardian who is signed in as staff (GUA-24)', staff(mother.personId)],
    ['a teacher of another group', people.teacherOfB],
    ['an assistant of the group', people.assistant],
    ['the office', people.office],
    ['after-school staff (SFO-10)', people.afterSchool],
    ['the leader of another school', people.otherLeader],
    ['a teacher whose role has ended', people.formerTeacher],
    ['a machine', machine],
  ])('is not for %s: there is no such child (S-06)', async (_who, actor) => {
    for (const to of [{ groupId: places.groupA }, { childIds: [children.ours] }])
      await expect(publishMeetingTimes(world.deps, actor, talks({ to }))).rejects.toMatchObject(notFound);
  });

  test('is not for children of whom one is in somebody else’s charge', async () => {
    const to = { childIds: [children.ours, children.theirs] };
    await expect(publishMeetingTimes(world.deps, teacher, talks({ to }))).rejects.toMatchObject(notFound);
  });

  test('goes to the guardians of the group’s children, each told once (ASM-08, MSG-04)', async () => {
    const { offer, times } = await publish(world, teacher);
    expect(offer.childIds).toEqual(
      [children.ours, children.half, children.hidden, children.masked].toSorted(),
    );
    expect(times.map(({ time, booking }) => [time.isTaken, booking])).toEqual([
      [false, null],
      [false, null],
    ]);
    expect(await noticedOf(world, offer.id)).toEqual([ids(mother, father, otherGuardian)]);
    expect((await seenOffer(world, mother, offer.id))?.offer.childIds).toEqual(
      [children.ours, children.half, children.hidden].toSorted(),
    );
    expect((await seenOffer(world, people.office, offer.id))?.offer.childIds).not.toContain(children.hidden);
    const held = await readHeldMeetings(world.deps, teacher, { after: null, first: 1 });
    expect(held).toMatchObject([{ offer: { id: offer.id } }]);
  });

  test('under the same key is one offer, and under the same key with other times is none', async () => {
    const wanted = talks();
    const first = taken(await publishMeetingTimes(world.deps, teacher, wanted));
    expect(taken(await publishMeetingTimes(world.deps, teacher, wanted))).toEqual(first);
    const other = { ...wanted, times: someTimes(1) };
    await expect(publishMeetingTimes(world.deps, teacher, other)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });

  test('offers no member of staff twice at a time, also when both come at once', async () => {
    const { times } = await publish(world, teacher);
    const again = talks({ times: times.map(({ time }) => time) });
    expect(kindOf(await publishMeetingTimes(world.deps, teacher, again))).toBe('times-overlap');
    expect(kindOf(await publishMeetingTimes(world.deps, leader, talks({ times: again.times })))).toBe('done');
    const wanted = someTimes(3);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, () => publish(world, teacher, { times: wanted })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('booking a meeting', () => {
  test.each<[string, Actor]>([
    ['a stranger', people.stranger],
    ['a guardian with a local block (GUA-12)', people.blocked],
    ['a guardian of another child', otherGuardian],
    ['a guardian whose access ended at midnight (GUA-14)', people.former],
    ['a guardian who is signed in as staff', staff(mother.personId)],
    ['the contact teacher', teacher],
    ['a machine', machine],
  ])('is not for %s, who sees no times of the child either (GUA-20)', async (who, actor) => {
    const [timeId] = timeIds(await publish(world, teacher));
    await expect(book(world, actor, timeId!)).rejects.toMatchObject(notFound);
    await expect(book(world, actor, newId())).rejects.toMatchObject(notFound);
    if (who !== 'the contact teacher') expect(await offersOf(world, actor)).toBeNull();
  });

  test('is told to both guardians and the staff in charge, and to other families as a time that is gone (GUA-03)', async () => {
    const offer = await publish(world, teacher);
    const [first] = timeIds(offer);
    const { booking } = taken(await book(world, mother, first!));
    for (const actor of [mother, father, teacher, leader, people.assistant])
      expect((await seenOffer(world, actor, offer.offer.id))?.times[0]?.booking).toMatchObject({
        id: booking.id,
        childId: children.ours,
      });
    const others = await seenOffer(world, otherGuardian, offer.offer.id, children.half);
    expect(timeIds(others!)).toEqual(timeIds(offer).slice(1));
    expect(await offersOf(world, people.afterSchool)).toEqual([]);
    // The other guardian may move it.
    const moved = taken(await book(world, father, timeIds(offer)[1]!, { insteadOf: booking.id }));
    const seen = await seenOffer(world, mother, offer.offer.id);
    expect(seen?.times.map(({ booking: shown }) => shown?.id ?? null)).toEqual([null, moved.booking.id]);
  });

  test('gives one time to one of fifty who want it at once, and a child one talk', async () => {
    const offer = await publish(world, teacher);
    const wanting = [
      ...Array.from({ length: 25 }, () => [mother, children.ours] as const),
      ...Array.from({ length: 25 }, () => [otherGuardian, children.half] as const),
    ];
    const [first] = timeIds(offer);
    const outcomes = await Promise.all(
      wanting.map(([actor, childId]) => book(world, actor, first!, { childId }).then(kindOf)),
    );
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
    expect(outcomes.filter((outcome) => !['done', 'time-taken', 'already-booked'].includes(outcome))).toEqual(
      [],
    );
    const rows = await world.database.admin`
      select from meeting_booking where time_id = ${first!} and cancelled_at is null`;
    expect(rows).toHaveLength(1);

    const both = timeIds(await publish(world, teacher));
    const twice = await Promise.all(
      [...both, ...both].map((timeId, index) =>
        book(world, index < 2 ? mother : father, timeId).then(kindOf),
      ),
    );
    expect(twice.filter((outcome) => outcome === 'done')).toHaveLength(1);
  });

  test('under the same key is one booking', async () => {
    const [first, second] = timeIds(await publish(world, teacher));
    const key = { idempotencyKey: newId() };
    const { booking } = taken(await book(world, mother, first!, key));
    expect(taken(await book(world, mother, first!, key)).booking).toEqual(booking);
    await expect(book(world, mother, second!, key)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  test('moves both or neither, and ends when the day does that was said', async () => {
    const offer = await publish(world, teacher, { bookingEndsDaysBefore: 1, cancellingEndsDaysBefore: 2 });
    const [first, second] = timeIds(offer);
    const { booking, time } = taken(await book(world, mother, first!));
    taken(await book(world, otherGuardian, second!, { childId: children.half }));
    expect(kindOf(await book(world, mother, second!, { insteadOf: booking.id }))).toBe('time-taken');
    expect((await seenOffer(world, mother, offer.offer.id))?.times[0]?.booking?.id).toBe(booking.id);
    const late = at(new Date(time.startsAt.getTime() - 20 * 3_600_000));
    expect(kindOf(await cancelMeeting(late.deps, mother, booking.id))).toBe('cancelling-over');
    expect(kindOf(await cancelMeeting(world.deps, father, booking.id))).toBe('done');
    expect(kindOf(await cancelMeeting(world.deps, mother, booking.id))).toBe('done');
    expect(kindOf(await book(late, mother, first!))).toBe('done');
    expect(kindOf(await book(at(time.startsAt), mother, second!))).toBe('booking-over');
    for (const actor of [otherGuardian, people.stranger, teacher])
      await expect(cancelMeeting(world.deps, actor, booking.id)).rejects.toMatchObject(notFound);
  });

  test('of separate talks is for each guardian their own, and nothing to the other (ASM-08)', async () => {
    const offer = await publish(world, teacher, { isSeparate: true, times: someTimes(3) });
    const [first, second, third] = timeIds(offer);
    const hers = taken(await book(world, mother, first!)).booking;
    const his = taken(await book(world, father, second!)).booking;
    expect(kindOf(await book(world, father, third!))).toBe('already-booked');
    expect(timeIds((await seenOffer(world, mother, offer.offer.id))!)).toEqual([first, third]);
    expect(timeIds((await seenOffer(world, father, offer.offer.id))!)).toEqual([second, third]);
    await expect(cancelMeeting(world.deps, father, hers.id)).rejects.toMatchObject(notFound);
    await expect(book(world, mother, third!, { insteadOf: his.id })).rejects.toMatchObject(notFound);
  });

  test('of a protected child shows nobody but who booked and who is named that anybody comes (ADR-10, ADR-11, S-06)', async () => {
    const offer = await publish(world, teacher, { times: someTimes(3) });
    const [first, second] = timeIds(offer);
    const childId = children.hidden;
    const { booking } = taken(await book(world, mother, first!, { childId }));
    const seen = await seenOffer(world, father, offer.offer.id, childId);
    expect(timeIds(seen!)).toEqual(timeIds(offer).slice(1));
    expect(seen?.times.map(({ booking: shown }) => shown)).toEqual([null, null]);
    await expect(cancelMeeting(world.deps, father, booking.id)).rejects.toMatchObject(notFound);
    expect(kindOf(await book(world, father, second!, { childId }))).toBe('done');
    for (const actor of [people.office, people.assistant])
      expect(
        (await seenOffer(world, actor, offer.offer.id))?.times.map(({ booking: shown }) => shown),
      ).toEqual([...[null, null, null]]);
    expect((await seenOffer(world, teacher, offer.offer.id, childId))?.times[0]?.booking?.id).toBe(
      booking.id,
    );
  });

  test('is refused where messaging is closed, and nothing is shown where it is hidden (MSG-01, S-26)', async () => {
    const offer = await publish(world, teacher);
    const [first] = timeIds(offer);
    const { booking } = taken(await book(world, mother, first!));
    const tell = async (state: 'OPEN' | 'SUSPENDED', isReadable: boolean) => {
      await world.identity.features(places.school, [{ feature: 'MESSAGING', state, isReadable }]);
      await world.settled();
    };
    await tell('SUSPENDED', true);
    expect(kindOf(await book(world, father, timeIds(offer)[1]!))).toBe('feature-closed');
    expect(kindOf(await cancelMeeting(world.deps, mother, booking.id))).toBe('feature-closed');
    expect(kindOf(await publishMeetingTimes(world.deps, teacher, talks()))).toBe('feature-closed');
    expect(await seenOffer(world, mother, offer.offer.id)).toBeDefined();
    await tell('SUSPENDED', false);
    expect(await offersOf(world, mother)).toBe('hidden');
    expect(await offersOf(world, people.stranger)).toBeNull();
    await tell('OPEN', true);
  });
});

describe('a meeting time', () => {
  test('is taken back by who offered it or the leader; whoever had it is told, and nobody twice', async () => {
    const offer = await publish(world, teacher);
    const [first, second] = timeIds(offer);
    taken(await book(world, mother, first!));
    taken(await book(world, otherGuardian, second!, { childId: children.half }));
    for (const actor of [
      mother,
      people.assistant,
      people.teacherOfB,
      people.formerTeacher,
      people.otherLeader,
    ])
      await expect(withdrawMeetingTime(world.deps, actor, first!)).rejects.toMatchObject(notFound);
    await withdrawMeetingTime(world.deps, leader, first!);
    expect(await withdrawMeetingTime(world.deps, teacher, first!)).toMatchObject({ isWithdrawn: true });
    expect((await noticedOf(world, offer.offer.id)).slice(1)).toEqual([ids(mother, father)]);
    expect(await seenOffer(world, father, offer.offer.id)).toMatchObject({ times: [] });
    expect(kindOf(await book(world, father, first!))).toBe('time-taken');
  });

  test('that is taken back while somebody books it is booked by nobody (ASM-08)', async () => {
    const [first] = timeIds(await publish(world, teacher));
    let booked!: ReturnType<typeof book>;
    await world.database.admin.begin(async (held) => {
      await held`update meeting_time set withdrawn_at = now() where id = ${first!}`;
      booked = book(world, mother, first!);
      await eventually(async () => {
        const waiting = await world.database.admin`
          select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
            and query like '%insert into meeting_booking %'`;
        expect(waiting).not.toHaveLength(0);
      });
    });
    expect(kindOf(await booked)).toBe('time-taken');
    expect(await world.database.admin`select from meeting_booking where time_id = ${first!}`).toHaveLength(0);
  });

  test('that comes within a day is reminded of once, and by itself; a protected child’s is not, nor any while rights cannot be checked (S-04, S-08)', async () => {
    const offer = await publish(world, teacher, { times: someTimes(3) });
    const [first, second, third] = offer.times;
    const { booking } = taken(await book(world, mother, first!.time.id));
    taken(await book(world, mother, second!.time.id, { childId: children.hidden }));
    const soon = at(new Date(first!.time.startsAt.getTime() - 20 * 3_600_000));
    const deps = { ...soon.deps, maxStaleness: 60 };
    expect(await remindOfMeetings({ ...deps, maxStaleness: -1 })).toBe(false);
    expect(await noticedOf(world, offer.offer.id)).toHaveLength(1);
    const life = testLife();
    startTimer(deps, life);
    const reminder = await eventually(async () => {
      const [, found] = await noticedOf(world, offer.offer.id);
      return found ?? Promise.reject(new Error('not reminded yet'));
    });
    await life.stop();
    expect(reminder).toEqual(ids(mother, father));
    taken(await book(world, otherGuardian, third!.time.id, { childId: children.half }));
    await Promise.all([remindOfMeetings(deps), remindOfMeetings(deps)]);
    await remindOfMeetings(deps);
    expect((await noticedOf(world, offer.offer.id)).slice(2)).toEqual([ids(mother, otherGuardian)]);
    taken(await cancelMeeting(soon.deps, mother, booking.id));
    const [dropped] = await world.database.admin`
      select from outbox o join meeting_booking b on b.reminder_id::text = o.subject
      where o.type = 'messaging.notice.dropped.v1' and b.id = ${booking.id}`;
    expect(dropped).toBeDefined();
  });
});

test('a ground that ends between offer and booking leaves no such time (S-02, GUA-10)', async () => {
  const child = newId();
  const tell = async (groupIds: string[], guardians: string[]) => {
    await world.identity.enrolments(
      child,
      groupIds.length === 0 ? [] : [{ unitId: places.school, groupIds }],
    );
    await world.identity.guardians(child, guardians);
    await world.settled();
  };
  await tell([places.groupA], [otherGuardian.personId, people.stranger.personId]);
  const offer = await publish(world, teacher, { to: { childIds: [child] } });
  const [first, second] = timeIds(offer);
  taken(await book(world, otherGuardian, first!, { childId: child }));
  await tell([places.groupA], [otherGuardian.personId]);
  await expect(book(world, people.stranger, second!, { childId: child })).rejects.toMatchObject(notFound);
  expect(await offersOf(world, people.stranger, child)).toBeNull();
  await tell([], [otherGuardian.personId]);
  await expect(book(world, otherGuardian, second!, { childId: child })).rejects.toMatchObject(notFound);
  expect(await seenOffer(world, otherGuardian, offer.offer.id, child)).toBeUndefined();

  // Whoever is erased leaves their times free, and nothing under their id (RET-08).
  await world.deps.db.asService((tx) => erasePerson(tx, child));
  await world.deps.db.asService((tx) => erasePerson(tx, teacher.personId));
  const [left] = await world.database.admin`
    select t.is_taken, t.held_by, (select count(*)::int from meeting_booking where child_id = ${child}) as bookings
    from meeting_time t where t.id = ${first!}`;
  expect(left).toEqual({ is_taken: false, held_by: null, bookings: 0 });
});
