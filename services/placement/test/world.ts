import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClean } from '@ranselpost/kit/files/clean';
import { diskStore } from '@ranselpost/kit/files/disk';
import { createLinks } from '@ranselpost/kit/files/links';
import { sealedStore } from '@ranselpost/kit/files/store';
import { newId, newUntimedId } from '@ranselpost/kit/ids';
import { addDays, localDateAt } from '@ranselpost/kit/pure/dates';
import { type CopyWorld, openCopyWorld } from '@ranselpost/kit/testing/copy-world';
import { sealPair } from '@ranselpost/kit/testing/seal-pair';
import { erasureAcknowledgedV1 } from '@ranselpost/schema/events/placement/erasure-acknowledged.v1';
import type { JWK } from 'jose';
import { migrations } from '../src/migrations.ts';
import type { LetterRules } from '../src/domain/decided.ts';
import type { FileDeps } from '../src/usecases/deps.ts';
import { erasePerson } from '../src/usecases/erase-person.ts';
import { purgePerson } from '../src/usecases/purge-person.ts';
import { onChildDescribed } from '../src/events/on-child-described.ts';
import { openKeys } from './children.ts';
import { tellFamilies } from './families.ts';

export { copyHas } from '@ranselpost/kit/testing/copy-world';

export const today = localDateAt(new Date());
export const tomorrow = addDays(today, 1);

export interface World extends CopyWorld {
  readonly deps: FileDeps;
  /** Where the content of documents lies. */
  readonly folder: string;
  /** Open what the service has sealed for whoever brings it out. */
  readonly outboundKeys: ReadonlyMap<string, JWK>;
}

/** What the invented municipality says in its letters. */
export const letterRules: LetterRules = {
  ...{ municipality: 'Tingvika kommune', writtenForm: 'nb' },
  appealBodies: { admission: 'Klagenemnda', payment: 'Statsforvalteren' },
};
const fileKeys = { current: 'k', keys: new Map([['k', new Uint8Array(32).fill(1)]]) };

/** The service's parts but for HTTP, with a database, a bus and an identity of their own. */
export async function openWorld(): Promise<World> {
  const world = await openCopyWorld('placement', migrations, {
    erasure: { acknowledged: erasureAcknowledgedV1, erase: erasePerson },
    purge: purgePerson,
    facts: [onChildDescribed(openKeys)],
  });
  const { publicKey: outboundKey, privateKeys: outboundKeys } = sealPair();
  const folder = await mkdtemp(join(tmpdir(), 'placement-files-'));
  const place = diskStore(folder);
  const files = { place, store: sealedStore(place, fileKeys), clean: createClean(), scan: undefined };
  return {
    ...{ ...world, outboundKeys, folder },
    close: async () => {
      await world.close();
      await rm(folder, { recursive: true });
    },
    deps: {
      ...{ files, links: createLinks(fileKeys) },
      ...{
        db: world.database.db,
        newId,
        newUntimedId,
        now: () => new Date(),
        newSeed: () => randomBytes(32).toString('hex'),
      },
      ...{ priceLists: { kindergarten: [], afterSchool: [] }, yearBegins: '08-01' },
      ...{ letterRules, outboundKey },
    },
  };
}

/** The same, with the families told; with row-level security switched off, for tests of the first lock alone. */
export async function openTown({ isSecondLockOff = false } = {}): Promise<World> {
  const world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
  const tables = await world.database.admin<{ name: string }[]>`
    select oid::regclass::text as name from pg_class where relkind = 'r' and relrowsecurity`;
  if (isSecondLockOff)
    for (const { name } of tables)
      await world.database.admin.unsafe(`alter table ${name} disable row level security`);
  return world;
}
