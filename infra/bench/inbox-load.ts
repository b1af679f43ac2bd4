import { createActorSigner } from '@ranselpost/kit/actor-token';
import type { Actor, PersonActor } from '@ranselpost/kit/pure/actor';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { Pool } from 'undici';
import type { Stack } from '../dev/stack.ts';
import { type Dice, dice } from '../simulators/population/random.ts';
import { cpuSeconds, cpuSecondsBelow, quantile, rounded } from './figures.ts';
import { searched } from './mail-year.ts';
import { type OpenRound, type Question, openLoad } from './open-load.ts';
import { familyOf, groupOf, idOf, unitOf } from './town.ts';

const seed = 4;

/** How many ask in a second, and for how long. */
export interface Pace {
  readonly seconds: number;
  readonly perSecond: number;
}

const queries = {
  inbox: `{ inbox(first: 20) { nodes { isUnread lastMessageAt thread { id subject isOpen children { id } unit { id } } }
    pageInfo { hasNextPage endCursor } } }`,
  unread: '{ unreadThreads }',
  thread: `query ($id: ID!) { thread(id: $id) { id subject isOpen children { id } participants { capacity person { id } }
    messages(first: 20) { nodes { id sentAt state text author { capacity person { id } } homeReaders { id } }
      pageInfo { hasNextPage } } } }`,
  search: `query ($words: String!) { searchMessages(words: $words, first: 20) { nodes { id sentAt text thread { id subject } }
    pageInfo { hasNextPage } } }`,
};
type Name = keyof typeof queries;
const names = Object.keys(queries) as Name[];

export type Service = Awaited<ReturnType<typeof openService>>;

/** Asks a service itself, with tokens as the gateway signs them. */
export async function openService(stack: Stack, name = 'messaging', isNotWhole = /:null,/) {
  const signer = await createActorSigner(
    stack.where.publicAddress('gateway'),
    JSON.parse(readFileSync(stack.where.secrets.signingKeysFile('actor-signing'), 'utf8')),
  );
  const pool = new Pool(stack.where.address(name), { connections: 256, pipelining: 1 });
  return {
    ask: async (actor: Actor, query: string, variables: object = {}): Promise<void> => {
      const { statusCode, body } = await pool.request({
        ...{ method: 'POST', path: '/graphql', body: JSON.stringify({ query, variables }) },
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${await signer.sign(actor, name)}`,
        },
      });
      const answer = await body.text();
      // A fast refusal is no result.
      if (statusCode !== 200 || answer.includes('"errors"') || isNotWhole.test(answer))
        throw new Error(`answered ${statusCode}: ${answer.slice(0, 300)}`);
    },
    close: () => pool.close(),
  };
}

/** One of the town: of five who ask four are guardians; of the others, one in five leads a unit. */
function somebody(chance: Dice, children: number): PersonActor {
  const child = chance.below(children);
  if (chance.chance(0.8)) {
    const parent = chance.chance(0.5) ? 'mother' : 'father';
    return { kind: 'guardian', personId: idOf(parent, familyOf(child)), level: 'substantial' };
  }
  const personId = chance.chance(0.2) ? idOf('leader', unitOf(child)) : idOf('teacher', groupOf(child));
  return { kind: 'staff', personId, level: 'substantial' };
}

/** People who ask, each with a thread that reached them. */
async function peopleOf(sql: postgres.Sql, children: number) {
  const chance = dice(seed, 'people');
  const people = Array.from({ length: 4000 }, () => somebody(chance, children));
  const rows = await sql<{ person_id: string; threads: string[] }[]>`
    select person_id, (array_agg(thread_id))[1:20] as threads from inbox_entry
    where person_id = any (${people.map(({ personId }) => personId)}::uuid[]) group by person_id`;
  const threads = new Map(rows.map(({ person_id, threads: some }) => [person_id, some]));
  return people.flatMap((actor) => {
    const some = threads.get(actor.personId);
    return some === undefined ? [] : [{ actor, threadId: chance.pick(some) }];
  });
}

export interface Place {
  readonly stack: Stack;
  readonly service: Service;
  readonly sql: postgres.Sql;
}

/** Asks in the name of people of the town, and then asks what it costs at least. */
export async function measure({ stack, service, sql }: Place, children: number, pace: Pace) {
  const people = await peopleOf(sql, children);
  const chance = dice(seed, 'questions');
  const variables = (name: Name, threadId: string): object =>
    name === 'thread' ? { id: threadId } : name === 'search' ? { words: chance.pick(searched) } : {};
  const questions = names.map((name): Question => ({
    name,
    ask: () => {
      const { actor, threadId } = chance.pick(people);
      return service.ask(actor, queries[name], variables(name, threadId));
    },
  }));
  await openLoad(questions, { seed, seconds: 5, perSecond: pace.perSecond / 2 });
  const before = cpuOf(stack);
  const round = await openLoad(questions, { seed, ...pace });
  const asked = pace.seconds * pace.perSecond;
  const after = cpuOf(stack);
  const cpu = {
    messaging_cpu_ms: rounded((1000 * (after.messaging - before.messaging)) / asked, 2),
    postgres_cpu_ms: rounded((1000 * (after.postgres - before.postgres)) / asked, 2),
  };
  const floors = await measureFloors(stack, service, people[0]!.actor, pace);
  const alone = new Map<string, { readonly p50: number; readonly blocks: number }>();
  for (const { name, ask } of questions) alone.set(name, await measureAlone(sql, ask));
  const [{ messages }] = await sql<[{ messages: number }]>`select count(*)::int as messages from message`;
  const floor = floors.transaction.all;
  return {
    ...{ messages, children },
    ...{ per_s: rounded(round.perSecond), unanswered: round.unanswered },
    ...cpu,
    ...spread('all', round.all),
    ...Object.fromEntries(names.flatMap((name) => Object.entries(spread(name, round.of.get(name)!)))),
    ...spread('floor_http', floors.http.all),
    ...spread('floor_transaction', floor),
    p50_to_floor: rounded(round.all.p50 / floor.p50),
    p99_to_floor: rounded(round.all.p99 / floor.p99),
    ...Object.fromEntries(
      [...alone].flatMap(([name, { p50, blocks }]) => [
        [`${name}_alone_ms`, rounded(p50, 2)],
        [`${name}_blocks`, rounded(blocks)],
      ]),
    ),
  };
}

/** Seconds of processor time: of the service, and of the whole database server with what the rest of the stack asks of it. */
const cpuOf = (stack: Stack) => ({
  messaging: cpuSeconds(stack.running()['messaging']!.pid),
  postgres: cpuSecondsBelow(stack.running()['postgres']!.pid),
});

const spread = (name: string, { p50, p99 }: OpenRound['all']) => ({
  [`${name}_p50_ms`]: rounded(p50, 2),
  [`${name}_p99_ms`]: rounded(p99, 2),
});

/** What cannot be gone below, here and now: the same service without a database, and a transaction that states who asks and asks nothing. */
async function measureFloors(stack: Stack, service: Service, actor: PersonActor, pace: Pace) {
  const given = { ...pace, seed, seconds: pace.seconds / 2 };
  const http = await openLoad([{ name: 'http', ask: () => service.ask(actor, '{ __typename }') }], given);
  const pool = postgres(stack.where.databaseUrl('messaging', 'messaging'), { max: 10, onnotice: () => {} });
  const trivial = async (): Promise<void> => {
    await pool.begin(async (tx) => {
      await tx`select access.enter(${actor.personId}::uuid, ${actor.kind}, interval '1 minute'),
        set_config('role', 'messaging_request', true)`;
      await tx`select 1`;
    });
  };
  await Promise.all(Array.from({ length: 20 }, trivial));
  const transaction = await openLoad([{ name: 'transaction', ask: trivial }], given);
  await pool.end();
  return { http, transaction };
}

/** One after the other, with nobody else there: how long one takes, and how many blocks of the database it touches. */
async function measureAlone(
  sql: postgres.Sql,
  ask: () => Promise<void>,
): Promise<{ readonly p50: number; readonly blocks: number }> {
  const times: number[] = [];
  const before = await blocksOf(sql);
  for (let asked = 0; asked < 300; asked += 1) {
    const began = performance.now();
    await ask();
    times.push(performance.now() - began);
  }
  return { p50: quantile(times, 0.5), blocks: ((await blocksOf(sql)) - before) / times.length };
}

/** Connections say what they have touched after ten idle seconds at the latest. */
async function blocksOf(sql: postgres.Sql): Promise<number> {
  await sleep(11_000);
  const [{ blocks }] = await sql<[{ blocks: number }]>`
    select (blks_hit + blks_read)::float8 as blocks from pg_stat_database where datname = 'messaging'`;
  return blocks;
}
