import { newId } from '@ranselpost/kit/ids';
import { staff } from '@ranselpost/kit/testing/actors';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { children, machine, people, places, tellFamilies } from '../../test/families.ts';
import { reportOne } from '../../test/reports.ts';
import { type World, openWorld, tomorrow } from '../../test/world.ts';
import { giveDaysAt, makeDaysFeed, readDaysFeeds, revokeDaysFeed } from './days-feed.ts';
import { erasePerson } from './erase-person.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity, world.database);
  await world.settled();
});
afterAll(() => world.close());

const { mother, father, teacher } = people;
const make = async (actor: typeof mother, childId = children.ours, insteadOf: string | null = null) => {
  const made = await makeDaysFeed(world.deps, actor, { childId, insteadOf });
  if (!made.ok) throw new Error(made.refusal.kind);
  return made.value;
};
const notFound = { code: 'NOT_FOUND', message: 'Not found.' };

test('an address is made by a guardian of the child alone, is another’s to nobody, and is kept as a hash (S-12)', async () => {
  const strangers = [people.stranger, people.blocked, people.former, people.otherGuardian];
  for (const actor of [...strangers, teacher, staff(mother.personId), machine])
    await expect(
      makeDaysFeed(world.deps, actor, { childId: children.ours, insteadOf: null }),
    ).rejects.toMatchObject(notFound);
  const { secret, feed } = await make(mother);
  expect(await makeDaysFeed(world.deps, mother, { childId: children.ours, insteadOf: null })).toMatchObject({
    refusal: { kind: 'feed-stands' },
  });
  for (const actor of [father, people.stranger, teacher, staff(mother.personId), machine]) {
    expect(await readDaysFeeds(world.deps, actor, [children.ours])).toEqual([null]);
    await expect(revokeDaysFeed(world.deps, actor, feed.id)).rejects.toMatchObject(notFound);
    expect(await lookAs(world.deps.db, actor, (tx) => tx.execute(sql`select id from days_feed`))).toEqual([]);
  }
  const hashes = sql`select secret_hash from days_feed`;
  await expect(lookAs(world.deps.db, mother, (tx) => tx.execute(hashes))).rejects.toMatchObject({
    cause: { code: '42501' },
  });
  expect(JSON.stringify(await world.database.admin`select * from days_feed`)).not.toContain(secret);
  expect(await readDaysFeeds(world.deps, mother, [children.sibling, children.ours])).toEqual([null, feed]);
  const next = await make(mother, children.ours, feed.id);
  await expect(giveDaysAt(world.deps, secret)).rejects.toMatchObject(notFound);
  await giveDaysAt(world.deps, next.secret);
  expect(await revokeDaysFeed(world.deps, mother, next.feed.id)).toBe(next.feed.id);
  await expect(giveDaysAt(world.deps, next.secret)).rejects.toMatchObject(notFound);
});

test('it says that the child is away, not why, and is empty of a protected child (ABS-04, S-07, S-08)', async () => {
  for (const childId of [children.ours, children.hidden]) {
    const report = { childId, unitId: places.school, day: tomorrow, cause: 'SICK' as const };
    await reportOne(world.deps, mother, { ...report, idempotencyKey: newId() });
  }
  const read = async (childId: string) => giveDaysAt(world.deps, (await make(mother, childId)).secret);
  const days = await read(children.ours);
  expect(days.match(/^SUMMARY:.*$/gm)).toEqual(['SUMMARY:Skole: borte']);
  expect(days).toContain(`DTSTART;VALUE=DATE:${tomorrow.replaceAll('-', '')}`);
  expect(days).not.toMatch(/SICK|syk/i);
  for (const id of Object.values({ ...children, ...places })) expect(days).not.toContain(id);
  expect((await read(children.hidden)).match(/^SUMMARY/gm)).toBeNull();
});

test('it is gone for good when its owner’s right ends, waits where rights cannot be checked, and is erased (GUA-10, S-04, RET-08)', async () => {
  const { secret } = await make(father);
  await giveDaysAt(world.deps, secret);
  await world.identity.guardians(children.ours, [mother.personId]);
  await world.settled();
  await expect(giveDaysAt(world.deps, secret)).rejects.toMatchObject(notFound);
  await world.identity.guardians(children.ours, [mother.personId, father.personId]);
  await world.settled();
  await expect(giveDaysAt(world.deps, secret)).rejects.toMatchObject(notFound);
  const unread = await make(father);
  // Nobody reads meanwhile: the right that comes back is another grant, and has no address yet (GUA-06).
  for (const guardians of [[mother.personId], [mother.personId, father.personId]]) {
    await world.identity.guardians(children.ours, guardians);
    await world.settled();
  }
  expect(await readDaysFeeds(world.deps, father, [children.ours])).toEqual([null]);
  const under = await make(father);
  await expect(giveDaysAt(world.deps, unread.secret)).rejects.toMatchObject(notFound);
  await giveDaysAt(world.deps, under.secret);
  await world.database.admin`update days_feed set grant_id = ${newId()} where id = ${under.feed.id}`;
  await expect(giveDaysAt(world.deps, under.secret)).rejects.toMatchObject(notFound);
  await make(father);
  await world.database.admin`update access.copy_state set is_whole = false`;
  const [{ secret: another }] = [await makeAnew()];
  await expect(giveDaysAt(world.deps, another)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  await world.database.admin`update access.copy_state set is_whole = true`;
  await world.deps.db.asService((tx) => erasePerson(tx, children.ours));
  expect(await world.database.admin`select from days_feed where child_id = ${children.ours}`).toEqual([]);
  async function makeAnew() {
    await world.database.admin`update access.copy_state set is_whole = true`;
    const made = await make(father, children.sibling);
    await world.database.admin`update access.copy_state set is_whole = false`;
    return made;
  }
});
