import { randomBytes } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { everything } from '../nats/users.ts';
import { makeThrowaway } from './memory.ts';
import { natsUrl, startNats, stopNats } from './nats.ts';
import { natsServer } from './debian.ts';
import { adminUrl, removeData, startPostgres, stopPostgres } from './postgres.ts';
import { isAlive, killHard, proofOf, type Proof } from './processes.ts';
import { step, type Say } from './say.ts';

export type TestServices = {
  readonly postgresAdminUrl: string;
  readonly natsUrl: string;
  readonly stop: () => Promise<void>;
};

export type TestServicesOptions = {
  readonly folder: string;
  readonly postgresPort: number;
  readonly natsPort: number;
  readonly tell: Say;
};

type Record = { readonly owner: Proof | undefined; readonly processes: readonly Proof[] };

/** A test run that was killed could not clean up: its servers are known by the file it left, and ended now. */
export function sweepAbandoned(parent: string): void {
  for (const name of existsSync(parent) ? readdirSync(parent) : []) {
    const folder = join(parent, name);
    // Memory forgets when the machine is started anew.
    if (lstatSync(folder).isSymbolicLink() && !existsSync(folder)) removeData(folder);
    const file = join(folder, 'owner.json');
    if (!existsSync(file)) continue;
    const record = JSON.parse(readFileSync(file, 'utf8')) as Record;
    if (isAlive(record.owner)) continue;
    record.processes.forEach(killHard);
    removeData(folder);
  }
}

/** A Postgres without fsync and a NATS, empty and thrown away afterwards; each test makes its own databases in them. */
export async function startTestServices(options: TestServicesOptions): Promise<TestServices> {
  const { tell, postgresPort, natsPort } = options;
  const server = await natsServer(tell);
  mkdirSync(options.folder, { recursive: true });
  sweepAbandoned(options.folder);
  const folder = makeThrowaway(options.folder, 'run-');
  const password = randomBytes(18).toString('base64url');
  const postgres = await step(tell, `Postgres for tests on 127.0.0.1:${postgresPort}`, () =>
    startPostgres({
      dataDir: join(folder, 'postgres'),
      log: join(folder, 'postgres.log'),
      port: postgresPort,
      password,
      fsync: false,
    }),
  );
  const remember = (...processes: Proof[]): void =>
    writeFileSync(join(folder, 'owner.json'), JSON.stringify({ owner: proofOf(process.pid), processes }));
  remember(postgres);
  try {
    const nats = await step(tell, `NATS for tests on 127.0.0.1:${natsPort}`, () =>
      startNats({
        server,
        dataDir: join(folder, 'nats'),
        log: join(folder, 'nats.log'),
        port: natsPort,
        users: [everything],
        passwords: { [everything.name]: password },
      }),
    );
    remember(postgres, nats);
    return {
      postgresAdminUrl: adminUrl(postgresPort, password),
      natsUrl: natsUrl(natsPort, everything.name, password),
      stop: async () => {
        await Promise.all([stopNats(nats), stopPostgres(postgres)]);
        removeData(join(folder, 'postgres'));
        removeData(folder);
      },
    };
  } catch (error) {
    await stopPostgres(postgres);
    removeData(folder);
    throw error;
  }
}
