import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { staff } from '@ranselpost/kit/testing/actors';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { children, machine, people, places, tellFamilies } from '../../test/families.ts';
import { book, publish, someTimes, taken, talks, timeIds } from '../../test/meetings.ts';
import { type World, openWorld } from '../../test/world.ts';
import type { MeetingBooking } from '../domain/meeting.ts';
import { cancelMeeting } from './cancel-meeting.ts';
import { publishMeetingTimes } from './publish-meeting-times.ts';
import { readChildMeetings } from './read-meetings.ts';
import { withdrawMeetingTime } from './withdraw-meeting-time.ts';

vi.mock(
  '../domain/meeting-policy.ts',
  async () => (await import('../../test/permit-every-meeting.ts')).permitEveryMeeting,
);
// Nothing is answered to staff without a ground to log, which would stand before the lock that is tested here.
vi.mock('@ranselpost/kit/answer', async (original) => ({
  ...(await original<object>()),
  readsOf: () => [],
}));

const { mother, father, teacher } = people;
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

const rows = (actor: Actor, table: string) =>
  lookAs(world.deps.db, actor, (tx) =>
    tx.execute<Record<string, string>>(sql`select * from ${sql.raw(table)}`),
  );
const tables = ['meeting_offer', 'meeting_invitation', 'meeting_time', 'meeting_booking'];
const denied = { cause: { code: '42501' } };
const insert = (actor: Actor, values: Partial<Record<'timeId' | 'childId' | 'bookedBy', string>>) => {
  const { timeId = third, childId = children.ours, bookedBy = mother.personId } = values;
  return lookAs(world.deps.db, actor, (tx) =>
    tx.execute(sql`
      insert into meeting_booking (id, time_id, offer_id, unit_id, child_id, booked_by, idempotency_key)
      values (${newId()}, ${timeId}, ${offerId}, ${places.school}, ${childId}, ${bookedBy}, ${newId()})`),
  );
};

describe('with the policy switched off, row-level security of meetings still (S-12)', () => {
  test.each(outsiders)('shows nothing to %s, and takes nothing', async (_who, actor) => {
    const { deps } = world;
    for (const table of tables) expect(await rows(actor, table)).toHaveLength(0);
    const page = { after: null, first: 100 };
    expect(await readChildMeetings(deps, actor, children.ours, page)).toEqual([]);
    await expect(
      publishMeetingTimes(deps, actor, talks({ to: { childIds: [children.ours] } })),
    ).rejects.toThrow();
    await expect(book(world, actor, third)).rejects.toThrow();
    await expect(cancelMeeting(deps, actor, booking.id)).rejects.toThrow();
    await expect(withdrawMeetingTime(deps, actor, first)).rejects.toThrow();
    expect(await world.database.admin`select from meeting_booking where cancelled_at is not null`).toEqual(
      [],
    );
    expect(await world.database.admin`select from meeting_offer where id <> ${offerId}`).toEqual([]);
  });

  test.each<[string, Actor]>([
    ['a guardian of an invited child', mother],
    ['an assistant', people.assistant],
    ['the office', people.office],
  ])('lets %s take no time back and offer none', async (_who, actor) => {
    await expect(withdrawMeetingTime(world.deps, actor, first)).rejects.toThrow();
    await expect(
      publishMeetingTimes(world.deps, actor, talks({ to: { childIds: [children.ours] } })),
    ).rejects.toMatchObject(denied);
  });

  test('books nothing in another’s name, for another’s child, or for one whom it is not offered for', async () => {
    await expect(insert(mother, { bookedBy: father.personId })).rejects.toMatchObject(denied);
    await expect(insert(mother, { childId: children.theirs })).rejects.toMatchObject(denied);
    await expect(insert(mother, { childId: children.sibling })).rejects.toMatchObject(denied);
    await expect(insert(staff(mother.personId), {})).rejects.toMatchObject(denied);
  });

  test('offers no talk about a protected child by who is not named, and none in another’s name (ADR-10)', async () => {
    await world.identity.roles(people.nextDoor.personId, [{ role: 'LEADER', unitId: places.school }]);
    await world.settled();
    const to = { childIds };
    await expect(publishMeetingTimes(world.deps, people.nextDoor, talks({ to }))).rejects.toMatchObject(
      denied,
    );
    await expect(
      lookAs(world.deps.db, people.leader, (tx) =>
        tx.execute(sql`
          insert into meeting_time (id, offer_id, unit_id, held_by, starts_at, ends_at)
          values (${newId()}, ${offerId}, ${places.school}, ${people.leader.personId}, now(), now() + interval '1 minute')`),
      ),
    ).rejects.toMatchObject(denied);
  });

  test('keeps a protected child’s talk to who booked it and who is named (ADR-10, ADR-11)', async () => {
    const seen = async (actor: Actor) => new Set((await rows(actor, 'meeting_booking')).map(({ id }) => id));
    expect(await seen(father)).toEqual(new Set([booking.id]));
    expect(await seen(mother)).toEqual(new Set([booking.id, hidden.id]));
    expect(await seen(teacher)).toEqual(new Set([booking.id, hidden.id]));
    expect(await seen(people.office)).toEqual(new Set([booking.id]));
    const cancel = sql`update meeting_booking set cancelled_at = now() where id = ${hidden.id} returning id`;
    for (const actor of [father, teacher, people.office])
      expect(await lookAs(world.deps.db, actor, (tx) => tx.execute(cancel))).toHaveLength(0);
    // The child that is protected only now, too.
    await world.identity.enrolments(
      children.ours,
      [{ unitId: places.school, groupIds: [places.groupA] }],
      [],
    );
    await world.settled();
    expect(await seen(father)).toEqual(new Set([]));
    expect(await seen(teacher)).toEqual(new Set([hidden.id]));
  });

  test('takes nothing where messaging is stopped, and shows nothing where it is hidden (MSG-01, S-26)', async () => {
    const tell = async (isReadable: boolean) => {
      await world.identity.features(places.school, [
        { feature: 'MESSAGING', state: 'SUSPENDED', isReadable },
      ]);
      await world.settled();
    };
    await tell(true);
    await expect(insert(mother, {})).rejects.toMatchObject(denied);
    const cancel = sql`update meeting_booking set cancelled_at = now() returning id`;
    expect(await lookAs(world.deps.db, mother, (tx) => tx.execute(cancel))).toHaveLength(0);
    expect(await rows(mother, 'meeting_time')).not.toHaveLength(0);
    await tell(false);
    for (const table of tables) expect(await rows(mother, table)).toHaveLength(0);
  });
});
