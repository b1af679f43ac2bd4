import { newId } from '@ranselpost/kit/ids';
import { metrics } from '@ranselpost/kit/metrics';
import { staff } from '@ranselpost/kit/testing/actors';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { considers } from '../testing/considered.ts';
import { rosterFile } from '../testing/roster.ts';
import { type Name, type World, asked, familiarRoster, made, openWorld } from '../testing/world.ts';
import { noteErased, tellErasuresAgain, watchErasures } from './follow-erasures.ts';
import { imposeRestriction } from './impose-restriction.ts';
import { importRoster } from './import-roster.ts';
import { retain } from './retain.ts';
import { exposeRetentionFigures } from './retention-figures.ts';
import { signInGuardian } from './sign-in.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const erased = 'identity.person.erased.v1';
const revoked = 'identity.access.revoked.v1';
const nameOf = (id: string): string => Object.entries(world.id).find(([, known]) => known === id)?.[0] ?? id;
const toldOf = async (type: string): Promise<readonly string[]> =>
  (await world.told())
    .filter((told) => told.type === type)
    .map(({ subject }) => nameOf(subject))
    .toSorted();
const isHere = async (name: Name): Promise<boolean> =>
  (await world.database.admin`select from person where person_id = ${world.id[name]}`).length > 0;
const figures = async (day: string): Promise<readonly string[]> =>
  (
    await world.database.admin<{ text: string }[]>`
      select concat_ws(' ', kind, state, rule, sum(count)) as text from retention_figure
      where day = ${day} group by kind, state, rule order by kind, state, rule`
  ).map(({ text }) => text);
/** Tables that a person can be found in, by their foreign keys and by what has none. */
const tracesOf = async (ids: readonly string[]): Promise<readonly string[]> => {
  const columns = await world.database.admin<{ table: string; column: string }[]>`
    select c.relname as table, a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped
      and a.atttypid = 'uuid'::regtype and c.relname not in ('erasure', 'erasure_acknowledgement')`;
  const found: string[] = [];
  for (const { table, column } of columns) {
    const rows = await world.database.admin`
      select from ${world.database.admin(table)} where ${world.database.admin(column)} = any (${[...ids]}::uuid[]) limit 1`;
    if (rows.length > 0) found.push(`${table}.${column}`);
  }
  return found.toSorted();
};

async function leave(...names: readonly Name[]): Promise<void> {
  const roster = familiarRoster(world.number);
  const taken = await importRoster(
    world.deps,
    rosterFile({
      ...roster,
      persons: roster.persons.filter(({ key }) => !names.includes(key as Name)),
      places: roster.places.filter(({ person }) => !names.includes(person as Name)),
    }),
    { mayEndMuch: true },
  );
  expect(taken.ok).toBe(true);
}

/** Everybody has been known for long, and staff have seen to all that was open. */
async function settled(): Promise<void> {
  await world.database.admin`update person set known_since = '2026-01-01'`;
  await world.database
    .admin`update work_item set closed_at = now(), closed_by = 'test' where closed_at is null`;
}

describe('looking at everybody once a day', () => {
  test('erases nobody of those who are here', async () => {
    await world.told();
    expect(await retain(world.deps)).toBeGreaterThan(15);
    expect(await toldOf(erased)).toEqual([]);
    expect(await retain(world.deps)).toBe(0);
  });

  test('erases nobody for a year after a child has left, and shows who is coming (RET-01)', async () => {
    const restrict = (by: Name, childId: string, personId: string, kind: 'THREAT' | 'MAY_NOT_FETCH') =>
      made(
        imposeRestriction(
          world.deps,
          staff(world.id[by]),
          {
            ...{ childId, personId, kind, authority: 'UNIT', parentsKeepView: false },
            ...{ reviewOn: '2027-05-01', note: 'Det som ble sagt' },
          },
          asked(null),
        ),
      );
    await restrict('leader', world.id.theirs, world.id.father, 'MAY_NOT_FETCH');
    await leave('hidden', 'ours', 'former', 'leader');
    await restrict('officer', world.id.hidden, world.id.hiddenFather, 'THREAT');
    await settled();
    world.setNow('2027-11-19T08:00:00Z');
    await world.told();
    await retain(world.deps);
    // Of `former` the last day was in June; the last day of the children was the twentieth of November.
    expect(await toldOf(erased)).toEqual(['former']);
    expect(await figures('2027-11-19')).toEqual([
      ...['CHILD UPCOMING RET-01 2', 'STAFF ERASED RET-10 1', 'STAFF UPCOMING RET-10 1'],
    ]);
    const ofProtected = await world.database.admin`
      select unit_id from retention_figure where kind = 'CHILD' order by unit_id nulls last`;
    expect(ofProtected.map((row) => row['unit_id'] as string)).toEqual([world.unit['school'], null]);
  });

  test('waits while a roster is being taken in, which may bring somebody back', async () => {
    world.setNow('2027-11-20T08:00:00Z');
    await world.database.admin`
      insert into roster_import (import_id, digest, source, state, day) values (${newId()}, '', 'x', 'APPLYING', '2027-11-20')`;
    expect(await retain(world.deps)).toBe(0);
    expect(await isHere('ours')).toBe(true);
    await world.database.admin`delete from roster_import where source = 'x'`;
  });

  test('erases no child whom admission considers, protected or not, nor those who are here for it (RET-09)', async () => {
    await considers(world, ['hidden', 'ours']);
    await world.told();
    await retain(world.deps);
    expect(await toldOf(erased)).toEqual([]);
    // Over, and long ago.
    const over = { isWaiting: false, revision: 2, heardAt: new Date('2026-11-01T08:00:00Z') };
    await considers(world, ['hidden', 'ours'], over);
    await world.database.admin`delete from retention_run where day = '2027-11-20'`;
  });

  test('erases a child and all that hangs on it, and everybody who is here for nobody else (RET-01, RET-09)', async () => {
    const gone = ['hidden', 'hiddenFather', 'hiddenMother', 'ours'] as const;
    const ids = gone.map((name) => world.id[name]);
    expect((await tracesOf(ids)).length).toBeGreaterThan(10);
    await world.told();
    await retain(world.deps);
    const told = await world.told();
    expect(await tracesOf(ids)).toEqual([]);
    const lost = told
      .filter(({ type }) => type === revoked)
      .map(({ data }) => `${nameOf(data['personId'] as string)} ${String(data['hasOtherGrounds'])}`);
    // The parents of `ours` have another child here; sessions of those who have none end with this.
    expect(lost.toSorted()).toEqual(['father true', 'hiddenMother false', 'mother true']);
    expect(
      told
        .filter(({ type }) => type === erased)
        .map(({ subject }) => nameOf(subject))
        .toSorted(),
    ).toEqual(gone);
    // An id may end in eleven digits, and be no number of anybody's.
    expect(JSON.stringify(told.filter(({ type }) => type === erased))).not.toMatch(
      /KULERUND|MYK|(?<![\w-])\d{11}(?![\w-])/,
    );
    expect(await figures('2027-11-20')).toEqual([
      ...['CHILD ERASED RET-01 2', 'GUARDIAN ERASED RET-09 2', 'STAFF UPCOMING RET-10 1'],
    ]);
    for (const name of ['mother', 'father', 'sibling', 'theirs'] as const)
      expect(await isHere(name)).toBe(true);
    // What was written of the restriction, and of why they were let through, is gone with it.
    expect(await world.database.admin`select from restriction`).toHaveLength(1);
    const unheld = await world.database.admin`
      select from confidential_text t where not exists (select from proposal where reason_id = text_id)
        and not exists (select from restriction where note_id = text_id)`;
    expect(unheld).toHaveLength(0);
  });

  test('leaves of staff who decided about somebody that is here an id and nothing else (RET-10)', async () => {
    world.setNow('2027-11-21T08:00:00Z');
    await world.told();
    await retain(world.deps);
    expect(await toldOf(erased)).toEqual(['leader']);
    const { leader } = world.id;
    expect(await tracesOf([leader])).toEqual([
      'person.person_id',
      'proposal.decided_by',
      'proposal.proposed_by',
      'restriction.imposed_by',
      // The log of who read what is kept for a year, in ids (RET-10).
      'staff_read.reader_id',
    ]);
    const fresh = newId();
    await world.database.admin`insert into person (person_id) values (${fresh})`;
    const rows = await world.database.admin<{ person_id: string; row: object }[]>`
      select person_id, to_jsonb(p) - '{person_id,known_since}'::text[] as row from person p
      where person_id = any (${[leader, fresh]}::uuid[])`;
    const [kept, empty] = [leader, fresh].map((id) => rows.find(({ person_id }) => person_id === id)?.row);
    expect(kept).toBeDefined();
    expect(kept).toEqual(empty);
    await world.database.admin`delete from person where person_id = ${fresh}`;
    // And is not looked at again.
    world.setNow('2027-11-22T08:00:00Z');
    await retain(world.deps);
    expect(await toldOf(erased)).toEqual([]);
  });

  test('that is cut off anywhere goes on where it was, and erases and counts everybody once (S-21)', async () => {
    const children = Array.from({ length: 150 }, () => newId());
    await world.database.admin`
      insert into person (person_id, is_child, followed_as, known_since)
      select unnest(${children}::uuid[]), true, 'child', '2026-01-01'`;
    await world.database.admin`
      insert into enrolment select gen_random_uuid(), unnest(${children}::uuid[]), ${world.unit['other']!}, '{}', '2026-01-01', '2026-10-01'`;
    world.setNow('2027-11-23T08:00:00Z');
    await world.told();
    const done = async () =>
      (await world.database.admin`select from erasure where erased_at >= '2027-11-23'`).length;
    let cuts = 0;
    for (let isDone = false; !isDone;) {
      let isLooking = true;
      const before = await done();
      const looking = retain(world.deps, 7)
        .then(
          () => (isDone = true),
          () => (cuts += 1),
        )
        .finally(() => (isLooking = false));
      if (cuts < 5) {
        await eventually(async () => expect(!isLooking || (await done()) > before).toBe(true));
        await world.database.admin`
          select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'identity'`;
      }
      await looking;
    }
    expect(cuts).toBeGreaterThan(0);
    const told = (await world.told()).filter(({ type }) => type === erased).map(({ subject }) => subject);
    expect(told.toSorted()).toEqual(children.toSorted());
    expect(await figures('2027-11-23')).toEqual(['CHILD ERASED RET-01 150']);
  });

  test('lets nobody stand in the way whom it cannot erase, and asks somebody to see to it', async () => {
    const [stuck, other] = [newId(), newId()];
    await world.database.admin`
      insert into person (person_id, is_child, known_since) select unnest(${[stuck, other]}::uuid[]), true, '2026-01-01'`;
    await world.database.admin`create table unheard_of (person_id uuid references person)`;
    await world.database.admin`insert into unheard_of values (${stuck})`;
    world.setNow('2027-11-24T08:00:00Z');
    await world.told();
    await retain(world.deps, 5);
    expect(await toldOf(erased)).toEqual([other]);
    expect(await figures('2027-11-24')).toEqual(['CHILD ERASED RET-01 1', 'CHILD FAILED RET-01 1']);
    expect(await world.openItems(null)).toEqual(['ERASURE_FAILED']);
    await world.database.admin`drop table unheard_of`;
    world.setNow('2027-11-25T08:00:00Z');
    await retain(world.deps);
    expect(await toldOf(erased)).toEqual([stuck]);
    expect(await world.openItems(null)).toEqual([]);
  });
});

test('the figures say how far the last look came and what it found', async () => {
  exposeRetentionFigures(world.deps.db);
  const text = await metrics.metrics();
  for (const line of ['{state="erased"} 1', '{state="held"} 0', '{state="failed"} 0'])
    expect(text).toContain(`retention_persons${line}`);
  expect(text).toMatch(/retention_persons\{state="scanned"\} [1-9]/);
  expect(text).toMatch(/erasures_unanswered [1-9]/);
});

describe('an erasure', () => {
  const unanswered = async () =>
    (
      await world.database.admin`
      select from erasure e where 5 > (select count(*) from erasure_acknowledgement a where a.person_id = e.person_id)`
    ).length;
  const answer = (personId: string, service: string) =>
    world.deps.db.asService((tx) => noteErased({ ...world.deps, db: tx }, { personId, service }));

  test('is told again each hour to whoever has not answered, and is somebody’s to see to after a day (RET-08, T-9)', async () => {
    const ledger = await world.database.admin<{ person_id: string }[]>`
      select person_id from erasure order by erased_at`;
    world.setNow('2027-11-25T08:59:59Z');
    const late = ledger.length - 1;
    for (const { person_id } of ledger.slice(0, late))
      for (const service of ['attendance', 'messaging', 'notification', 'placement'])
        await answer(person_id, service);
    await world.told();
    await tellErasuresAgain(world.deps);
    for (const { person_id } of ledger.slice(0, late)) await answer(person_id, 'registry');
    expect(await unanswered()).toBe(1);
    await world.told();
    world.setNow('2027-11-25T10:00:00Z');
    expect(await tellErasuresAgain(world.deps)).toBe(1);
    expect(await tellErasuresAgain(world.deps)).toBe(0);
    expect(await toldOf(erased)).toEqual([ledger.at(-1)!.person_id].map(nameOf));
    expect(await watchErasures(world.deps)).toBe(false);
    world.setNow('2027-11-26T08:00:00Z');
    expect(await watchErasures(world.deps)).toBe(true);
    expect(await world.openItems(null)).toEqual(['ERASURE_UNANSWERED']);
    for (const service of ['attendance', 'messaging', 'notification', 'placement', 'registry', 'registry'])
      await answer(ledger.at(-1)!.person_id, service);
    expect(await watchErasures(world.deps)).toBe(false);
    expect(await world.openItems(null)).toEqual([]);
    expect(await tellErasuresAgain(world.deps)).toBe(0);
  });

  test('of whoever a service only says that it erased is none: they stay (S-02)', async () => {
    await answer(world.id.mother, 'registry');
    expect(await isHere('mother')).toBe(true);
  });

  test('is done to nobody whom the domain has not written down, or who is somebody’s case (S-12)', async () => {
    const erase = (...names: readonly Name[]) =>
      world.deps.db.asService((tx) =>
        tx.execute(
          sql`select erase_persons(${`{${names.map((name) => world.id[name]).join()}}`}::uuid[], '2027-11-26', false)`,
        ),
      );
    await expect(erase('mother')).rejects.toMatchObject({ cause: { code: '23001' } });
    await world.database.admin`
      insert into erasure (person_id, human_id, kind, rule, due_on)
      select p, p, 'GUARDIAN', 'RET-09', '2027-11-26' from unnest(${[world.id.mother, world.id.sibling, world.id.teacher]}::uuid[]) as p`;
    for (const name of ['mother', 'sibling', 'teacher'] as const)
      await expect(erase(name), name).rejects.toMatchObject({ cause: { code: '23001' } });
    await world.database
      .admin`delete from erasure where human_id = any (${[world.id.mother, world.id.sibling, world.id.teacher]}::uuid[])`;
  });

  test('knows every table that can name a person: a new one goes by itself, or is written here', async () => {
    const keys = await world.database.admin<{ table: string; column: string; is_known: boolean }[]>`
      select k.conrelid::regclass::text as table, a.attname as column,
        p.prosrc ~ (' ' || k.conrelid::regclass::text || '\\M') and p.prosrc ~ ('\\m' || a.attname || '\\M') as is_known
      from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
      cross join pg_proc p
      where k.contype = 'f' and k.confrelid = 'person'::regclass and k.confdeltype = 'a' and p.proname = 'erase_persons'`;
    expect(keys.length).toBeGreaterThan(25);
    // Give the foreign key \`on delete cascade\`, or have erase_persons take the rows away, or keep an actor's bare id for them.
    expect(keys.filter(({ is_known }) => !is_known)).toEqual([]);
  });
});

test('whoever comes back gets another id, and is known for ninety days after a visit (RET-10)', async () => {
  world.setNow('2027-11-26T08:00:00Z');
  const again = await signInGuardian(world.deps, world.number.hiddenMother);
  expect(again.ok && again.value.personId).not.toBe(world.id.hiddenMother);
  await world.database.admin`update person set known_since = '2026-01-01'`;
  for (const [day, found] of [
    ['2028-02-23', 'VISITOR UPCOMING RET-10 1'],
    ['2028-02-24', 'VISITOR ERASED RET-10 1'],
  ] as const) {
    world.setNow(`${day}T08:00:00Z`);
    await retain(world.deps);
    expect(await figures(day)).toEqual([found]);
  }
});
