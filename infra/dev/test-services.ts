import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { everything } from '../nats/users.ts';
import { natsUrl, startNats, stopNats } from './nats.ts';
import { natsServer } from './nats-install.ts';
import { adminUrl, startPostgres, stopPostgres } from './postgres.ts';
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

/** A Postgres without fsync and a NATS, empty and thrown away afterwards; each test makes its own databases in them. */
export async function startTestServices(options: TestServicesOptions): Promise<TestServices> {
  const { tell, postgresPort, natsPort } = options;
  const server = await natsServer(tell);
  mkdirSync(options.folder, { recursive: true });
  const folder = mkdtempSync(join(options.folder, 'run-'));
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
    return {
      postgresAdminUrl: adminUrl(postgresPort, password),
      natsUrl: natsUrl(natsPort, everything.name, password),
      stop: async () => {
        await Promise.all([stopNats(nats), stopPostgres(postgres)]);
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await stopPostgres(postgres);
    throw error;
  }
}
