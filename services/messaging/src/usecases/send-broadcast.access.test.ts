import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { staff } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sentBroadcast, toGroupA, toSchool, waiting, wishFor } from '../../test/broadcasting.ts';
import { machine, people, places, tellFamilies } from '../../test/families.ts';
import { type World, openWorld } from '../../test/world.ts';
import type { Broadcast } from '../domain/broadcast.ts';
import { previewBroadcast } from './preview-broadcast.ts';
import { markBroadcastRead, readBroadcasts, readReceived, readUnitBroadcasts } from './read-broadcasts.ts';
import { sendBroadcast } from './send-broadcast.ts';
import { undoBroadcast, withdrawBroadcast } from './take-back-broadcast.ts';

const { leader, office, teacher, teacherOfB, mother, father, otherGuardian } = people;
const toGroupB = { unitId: places.school, groupId: places.groupB };
const page = { first: 20, after: null };
const notFound = { name: 'AppError', code: 'NOT_FOUND', message: 'Not found.' };

let world: World;
let out: Broadcast;
let pending: Broadcast;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
  out = await sentBroadcast(world, leader);
  pending = await waiting(world, leader);
});
afterAll(() => world.close());

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => 'permitted',
    (error: Error & { code?: string }) => ({ name: error.name, code: error.code, message: error.message }),
  );
const outsiders: [string, Actor][] = [
  ['a stranger', people.stranger],
  ['a guardian with a local block (GUA-12)', people.blocked],
  ['a guardian whose access ended at midnight (GUA-14)', people.former],
  ['the leader of another school', people.otherLeader],
  ['after-school staff (SFO-10)', people.afterSchool],
  ['a teacher whose role has ended', people.formerTeacher],
  ['a guardian who is signed in as staff (GUA-24)', staff(mother.personId)],
  ['the leader, signed in as a guardian (GUA-24)', { ...leader, kind: 'guardian' }],
  ['a machine', machine],
  ['one of our services', { kind: 'service', name: 'identity' }],
];

/** Once with both locks, and once with the policy alone. */
function refusals(): void {
  test.each(outsiders)(
    'nothing is shown to %s, taken from them or taken back by them',
    async (_who, actor) => {
      const { deps } = world;
      expect((await readBroadcasts(deps, actor, [out.id, pending.id])).size).toBe(0);
      expect(await readReceived(deps, actor, page)).toMatchObject({ list: [] });
      expect(await readUnitBroadcasts(deps, actor, { unitId: places.school, ...page })).toBeNull();
      for (const wish of [
        wishFor(),
        wishFor({ places: [toGroupA] }),
        wishFor({ places: [{ unitId: newId(), groupId: null }] }),
      ]) {
        expect(await failure(sendBroadcast(deps, actor, wish))).toEqual(notFound);
        expect(await failure(previewBroadcast(deps, actor, wish))).toEqual(notFound);
      }
      for (const act of [undoBroadcast, withdrawBroadcast, markBroadcastRead])
        for (const id of [out.id, pending.id, newId()])
          expect(await failure(act(deps, actor, id))).toEqual(notFound);
    },
  );

  test.each<[string, Actor, object]>([
    ['a teacher to another group', teacherOfB, toGroupA],
    ['a teacher to the whole school', teacher, toSchool],
    ['an assistant to the group they help in', people.assistant, toGroupA],
    ['a leader to another school', leader, { unitId: places.otherSchool, groupId: null }],
    ['a guardian to their child’s group (MSG-06)', mother, toGroupA],
    [
      'kindergarten staff of a department to the kindergarten',
      people.kindergartenStaff,
      { unitId: places.kindergarten, groupId: null },
    ],
  ])('nothing is sent by %s', async (_what, actor, place) => {
    const wish = wishFor({ places: [place as typeof toSchool] });
    expect(await failure(sendBroadcast(world.deps, actor, wish))).toEqual(notFound);
    const both = wishFor({ places: [toGroupB, place as typeof toSchool] });
    expect(await failure(sendBroadcast(world.deps, actor, both))).toEqual(notFound);
  });

  test('what waits is its author’s alone, and taken back by nobody else', async () => {
    for (const actor of [office, teacher, mother, father]) {
      expect((await readBroadcasts(world.deps, actor, [pending.id])).size).toBe(0);
      for (const act of [undoBroadcast, withdrawBroadcast])
        expect(await failure(act(world.deps, actor, pending.id))).toEqual(notFound);
    }
    expect(await failure(withdrawBroadcast(world.deps, office, out.id))).toEqual(notFound);
    expect((await readBroadcasts(world.deps, leader, [pending.id])).size).toBe(1);
  });

  test('staff who may not send there see what was said, and not how many have read it (ADR-11)', async () => {
    const sending = async (actor: Actor) =>
      (await readBroadcasts(world.deps, actor, [out.id])).get(out.id)?.sending;
    expect(await sending(teacher)).toBeNull();
    expect(await sending(mother)).toBeNull();
    // Where the municipality has not opened it, nobody sees how many (M16).
    expect(await sending(office)).toEqual({ readerCount: null });
  });
}

describe('of broadcasts', () => {
  refusals();
});

describe('broadcasts are', () => {
  test('sent by leader and office to the school, and by teachers to their group', async () => {
    for (const [actor, place] of [
      [leader, toSchool],
      [office, toGroupB],
      [teacher, toGroupA],
      [teacherOfB, toGroupB],
      [people.kindergartenStaff, { unitId: places.kindergarten, groupId: places.department }],
      [people.afterSchool, { unitId: places.afterSchool, groupId: null }],
    ] as const)
      expect(await waiting(world, actor, { places: [place] })).toMatchObject({ state: 'WAITING' });
    const nowhere = [{ unitId: places.school, groupId: newId() }];
    expect(await sendBroadcast(world.deps, leader, wishFor({ places: nowhere }))).toMatchObject({
      refusal: { kind: 'nobody' },
    });
  });

  test('read by all guardians there alike, each with a copy of their own (GUA-03)', async () => {
    for (const actor of [mother, father, otherGuardian]) {
      const { list, unread } = await readReceived(world.deps, actor, page);
      expect(list.map(({ id, text, readAt }) => ({ id, text, readAt }))).toEqual([
        { id: out.id, text: out.text, readAt: null },
      ]);
      expect(unread).toBe(1);
    }
  });
});

describe('with row-level security switched off, the policy still (S-12):', () => {
  beforeAll(async () => {
    const tables = await world.database.admin<{ name: string }[]>`
      select oid::regclass::text as name from pg_class where relkind = 'r' and relrowsecurity`;
    for (const { name } of tables)
      await world.database.admin.unsafe(`alter table ${name} disable row level security`);
  });
  refusals();
});
