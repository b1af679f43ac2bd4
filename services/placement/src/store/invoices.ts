import type { Tx } from '@ranselpost/kit/database';
import { type LocalDate, addMonths } from '@ranselpost/kit/pure/dates';
import { sql } from 'drizzle-orm';
import type { GrantedReduction, PlacedChild } from '../domain/invoice-basis.ts';
import type { PaidCare } from '../domain/reduced-payment.ts';

const stored = { kindergarten: 'KINDERGARTEN', afterSchool: 'SFO' } as const satisfies Record<
  PaidCare,
  string
>;

/** Who has a place in a month, among those whom the actor meets. */
export async function billedChildren(tx: Tx, care: PaidCare, month: string): Promise<readonly PlacedChild[]> {
  const first: LocalDate = `${month}-01`;
  const rows = await tx.execute<{
    child_id: string;
    unit_id: string;
    weekly_hours: number | null;
    household: string;
    born_on: LocalDate | null;
  }>(sql`
    select child_id, unit_id, weekly_hours, household, born_on::text
    from billed_children(${stored[care]}, ${first}::date, ${addMonths(first, 1)}::date)`);
  return rows.map((row) => ({
    ...{ childId: row.child_id, unitId: row.unit_id, weeklyHours: row.weekly_hours },
    ...{ household: row.household, born: row.born_on },
  }));
}

/** What was granted for a month, the last decision last. */
export async function grantedIn(tx: Tx, care: PaidCare, month: string): Promise<readonly GrantedReduction[]> {
  const rows = await tx.execute<{ household: string; counted_income: number }>(
    sql`select household, counted_income from granted_reductions(${stored[care]}, ${month})`,
  );
  return rows.map((row) => ({
    ...{ household: row.household, countedIncome: row.counted_income },
    months: { first: month, last: month },
  }));
}

/** Whether the municipality hides admission anywhere: then no list of all units would be whole (S-26). */
export async function isAnywhereHidden(tx: Tx): Promise<boolean> {
  const [row] = await tx.execute<{ is_hidden: boolean }>(
    sql`select cardinality(units_hidden()) > 0 as is_hidden`,
  );
  return row!.is_hidden;
}
