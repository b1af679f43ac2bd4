import { createActorSigner } from '@ranselpost/kit/actor-token';
import { connectBus } from '@ranselpost/kit/bus';
import { openDatabase } from '@ranselpost/kit/database';
import { runPart } from '@ranselpost/kit/service';
import { gatewayConfig } from './config.ts';
import { startGateway } from './gateway.ts';

await runPart('gateway', gatewayConfig, async (config, life) => {
  const db = openDatabase({ service: 'gateway', url: config.DATABASE_URL, connections: 20 });
  life.onStop('database', () => db.close());
  // Not a condition of readiness: without the bus nothing new is heard, and each subgraph decides for itself what it may
  // still answer. Sessions need the database.
  life.ready('database', () => db.ping());
  const bus = connectBus(config.NATS_URL, 'gateway', life.log);
  const signer = await createActorSigner(config.PUBLIC_URL, config.ACTOR_SIGNING_KEYS);
  await startGateway({ config, life, db, bus, signer });
});
