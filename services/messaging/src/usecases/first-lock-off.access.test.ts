import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { atTablet, staff } from '@ranselpost/kit/testing/actors';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { children, machine, people, places, tellFamilies } from '../../test/families.ts';
import { permitEverything } from '../../test/permit-everything.ts';
import { type World, openWorld } from '../../test/world.ts';
import { begun, draftsOf, save, send, toSchool, waiting } from '../../test/drafting.ts';
import { sent, start, inboxOf, strew } from '../../test/writing.ts';
import type { Draft } from '../domain/draft.ts';
import type { Message } from '../domain/thread.ts';
import { deleteDraft } from './delete-draft.ts';
import { readMailbox, readMailboxEntries } from './read-mailbox.ts';
import { readMessages, readThreadMessages } from './read-messages.ts';
import { readReceipts } from './read-receipts.ts';
import { readThreads } from './read-threads.ts';
import { releaseMessage } from './release-message.ts';
import { takeThread } from './take-thread.ts';
import { unscheduleDraft } from './unschedule-draft.ts';

vi.mock('../domain/policy.ts', () => permitEverything);
vi.mock('../domain/draft-policy.ts', () => ({ maySeeDraft: () => true }));
vi.mock('../domain/read-receipt.ts', () => ({ maySeeReceipt: () => true, guardiansAround: () => [] }));
// Whatever somebody wants is decided, so that it comes as far as the tables.
vi.mock('../domain/thread.ts', async (original) => ({
  ...(await original<object>()),
  decideThread: (wanted: { text: string; subject: string }) => ({
    ok: true,
    value: { ...decided, ...wanted },
  }),
}));

const { mother, father, teacher, leader } = people;
const decided = {
  ...{ body: 'Hei!', subject: 'Tur', leftOut: [], isHeld: false, staffReaderIds: [] },
  told: [{ personId: people.teacher.personId, away: null, standsInFor: null }],
  ...{ guardianIds: [] as string[], homeReaderIds: [] as string[], addressedStaffIds: [teacher.personId] },
};
const ids = (...some: readonly { readonly personId: string }[]) =>
  some.map(({ personId }) => personId).toSorted();
const decide = (homeReaderIds: string[], more: object = {}) =>
  Object.assign(decided, { guardianIds: ids(mother, father), isHeld: false, homeReaderIds, ...more });

const ofHidden = { aim: toSchool({ childIds: [children.hidden] }) };
let world: World;
let message: Message;
let held: Message;
let drafts: readonly Draft[];
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
  decide(ids(mother));
  message = sent(await start(world, mother));
  decide(ids(mother, father), { isHeld: true });
  held = sent(await start(world, teacher, { childIds: [children.hidden] }));
  drafts = [await waiting(world, mother), await begun(world, mother, ofHidden)];
});
afterAll(() => world.close());

const outsiders: [string, Actor][] = [
  ['a stranger', people.stranger],
  ['a guardian with a local block', people.blocked],
  ['a guardian of another child', people.otherGuardian],
  ['a guardian whose access ended at midnight (GUA-14)', people.former],
  ['the other guardian, who was not chosen (MSG-05)', father],
  ['the leader of another school', people.otherLeader],
  ['after-school staff (SFO-10)', people.afterSchool],
  ['a teacher of another group', people.teacherOfB],
  ['a teacher whose role has ended', people.formerTeacher],
  ['a guardian who is signed in as staff', staff(mother.personId)],
  ['a machine', machine],
  ['one of our services', { kind: 'service', name: 'identity' }],
];
const barred = (promise: Promise<unknown>) =>
  expect(promise).rejects.toMatchObject({ cause: { code: '42501' } });

describe('with the policy switched off, row-level security still (S-12)', () => {
  test.each(outsiders)(
    'shows nothing to %s, nor in an inbox that it should not be in (GUA-13)',
    async (_who, actor) => {
      const { deps } = world;
      if ('personId' in actor && actor !== father) {
        await strew(world, message.threadId, [actor]);
        expect(await inboxOf(world, actor)).toEqual([]);
      }
      expect([...(await readThreads(deps, actor, [message.threadId, held.threadId])).keys()]).toEqual([]);
      expect([...(await readMailboxEntries(deps, actor, [message.threadId])).keys()]).toEqual([]);
      const unit = { unitId: places.school, groupId: null, after: null, first: 100 };
      expect((await readMailbox(deps, actor, unit)) ?? []).toEqual([]);
      const taking = takeThread(deps, actor, { threadId: message.threadId, forId: null, fromId: null });
      await expect(taking).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect([...(await readMessages(deps, actor, [message.id, held.id])).keys()]).toEqual([]);
      expect(
        await readThreadMessages(deps, actor, [{ threadId: message.threadId, after: null, first: 100 }]),
      ).toEqual([[]]);
      await expect(releaseMessage(deps, actor, held.id)).rejects.toThrow();
    },
  );

  test.each(outsiders.filter(([, actor]) => actor !== father))(
    'takes nothing from %s',
    async (_who, actor) => {
      decide('personId' in actor ? [actor.personId] : [], {
        guardianIds: 'personId' in actor ? [actor.personId] : [],
      });
      await expect(start(world, actor)).rejects.toThrow();
      const { personId } = 'personId' in actor ? actor : mother;
      expect(
        await world.database
          .admin`select from thread where started_by = ${personId} and home_readers = array[${personId}]::uuid[]
      and id <> ${message.threadId}`,
      ).toEqual([]);
    },
  );

  test.each(outsiders)(
    'shows no draft to %s, and lets it be changed, sent or taken by none',
    async (_who, actor) => {
      for (const { id } of drafts) {
        expect(await draftsOf(world, actor, id)).toBe(0);
        await expect(save(world, actor, { draftId: id, body: 'Min' })).rejects.toThrow();
        await expect(send(world, actor, id)).rejects.toThrow();
        await expect(unscheduleDraft(world.deps, actor, id)).rejects.toThrow();
        await expect(deleteDraft(world.deps, actor, id)).rejects.toThrow();
        expect(await draftsOf(world, mother, id)).toBe(2);
      }
    },
  );

  test('shows a shared tablet no row of anybody, in any table (T16, decision 0046)', async () => {
    const tables = await world.database.admin<{ name: string }[]>`
      select distinct table_schema || '.' || table_name as name from information_schema.column_privileges
      where grantee = 'messaging_request' and privilege_type = 'SELECT' and table_name not in ('feature', 'unit')
        and table_name in (select relname from pg_class where relkind in ('r', 'p') and relrowsecurity)`;
    expect(tables.length).toBeGreaterThan(20);
    for (const { name } of tables) {
      const read = sql.raw(`select count(*)::int as seen from ${name}`);
      const seen = await lookAs(world.deps.db, atTablet(teacher, places.school), (tx) => tx.execute(read));
      expect([name, ...seen]).toEqual([name, { seen: 0 }]);
    }
  });

  test('counts readers for nobody but the staff who wrote, where that is open, and of nobody protected (M16, ADR-11)', async () => {
    await world.identity.features(places.school, [
      { feature: 'MESSAGING', state: 'OPEN' },
      { feature: 'READ_RECEIPTS', state: 'OPEN' },
    ]);
    await world.settled();
    decide(ids(mother, father));
    const { id } = sent(await start(world, teacher));
    const counted = async (actor: Actor) => [
      ...(await readReceipts(world.deps, actor, [id, held.id])).keys(),
    ];
    expect(await counted(teacher)).toEqual([id]);
    for (const [, actor] of [...outsiders, ['', mother], ['', leader]] as const)
      expect(await counted(actor)).toEqual([]);
    await world.identity.features(places.school, [{ feature: 'MESSAGING', state: 'OPEN' }]);
    await world.settled();
    expect(await counted(teacher)).toEqual([]);
  });

  test('shows a draft to its author still, unchanged', async () => {
    for (const { id } of drafts) expect(await draftsOf(world, mother, id)).toBe(2);
  });

  test('shows what is held, and who is protected, to nobody but staff who are named (S-08, ADR-10)', async () => {
    const seen = async (actor: Actor) => [...(await readMessages(world.deps, actor, [held.id])).keys()];
    for (const actor of [mother, father, people.office, people.assistant])
      expect(await seen(actor)).toEqual([]);
    for (const actor of [teacher, leader]) expect(await seen(actor)).toEqual([held.id]);
  });

  test('sends to nobody at home who is no guardian now, or was not when the thread was opened (S-09, GUA-23)', async () => {
    decide(ids(mother, people.stranger), { guardianIds: ids(mother, father, people.stranger) });
    await barred(start(world, teacher));
    decide(ids(mother), { guardianIds: ids(mother) });
    await barred(start(world, mother));
    const wide = sql`insert into message (id, thread_id, unit_id, child_ids, seats, home_readers, author_id, author_as, body, idempotency_key)
      select ${newId()}, id, unit_id, child_ids, seats, guardians, ${teacher.personId}, 'staff', 'Hei', ${newId()} from thread
      where id = ${message.threadId}`;
    await barred(lookAs(world.deps.db, teacher, (tx) => tx.execute(wide)));
  });

  test('lets nothing of a protected child go home by itself (S-08)', async () => {
    decide(ids(mother, father));
    await barred(start(world, teacher, { childIds: [children.hidden] }));
  });

  test('takes nothing where messaging is not open, and shows nothing where it is hidden (MSG-01, X07)', async () => {
    const tell = async (...some: Parameters<World['identity']['features']>[1]) => {
      await world.identity.features(places.school, some);
      await world.settled();
    };
    decide(ids(mother));
    await tell({ feature: 'MESSAGING', state: 'SUSPENDED', isReadable: false });
    await barred(start(world, mother));
    await barred(
      lookAs(world.deps.db, mother, (tx) =>
        tx.execute(sql`update draft set body = 'Ny' where id = ${drafts[0]!.id}`),
      ),
    );
    expect(await draftsOf(world, mother, drafts[0]!.id)).toBe(2);
    expect([...(await readMessages(world.deps, mother, [message.id])).keys()]).toEqual([]);
    await tell({ feature: 'MESSAGING', state: 'OPEN' });
    expect([...(await readMessages(world.deps, mother, [message.id])).keys()]).toEqual([message.id]);
  });

  test('forgets the seats that it has worked out for one when another is stated', async () => {
    const seatsOf = await world.database.admin.begin(async (tx) => {
      const seats: unknown[] = [];
      for (const { personId, kind } of [teacher, teacher, mother, people.otherLeader, teacher]) {
        await tx`select access.enter(${personId}, ${kind}, interval '1 minute')`;
        const [row] = await tx`select mail_seats() as mail, work_seats() as work, access.seats() as stated`;
        seats.push([row!['mail'].toSorted(), row!['work'].toSorted()]);
        expect(row!['work'].toSorted()).toEqual(row!['stated'].toSorted());
      }
      return seats;
    });
    expect(seatsOf[0]).not.toEqual([[], []]);
    expect(seatsOf[1]).toEqual(seatsOf[0]);
    expect(seatsOf[2]).toEqual([[], []]);
    expect(seatsOf[3]).not.toEqual(seatsOf[0]);
    expect(seatsOf[4]).toEqual(seatsOf[0]);
  });

  test('lets nobody change, take away or let go what was sent', async () => {
    for (const statement of [
      sql`update message set body = body`,
      sql`update message set state = 'SENT'`,
      sql`delete from message`,
      sql`update thread set home_readers = home_readers`,
      sql`select * from left_out`,
      sql`update draft set author_id = author_id`,
      sql`insert into draft (id, author_id, author_as, kind, unit_id, child_ids, places, is_starting, subject, body, also_guardians,
          also_staff, leave_out, idempotency_key, changed_at)
        values (${newId()}, ${teacher.personId}, 'staff', 'THREAD', ${places.school}, array[${children.ours}::uuid], '{}', false,
          'Tur', 'Hei', '{}', '{}', '[]', ${newId()}, now())`,
    ])
      await barred(lookAs(world.deps.db, leader, (tx) => tx.execute(statement)));
  });
});
