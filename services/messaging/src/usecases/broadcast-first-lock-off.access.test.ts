import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { staff } from '@ranselpost/kit/testing/actors';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { passTime, sentBroadcast, toGroupA, toSchool, waiting, wishFor } from '../../test/broadcasting.ts';
import { children, machine, people, places, tellFamilies } from '../../test/families.ts';
import { type World, openWorld } from '../../test/world.ts';
import type { Broadcast } from '../domain/broadcast.ts';
import { previewBroadcast } from './preview-broadcast.ts';
import { markBroadcastRead, readBroadcasts, readReceived, readUnitBroadcasts } from './read-broadcasts.ts';
import { sendBroadcast } from './send-broadcast.ts';
import { undoBroadcast, withdrawBroadcast } from './take-back-broadcast.ts';

vi.mock(
  '../domain/broadcast-policy.ts',
  async () => (await import('../../test/permit-every-broadcast.ts')).permitEveryBroadcast,
);
// Whatever somebody wants is decided, so that it comes as far as the table.
vi.mock('../domain/broadcast.ts', async (original) => ({
  ...(await original<object>()),
  decideBroadcast: ({ text }: { text: object }) => ({
    ok: true,
    value: { text, files: [], dueAt: new Date() },
  }),
}));

const { leader, teacher, teacherOfB, mother } = people;
const page = { first: 20, after: null };
let world: World;
let out: Broadcast;
let pending: Broadcast;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.identity.features(
    places.school,
    (['MESSAGING', 'NEWS', 'READ_RECEIPTS'] as const).map((feature) => ({ feature, state: 'OPEN' })),
  );
  await world.settled();
  out = await sentBroadcast(world, leader);
  pending = await waiting(world, leader);
});
afterAll(() => world.close());

const outsiders: [string, Actor][] = [
  ['a stranger', people.stranger],
  ['a guardian with a local block', people.blocked],
  ['a guardian whose access ended at midnight (GUA-14)', people.former],
  ['the leader of another school', people.otherLeader],
  ['after-school staff (SFO-10)', people.afterSchool],
  ['a teacher whose role has ended', people.formerTeacher],
  ['a guardian who is signed in as staff', staff(mother.personId)],
  ['the leader, signed in as a guardian (GUA-24)', { ...leader, kind: 'guardian' }],
  ['a machine', machine],
];
const barred = (promise: Promise<unknown>) =>
  expect(promise).rejects.toMatchObject({ cause: { code: '42501' } });

describe('with the policy switched off, row-level security still (S-12)', () => {
  test.each(outsiders)('shows nothing to %s, and takes nothing', async (_who, actor) => {
    const { deps } = world;
    expect((await readBroadcasts(deps, actor, [out.id, pending.id])).size).toBe(0);
    expect((await readReceived(deps, actor, page)).list).toEqual([]);
    expect((await readUnitBroadcasts(deps, actor, { unitId: places.school, ...page })) ?? []).toEqual([]);
    for (const wish of [wishFor(), wishFor({ places: [toGroupA] })]) {
      if (!('personId' in actor)) continue;
      await barred(sendBroadcast(deps, actor, wish));
      expect(await previewBroadcast(deps, actor, wish)).toMatchObject({ count: 0 });
    }
    for (const act of [undoBroadcast, withdrawBroadcast, markBroadcastRead])
      await expect(act(deps, actor, out.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test.each<[string, Actor, object]>([
    ['a teacher to another group', teacherOfB, toGroupA],
    ['a teacher to the whole school', teacher, toSchool],
    ['an assistant', people.assistant, toGroupA],
    ['a guardian', mother, toGroupA],
  ])('takes nothing from %s', async (_what, actor, place) => {
    await barred(sendBroadcast(world.deps, actor, wishFor({ places: [place as typeof toSchool] })));
  });

  test('shows what waits to its author alone, and counts readers for nobody who may not send there (ADR-11)', async () => {
    for (const actor of [people.office, teacher, mother])
      expect((await readBroadcasts(world.deps, actor, [pending.id])).size).toBe(0);
    await markBroadcastRead(world.deps, mother, out.id);
    const readers = async (actor: Actor) =>
      (await readBroadcasts(world.deps, actor, [out.id])).get(out.id)!.sending!.readerCount;
    expect(await readers(teacher)).toBe(0);
    expect(await readers(mother)).toBe(0);
    expect(await readers(leader)).toBe(1);
  });

  test('lets nobody take back what another has sent or is about to, who may read it or not (MSG-17)', async () => {
    const { deps } = world;
    for (const actor of [teacher, people.office, people.assistant, people.otherLeader, mother])
      for (const { id } of [out, pending])
        for (const act of [undoBroadcast, withdrawBroadcast]) await act(deps, actor, id).catch(() => null);
    const stands = await readBroadcasts(deps, leader, [out.id, pending.id]);
    expect([out, pending].map(({ id }) => stands.get(id))).toMatchObject([
      { state: 'SENT', text: out.text },
      { state: 'WAITING', text: pending.text },
    ]);
    expect(
      await world.database.admin`select from outbox where type = 'messaging.notice.dropped.v1'`,
    ).toHaveLength(0);
  });

  test('shows nobody who else received it, and nothing of what was withdrawn (ADR-11, MSG-17)', async () => {
    const rows = (actor: Actor, table: string) =>
      lookAs(world.deps.db, actor, (tx) => tx.execute(sql`select from ${sql.raw(table)}`));
    expect(await rows(mother, 'broadcast_recipient')).toHaveLength(1);
    expect(await rows(leader, 'broadcast_recipient')).toHaveLength(0);
    await barred(rows(leader, 'broadcast_withdrawn'));
    await passTime(world);
    await withdrawBroadcast(world.deps, leader, pending.id);
    expect((await readBroadcasts(world.deps, mother, [pending.id])).get(pending.id)?.text).toBeNull();
  });

  test('takes nothing in somebody else’s name, and nothing that is out already', async () => {
    const insert = (columns: string, values: object) =>
      lookAs(world.deps.db, leader, (tx) =>
        tx.execute(sql`
          insert into broadcast (id, unit_id, places, is_starting, idempotency_key, title, body, written_at, due_at, ${sql.raw(columns)})
          values (${newId()}, ${places.school}, ${`{${places.school}}`}::text[], false, 'k', 't', 'b', now(), now(), ${values})`),
      );
    await barred(insert('author_id', sql`${teacher.personId}`));
    await barred(insert('state', sql`'SENT'`));
  });

  test('shows nothing to a guardian whose right has ended since, and takes nothing while messages are stopped (GUA-10, X07)', async () => {
    const { deps, identity } = world;
    const seen = async () => (await readReceived(deps, people.otherGuardian, page)).list.length;
    expect(await seen()).toBeGreaterThan(0);
    await identity.guardians(children.half, [mother.personId]);
    await identity.guardians(children.theirs, []);
    await identity.features(places.school, [{ feature: 'MESSAGING', state: 'SUSPENDED' }]);
    await world.settled();
    expect(await seen()).toBe(0);
    await barred(sendBroadcast(deps, leader, wishFor()));
    expect((await readBroadcasts(deps, mother, [out.id])).size).toBe(1);
    await identity.features(places.school, [{ feature: 'MESSAGING', state: 'SUSPENDED', isReadable: false }]);
    await world.settled();
    expect((await readBroadcasts(deps, mother, [out.id])).size).toBe(0);
  });
});
