import { addDays, localDateAt, weekdayOf } from '@ranselpost/kit/pure/dates';
import { isPublicHoliday } from '@ranselpost/kit/pure/public-holidays';
import type postgres from 'postgres';

/** The latest days, today or before, on which a unit is open that has said nothing else; latest first. */
export function openDays(count: number): readonly string[] {
  const days: string[] = [];
  for (let day = localDateAt(new Date()); days.length < count; day = addDays(day, -1))
    if (weekdayOf(day) < 6 && !isPublicHoliday(day)) days.push(day);
  return days;
}

/**
 * Days that are over, at each place of the town that has none of them yet, written as they came: one child in twelve was away, and
 * half of these were reported.
 */
export async function writeDays(sql: postgres.Sql, days: readonly string[]): Promise<void> {
  await sql.begin(async (tx) => {
    await tx.unsafe(`
      create temp table place on commit drop as
      select row_number() over (order by e.unit_id, e.child_id) as n, e.child_id, e.unit_id,
        (select person_id from access.guardian g where g.child_id = e.child_id order by person_id limit 1) as guardian,
        (select person_id from access.staff_role r
          where r.unit_id = e.unit_id and r.role = 'LEADER' and r.group_id is null order by person_id limit 1) as leader
      from access.enrolment e
      where e.from_day <= current_date and (e.to_day is null or current_date < e.to_day)
        and not exists (select from mark m where m.child_id = e.child_id and m.unit_id = e.unit_id and m.day = any ('{${days.join()}}'))`);
    for (const day of days.toReversed()) {
      const date = Number(day.slice(8));
      await tx.unsafe(`
        insert into mark (id, child_id, unit_id, day, slot, nth, standing, marked_by, marked_at)
        select uuidv7(), child_id, unit_id, '${day}', 'DAY', 1, case when (n + ${date}) % 12 = 0 then 'ABSENT' else 'PRESENT' end,
          leader, now()
        from place where leader is not null;
        insert into absence (id, child_id, unit_id, day, reported_by, idempotency_key, correlation_id)
        select uuidv7(), child_id, unit_id, '${day}', guardian, '${day} ' || n, uuidv7()
        from place where guardian is not null and (n + ${date}) % 24 = 0;
        insert into absence_cause (absence_id, child_id, unit_id, cause)
        select id, child_id, unit_id, 'SICK' from absence where day = '${day}' on conflict do nothing`);
    }
  });
  await sql.unsafe('vacuum analyze');
}
