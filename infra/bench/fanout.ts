import { connect } from '@nats-io/transport-node';
import { keyRing } from '@ranselpost/kit/keys';
import { newId } from '@ranselpost/kit/ids';
import { seal } from '@ranselpost/kit/seal';
import { noticeDueV1 } from '@ranselpost/schema/events/messaging/notice-due.v1';
import { noticeRecipientsMax } from '@ranselpost/schema/events/notice-due';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { root } from '../dev/paths.ts';
import type { Stack } from '../dev/stack.ts';
import { goldenFamilies } from '../simulators/population/index.ts';
import { Visitor } from '../visitor/visitor.ts';
import { cpuSeconds, memory, quantile, report, rounded } from './figures.ts';
import { withScratchStack } from './scratch-stack.ts';

const guardians = Number(process.env['BENCH_GUARDIANS'] ?? 50_000);
const askEveryMs = 100;

/** Of ten guardians: four have a device, five mail alone, one a telephone alone. */
const wayOf = (place: number): 'PUSH' | 'EMAIL' | 'SMS' =>
  place % 10 < 4 ? 'PUSH' : place % 10 < 9 ? 'EMAIL' : 'SMS';

await withScratchStack(200, async (stack) => {
  await stack.start();
  const unitId = newId();
  const people = await settle(stack, unitId);
  const visitor = await Visitor.signedIn(stack.urls['gateway']!, 'guardian', goldenFamilies.F1.mother.number);
  const quiet = asking(visitor);
  await sleep(10_000);
  const quietTimes = quiet.end();

  const watch = watchParts(stack);
  const busy = asking(visitor);
  const began = performance.now();
  await publish(stack, unitId, people);
  const published = performance.now();
  const taken = await untilTaken(stack, people.length);
  const seconds = (performance.now() - began) / 1000;
  const busyTimes = busy.end();
  const mostMb = watch.end();
  const counts = await takenBySink(stack);
  report('fanout', {
    guardians: people.length,
    published_s: rounded((published - began) / 1000, 2),
    first_taken_s: rounded((taken.firstAt - began) / 1000, 2),
    all_taken_s: rounded(seconds),
    per_s: rounded(people.length / seconds),
    taken: Object.fromEntries(Object.entries(counts).map(([channel, count]) => [channel, count.taken])),
    twice: Object.values(counts).reduce((sum, { taken: all, different }) => sum + all - different, 0),
    notification_cpu_s: rounded(watch.cpuOf('notification')),
    most_mb: mostMb,
    start_quiet_p95_ms: rounded(quantile(quietTimes, 0.95)),
    start_busy_p95_ms: rounded(quantile(busyTimes, 0.95)),
  });
});

interface Person {
  readonly personId: string;
  readonly childId: string;
}

/** Writes down what the registers and identity would have told of a large municipality's guardians, and gives them devices. */
async function settle({ where, postgresAdminUrl, urls }: Stack, unitId: string): Promise<readonly Person[]> {
  const url = new URL(postgresAdminUrl);
  url.pathname = '/notification';
  const sql = postgres(url.href, { max: 4, onnotice: () => {} });
  const contacts = keyRing.parse(where.secrets.namedKey('contact key of registry and whoever sends'));
  const devices = keyRing.parse(where.secrets.namedKey('push key of identity and whoever sends'));
  const at = new Date().toISOString();
  const people: Person[] = [];
  for (let from = 0; from < guardians; from += 500) {
    const rows = await Promise.all(
      Array.from({ length: Math.min(500, guardians - from) }, async (_none, n) => {
        const place = from + n;
        const [personId, childId, subscriptionId] = [newId(), newId(), newId()];
        const way = wayOf(place);
        const record = {
          ...{ isReserved: false, status: 'ACTIVE', mayBeNotified: true, language: 'nb', hasMailbox: false },
          email: way === 'SMS' ? null : { value: `${personId}@example.test`, verifiedAt: at },
          mobile: way === 'SMS' ? { value: `+4799${String(place).padStart(6, '0')}`, verifiedAt: at } : null,
        };
        const device = way === 'PUSH' ? await subscribe(urls['sink']!) : null;
        return {
          ...{ personId, childId, subscriptionId, sealed: await seal(contacts, personId, record) },
          device: device === null ? null : await seal(devices, subscriptionId, device),
        };
      }),
    );
    people.push(...rows);
    const given = sql.json(rows);
    await sql`insert into contact (person_id, revision, read_at, sealed)
      select (r->>'personId')::uuid, 1, now(), r->>'sealed' from jsonb_array_elements(${given}) as r`;
    await sql`insert into access.guardian (child_id, person_id, grant_id, ground)
      select (r->>'childId')::uuid, (r->>'personId')::uuid, gen_random_uuid(), 'PARENTAL_RESPONSIBILITY'
      from jsonb_array_elements(${given}) as r`;
    await sql`insert into push_subscription (subscription_id, person_id, capacity, sealed)
      select (r->>'subscriptionId')::uuid, (r->>'personId')::uuid, 'guardian', r->>'device'
      from jsonb_array_elements(${given}) as r where r->>'device' is not null`;
  }
  await sql`insert into access.feature (unit_id, feature, state, is_readable)
    select ${unitId}::uuid, feature, 'OPEN', true from unnest(array['NOTICES', 'NEWS']) as feature`;
  await sql.unsafe('vacuum analyze');
  await sql.end();
  return people;
}

async function subscribe(sink: string): Promise<object> {
  const answer = await fetch(`${sink}/control/push-subscriptions`, { method: 'POST' });
  const { endpoint, keys } = (await answer.json()) as { endpoint: string; keys: object };
  return { endpoint, keys };
}

/** Tells it as messaging does: one notice, in events of as many recipients as one may have. */
async function publish({ where }: Stack, unitId: string, people: readonly Person[]): Promise<void> {
  const { host, username, password } = new URL(where.natsUrl('messaging'));
  const bus = await connect({ servers: host, user: username, pass: password });
  const [noticeId, subjectId, time] = [newId(), newId(), new Date().toISOString()];
  for (let from = 0; from < people.length; from += noticeRecipientsMax) {
    const data = noticeDueV1.data.parse({
      ...{ noticeId, subjectId, unitId, category: 'NEWS', importance: 'ORDINARY', occurredAt: time },
      recipients: people
        .slice(from, from + noticeRecipientsMax)
        .map(({ personId, childId }) => ({ personId, capacity: 'guardian', childIds: [childId] })),
    });
    const envelope = {
      ...{ specversion: '1.0', id: newId(), type: noticeDueV1.type, source: 'messaging', subject: noticeId },
      ...{ time, datacontenttype: 'application/json', seq: 1, data },
    };
    await bus.request(noticeDueV1.type, JSON.stringify(envelope), { timeout: 10_000 });
  }
  await bus.drain();
}

type Counts = Readonly<Record<string, { readonly taken: number; readonly different: number }>>;
async function takenBySink({ urls }: Stack): Promise<Counts> {
  return (await (await fetch(`${urls['sink']}/control/counts`)).json()) as Counts;
}

async function untilTaken(stack: Stack, all: number): Promise<{ readonly firstAt: number }> {
  let firstAt = Number.NaN;
  for (const end = performance.now() + 900_000; performance.now() < end; await sleep(250)) {
    const count = Object.values(await takenBySink(stack)).reduce((sum, { different }) => sum + different, 0);
    if (count > 0 && Number.isNaN(firstAt)) firstAt = performance.now();
    if (count >= all) return { firstAt };
  }
  throw new Error('not all were taken within a quarter of an hour');
}

/** Asks for the portal's first page, one after another, and keeps how long each took. */
function asking(visitor: Visitor): { end(): readonly number[] } {
  const query = readFileSync(join(root, 'schema/operations/start.graphql'), 'utf8');
  const times: number[] = [];
  let isOver = false;
  void (async () => {
    while (!isOver) {
      const began = performance.now();
      const answer = await visitor.ask(query, {}).catch(() => undefined);
      // What is not answered is no figure, and no time is better than it.
      times.push(answer?.codes.length === 0 ? performance.now() - began : Number.POSITIVE_INFINITY);
      await sleep(askEveryMs);
    }
  })();
  return {
    end: () => {
      isOver = true;
      return times;
    },
  };
}

/** The most memory that each service has held, by its own process. */
function watchParts(stack: Stack) {
  const services = Object.entries(stack.running()).filter(
    ([, { kind }]) => kind === 'service' || kind === 'gateway',
  );
  const cpu = new Map(services.map(([name, { pid }]) => [name, cpuSeconds(pid)]));
  const used = new Map<string, number>();
  return {
    end: (): Record<string, number> => {
      for (const [name, { pid }] of services) used.set(name, cpuSeconds(pid) - (cpu.get(name) ?? 0));
      return Object.fromEntries(services.map(([name, { pid }]) => [name, rounded(memory(pid).most)]));
    },
    cpuOf: (name: string): number => used.get(name) ?? Number.NaN,
  };
}
