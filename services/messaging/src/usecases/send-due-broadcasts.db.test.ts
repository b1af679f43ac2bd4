import type { Tx } from '@ranselpost/kit/database';
import { newId } from '@ranselpost/kit/ids';
import { addDays } from '@ranselpost/kit/pure/dates';
import { guardian } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  later,
  passTime,
  sentBroadcast,
  toGroupA,
  toSchool,
  waiting,
  wishFor,
} from '../../test/broadcasting.ts';
import { children, people, places, tellFamilies } from '../../test/families.ts';
import { type World, openWorld, today } from '../../test/world.ts';
import { erasePerson } from './erase-person.ts';
import { previewBroadcast } from './preview-broadcast.ts';
import { markBroadcastRead, readBroadcasts, readReceived } from './read-broadcasts.ts';
import { sendBroadcast } from './send-broadcast.ts';
import { sendNextBroadcast, tellNextRecipients } from './send-due-broadcasts.ts';
import { undoBroadcast, withdrawBroadcast } from './take-back-broadcast.ts';

const { leader, teacher, mother, father, otherGuardian } = people;
const page = { first: 100, after: null };
const hiddenOnly = guardian();
let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  const apart = newId();
  await world.identity.guardians(apart, [hiddenOnly.personId]);
  await world.identity.enrolments(apart, [{ unitId: places.school, groupIds: [places.groupB] }], []);
  await world.settled();
});
afterAll(() => world.close());

/** The municipality lets staff of the school see how many have read what they wrote (M16). */
const openReceipts = async () => {
  await world.identity.features(
    places.school,
    (['MESSAGING', 'NEWS', 'READ_RECEIPTS'] as const).map((feature) => ({ feature, state: 'OPEN' })),
  );
  await world.settled();
};

const received = async (id: string) => {
  const rows = await world.database.admin<{ person_id: string }[]>`
    select person_id from broadcast_recipient where broadcast_id = ${id}`;
  return rows.map(({ person_id }) => person_id).toSorted();
};
interface Told {
  readonly noticeId: string;
  readonly importance: string;
  readonly recipients: { readonly personId: string; readonly childIds: string[] }[];
}
const told = async (id: string, what = 'due'): Promise<Told[]> =>
  (
    await world.database.admin<{ data: Told }[]>`
      select data from outbox where type = ${`messaging.notice.${what}.v1`} and subject = ${id} order by id`
  ).map(({ data }) => data);
const ids = (...some: { readonly personId: string }[]) => some.map(({ personId }) => personId).toSorted();

describe('a broadcast', () => {
  test('reaches nobody before it is due, then each guardian who is there, once, with a notice that says nothing (MSG-07, MSG-14)', async () => {
    const wish = wishFor();
    const stored = await sendBroadcast(world.deps, leader, wish);
    const again = await sendBroadcast(world.deps, leader, wish);
    if (!stored.ok || !again.ok) throw new Error('not taken');
    const { id } = stored.value;
    expect(again.value.id).toBe(id);
    await expect(sendBroadcast(world.deps, leader, { ...wish, isStarting: true })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    await passTime(world, 0);
    expect([await received(id), await told(id)]).toEqual([[], []]);
    await passTime(world);
    await passTime(world);
    expect(await received(id)).toEqual(ids(mother, father, otherGuardian, hiddenOnly));
    const [notice, ...others] = await told(id);
    expect(others).toEqual([]);
    expect(notice!.recipients.map(({ personId }) => personId).toSorted()).toEqual(
      ids(mother, father, otherGuardian),
    );
    expect(JSON.stringify(notice)).not.toMatch(/Tur|matpakke/);
    const [ofMother] = notice!.recipients.filter(({ personId }) => personId === mother.personId);
    expect(ofMother!.childIds.toSorted()).toEqual(
      [children.half, children.ours, children.sibling].toSorted(),
    );
  });

  test('goes to a protected child’s guardians, and nothing leaves for them and nobody counts them (S-08, ADR-19)', async () => {
    const audience = { places: [toSchool], isStarting: false };
    for (const actor of [leader, people.office])
      expect(await previewBroadcast(world.deps, actor, audience)).toMatchObject({ count: 3 });
    const { id } = await sentBroadcast(world, leader);
    expect((await readReceived(world.deps, hiddenOnly, page)).list.map((one) => one.id)).toContain(id);
    await markBroadcastRead(world.deps, hiddenOnly, id);
    await markBroadcastRead(world.deps, mother, id);
    await markBroadcastRead(world.deps, mother, id);
    const sending = async () => (await readBroadcasts(world.deps, leader, [id])).get(id);
    expect(await sending()).toMatchObject({ recipientCount: 3, sending: { readerCount: null } });
    await openReceipts();
    expect(await sending()).toMatchObject({ recipientCount: 3, sending: { readerCount: 1 } });
    expect((await told(id)).flatMap(({ recipients }) => recipients)).toHaveLength(3);
  });

  test('goes to those who start soon and to nobody else (M40)', async () => {
    const starting = guardian();
    const childId = newId();
    await world.identity.guardians(childId, [starting.personId]);
    await world.identity.enrolments(childId, [{ unitId: places.school, from: addDays(today, 10) }]);
    await world.settled();
    const { id } = await sentBroadcast(world, leader, { isStarting: true });
    expect(await received(id)).toEqual([starting.personId]);
  });

  test('is undone while it waits, and withdrawn after that, with the notices that have not gone out (MSG-17)', async () => {
    const undone = await waiting(world, leader);
    expect((await undoBroadcast(world.deps, leader, undone.id)).ok).toBe(true);
    expect((await undoBroadcast(world.deps, leader, undone.id)).ok).toBe(true);
    await passTime(world);
    expect([await received(undone.id), await told(undone.id)]).toEqual([[], []]);

    const { id } = await waiting(world, leader);
    await sendNextBroadcast(later(world));
    expect(await undoBroadcast(world.deps, leader, id)).toMatchObject({ refusal: { kind: 'undo-too-late' } });
    expect(await withdrawBroadcast(world.deps, leader, id)).toMatchObject({ value: { state: 'WITHDRAWN' } });
    expect((await withdrawBroadcast(world.deps, leader, id)).ok).toBe(true);
    await passTime(world);
    expect([await told(id), await told(id, 'dropped')]).toEqual([[], [{ noticeId: id }]]);
    const shown = (await readBroadcasts(world.deps, mother, [id])).get(id);
    expect(shown).toMatchObject({ state: 'WITHDRAWN', text: null });
    expect(
      await world.database.admin`select body from broadcast_withdrawn where broadcast_id = ${id}`,
    ).toHaveLength(1);
  });

  test('tells nobody of whom the right has ended between sending and telling (GUA-10)', async () => {
    const { id } = await waiting(world, teacher, { places: [toGroupA] });
    await sendNextBroadcast(later(world));
    expect(await received(id)).toEqual(ids(mother, father, otherGuardian));
    await world.identity.guardians(children.half, [mother.personId]);
    await world.settled();
    await passTime(world);
    expect(
      (await told(id)).flatMap(({ recipients }) => recipients.map(({ personId }) => personId)).toSorted(),
    ).toEqual(ids(mother, father));
    expect((await readReceived(world.deps, otherGuardian, page)).list.map((one) => one.id)).not.toContain(id);
    await world.identity.guardians(children.half, [mother.personId, otherGuardian.personId]);
    await world.settled();
  });

  test('leaves out whoever has lost their right between writing and sending, and takes in whoever has come (MSG-07)', async () => {
    const come = guardian();
    const { id } = await waiting(world, leader, { places: [toGroupA] });
    await world.identity.guardians(children.half, [mother.personId, come.personId]);
    await world.settled();
    await passTime(world);
    expect(await received(id)).toEqual(ids(mother, father, come));
  });

  test('is not sent once its author may not send it, or messages are stopped; and waits while rights cannot be checked (X07, S-04)', async () => {
    const [ofTeacher, ofLeader] = [
      await waiting(world, teacher, { places: [toGroupA] }),
      await waiting(world, leader),
    ];
    expect(await sendNextBroadcast({ ...later(world), maxStaleness: -1 })).toBe(false);
    await world.identity.roles(teacher.personId, []);
    await world.settled();
    await sendNextBroadcast(later(world));
    await world.identity.features(places.school, [{ feature: 'MESSAGING', state: 'SUSPENDED' }]);
    await world.settled();
    expect(await sendBroadcast(world.deps, leader, wishFor())).toMatchObject({
      refusal: { kind: 'feature-closed', state: 'SUSPENDED' },
    });
    await passTime(world);
    for (const { id } of [ofTeacher, ofLeader]) {
      expect(await world.database.admin`select state from broadcast where id = ${id}`).toEqual([
        { state: 'NOT_SENT' },
      ]);
      expect(await received(id)).toEqual([]);
    }
    await world.identity.features(places.school, [{ feature: 'MESSAGING', state: 'OPEN' }]);
    await world.settled();
  });

  test('goes out as urgent when a leader says why, and is counted as such (MSG-15, M18)', async () => {
    const { id } = await sentBroadcast(world, leader, { urgentReason: 'UNIT_CLOSED' });
    expect(await told(id)).toMatchObject([{ importance: 'URGENT' }]);
    expect(await sendBroadcast(world.deps, people.office, wishFor({ urgentReason: 'DANGER' }))).toMatchObject(
      {
        refusal: { kind: 'urgent-not-permitted' },
      },
    );
  });
});

test('many are told of in batches of 500, each once, whenever the timer is killed (S-21)', async () => {
  const { admin } = world.database;
  const [unit, group] = [newId(), newId()];
  await world.identity.unit(unit, 'SCHOOL');
  await world.identity.features(unit, [{ feature: 'MESSAGING', state: 'OPEN' }]);
  await world.identity.roles(
    leader.personId,
    [unit, places.school].map((unitId) => ({ role: 'LEADER' as const, unitId })),
  );
  await world.settled();
  await admin.unsafe(`
    with child as (select gen_random_uuid() as id from generate_series(1, 1201)),
    enrolled as (
      insert into access.enrolment (enrolment_id, child_id, unit_id, group_ids, from_day)
      select gen_random_uuid(), id, '${unit}', array['${group}']::uuid[], '2020-01-01' from child returning child_id)
    insert into access.guardian (child_id, person_id, grant_id, ground)
    select child_id, gen_random_uuid(), gen_random_uuid(), 'PARENTAL_RESPONSIBILITY' from enrolled`);
  const audience = { places: [{ unitId: unit, groupId: null }], isStarting: false };
  const preview = await previewBroadcast(world.deps, leader, audience);
  expect(preview).toMatchObject({ count: 1201, needsConfirmation: true, differsFromUsual: true });
  expect(await sendBroadcast(world.deps, leader, wishFor(audience))).toMatchObject({
    refusal: { kind: 'not-confirmed', count: 1201 },
  });
  const { id } = await waiting(world, leader, { ...audience, confirmation: preview.confirmation });
  const deps = later(world);
  // Each attempt is cut off at another statement: all it did is undone, and the next one does it.
  for (let at = 0; at < 12; at += 1) {
    let statements = 0;
    const cut = {
      ...deps,
      db: {
        ...deps.db,
        asService: <Value>(work: (tx: Tx) => Promise<Value>) =>
          deps.db.asService((tx) =>
            work(
              new Proxy(tx, {
                get: (target, name) =>
                  name === 'execute' && (statements += 1) > at
                    ? () => Promise.reject(new Error('killed'))
                    : (Reflect.get(target, name) as unknown),
              }),
            ),
          ),
      },
    };
    await sendNextBroadcast(cut).catch(() => {});
    await tellNextRecipients(cut).catch(() => {});
  }
  while (await tellNextRecipients(deps));
  const notices = await told(id);
  expect(notices.map(({ recipients }) => recipients.length)).toEqual([500, 500, 201]);
  expect(new Set(notices.flatMap(({ recipients }) => recipients.map(({ personId }) => personId))).size).toBe(
    1201,
  );
});

test('whoever is erased has received nothing and written nothing, and others keep what they have (RET-08)', async () => {
  const { id } = await sentBroadcast(world, leader);
  await world.deps.db.asService(async (tx) => {
    for (const personId of [father.personId, leader.personId, children.ours]) await erasePerson(tx, personId);
  });
  expect(await received(id)).not.toContain(father.personId);
  expect(await received(id)).toContain(mother.personId);
  expect(await world.database.admin`select author_id from broadcast where id = ${id}`).toEqual([
    { author_id: null },
  ]);
  expect(
    await world.database.admin`select from broadcast_recipient where ${children.ours} = any (child_ids)`,
  ).toHaveLength(0);
});
