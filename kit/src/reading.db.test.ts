import { sql } from 'drizzle-orm';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { about, aboutNobody } from './answer.ts';
import { type Database, type Tx, openDatabase } from './database.ts';
import { within } from './deadline.ts';
import { loadAccessFacts } from './grounds.ts';
import { newId } from './ids.ts';
import { accessCopyMigrations, eventMigrations } from './migrate.ts';
import type { Actor } from './pure/actor.ts';
import { openReading } from './reading.ts';
import { startSubgraph } from './subgraph.ts';
import { guardian, staff } from './testing/actors.ts';
import { freePort } from './testing/bus.ts';
import { type TestDatabase, testDatabase } from './testing/database.ts';
import { eventually } from './testing/eventually.ts';
import { testLife } from './testing/life.ts';
import { lookAs } from './testing/look.ts';

interface Context {
  readonly actor: Actor;
  readonly db: Database;
}

const typeDefs = parse(`
  type Query { at: String slowAt(ms: Int!): String laterAt: String fails: Int sure: Sure writes: Int decides: Int tells(child: ID!): String }
  type Sure { fails: Int! slowAt: String! }
  type Mutation { at: String alsoAt: String }`);

/** Which transaction this is: no two begin on one connection at one instant. */
const which = async (tx: Tx): Promise<string> => {
  const [row] = await tx.execute<{ at: string }>(
    sql`select pg_backend_pid() || ' ' || transaction_timestamp()::text as at`,
  );
  return row!.at;
};
const read = ({ db, actor }: Context, ...before: ReturnType<typeof sql>[]) =>
  db.asActor(actor, async (tx) => {
    for (const statement of before) await tx.execute(statement);
    return aboutNobody(await which(tx));
  });
const wrong = sql`select 1/0`;
type Ask = (parent: unknown, given: { ms: number; child: string }, context: Context) => unknown;
const at: Ask = (_parent, _given, context) => read(context);
const fails: Ask = (_parent, _given, context) => read(context, wrong);
const slowAt: Ask = (_parent, { ms }, context) => read(context, sql`select pg_sleep(${(ms ?? 100) / 1000})`);
const resolvers = {
  Query: {
    at,
    slowAt,
    fails,
    sure: () => ({}),
    laterAt: async (_parent, _given, context) => {
      const first = await read(context);
      return (await read(context)) === first ? first : 'another';
    },
    writes: (_parent, _given, context) =>
      read(context, sql`update access.copy_state set position = position`),
    decides: (_parent, _given, { db, actor }) =>
      db.decide(
        actor,
        async () => {},
        async () => aboutNobody(1),
      ),
    tells: (_parent, { child }, { db, actor }) =>
      db.asActor(actor, async (tx) => about([readOf(child)], await which(tx))),
  } satisfies Record<string, Ask>,
  Sure: { fails, slowAt },
  Mutation: { at, alsoAt: at },
};
const readOf = (childId: string) => ({
  ...{ childId, kind: 'CHILD' as const, unitId: null, role: 'TEACHER', rule: 'S-02' },
});

let database: TestDatabase;
/** With one connection: a transaction that is not ended ends everything. */
let db: Database;
let url: string;
let actor: Actor;
const life = testLife('fatal');
beforeAll(async () => {
  database = await testDatabase('kittest', [eventMigrations, accessCopyMigrations]);
  await database.admin`update access.copy_state set as_of = now() + interval '1 hour', verified_at = now() + interval '1 hour',
    is_whole = true, guardians_until = now() + interval '1 hour'`;
  db = openDatabase({ service: 'kittest', url: database.url, connections: 1 });
  const port = await freePort();
  await startSubgraph<Context>({
    ...{ host: '127.0.0.1', port, life, typeDefs, resolvers, db },
    context: (by, own) => ({ actor: by, db: own }),
    verifyActor: async () => ({ actor, seen: null }),
    seeing: { await: async () => true },
  });
  url = `http://127.0.0.1:${port}/graphql`;
});
afterAll(async () => {
  await life.stop();
  await db.close();
  await database.close();
});

const post = (query: string, signal?: AbortSignal) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
    ...(signal === undefined ? {} : { signal }),
  });
const ask = async (as: Actor, query: string) => {
  actor = as;
  return (await (await post(query)).json()) as {
    readonly data: Record<string, string | null> | null;
    readonly errors?: readonly { readonly path: unknown; readonly extensions: { readonly code: string } }[];
  };
};
const different = (values: object | null) => new Set(Object.values(values ?? {})).size;
const told = async (readerId: string) =>
  (
    await database.admin<{ reads: { childId: string }[] }[]>`
      select data->'reads' as reads from outbox where data->>'readerId' = ${readerId} order by id`
  ).map(({ reads }) => reads.map(({ childId }) => childId));

describe('a query', () => {
  test.each([guardian(), staff()])(
    'has one transaction for all that it asks, together and one after the other ($kind)',
    async (as) => {
      const { data } = await ask(as, '{ a: at b: at slowAt(ms: 20) laterAt c: at }');
      expect(Object.keys(data!)).toHaveLength(5);
      expect(different(data)).toBe(1);
      const again = await ask(as, '{ at }');
      expect(Object.values(data!)).not.toContain(again.data!['at']);
    },
  );

  test('of which a field fails answers the others, before it, beside it and after it', async () => {
    const { data, errors } = await ask(guardian(), '{ a: at fails slowAt(ms: 20) laterAt b: at }');
    expect(errors).toMatchObject([{ path: ['fails'], extensions: { code: 'INTERNAL' } }]);
    expect(data).toMatchObject({ fails: null });
    for (const field of ['a', 'slowAt', 'laterAt', 'b']) expect(data![field]).not.toBeNull();
  });

  test('that is answered before all of it has been read ends its transaction all the same', async () => {
    const { data, errors } = await ask(guardian(), '{ sure { slowAt fails } }');
    expect(errors).toMatchObject([{ path: ['sure', 'fails'] }]);
    expect(data).toEqual({ sure: null });
    expect((await ask(guardian(), '{ at }')).errors).toBeUndefined();
  });

  test('whose asker goes away leaves no transaction open', async () => {
    actor = guardian();
    const gone = new AbortController();
    const asked = post('{ slowAt(ms: 300) laterAt }', gone.signal);
    asked.catch(() => {});
    await eventually(async () => {
      const sleeping =
        await database.admin`select from pg_stat_activity where query like '%pg_sleep%' and state = 'active' and pid <> pg_backend_pid()`;
      expect(sleeping).toHaveLength(1);
    });
    gone.abort();
    await expect(asked).rejects.toThrow();
    expect((await ask(guardian(), '{ at }')).errors).toBeUndefined();
    await eventually(async () => {
      const open = await database.admin`
        select from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`;
      expect(open).toEqual([]);
    });
  });

  test('of which something never comes is answered without it, and has its connection for as long as that takes', async () => {
    const as = staff();
    const reading = openReading(db, as, {
      open: (work) => lookAs(db, as, work),
      enter: async () => {},
      keep: async () => {},
      answerable: (request) => within(50, 'a request', request),
      isAftermath: () => false,
    });
    reading.share();
    const never = Promise.withResolvers<void>();
    const asked = reading.db.asActor(as, async () => aboutNobody(await never.promise));
    await expect(asked).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await reading.end();
    never.resolve();
    expect((await ask(guardian(), '{ at }')).errors).toBeUndefined();
  });

  test('changes nothing and decides nothing', async () => {
    const { data, errors } = await ask(guardian(), '{ writes decides at }');
    expect(errors!.map(({ path }) => path)).toEqual([['decides'], ['writes']]);
    expect(data!['at']).not.toBeNull();
  });
});

test('a query is UNAVAILABLE on a copy that is too old, whatever it has read by the time that this is known (S-04)', async () => {
  const set = (isWhole: boolean) => database.admin`update access.copy_state set is_whole = ${isWhole}`;
  await set(false);
  const { data, errors } = await ask(staff(), `{ at laterAt tells(child: "${newId()}") }`);
  await set(true);
  expect(different(data)).toBe(1);
  expect(data!['at']).toBeNull();
  expect(errors!.map(({ extensions }) => extensions.code)).toEqual(Array(3).fill('UNAVAILABLE'));
  expect((await ask(guardian(), '{ at }')).errors).toBeUndefined();
});

describe('what is known of some children', () => {
  const [teacher, unit, group] = [staff(), newId(), newId()];
  const children = [newId(), newId()];
  const load = (tx: Tx, ids: readonly string[]) => loadAccessFacts(tx, teacher, ids, '2026-11-22');
  const named = [{ personId: teacher.personId, from: '2020-01-01', to: '2030-01-01' }];
  beforeAll(async () => {
    const { admin } = database;
    for (const groupId of [group, null])
      await admin`insert into access.staff_role values (${newId()}, ${teacher.personId}, 'TEACHER', ${unit}, ${groupId}, '2020-01-01', null)`;
    for (const child of children)
      await admin`insert into access.enrolment (enrolment_id, child_id, unit_id, group_ids, from_day, named_staff)
        values (${newId()}, ${child}, ${unit}, array[${group}::uuid], '2020-01-01', ${admin.json(named)})`;
    await admin`insert into access.feature values (${unit}, 'MESSAGING', 'OPEN', null, true)`;
  });

  test('is of each place once, by however many roles', async () => {
    const [row] = await lookAs(db, teacher, (tx) =>
      tx.execute<{ seats: string[]; children: string[] }>(
        sql`select access.seats() as seats, access.seat_children() as children`,
      ),
    );
    expect(row!.seats.toSorted()).toEqual(children.map((child) => `${child}:${unit}`).toSorted());
    expect(row!.children.toSorted()).toEqual(children.toSorted());
  });

  test('is loaded once for a query, and told of each child as if it had been asked for alone', async () => {
    const alone = await lookAs(db, teacher, (tx) => load(tx, children.slice(0, 1)));
    expect(alone).toMatchObject({
      enrolments: [{ childId: children[0] }],
      namedFor: [{ childId: children[0] }],
      features: [{ unitId: unit }],
    });
    const reading = db.reading(teacher);
    reading.share();
    try {
      const inQuery = await lookAs(reading.db, teacher, async (tx) => {
        await load(tx, children);
        await database.admin`delete from access.feature`;
        return load(tx, children.slice(0, 1));
      });
      expect(inQuery).toEqual(alone);
    } finally {
      await reading.end();
    }
  });
});

test('a change has a transaction each time, and what it returns is read after it', async () => {
  const { data } = await ask(guardian(), 'mutation { at alsoAt }');
  expect(different(data)).toBe(2);
});

describe('what staff are told by a query (S-11)', () => {
  test('is kept once for all of it, with every child, by the time it is told', async () => {
    const teacher = staff();
    const [one, other] = [newId(), newId()];
    const { data } = await ask(
      teacher,
      `{ a: tells(child: "${one}") b: tells(child: "${other}") c: tells(child: "${one}") }`,
    );
    expect(different(data)).toBe(1);
    expect(await told(teacher.personId)).toEqual([[one, other]]);
  });

  test('is kept also where a field has failed, and the transaction with it', async () => {
    const teacher = staff();
    const [one, other] = [newId(), newId()];
    const { data } = await ask(teacher, `{ a: tells(child: "${one}") fails b: tells(child: "${other}") }`);
    expect(data).toMatchObject({ fails: null });
    expect([data!['a'], data!['b']]).not.toContain(null);
    expect((await told(teacher.personId)).flat().toSorted()).toEqual([one, other].toSorted());
  });

  test('is not told, none of it, when it cannot be kept', async () => {
    await database.admin.unsafe(`
      create function fail_late() returns trigger language plpgsql as $$ begin raise exception 'too late'; end $$;
      create constraint trigger late after insert on outbox deferrable initially deferred
        for each row execute function fail_late()`);
    try {
      const teacher = staff();
      const { data, errors } = await ask(teacher, `{ a: tells(child: "${newId()}") at }`);
      expect(data).toBeNull();
      expect(errors).toMatchObject([
        { path: ['a'], extensions: { code: 'INTERNAL' } },
        { path: ['at'], extensions: { code: 'INTERNAL' } },
      ]);
      expect(await told(teacher.personId)).toEqual([]);
      expect((await ask(teacher, '{ at }')).errors).toBeUndefined();
    } finally {
      await database.admin`drop trigger late on outbox`;
    }
  });
});

test('a statement that comes after its transaction is refused, and not carried out in somebody else’s', async () => {
  const late = Promise.withResolvers<Tx>();
  await lookAs(db, guardian(), async (tx) => late.resolve(tx));
  await expect((await late.promise).execute(sql`select 1`)).rejects.toThrow();
});
