import { join } from 'node:path';
import { defaultDataDir } from './paths.ts';
import { freePorts } from './ports.ts';
import { say } from './say.ts';
import { startTestServices } from './test-services.ts';

/** Tests with a database use the servers they are told of, or get some of their own for this run. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env['TEST_POSTGRES_ADMIN_URL'] && process.env['TEST_NATS_URL']) return undefined;
  const [postgresPort = 0, natsPort = 0] = await freePorts(2);
  const services = await startTestServices({
    folder: join(defaultDataDir, 'test'),
    postgresPort,
    natsPort,
    tell: say,
  });
  process.env['TEST_POSTGRES_ADMIN_URL'] = services.postgresAdminUrl;
  process.env['TEST_NATS_URL'] = services.natsUrl;
  return services.stop;
}
