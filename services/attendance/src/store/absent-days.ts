import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { sql } from 'drizzle-orm';

/** A whole day that a child was away from a school, as far as the actor may see it. */
export interface SchoolDayAway {
  readonly day: LocalDate;
  readonly unitId: string;
  readonly isLeave: boolean;
}

/** The whole days of a period that a child was away from its schools, by what stands reported. */
export async function fromSchools(
  tx: Tx,
  childId: string,
  { from, to }: { readonly from: LocalDate; readonly to: LocalDate },
): Promise<readonly SchoolDayAway[]> {
  const rows = await tx.execute<{ day: LocalDate; unit_id: string; is_leave: boolean }>(sql`
    select absence.day, absence.unit_id, leave_day.day is not null as is_leave
    from absence join access.unit on unit.unit_id = absence.unit_id and unit.kind = 'SCHOOL'
    left join leave_day on leave_day.child_id = absence.child_id and leave_day.unit_id = absence.unit_id
      and leave_day.day = absence.day
    where absence.child_id = ${childId} and absence.day >= ${from} and absence.day < ${to}
      and absence.withdrawn_at is null and absence.arrives_at is null and absence.leaves_at is null
    order by absence.day`);
  return rows.map((row) => ({ day: row.day, unitId: row.unit_id, isLeave: row.is_leave }));
}
