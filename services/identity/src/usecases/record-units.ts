import type { DataOf } from '@ranselpost/schema/events/event';
import type { unitRecordedV1 } from '@ranselpost/schema/events/registry/unit-recorded.v1';
import * as unitRegister from '../store/unit-register.ts';
import type { EventDeps } from './deps.ts';

/**
 * Keeps what the open registers say of schools and kindergartens, beside what rosters and the municipality say of the same
 * units: neither takes the place of the other (FREG-14).
 */
export async function recordUnits(
  { db }: EventDeps,
  heard: readonly DataOf<typeof unitRecordedV1>[],
): Promise<void> {
  const newest = new Map<string, unitRegister.RecordedUnit>();
  for (const { revision, readAt, ...record } of heard)
    if ((newest.get(record.organisationNumber)?.revision ?? 0) < revision)
      newest.set(record.organisationNumber, { revision, readAt, record });
  await unitRegister.save(db, [...newest.values()]);
}
