import { sql } from 'drizzle-orm';
import { type OwnFact, startAccessCopy } from '../access-copy.ts';
import { connectBus } from '../bus.ts';
import type { Database } from '../database.ts';
import type { Erasure } from '../erasure.ts';
import type { MigrationSet } from '../migrate.ts';
import type { Purge } from '../protection.ts';
import { testBus } from './bus.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { eventually } from './eventually.ts';
import { type IdentityFacts, identityFacts } from './identity-facts.ts';
import { testLife } from './life.ts';

/** A database with an access copy that takes in what an identity of the test's own tells. */
export interface CopyWorld {
  readonly identity: IdentityFacts;
  readonly database: TestDatabase;
  /** The bus on which identity tells: for a service that is to be started beside. */
  readonly busUrl: string;
  /** Waits until the copy has taken in all that identity has told. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** What a service with an access copy is made of, but for its use cases and HTTP: a database, a bus and an identity of their own. */
export async function openCopyWorld(
  service: string,
  migrations: readonly MigrationSet[],
  given: { readonly erasure: Erasure; readonly purge: Purge; readonly facts?: readonly OwnFact[] },
): Promise<CopyWorld> {
  const database = await testDatabase(service, migrations);
  const server = await testBus();
  const life = testLife();
  const bus = await connectBus(server.url, service, life.log);
  const identity = await identityFacts(server.url);
  startAccessCopy({ ...{ service, db: database.db, bus, life, maxStaleness: 60 }, ...given });
  identity.beat();
  return {
    identity,
    database,
    busUrl: server.url,
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
