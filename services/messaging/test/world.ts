import { createClean } from '@ranselpost/kit/files/clean';
import { diskStore } from '@ranselpost/kit/files/disk';
import { createLinks } from '@ranselpost/kit/files/links';
import { sealedStore } from '@ranselpost/kit/files/store';
import { newId } from '@ranselpost/kit/ids';
import type { OpeningKeys } from '@ranselpost/kit/keys';
import { addDays, localDateAt } from '@ranselpost/kit/pure/dates';
import { type CopyWorld, openCopyWorld } from '@ranselpost/kit/testing/copy-world';
import { sealPair } from '@ranselpost/kit/testing/seal-pair';
import { erasureAcknowledgedV1 } from '@ranselpost/schema/events/messaging/erasure-acknowledged.v1';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leastStrict } from '../src/domain/guarded.ts';
import { migrations } from '../src/migrations.ts';
import type { Deps } from '../src/usecases/deps.ts';
import { purgeDrafts } from '../src/usecases/drop-drafts.ts';
import { erasePerson } from '../src/usecases/erase-person.ts';

export { copyHas } from '@ranselpost/kit/testing/copy-world';

export const today = localDateAt(new Date());
export const tomorrow = addDays(today, 1);

const fileKeys = { current: 'k', keys: new Map([['k', new Uint8Array(32).fill(1)]]) };

export interface World extends CopyWorld {
  readonly deps: Deps;
  /** What opens what is sealed for the archive. */
  readonly outboundKeys: OpeningKeys;
  /** Where the content of files lies. */
  readonly folder: string;
}

/** The service's parts but for HTTP, with a database, a bus and an identity of their own. */
export async function openWorld(): Promise<World> {
  const world = await openCopyWorld('messaging', migrations, {
    erasure: { acknowledged: erasureAcknowledgedV1, erase: erasePerson },
    purge: purgeDrafts,
  });
  const outbound = sealPair();
  const folder = await mkdtemp(join(tmpdir(), 'messaging-files-'));
  const place = diskStore(folder);
  const files = { place, store: sealedStore(place, fileKeys), clean: createClean(), scan: undefined };
  return {
    ...world,
    deps: {
      ...{ db: world.database.db, newId, now: () => new Date(), outboundKey: outbound.publicKey },
      ...{ files, links: createLinks(fileKeys), draftDays: 30, guardLevels: leastStrict },
    },
    outboundKeys: outbound.privateKeys,
    folder,
    close: async () => {
      await world.close();
      await rm(folder, { recursive: true });
    },
  };
}
