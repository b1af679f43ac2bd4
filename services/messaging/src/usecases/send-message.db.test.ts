import { newId } from '@ranselpost/kit/ids';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { erasureAcknowledgedV1 } from '@ranselpost/schema/events/messaging/erasure-acknowledged.v1';
import { personErasedV1 } from '@ranselpost/schema/events/identity/person-erased.v1';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { children, people, places, tellFamilies } from '../../test/families.ts';
import { type World, openWorld } from '../../test/world.ts';
import { aThread, answer, refusal, sent, start } from '../../test/writing.ts';
import { readThreadMessages } from './read-messages.ts';
import { startThread } from './start-thread.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
});
afterAll(() => world.close());

const { mother, father, teacher } = people;
const count = async (table: string) =>
  Number(
    (await world.database.admin`select count(*) as rows from ${world.database.admin(table)}`)[0]!['rows'],
  );

describe('sending', () => {
  test('stores it and has people told in the same transaction, of nothing but that there is something (S-07, MSG-14)', async () => {
    const message = sent(await start(world, mother, { text: 'Line har omgangssyke', subject: 'Syk' }));
    const told = await world.database.admin`
      select type, data from outbox where subject = ${message.id}`;
    expect(told).toEqual([
      {
        type: 'messaging.notice.due.v1',
        data: {
          ...{ noticeId: message.id, category: 'MESSAGE', importance: 'ORDINARY', unitId: places.school },
          recipients: [{ personId: teacher.personId, capacity: 'staff', childIds: [children.ours] }],
          ...{ subjectId: message.threadId, occurredAt: message.sentAt.toISOString() },
        },
      },
    ]);
    expect(JSON.stringify(told)).not.toMatch(/Line|Syk/);
  });

  test('leaves nothing behind when nobody can be told (S-20, S-21)', async () => {
    const before = [await count('thread'), await count('message')];
    await world.database.admin.unsafe(
      `alter table outbox add constraint closed check (subject = '') not valid`,
    );
    try {
      await expect(start(world, mother)).rejects.toThrow();
    } finally {
      await world.database.admin.unsafe(`alter table outbox drop constraint closed`);
    }
    expect([await count('thread'), await count('message')]).toEqual(before);
  });

  test('the same twenty times at once is once; another under the same key is none (S-21)', async () => {
    const wanted = aThread();
    const before = await count('thread');
    const all = await Promise.all(Array.from({ length: 20 }, () => startThread(world.deps, mother, wanted)));
    expect(new Set(all.map((one) => sent(one).id)).size).toBe(1);
    expect(await count('thread')).toBe(before + 1);
    const { id } = sent(all[0]!);
    const key = newId();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => answer(world, teacher, id, { idempotencyKey: key })),
    );
    expect(new Set(answers.map((one) => sent(one).id)).size).toBe(1);
    // A receipt for another text, or for other readers, would be for what nobody has stored (S-20).
    for (const other of [
      { unitId: places.afterSchool },
      { text: 'Noe annet' },
      { subject: 'Noe annet' },
      { alsoGuardianIds: [father.personId] },
    ])
      await expect(startThread(world.deps, mother, { ...wanted, ...other })).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
      });
    await expect(answer(world, teacher, id, { idempotencyKey: key, text: 'Nei.' })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    const elsewhere = sent(await start(world, mother));
    await expect(answer(world, teacher, elsewhere.id, { idempotencyKey: key })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });

  test('answers in one thread at the same moment are all sent, and none waits for another for ever (M27)', async () => {
    const { id } = sent(await start(world, mother));
    const both = [mother, teacher];
    const answers = Array.from({ length: 8 }, (_, at) => answer(world, both[at % 2]!, id));
    expect((await Promise.all(answers)).map(refusal)).toEqual(answers.map(() => 'sent'));
  });

  test('keeps markup as text, and refuses nothing at all and too much', async () => {
    const { threadId } = sent(await start(world, mother, { text: '<script>alert(1)</script>\u0000' }));
    const pages = await readThreadMessages(world.deps, teacher, [{ threadId, after: null, first: 1 }]);
    expect(pages[0]![0]!.body).toBe('<script>alert(1)</script>');
    expect(refusal(await start(world, mother, { text: '\u0000 ' }))).toBe('text-empty');
    expect(refusal(await start(world, mother, { text: 'x'.repeat(10_001) }))).toBe('text-too-long');
    expect(refusal(await start(world, mother, { subject: '' }))).toBe('text-empty');
  });

  test('a page goes on after a message, newest first', async () => {
    const first = sent(await start(world, mother));
    const ids = [first.id];
    for (let at = 0; at < 3; at += 1) ids.unshift(sent(await answer(world, teacher, first.id)).id);
    const page = async (after: { at: string; id: string } | null) =>
      (await readThreadMessages(world.deps, mother, [{ threadId: first.threadId, after, first: 2 }]))[0]!;
    const top = await page(null);
    expect(top.map(({ id }) => id)).toEqual(ids.slice(0, 3));
    const { sentAt, id } = top[1]!;
    expect((await page({ at: sentAt.toISOString(), id })).map((one) => one.id)).toEqual(ids.slice(2));
  });
});

describe('where messaging is not open at a unit (MSG-01, X07)', () => {
  const tell = async (...some: Parameters<World['identity']['features']>[1]) => {
    await world.identity.features(places.school, some);
    await world.settled();
  };

  test('nothing is sent there, what was sent gets its answer again, and elsewhere it goes on', async () => {
    const wanted = aThread();
    const { id } = sent(await startThread(world.deps, mother, wanted));
    for (const state of ['CLOSED', 'ANNOUNCED', 'SUSPENDED'] as const) {
      await tell({ feature: 'MESSAGING', state, opensOn: '2030-01-07' });
      const result = await start(world, mother);
      expect(result).toMatchObject({
        refusal: {
          kind: 'feature-closed',
          feature: 'MESSAGING',
          unitId: places.school,
          state,
          opensOn: '2030-01-07',
        },
      });
      expect(refusal(await answer(world, teacher, id))).toBe('feature-closed');
      expect(sent(await startThread(world.deps, mother, wanted)).id).toBe(id);
      expect(refusal(await start(world, mother, { unitId: places.afterSchool }))).toBe('sent');
    }
    await tell();
    expect(refusal(await start(world, mother))).toBe('feature-closed');
    await tell({ feature: 'MESSAGING', state: 'OPEN' });
  });

  test('a message in whose middle it is stopped is refused as stopped, and not as a fault of ours', async () => {
    let result!: ReturnType<typeof start>;
    await world.database.admin.begin(async (held) => {
      // Reads go past it; the insert waits.
      await held`lock table thread in share mode`;
      result = start(world, mother);
      await eventually(async () => {
        const waiting = await world.database.admin`
          select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
            and query like '%insert into thread %'`;
        expect(waiting).not.toHaveLength(0);
      });
      await held`update access.feature set state = 'SUSPENDED' where unit_id = ${places.school}`;
    });
    expect(refusal(await result)).toBe('feature-closed');
    await tell({ feature: 'MESSAGING', state: 'OPEN' });
  });
});

test('of whoever is erased nothing is left: a child’s threads go, of others’ they are forgotten (RET-08)', async () => {
  const { identity, settled, database } = world;
  const [child, gone] = [newId(), newId()];
  const leaving = { kind: 'guardian' as const, personId: gone, level: 'substantial' as const };
  await identity.guardians(child, [mother.personId, gone]);
  await identity.enrolments(child, [{ unitId: places.school, groupIds: [places.groupA] }]);
  await settled();
  const shared = sent(await start(world, leaving, { childIds: [child], alsoGuardianIds: [mother.personId] }));
  const alone = sent(await start(world, leaving, { childIds: [child] }));
  const erase = async (personId: string) => {
    await identity.tell(personErasedV1, { personId, acknowledgeBy: new Date().toISOString() });
    await settled();
  };
  await erase(gone);
  const named = async (personId: string) =>
    (
      await database.admin`
        select id from thread where to_jsonb(thread)::text like ${`%${personId}%`}
        union all select id from message where to_jsonb(message)::text like ${`%${personId}%`}`
    ).length;
  expect(await named(gone)).toBe(0);
  expect(
    await database.admin`select author_id from message where id = any (${[shared.id, alone.id]})`,
  ).toEqual([{ author_id: null }]);
  await erase(child);
  expect(await named(child)).toBe(0);
  const said = await database.admin`
    select subject from outbox where type = ${erasureAcknowledgedV1.type} order by id`;
  expect(said.map(({ subject }) => subject)).toEqual([gone, child]);
  expect(sent(await start(world, father)).homeReaderIds).toEqual([father.personId]);
});
