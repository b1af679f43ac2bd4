import { machineFor, places, tellFamilies as tell } from '@ranselpost/kit/testing/families';
import type { TestDatabase } from '@ranselpost/kit/testing/database';
import type { IdentityFacts } from '@ranselpost/kit/testing/identity-facts';

export { children, people, places } from '@ranselpost/kit/testing/families';

export const machine = machineFor('attendance');

/** Tells the families of the kit. Their units are open every day, so that it does not matter on which day tests run. */
export async function tellFamilies(identity: IdentityFacts, { admin }: TestDatabase): Promise<void> {
  for (const unit of [places.school, places.afterSchool, places.kindergarten, places.otherSchool])
    await admin`
      insert into unit_calendar (unit_id, opens_at, closes_at, planning_at, days_ahead, ask_minutes_before,
        is_open_every_day, school_years, closed_days)
      values (${unit}, '08:00', '16:00', '08:00', 366, 30, true, '[]', '[]') on conflict do nothing`;
  await tell(identity, ['ABSENCE']);
}
