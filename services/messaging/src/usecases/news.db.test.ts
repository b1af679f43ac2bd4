import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { addDays } from '@ranselpost/kit/pure/dates';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { later } from '../../test/broadcasting.ts';
import { children, machine, people, places, tellFamilies } from '../../test/families.ts';
import { newsWish, passNewsTime, publishedNews, writtenNews } from '../../test/publishing.ts';
import { type World, openWorld, today } from '../../test/world.ts';
import { failure, ids } from '../../test/writing.ts';
import type { NewsPost } from '../domain/news.ts';
import { editNews, withdrawNews } from './change-news.ts';
import { erasePerson } from './erase-person.ts';
import { dropOldNews, publishNextNews, tellNextOfNews } from './publish-due-news.ts';
import { publishNews } from './publish-news.ts';
import { readFeed, readNews, readUnitNews } from './read-news.ts';

const { leader, office, teacher, teacherOfB, mother, father, otherGuardian } = people;
const page = { first: 100, after: null };
const toGroup = (groupId: string) => ({ places: [{ unitId: places.school, groupId }] });
const anEdit = { text: { title: 'Rettet', body: 'Nå stemmer det.' }, isReread: false, lastDay: null };
/** A guardian of a protected child alone. */
const hiddenOnly = guardian();
let world: World;
let ofSchool: string;
let ofA: string;
let ofB: string;
let pending: string;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  const apart = newId();
  await world.identity.guardians(apart, [hiddenOnly.personId]);
  await world.identity.enrolments(apart, [{ unitId: places.school, groupIds: [places.groupB] }], []);
  await world.settled();
  ofSchool = await publishedNews(world, leader);
  ofA = await publishedNews(world, teacher, toGroup(places.groupA));
  ofB = await publishedNews(world, teacherOfB, toGroup(places.groupB));
  const publishAt = new Date(Date.now() + 86_400_000);
  pending = (await writtenNews(world, teacher, { ...toGroup(places.groupA), publishAt })).id;
});
afterAll(() => world.close());

const feedOf = async (actor: Actor, childId: string | null = null) =>
  (await readFeed(world.deps, actor, { ...page, childId }))?.map(({ id }) => id) ?? null;
const seenBy = async (actor: Actor, ...wanted: string[]) => [
  ...(await readNews(world.deps, actor, wanted)).keys(),
];
const unitNewsOf = async (actor: Actor, unitId = places.school) =>
  (await readUnitNews(world.deps, actor, { ...page, unitId }))?.map(({ id }) => id) ?? null;
interface Told {
  readonly recipients?: { readonly personId: string; readonly childIds: string[] }[];
}
const told = async (id: string, what = 'due') =>
  (
    await world.database.admin<{ data: Told }[]>`
      select data from outbox where type = ${`messaging.notice.${what}.v1`} and subject = ${id} order by id`
  ).map(({ data }) => data);
const toldOf = async (id: string) =>
  (await told(id)).flatMap(({ recipients }) => recipients ?? []).map(({ personId }) => personId);

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
  test.each(outsiders)('nothing is shown to %s, taken from them or changed by them', async (_who, actor) => {
    const { deps } = world;
    const all = [ofSchool, ofA, ofB, pending, newId()];
    expect(await seenBy(actor, ...all)).toEqual([]);
    expect((await feedOf(actor)) ?? []).toEqual([]);
    expect(await feedOf(actor, children.ours)).toBeNull();
    expect(await unitNewsOf(actor)).toBeNull();
    for (const wish of [newsWish(), newsWish(toGroup(places.groupA)), newsWish({ unitId: newId() })])
      expect(await failure(publishNews(deps, actor, wish))).toBe('NOT_FOUND');
    for (const id of all) {
      expect(await failure(editNews(deps, actor, id, anEdit))).toBe('NOT_FOUND');
      expect(await failure(withdrawNews(deps, actor, id))).toBe('NOT_FOUND');
    }
  });

  test.each<[string, Actor, Parameters<typeof newsWish>[0]]>([
    ['a teacher for another group', teacherOfB, toGroup(places.groupA)],
    ['a teacher for the whole school', teacher, {}],
    ['an assistant', people.assistant, toGroup(places.groupA)],
    ['a guardian (MSG-06)', mother, toGroup(places.groupA)],
    [
      'kindergarten staff of a department for all of it',
      people.kindergartenStaff,
      { unitId: places.kindergarten },
    ],
  ])('nothing is published by %s', async (_who, actor, more) => {
    expect(await failure(publishNews(world.deps, actor, newsWish(more)))).toBe('NOT_FOUND');
  });

  test('guardians see what is for their children’s groups and the school, and nothing of others’ (GUA-13)', async () => {
    expect((await feedOf(mother))!.toSorted()).toEqual([ofSchool, ofA, ofB].toSorted());
    expect(await feedOf(mother, children.ours)).toEqual([ofA, ofSchool]);
    expect(await feedOf(mother, children.theirs)).toBeNull();
    expect(await seenBy(otherGuardian, ofSchool, ofA, ofB, pending)).toEqual([ofSchool, ofA, ofB]);
    expect(await seenBy(hiddenOnly, ofSchool, ofA, ofB, pending)).toEqual([ofSchool, ofB]);
    expect(await unitNewsOf(mother)).toBeNull();
    const [shown] = [...(await readNews(world.deps, mother, [ofA])).values()];
    expect(shown).toMatchObject({ isTended: false });
    expect(shown!.childIds.toSorted()).toEqual([children.ours, children.half, children.hidden].toSorted());
  });

  test('what waits is for its author and the leader, and changed by nobody else of the unit', async () => {
    const { deps } = world;
    for (const actor of [office, teacherOfB, people.assistant, mother]) {
      expect(await seenBy(actor, pending)).toEqual([]);
      for (const id of [ofA, pending]) {
        expect(await failure(editNews(deps, actor, id, anEdit))).toBe('NOT_FOUND');
        expect(await failure(withdrawNews(deps, actor, id))).toBe('NOT_FOUND');
      }
    }
    expect(await unitNewsOf(teacher)).toEqual([pending, ofB, ofA, ofSchool]);
    expect(await unitNewsOf(leader)).toContain(pending);
    expect(await unitNewsOf(office)).toEqual([ofB, ofA, ofSchool]);
    expect(await feedOf(people.assistant)).toEqual([ofB, ofA, ofSchool]);
    const tended = async (actor: Actor) => (await readNews(deps, actor, [ofA])).get(ofA)!.isTended;
    expect([await tended(teacher), await tended(leader), await tended(office)]).toEqual([true, true, false]);
  });
}

describe('of news', () => {
  refusals();
});

describe('with row-level security switched off, the policy still (S-12):', () => {
  const each = async (verb: 'disable' | 'enable') => {
    const tables = await world.database.admin<{ name: string }[]>`
      select oid::regclass::text as name from pg_class where relkind = 'r' and relforcerowsecurity`;
    for (const { name } of tables)
      await world.database.admin.unsafe(`alter table ${name} ${verb} row level security`);
  };
  beforeAll(() => each('disable'));
  afterAll(() => each('enable'));
  refusals();
});

describe('row-level security alone (S-12)', () => {
  const rows = (actor: Actor, statement: ReturnType<typeof sql>) =>
    lookAs(world.deps.db, actor, (tx) => tx.execute(statement)).then(
      ({ count }) => count,
      (error: Error & { cause?: { code?: string } }) => error.cause?.code,
    );
  const insert = (more: { author?: string; place?: string; state?: string } = {}) => sql`
    insert into news (id, unit_id, places, author_id, idempotency_key, title, body, due_at)
    values (${newId()}, ${places.school}, array[${more.place ?? places.school}], ${more.author ?? leader.personId}, ${newId()},
      't', 'b', now())`;
  const change = (id: string) => sql`update news set title = 'x' where id = ${id}`;
  const withdrawing = (id: string) => sql`
    update news set state = 'WITHDRAWN', withdrawn_at = now(), title = null, body = null where id = ${id}`;

  test.each(outsiders)('shows nothing to %s, and takes nothing', async (_who, actor) => {
    expect(await rows(actor, sql`select from news`)).toBe(0);
    for (const id of [ofSchool, ofA, pending]) {
      expect(await rows(actor, change(id))).toBe(0);
      expect(await rows(actor, withdrawing(id))).toBe(0);
    }
    if ('personId' in actor) expect(await rows(actor, insert({ author: actor.personId }))).toBe('42501');
  });

  test('shows guardians what is for their children, and staff what is out and theirs', async () => {
    const seen = async (actor: Actor) =>
      (
        await lookAs(world.deps.db, actor, (tx) =>
          tx.execute<{ id: string }>(sql`select id from news order by id`),
        )
      ).map(({ id }) => id);
    expect(await seen(mother)).toEqual([ofSchool, ofA, ofB]);
    expect(await seen(hiddenOnly)).toEqual([ofSchool, ofB]);
    expect(await seen(office)).toEqual([ofSchool, ofA, ofB]);
    expect(await seen(teacher)).toEqual([ofSchool, ofA, ofB, pending]);
  });

  test('takes nothing in another’s name or for another group, changes nothing that is not theirs, and publishes nothing', async () => {
    expect(await rows(leader, insert({ author: teacher.personId }))).toBe('42501');
    expect(await rows(teacher, insert({ author: teacher.personId }))).toBe('42501');
    const inB = { author: teacher.personId, place: `${places.school}:${places.groupB}` };
    expect(await rows(teacher, insert(inB))).toBe('42501');
    for (const actor of [office, teacherOfB, people.assistant, mother]) {
      expect(await rows(actor, change(ofA))).toBe(0);
      expect(await rows(actor, withdrawing(ofA))).toBe(0);
      expect(await rows(actor, sql`select from news_earlier`)).toBe('42501');
    }
    expect(await rows(teacher, sql`update news set state = 'PUBLISHED' where id = ${pending}`)).toBe('23514');
    expect(await rows(teacher, sql`update news set published_at = now() where id = ${pending}`)).toBe(
      '42501',
    );
    expect(await rows(teacher, sql`update news set places = array[unit_id::text] where id = ${ofA}`)).toBe(
      '42501',
    );
    expect(await rows(teacher, sql`delete from news where id = ${ofA}`)).toBe('42501');
  });
});

describe('news', () => {
  test('are told of once, to who is a guardian there, with nothing of what they say, and not of a protected child (MSG-14, S-08)', async () => {
    await passNewsTime(world, 0);
    expect((await toldOf(ofSchool)).toSorted()).toEqual(ids(mother, father, otherGuardian));
    expect(await told(ofSchool)).toMatchObject([
      { category: 'NEWS', importance: 'ORDINARY', subjectId: ofSchool },
    ]);
    expect(JSON.stringify(await told(ofSchool))).not.toMatch(/[Gg]ymsal/);
    expect((await toldOf(ofB)).toSorted()).toEqual(ids(mother, father, otherGuardian));
    const [ofMother] = (await told(ofA))[0]!.recipients!.filter(
      ({ personId }) => personId === mother.personId,
    );
    expect(ofMother!.childIds.toSorted()).toEqual([children.ours, children.half].toSorted());
    expect(await told(pending)).toEqual([]);
  });

  test('are the same under the same key, and refused under another’s', async () => {
    const wish = newsWish(toGroup(places.groupA));
    const [first, again] = [
      await publishNews(world.deps, teacher, wish),
      await publishNews(world.deps, teacher, wish),
    ];
    if (!first.ok || !again.ok) throw new Error('not taken');
    expect(again.value.id).toBe(first.value.id);
    const other = { ...wish, text: { ...wish.text, body: 'Noe annet.' } };
    expect(await failure(publishNews(world.deps, teacher, other))).toBe('BAD_USER_INPUT');
    await withdrawNews(world.deps, teacher, first.value.id);
    await passNewsTime(world);
    expect(await seenBy(mother, first.value.id)).toEqual([]);
    expect(await told(first.value.id)).toEqual([]);
  });

  test('are not found where they are for a group that does not exist, as for a unit that does not (S-06)', async () => {
    const [nowhere, elsewhere] = [toGroup(newId()), { unitId: newId() }];
    for (const more of [nowhere, elsewhere])
      expect(await failure(publishNews(world.deps, leader, newsWish(more)))).toBe('NOT_FOUND');
    // Nobody is in the group yet but its teacher.
    const groupId = newId();
    const early = staff();
    await world.identity.roles(
      early.personId,
      [groupId, places.groupA].map((held) => ({ role: 'TEACHER', unitId: places.school, groupId: held })),
    );
    await world.settled();
    expect(await writtenNews(world, early, toGroup(groupId))).toMatchObject({ state: 'WAITING' });
  });

  test('keep what they said before, where nobody sees it, and say that they were changed (MSG-17)', async () => {
    const id = await publishedNews(world, teacher, toGroup(places.groupA));
    expect(await editNews(world.deps, leader, id, anEdit)).toMatchObject({ ok: true });
    const [shown] = (await readNews(world.deps, mother, [id])).values();
    expect(shown).toMatchObject({ text: anEdit.text, editedAt: expect.any(Date) as Date });
    await withdrawNews(world.deps, teacher, id);
    await withdrawNews(world.deps, teacher, id);
    expect(await editNews(world.deps, teacher, id, anEdit)).toMatchObject({
      refusal: { kind: 'news-withdrawn' },
    });
    expect((await readNews(world.deps, mother, [id])).get(id)).toMatchObject({
      text: null,
      state: 'WITHDRAWN',
    });
    expect(await feedOf(mother)).not.toContain(id);
    expect(await told(id, 'dropped')).toEqual([{ noticeId: id }]);
    expect(
      await world.database
        .admin`select title, replaced_by from news_earlier where news_id = ${id} order by replaced_at`,
    ).toEqual([
      { title: 'Ny gymsal', replaced_by: leader.personId },
      { title: 'Rettet', replaced_by: teacher.personId },
    ]);
  });

  test('end for whoever loses the right, and are all there for whoever gains it or starts soon (GUA-03, GUA-10, GUA-29)', async () => {
    const [come, soon, starting] = [guardian(), guardian(), newId()];
    await world.identity.guardians(children.half, [mother.personId, come.personId]);
    await world.identity.guardians(children.theirs, []);
    await world.identity.guardians(starting, [soon.personId]);
    await world.identity.enrolments(starting, [
      { unitId: places.school, groupIds: [places.groupA], from: addDays(today, 10) },
    ]);
    await world.settled();
    expect(await seenBy(otherGuardian, ofSchool, ofA, ofB)).toEqual([]);
    expect(await feedOf(otherGuardian)).toEqual([]);
    for (const actor of [come, soon])
      expect(await seenBy(actor, ofSchool, ofA, ofB)).toEqual([ofSchool, ofA]);
    const id = await publishedNews(world, teacher, toGroup(places.groupA));
    expect((await toldOf(id)).toSorted()).toEqual(ids(mother, father, come, soon));
    await world.identity.guardians(children.half, [mother.personId, otherGuardian.personId]);
    await world.identity.guardians(children.theirs, [otherGuardian.personId]);
    await world.settled();
  });

  test('come in pages without a gap, across units', async () => {
    const small = await publishedNews(world, people.kindergartenStaff, {
      unitId: places.kindergarten,
      places: [{ unitId: places.kindergarten, groupId: places.department }],
    });
    const whole = (await feedOf(mother))!;
    expect(whole[0]).toBe(small);
    const got: string[] = [];
    for (let after: { at: Date; id: string } | null = null; got.length < whole.length;) {
      const found: readonly NewsPost[] = (await readFeed(world.deps, mother, {
        ...{ first: 2, after, childId: null },
      }))!;
      expect(found.length).toBe(Math.min(3, whole.length - got.length));
      got.push(...found.slice(0, 2).map(({ id }) => id));
      after = { at: found.at(1)?.publishedAt ?? new Date(), id: found.at(1)?.id ?? '' };
    }
    expect(got).toEqual(whole);
    expect(await feedOf(mother, children.small)).toEqual([small]);
  });

  test('are seen by guardians until their last day, and by staff after it', async () => {
    const id = await publishedNews(world, leader, { lastDay: today });
    expect(await seenBy(mother, id)).toEqual([id]);
    await world.database.admin`update news set last_day = ${addDays(today, -1)} where id = ${id}`;
    expect([await seenBy(mother, id), await seenBy(office, id)]).toEqual([[], [id]]);
    expect(
      await lookAs(world.deps.db, mother, (tx) => tx.execute(sql`select from news where id = ${id}`)),
    ).toHaveLength(0);
  });

  test('are told of in batches, each guardian once, wherever it is cut off (S-21)', async () => {
    const [unitId, groupId] = [newId(), newId()];
    await world.identity.unit(unitId, 'SCHOOL');
    await world.identity.features(unitId, [{ feature: 'NEWS', state: 'OPEN' }]);
    await world.identity.roles(office.personId, [
      { role: 'ADMINISTRATOR', unitId: places.school },
      { role: 'LEADER', unitId },
    ]);
    await world.settled();
    await world.database.admin.unsafe(`
      with child as (select gen_random_uuid() as id from generate_series(1, 501)),
      enrolled as (
        insert into access.enrolment (enrolment_id, child_id, unit_id, group_ids, from_day)
        select gen_random_uuid(), id, '${unitId}', array['${groupId}']::uuid[], '2020-01-01' from child returning child_id)
      insert into access.guardian (child_id, person_id, grant_id, ground)
      select child_id, gen_random_uuid(), gen_random_uuid(), 'PARENTAL_RESPONSIBILITY' from enrolled`);
    const { id } = await writtenNews(world, office, { unitId });
    await publishNextNews(later(world));
    const failing = {
      ...later(world),
      db: {
        ...world.deps.db,
        asService: <Value>(work: Parameters<typeof world.deps.db.asService<Value>>[0]) =>
          world.deps.db.asService(async (tx) => {
            await work(tx);
            throw new Error('killed');
          }),
      },
    };
    await expect(tellNextOfNews(failing)).rejects.toThrow('killed');
    await passNewsTime(world);
    expect((await told(id)).map(({ recipients }) => recipients!.length)).toEqual([500, 1]);
    expect(new Set(await toldOf(id)).size).toBe(501);
  });

  test('are not published once their author may not, or news are stopped, and wait while rights cannot be checked (X07, S-04)', async () => {
    const ofTeacher = await writtenNews(world, teacher, toGroup(places.groupA));
    const ofLeader = await writtenNews(world, leader);
    expect(await publishNextNews({ ...later(world), maxStaleness: -1 })).toBe(false);
    expect(await tellNextOfNews({ ...later(world), maxStaleness: -1 })).toBe(false);
    await world.identity.roles(teacher.personId, []);
    await world.settled();
    await publishNextNews(later(world));
    const stopped = { feature: 'NEWS', state: 'SUSPENDED' } as const;
    await world.identity.features(places.school, [stopped]);
    await world.settled();
    await passNewsTime(world);
    for (const { id } of [ofTeacher, ofLeader]) expect(await told(id)).toEqual([]);
    expect(await publishNews(world.deps, leader, newsWish())).toMatchObject({
      refusal: { kind: 'feature-closed', state: 'SUSPENDED' },
    });
    expect(await editNews(world.deps, leader, ofA, anEdit)).toMatchObject({
      refusal: { kind: 'feature-closed' },
    });
    const bare = (statement: ReturnType<typeof sql>) =>
      lookAs(world.deps.db, leader, (tx) => tx.execute(statement));
    await expect(bare(sql`update news set title = 'x' where id = ${ofA}`)).rejects.toMatchObject({
      cause: { code: '42501' },
    });
    expect(await seenBy(mother, ofA)).toEqual([ofA]);
    expect(await withdrawNews(world.deps, leader, ofLeader.id)).toMatchObject({ state: 'WITHDRAWN' });
    await world.identity.features(places.school, [{ ...stopped, isReadable: false }]);
    await world.settled();
    expect(await seenBy(mother, ofA)).toEqual([]);
    expect(await bare(sql`select from news where id = ${ofA}`)).toHaveLength(0);
    await world.identity.features(places.school, [{ feature: 'NEWS', state: 'OPEN' }]);
    await world.identity.roles(teacher.personId, [
      { role: 'CONTACT_TEACHER', unitId: places.school, groupId: places.groupA },
    ]);
    await world.settled();
  });

  test('forget who wrote them, and are gone when they are kept no longer (RET-03, RET-08)', async () => {
    const id = await publishedNews(world, leader);
    await editNews(world.deps, leader, id, anEdit);
    await world.deps.db.asService((tx) => erasePerson(tx, leader.personId));
    expect(
      await world.database.admin`
      select author_id, replaced_by from news join news_earlier on news_id = id where id = ${id}`,
    ).toEqual([{ author_id: null, replaced_by: null }]);
    const { count: before } = await world.database.admin`select from news`;
    await world.database.admin`update news set due_at = now() - interval '31 days' where id = ${id}`;
    expect(await dropOldNews(world.deps, 30)).toBe(1);
    expect(await world.database.admin`select from news`).toHaveLength(before - 1);
    expect(await world.database.admin`select from news_earlier where news_id = ${id}`).toHaveLength(0);
  });
});
