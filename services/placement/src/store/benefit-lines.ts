import type { Tx } from '@ranselpost/kit/database';
import { type LocalDate, addMonths } from '@ranselpost/kit/pure/dates';
import { sql } from 'drizzle-orm';
import type { BenefitPlace } from '../domain/cash-benefit.ts';

/** How places in kindergartens stood in a month, among those whom the actor meets; also of children who have been erased since (RET-06). */
export async function ofMonth(tx: Tx, month: string): Promise<readonly BenefitPlace[]> {
  const first: LocalDate = `${month}-01`;
  const rows = await tx.execute<{
    place_id: string;
    child_id: string;
    born_on: LocalDate | null;
    unit_id: string;
    weekly_hours: number | null;
    from_day: LocalDate;
    to_day: LocalDate | null;
  }>(sql`
    select place_id, child_id, born_on::text, unit_id, weekly_hours, from_day::text, to_day::text
    from benefit_lines(${first}::date, ${addMonths(first, 1)}::date)`);
  return rows.map((row) => ({
    ...{ placeId: row.place_id, childId: row.child_id, born: row.born_on, unitId: row.unit_id },
    ...{ weeklyHours: row.weekly_hours, from: row.from_day, to: row.to_day },
  }));
}

/** What the list has of a child stays when the child is erased, with all that it takes to show it to the right ones and to forget it in time. */
export async function keepOfErased(tx: Tx, childId: string): Promise<void> {
  await tx.execute(sql`select keep_benefit_lines_of_erased(${childId})`);
}

/** Forgets some of whoever was born before a day; of whom that is not known, whose place began before it. Answers how many. */
export async function forgetBornBefore(tx: Tx, day: LocalDate, most: number): Promise<number> {
  const rows = await tx.execute(sql`
    delete from benefit_line where id in (
      select id from benefit_line where coalesce(born_on, from_day) < ${day}::date order by id limit ${most})
    returning id`);
  return rows.length;
}
