import { newId } from '@ranselpost/kit/ids';
import { keepsNothingToPurge } from '@ranselpost/kit/protection';
import { addDays, localDateAt } from '@ranselpost/kit/pure/dates';
import { type CopyWorld, openCopyWorld } from '@ranselpost/kit/testing/copy-world';
import { sealPair } from '@ranselpost/kit/testing/seal-pair';
import { erasureAcknowledgedV1 } from '@ranselpost/schema/events/attendance/erasure-acknowledged.v1';
import type { JWK } from 'jose';
import type { Regulation } from '../src/domain/leave-regulation.ts';
import { migrations } from '../src/migrations.ts';
import type { Deps } from '../src/usecases/deps.ts';
import { erasePerson } from '../src/usecases/erase-person.ts';

export { copyHas } from '@ranselpost/kit/testing/copy-world';

export const today = localDateAt(new Date());
export const tomorrow = addDays(today, 1);

export interface World extends CopyWorld {
  readonly deps: Deps;
  /** Open what the service has sealed for whoever brings it out. */
  readonly outboundKeys: ReadonlyMap<string, JWK>;
}

/** What Bergen's regulation gave in 2024. */
export const leaveRegulation: Regulation = {
  rules: [
    {
      ...{ from: '2020-08-01', daysWithoutReason: 3, daysInAll: 10 },
      ...{ complaintTo: 'Statsforvalteren i Vestland', writtenForm: 'nb' },
    },
  ],
  examDays: [],
};

/** Absence by subject is off. */
const subjectRules = { unitIds: [], limits: [] };

/** The service's parts but for HTTP, with a database, a bus and an identity of their own. */
export async function openWorld(): Promise<World> {
  const world = await openCopyWorld('attendance', migrations, {
    erasure: { acknowledged: erasureAcknowledgedV1, erase: erasePerson },
    purge: keepsNothingToPurge,
  });
  const { publicKey: outboundKey, privateKeys } = sealPair();
  const deps = {
    db: world.database.db,
    newId,
    now: () => new Date(),
    leaveRegulation,
    outboundKey,
    registerKeptYears: 3,
    subjectRules,
  };
  return { ...world, deps, outboundKeys: privateKeys };
}
