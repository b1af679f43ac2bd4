import { join } from 'node:path';
import { codegen } from '../codegen/command.ts';
import { compose } from './compose.ts';
import { defaultDataDir } from './paths.ts';
import { freePorts } from './ports.ts';
import { reset } from './reset.ts';
import { say } from './say.ts';
import { start, stop } from './start.ts';
import { startTestServices } from './test-services.ts';

export type Command = (args: readonly string[]) => Promise<number>;

function untilAskedToEnd(): Promise<void> {
  return new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => resolve());
  });
}

/** For a shell of one's own: starts what tests need and keeps it until it is ended. */
async function testServices(args: readonly string[]): Promise<number> {
  const [postgresPort = 0, natsPort = 0] = args.length === 2 ? args.map(Number) : await freePorts(2);
  const services = await startTestServices({
    folder: join(defaultDataDir, 'test'),
    postgresPort,
    natsPort,
    tell: say,
  });
  say(`export TEST_POSTGRES_ADMIN_URL=${services.postgresAdminUrl}`);
  say(`export TEST_NATS_URL=${services.natsUrl}`);
  const alive = setInterval(() => undefined, 60_000);
  await untilAskedToEnd();
  clearInterval(alive);
  await services.stop();
  return 0;
}

export const commands: Readonly<Record<string, Command>> = {
  codegen,
  compose,
  start: (args) => start(args),
  stop: () => stop(),
  reset: () => reset(),
  'test-services': testServices,
};
