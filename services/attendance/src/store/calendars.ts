import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import {
  type CalendarTerms,
  type ClosedDays,
  type SchoolYear,
  type UnitCalendar,
  type UnitKind,
  defaultCalendar,
} from '../domain/calendar.ts';

type Row = {
  unit_id: string;
  kind: UnitKind;
  opens_at: string | null;
  closes_at: string;
  planning_at: string;
  days_ahead: number;
  ask_minutes_before: number | null;
  is_open_every_day: boolean;
  school_years: readonly SchoolYear[];
  closed_days: readonly ClosedDays[];
};

const fromRow = (row: Row): UnitCalendar =>
  row.opens_at === null
    ? defaultCalendar(row.unit_id, row.kind)
    : {
        ...{ unitId: row.unit_id, kind: row.kind, opensAt: row.opens_at.slice(0, 5) },
        ...{ closesAt: row.closes_at.slice(0, 5), planningAt: row.planning_at.slice(0, 5) },
        ...{ daysAhead: row.days_ahead, askMinutesBefore: row.ask_minutes_before },
        isOpenEveryDay: row.is_open_every_day,
        ...{ schoolYears: row.school_years, closed: row.closed_days },
      };

/** The calendars of units, each with what holds while nothing is said; none of a unit that nobody has told us of. */
export async function ofUnits(
  tx: Tx,
  unitIds: readonly string[],
): Promise<ReadonlyMap<string, UnitCalendar>> {
  const rows = await tx.execute<Row>(sql`
    select unit.unit_id, unit.kind, opens_at, closes_at, planning_at, days_ahead, ask_minutes_before, is_open_every_day,
      school_years, closed_days
    from access.unit left join unit_calendar on unit_calendar.unit_id = unit.unit_id
    where unit.unit_id::text in (select jsonb_array_elements_text(${JSON.stringify(unitIds)}::jsonb))`);
  return new Map(rows.map((row) => [row.unit_id, fromRow(row)]));
}

/** Keeps what a leader says of a unit's days, instead of what was said before. */
export async function keep(
  tx: Tx,
  { unitId, setBy, ...terms }: CalendarTerms & { readonly unitId: string; readonly setBy: string },
): Promise<void> {
  const { opensAt, closesAt, planningAt, daysAhead, askMinutesBefore, isOpenEveryDay } = terms;
  const years = JSON.stringify(terms.schoolYears);
  const closed = JSON.stringify(terms.closed);
  await tx.execute(sql`
    insert into unit_calendar (unit_id, opens_at, closes_at, planning_at, days_ahead, ask_minutes_before,
      is_open_every_day, school_years, closed_days, set_by)
    values (${unitId}, ${opensAt}, ${closesAt}, ${planningAt}, ${daysAhead}, ${askMinutesBefore}, ${isOpenEveryDay},
      ${years}::jsonb,
      ${closed}::jsonb, ${setBy})
    on conflict (unit_id) do update set opens_at = excluded.opens_at, closes_at = excluded.closes_at,
      planning_at = excluded.planning_at, days_ahead = excluded.days_ahead,
      ask_minutes_before = excluded.ask_minutes_before, is_open_every_day = excluded.is_open_every_day, school_years = excluded.school_years,
      closed_days = excluded.closed_days, set_by = excluded.set_by, set_at = now()`);
}

/** Forgets who said what a unit's days are. */
export async function erasePerson(tx: Tx, personId: string): Promise<void> {
  await tx.execute(sql`select erase_person_from_calendars(${personId})`);
}
