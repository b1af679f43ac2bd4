import { startAccessCopy } from '@ranselpost/kit/access-copy';
import { connectBus } from '@ranselpost/kit/bus';
import type { Database } from '@ranselpost/kit/database';
import { createClean } from '@ranselpost/kit/files/clean';
import { diskStore } from '@ranselpost/kit/files/disk';
import { createLinks } from '@ranselpost/kit/files/links';
import { sealedStore } from '@ranselpost/kit/files/store';
import { newId } from '@ranselpost/kit/ids';
import type { OpeningKeys } from '@ranselpost/kit/keys';
import { addDays, localDateAt } from '@ranselpost/kit/pure/dates';
import { testBus } from '@ranselpost/kit/testing/bus';
import { type TestDatabase, testDatabase } from '@ranselpost/kit/testing/database';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { type IdentityFacts, identityFacts } from '@ranselpost/kit/testing/identity-facts';
import { sealPair } from '@ranselpost/kit/testing/seal-pair';
import { testLife } from '@ranselpost/kit/testing/life';
import { erasureAcknowledgedV1 } from '@ranselpost/schema/events/messaging/erasure-acknowledged.v1';
import { sql } from 'drizzle-orm';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leastStrict } from '../src/domain/guarded.ts';
import { migrations } from '../src/migrations.ts';
import type { Deps } from '../src/usecases/deps.ts';
import { purgeDrafts } from '../src/usecases/drop-drafts.ts';
import { erasePerson } from '../src/usecases/erase-person.ts';

export const today = localDateAt(new Date());
export const tomorrow = addDays(today, 1);

const fileKeys = { current: 'k', keys: new Map([['k', new Uint8Array(32).fill(1)]]) };

export interface World {
  readonly deps: Deps;
  /** What opens what is sealed for the archive. */
  readonly outboundKeys: OpeningKeys;
  /** Where the content of files lies. */
  readonly folder: string;
  readonly identity: IdentityFacts;
  readonly database: TestDatabase;
  /** Waits until the copy has taken in all that identity has told. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** The service's parts but for HTTP, with a database, a bus and an identity of their own. */
export async function openWorld(): Promise<World> {
  const database = await testDatabase('messaging', migrations);
  const server = await testBus();
  const outbound = sealPair();
  const life = testLife();
  const bus = await connectBus(server.url, 'messaging', life.log);
  const identity = await identityFacts(server.url);
  const folder = await mkdtemp(join(tmpdir(), 'messaging-files-'));
  const files = { store: sealedStore(diskStore(folder), fileKeys), clean: createClean(), scan: undefined };
  startAccessCopy({
    ...{ service: 'messaging', db: database.db, bus, life, maxStaleness: 60 },
    erasure: { acknowledged: erasureAcknowledgedV1, erase: erasePerson },
    purge: purgeDrafts,
  });
  identity.beat();
  return {
    deps: {
      ...{ db: database.db, newId, now: () => new Date(), outboundKey: outbound.publicKey },
      ...{ files, links: createLinks(fileKeys), draftDays: 30, guardLevels: leastStrict },
    },
    outboundKeys: outbound.privateKeys,
    folder,
    identity,
    database,
    settled: () => copyHas(database.db, identity),
    close: async () => {
      await identity.close();
      await life.stop();
      await bus.close();
      await database.close();
      await server.close();
      await rm(folder, { recursive: true });
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
