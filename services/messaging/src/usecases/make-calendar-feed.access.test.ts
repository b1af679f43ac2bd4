import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { staff } from '@ranselpost/kit/testing/actors';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { children, machine, people, places, tellFamilies } from '../../test/families.ts';
import { book, publish, someTimes, taken, timeIds } from '../../test/meetings.ts';
import { type World, openWorld } from '../../test/world.ts';
import { failure, ids } from '../../test/writing.ts';
import { announceEvent } from './announce-event.ts';
import {
  giveCalendar,
  giveCalendarAt,
  makeCalendarFeed,
  readCalendarFeed,
  revokeCalendarFeed,
} from './calendar.ts';
import { erasePerson } from './erase-person.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
});
afterAll(() => world.close());

const { mother, father, teacher, leader } = people;
const make = async (actor: Actor, insteadOf: string | null = null) =>
  taken(await makeCalendarFeed(world.deps, actor, insteadOf));
const times = (calendar: string): readonly string[] =>
  [...calendar.matchAll(/^DTSTART:(.+)\r$/gm)].map(([, at]) => at!).toSorted();
const stamp = (at: Date): string => at.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
const announce = async (childIds: readonly string[], title = 'Sommerfest') => {
  const [span] = someTimes(1);
  const terms = { title, place: 'Skolegården', bring: null, choices: [], adultsMax: 0, capacity: null };
  const wanted = { ...terms, ...span!, answerUntil: span!.startsAt, unitId: places.school, to: { childIds } };
  taken(await announceEvent(world.deps, leader, { ...wanted, idempotencyKey: newId() }));
  return stamp(span!.startsAt);
};

test('an address is made by guardians alone, is another’s to nobody, and is kept as a hash (M36, S-12)', async () => {
  for (const actor of [
    people.stranger,
    people.blocked,
    people.former,
    teacher,
    staff(mother.personId),
    machine,
  ]) {
    expect(await failure(make(actor))).toBe('NOT_FOUND');
    expect(await failure(giveCalendar(world.deps, actor))).toBe('NOT_FOUND');
  }
  expect(await failure(make(mother, newId()))).toBe('NOT_FOUND');
  const { secret, feed } = await make(mother);
  expect([await failure(make(mother, newId())), await failure(make(father, feed.id))]).toEqual([
    'NOT_FOUND',
    'NOT_FOUND',
  ]);
  expect(await makeCalendarFeed(world.deps, mother, null)).toMatchObject({
    refusal: { kind: 'feed-stands' },
  });
  expect(await readCalendarFeed(world.deps, mother)).toEqual({ ...feed, readOn: null });
  for (const actor of [father, people.stranger, teacher, staff(mother.personId), machine]) {
    expect(await readCalendarFeed(world.deps, actor)).toBeNull();
    expect(await failure(revokeCalendarFeed(world.deps, actor, feed.id))).toBe('NOT_FOUND');
    expect(await lookAs(world.deps.db, actor, (tx) => tx.execute(sql`select id from calendar_feed`))).toEqual(
      [],
    );
  }
  const hashes = sql`select secret_hash from calendar_feed`;
  await expect(lookAs(world.deps.db, mother, (tx) => tx.execute(hashes))).rejects.toMatchObject({
    cause: { code: '42501' },
  });
  expect(JSON.stringify(await world.database.admin`select * from calendar_feed`)).not.toContain(secret);
  const next = await make(mother, feed.id);
  expect(await failure(giveCalendarAt(world.deps, secret))).toBe('NOT_FOUND');
  expect(await failure(giveCalendarAt(world.deps, newId()))).toBe('NOT_FOUND');
  await giveCalendarAt(world.deps, next.secret);
  expect((await readCalendarFeed(world.deps, mother))!.readOn).not.toBeNull();
  await revokeCalendarFeed(world.deps, mother, next.feed.id);
  expect(await failure(giveCalendarAt(world.deps, next.secret))).toBe('NOT_FOUND');
});

test('it has the times of own talks and events, of no protected child and of no other family, and no word (MSG-14, S-08, ADR-11)', async () => {
  const [talk, separate] = [
    await publish(world, teacher),
    await publish(world, teacher, { isSeparate: true }),
  ];
  const [ours, mine] = [timeIds(talk)[0]!, timeIds(separate)[0]!];
  taken(await book(world, mother, ours));
  taken(await book(world, mother, mine));
  const hidden = await publish(world, teacher, { to: { childIds: [children.hidden] } });
  taken(await book(world, mother, timeIds(hidden)[0]!, { childId: children.hidden }));
  const party = await announce([children.ours, children.half]);
  const secretParty = await announce([children.hidden]);
  const others = await announce([children.theirs]);
  const { secret } = await make(father);
  const at = (offer: typeof talk): string => stamp(offer.times[0]!.time.startsAt);
  const [hers, his, his2] = [
    await giveCalendar(world.deps, mother),
    await giveCalendarAt(world.deps, secret),
    await giveCalendar(world.deps, father),
  ];
  expect(times(hers)).toEqual([at(talk), at(separate), party].toSorted());
  expect(times(his)).toEqual([at(talk), party].toSorted());
  expect(times(his2)).toEqual(times(his));
  for (const calendar of [hers, his]) {
    for (const word of [
      'Sommerfest',
      'Rom',
      'Skole',
      others,
      secretParty,
      at(hidden),
      ...Object.values(children),
    ])
      expect(calendar).not.toContain(word);
    for (const id of [...Object.values(places), talk.offer.id, ours]) expect(calendar).not.toContain(id);
  }
  const uids = (calendar: string) => [...calendar.matchAll(/^UID:(.+)\r$/gm)].map(([, uid]) => uid);
  expect(uids(hers).filter((uid) => uids(his).includes(uid))).toEqual([]);
  // The same talk is the same the next time it is read.
  expect(uids(await giveCalendarAt(world.deps, secret))).toEqual(uids(his));
});

test('whoever loses a child by which it was made has no address any more, also when they get it back (GUA-10, RET-08)', async () => {
  const { identity, settled, deps, database } = world;
  const owner = { ...people.stranger, personId: newId() };
  const [one, two] = [newId(), newId()];
  const tell = async (child: string, ...some: readonly { readonly personId: string }[]) => {
    await identity.guardians(child, ids(...some));
    await settled();
  };
  for (const child of [one, two]) {
    await tell(child, owner);
    await identity.enrolments(child, [{ unitId: places.school, groupIds: [places.groupA] }]);
  }
  await settled();
  const { secret, feed } = await make(owner);
  await giveCalendarAt(deps, secret);
  await tell(two);
  expect(await readCalendarFeed(deps, owner)).toBeNull();
  expect(await failure(revokeCalendarFeed(deps, owner, feed.id))).toBe('NOT_FOUND');
  expect(await failure(giveCalendarAt(deps, secret))).toBe('NOT_FOUND');
  await tell(two, owner);
  expect(await failure(giveCalendarAt(deps, secret))).toBe('NOT_FOUND');
  const again = await make(owner);
  // A program that still reads at the old address takes nothing from the new one, also where that is made meanwhile.
  await tell(two);
  let newer: Awaited<ReturnType<typeof make>> | undefined;
  const meanwhile: typeof deps.db.asActor = async (actor, work) => {
    const found = await deps.db.asActor(actor, work);
    newer = await make(owner);
    return found;
  };
  expect(
    await failure(giveCalendarAt({ ...deps, db: { ...deps.db, asActor: meanwhile } }, again.secret)),
  ).toBe('NOT_FOUND');
  expect(await readCalendarFeed(deps, owner)).toMatchObject({ id: newer!.feed.id });
  // Of an erased child there is nothing in the addresses of others, whether or not anybody reads at them again.
  await deps.db.asService((tx) => erasePerson(tx, one));
  expect(await database.admin`select from calendar_feed where ${one} = any (child_ids)`).toEqual([]);
  const last = await make(owner);
  await identity.features(places.school, [{ feature: 'MESSAGING', state: 'SUSPENDED', isReadable: false }]);
  await settled();
  expect(times(await giveCalendar(deps, mother))).toEqual([]);
  await deps.db.asService((tx) => erasePerson(tx, owner.personId));
  expect(await database.admin`select from calendar_feed where person_id = ${owner.personId}`).toEqual([]);
  expect(await failure(giveCalendarAt(deps, last.secret))).toBe('NOT_FOUND');
});
