import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { type SQL, sql } from 'drizzle-orm';
import type { CountedChildren, YearNorm, YearSeats } from '../domain/occupancy-day.ts';

type Group = 'SMALL' | 'LARGE' | 'SFO';
const groups = { SMALL: 'small', LARGE: 'large', SFO: 'sfo' } as const;

/** Units by id, or all that the actor may know of where it is null. */
export type UnitsWanted = readonly string[] | null;

const wantedOf = (unitIds: UnitsWanted): SQL =>
  sql`(select case when ${unitIds === null} then null else array(
    select jsonb_array_elements_text(${JSON.stringify(unitIds ?? [])}::jsonb)::uuid) end)`;

export async function counted(
  tx: Tx,
  unitIds: UnitsWanted,
  [from, to]: readonly [LocalDate, LocalDate],
): Promise<readonly CountedChildren[]> {
  const rows = await tx.execute<{
    unit_id: string;
    day: LocalDate;
    born_year: number | null;
    age_group: Group | null;
    children: number;
  }>(sql`
    select unit_id, day::text, born_year, age_group, children
    from children_by_day(${wantedOf(unitIds)}, ${from}::date, ${to}::date)`);
  return rows.map(({ unit_id: unitId, born_year: bornYear, age_group: group, ...rest }) => ({
    ...rest,
    ...{ unitId, bornYear, group: group === null ? null : groups[group] },
  }));
}

export async function seats(tx: Tx, unitIds: UnitsWanted): Promise<readonly YearSeats[]> {
  const rows = await tx.execute<{
    unit_id: string;
    admission_year: number;
    age_group: Group;
    seats: number;
  }>(sql`
    select p.unit_id, p.admission_year, p.age_group, count(s.number)::int as seats
    from pool p left join seat s on s.pool_id = p.id
    where ${unitIds === null} or p.unit_id = any (${wantedOf(unitIds)}::uuid[]) group by 1, 2, 3`);
  return rows.map((row) => ({
    ...{ unitId: row.unit_id, admissionYear: row.admission_year, group: groups[row.age_group] },
    seats: row.seats,
  }));
}

/** What was decided last for each year. */
export async function norms(tx: Tx, unitIds: UnitsWanted): Promise<readonly YearNorm[]> {
  const rows = await tx.execute<{
    unit_id: string;
    admission_year: number;
    area: number;
    adults: number;
  }>(sql`
    select distinct on (d.unit_id, r.admission_year) d.unit_id, r.admission_year, d.area::float8 as area, d.adults::float8 as adults
    from seat_decision d join admission_round r on r.id = d.round_id
    where d.area is not null and (${unitIds === null} or d.unit_id = any (${wantedOf(unitIds)}::uuid[]))
    order by d.unit_id, r.admission_year, d.nth desc`);
  return rows.map((row) => ({
    ...{ unitId: row.unit_id, admissionYear: row.admission_year, area: row.area, adults: row.adults },
  }));
}
