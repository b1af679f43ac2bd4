import { fact, tellAll } from '@ranselpost/kit/outbox';
import { unitChangedV1 } from '@ranselpost/schema/events/identity/unit-changed.v1';
import * as unitRegister from '../store/unit-register.ts';
import * as units from '../store/units.ts';
import type { EventDeps } from './deps.ts';

/**
 * Keeps what the open registers say of schools and kindergartens, beside what rosters and the municipality say of the same
 * units: neither takes the place of the other (FREG-14). That a private
 * owner has a unit is told to others (P12).
 */
export async function recordUnits(
  { db }: EventDeps,
  readings: readonly unitRegister.RecordedUnit[],
): Promise<void> {
  const newest = new Map<string, unitRegister.RecordedUnit>();
  for (const reading of readings) {
    const { organisationNumber } = reading.record;
    if ((newest.get(organisationNumber)?.revision ?? 0) < reading.revision)
      newest.set(organisationNumber, reading);
  }
  const changed = await unitRegister.save(db, [...newest.values()]);
  await tellAll(
    db,
    (await units.told(db, changed)).map((unit) => fact(unitChangedV1, unit)),
  );
}
