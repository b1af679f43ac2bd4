import { startAccessCopy } from '@ranselpost/kit/access-copy';
import { connectBus } from '@ranselpost/kit/bus';
import type { Database } from '@ranselpost/kit/database';
import { newId } from '@ranselpost/kit/ids';
import { keepsNothingToPurge } from '@ranselpost/kit/protection';
import { addDays, localDateAt } from '@ranselpost/kit/pure/dates';
import { testBus } from '@ranselpost/kit/testing/bus';
import { type TestDatabase, testDatabase } from '@ranselpost/kit/testing/database';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { type IdentityFacts, identityFacts } from '@ranselpost/kit/testing/identity-facts';
import { testLife } from '@ranselpost/kit/testing/life';
import { erasureAcknowledgedV1 } from '@ranselpost/schema/events/attendance/erasure-acknowledged.v1';
import { sql } from 'drizzle-orm';
import { migrations } from '../src/migrations.ts';
import type { Deps } from '../src/usecases/deps.ts';
import { erasePerson } from '../src/usecases/erase-person.ts';

export const today = localDateAt(new Date());
export const tomorrow = addDays(today, 1);

export interface World {
  readonly deps: Deps;
  readonly identity: IdentityFacts;
  readonly database: TestDatabase;
  /** Waits until the copy has taken in all that identity has told. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** The service's parts but for HTTP, with a database, a bus and an identity of their own. */
export async function openWorld(): Promise<World> {
  const database = await testDatabase('attendance', migrations);
  const server = await testBus();
  const life = testLife();
  const bus = await connectBus(server.url, 'attendance', life.log);
  const identity = await identityFacts(server.url);
  startAccessCopy({
    ...{ service: 'attendance', db: database.db, bus, life, maxStaleness: 60 },
    erasure: { acknowledged: erasureAcknowledgedV1, erase: erasePerson },
    purge: keepsNothingToPurge,
  });
  identity.beat();
  return {
    deps: { db: database.db, newId, now: () => new Date() },
    identity,
    database,
    settled: () => copyHas(database.db, identity),
    close: async () => {
      await identity.close();
      await life.stop();
      await bus.close();
      await database.close();
      await server.close();
    },
  };
}

/** Waits until a copy has taken in all that identity has told, and has been told that it has. */
export async function copyHas(db: Database, identity: IdentityFacts): Promise<void> {
  const since = new Date();
  identity.heartbeat();
  await eventually(async () => {
    identity.heartbeat();
    const [state] = await db.asService((tx) =>
      tx.execute(sql`
        select from access.copy_state
        where position >= ${identity.position()} and is_whole and as_of >= ${since.toISOString()}::timestamptz`),
    );
    if (state === undefined) throw new Error('the copy is not there yet');
  });
}
