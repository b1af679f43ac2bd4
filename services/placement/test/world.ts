import { randomBytes } from 'node:crypto';
import { newId, newUntimedId } from '@ranselpost/kit/ids';
import { addDays, localDateAt } from '@ranselpost/kit/pure/dates';
import { type CopyWorld, openCopyWorld } from '@ranselpost/kit/testing/copy-world';
import { sealPair } from '@ranselpost/kit/testing/seal-pair';
import { erasureAcknowledgedV1 } from '@ranselpost/schema/events/placement/erasure-acknowledged.v1';
import type { JWK } from 'jose';
import { migrations } from '../src/migrations.ts';
import type { LetterRules } from '../src/domain/decided.ts';
import type { Deps } from '../src/usecases/deps.ts';
import { erasePerson } from '../src/usecases/erase-person.ts';
import { purgePerson } from '../src/usecases/purge-person.ts';
import { onChildDescribed } from '../src/events/on-child-described.ts';
import { openKeys } from './children.ts';
import { tellFamilies } from './families.ts';

export { copyHas } from '@ranselpost/kit/testing/copy-world';

export const today = localDateAt(new Date());
export const tomorrow = addDays(today, 1);

export interface World extends CopyWorld {
  readonly deps: Deps;
  /** Open what the service has sealed for whoever brings it out. */
  readonly outboundKeys: ReadonlyMap<string, JWK>;
}

/** What the invented municipality says in its letters. */
export const letterRules: LetterRules = {
  ...{ municipality: 'Tingvika kommune', writtenForm: 'nb' },
  appealBodies: { admission: 'Klagenemnda', payment: 'Statsforvalteren' },
};

/** The service's parts but for HTTP, with a database, a bus and an identity of their own. */
export async function openWorld(): Promise<World> {
  const world = await openCopyWorld('placement', migrations, {
    erasure: { acknowledged: erasureAcknowledgedV1, erase: erasePerson },
    purge: purgePerson,
    facts: [onChildDescribed(openKeys)],
  });
  const { publicKey: outboundKey, privateKeys: outboundKeys } = sealPair();
  return {
    ...{ ...world, outboundKeys },
    deps: {
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
