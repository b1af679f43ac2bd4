import type { Actor } from '@ranselpost/kit/pure/actor';
import { staff } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { children, machine, people, places, tellFamilies } from '../../test/families.ts';
import {
  book,
  kindOf,
  offersOf,
  publish,
  seenOffer,
  someTimes,
  taken,
  talks,
  timeIds,
} from '../../test/meetings.ts';
import { type World, openWorld } from '../../test/world.ts';
import type { MeetingBooking } from '../domain/meeting.ts';
import { cancelMeeting } from './cancel-meeting.ts';
import { publishMeetingTimes } from './publish-meeting-times.ts';
import { readHeldMeetings } from './read-meetings.ts';
import { withdrawMeetingTime } from './withdraw-meeting-time.ts';

const { mother, father, teacher } = people;
const notFound = { code: 'NOT_FOUND' };
let world: World;
let offerId: string;
let first: string;
let second: string;
let third: string;
let booking: MeetingBooking;
let hidden: MeetingBooking;
const childIds = [children.ours, children.hidden];
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
  const offer = await publish(world, teacher, { to: { childIds }, times: someTimes(3) });
  offerId = offer.offer.id;
  [first, second, third] = timeIds(offer) as [string, string, string];
  booking = taken(await book(world, mother, first)).booking;
  hidden = taken(await book(world, mother, second, { childId: children.hidden })).booking;
  const tables = await world.database.admin<{ name: string }[]>`
    select oid::regclass::text as name from pg_class where relkind = 'r' and relrowsecurity`;
  for (const { name } of tables)
    await world.database.admin.unsafe(`alter table ${name} disable row level security`);
});
afterAll(() => world.close());

const outsiders: [string, Actor][] = [
  ['a stranger', people.stranger],
  ['a guardian with a local block', people.blocked],
  ['a guardian of another child', people.otherGuardian],
  ['a guardian whose access ended at midnight (GUA-14)', people.former],
  ['the leader of another school', people.otherLeader],
  ['after-school staff (SFO-10)', people.afterSchool],
  ['a teacher of another group', people.teacherOfB],
  ['a teacher whose role has ended', people.formerTeacher],
  ['a guardian who is signed in as staff', staff(mother.personId)],
  ['a machine', machine],
  ['one of our services', { kind: 'service', name: 'identity' }],
];

describe('with row-level security switched off, the policy of meetings still (S-12)', () => {
  test.each(outsiders)('shows nothing to %s, and takes nothing', async (_who, actor) => {
    const { deps } = world;
    // After-school staff have the child in their charge, and nothing of the school's (SFO-10).
    expect((await offersOf(world, actor)) ?? []).toEqual([]);
    expect((await readHeldMeetings(deps, actor, { after: null, first: 100 })) ?? []).toEqual([]);
    for (const to of [{ childIds: [children.ours] }, { groupId: places.groupA }])
      await expect(publishMeetingTimes(deps, actor, talks({ to }))).rejects.toMatchObject(notFound);
    await expect(book(world, actor, third)).rejects.toMatchObject(notFound);
    await expect(cancelMeeting(deps, actor, booking.id)).rejects.toMatchObject(notFound);
    await expect(withdrawMeetingTime(deps, actor, first)).rejects.toMatchObject(notFound);
  });

  test('keeps a protected child’s talk to who booked it and who is named (ADR-10, ADR-11)', async () => {
    await expect(cancelMeeting(world.deps, father, hidden.id)).rejects.toMatchObject(notFound);
    const shown = async (actor: Actor) =>
      (await seenOffer(world, actor, offerId))?.times.flatMap(({ booking: seen }) => seen?.id ?? []);
    expect(await shown(father)).toEqual([booking.id]);
    expect(await shown(people.office)).toEqual([booking.id]);
    expect(await shown(mother)).toEqual([booking.id, hidden.id]);
    expect((await seenOffer(world, people.office, offerId))?.offer.childIds).toEqual([children.ours]);
    expect((await seenOffer(world, mother, offerId))?.offer.childIds).toEqual(childIds.toSorted());
    for (const actor of [mother, people.office, people.assistant])
      await expect(withdrawMeetingTime(world.deps, actor, second)).rejects.toMatchObject(notFound);
  });

  test('takes nothing where messaging is stopped, and shows nothing where it is hidden (MSG-01, S-26)', async () => {
    await world.identity.features(places.school, [
      { feature: 'MESSAGING', state: 'SUSPENDED', isReadable: false },
    ]);
    await world.settled();
    expect(kindOf(await book(world, father, third))).toBe('feature-closed');
    expect(kindOf(await cancelMeeting(world.deps, mother, booking.id))).toBe('feature-closed');
    expect(await offersOf(world, mother)).toBe('hidden');
    expect(await readHeldMeetings(world.deps, teacher, { after: null, first: 100 })).toBe('hidden');
  });
});
