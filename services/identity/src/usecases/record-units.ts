import * as unitRegister from '../store/unit-register.ts';
import type { EventDeps } from './deps.ts';

/**
 * Keeps what the open registers say of schools and kindergartens, beside what rosters and the municipality say of the same
 * units: neither takes the place of the other (FREG-14).
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
  await unitRegister.save(db, [...newest.values()]);
}
