import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';

/**
 * Everything a service does with the driver, all at once, until it is told to stop; then it says how many of its promises
 * settled. A process of its own, because the fault that this is about ends the process.
 */
const url = process.env['LOAD_DATABASE_URL'] ?? '';
const sql = postgres(url, {
  max: 8,
  backoff: () => 0.05,
  connect_timeout: 5,
  connection: { application_name: 'load' },
});
const counts = { started: 0, resolved: 0, rejected: 0, waiting: {} as Record<string, number> };
let stopping = false;
let next = 0;

async function track(work: () => Promise<unknown>): Promise<void> {
  const { waiting } = counts;
  counts.started += 1;
  waiting[work.name] = (waiting[work.name] ?? 0) + 1;
  await work().then(
    () => (counts.resolved += 1),
    () => (counts.rejected += 1),
  );
  waiting[work.name] = (waiting[work.name] ?? 0) - 1;
}

const plain = (): Promise<unknown> => sql`select ${next} + 1 as sum, ${[1, 2, 3]}::int[] as list`;
const pipelined = (): Promise<unknown> => Promise.all([plain(), plain(), sql`select pg_sleep(0.002)`]);

/** Both rows or none: a statement that runs on after its transaction was lost would leave one. */
const transaction = (): Promise<unknown> =>
  sql.begin(async (tx) => {
    const id = (next += 1);
    await tx`insert into load (id, half) values (${id}, 1)`;
    await sleep(Math.random() * 5);
    await tx`insert into load (id, half) values (${id}, 2)`;
  });

/** The statement in the middle is waited for by nobody at first, as in a handler that works on. */
const careless = (): Promise<unknown> =>
  sql.begin(async (tx) => {
    const early = tx`select pg_sleep(0.003)`;
    await sleep(Math.random() * 3);
    const late = tx`select 1`;
    await Promise.all([early, late]);
  });

const savepoints = (): Promise<unknown> =>
  sql.begin((tx) =>
    tx.savepoint(async (inner) => {
      await inner`select 1`;
      await sleep(1);
      await inner`select 2`;
    }),
  );

const reserved = async (): Promise<unknown> => {
  const one = await sql.reserve();
  try {
    await one`select 1`;
    await sleep(2);
    return await one`select 2`;
  } finally {
    one.release();
  }
};

const cancelled = async (): Promise<unknown> => {
  const query = sql`select pg_sleep(1)`.execute();
  setTimeout(() => query.cancel(), 3);
  return query;
};

const works = [plain, pipelined, transaction, careless, savepoints, reserved, cancelled];

async function worker(work: () => Promise<unknown>): Promise<void> {
  while (!stopping) {
    await track(work);
    // Without this, a worker whose every query is refused at once would never let a timer run.
    await sleep(counts.rejected > 0 ? 1 : 0);
  }
}

await sql.listen('load', () => undefined);
const workers = works.flatMap((work) => [worker(work), worker(work), worker(work)]);
const toldToStop = new Promise<void>((resolve) => {
  process.on('message', (message) => {
    if (message === 'count') process.send?.(counts);
    if (message === 'stop') resolve();
  });
});

process.send?.('running');
await toldToStop;
stopping = true;
// What has not settled by now never will; it is said, and not waited for.
await Promise.race([Promise.all(workers), sleep(10_000, undefined, { ref: false })]);
await sql.end({ timeout: 2 });
process.send?.(counts, () => process.exit(0));
