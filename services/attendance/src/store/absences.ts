import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { type SQL, sql } from 'drizzle-orm';
import type { Absence, AbsenceCause, Report } from '../domain/absence.ts';

type Row = {
  id: string;
  child_id: string;
  unit_id: string;
  day: LocalDate;
  cause: AbsenceCause | null;
  reported_at: string;
  correlation_id: string;
  arrives_at: string | null;
  leaves_at: string | null;
  is_late: boolean;
  corrected_at: string | null;
  withdrawn_at: string | null;
  leave_id: string | null;
};

const fromRow = (row: Row): Absence => ({
  id: row.id,
  childId: row.child_id,
  unitId: row.unit_id,
  day: row.day,
  cause: row.cause,
  reportedAt: new Date(row.reported_at),
  correlationId: row.correlation_id,
  arrivesAt: row.arrives_at?.slice(0, 5) ?? null,
  leavesAt: row.leaves_at?.slice(0, 5) ?? null,
  isLate: row.is_late,
  correctedAt: instant(row.corrected_at),
  withdrawnAt: instant(row.withdrawn_at),
  leaveId: row.leave_id,
});
const instant = (text: string | null): Date | null => (text === null ? null : new Date(text));

const kept = sql`absence.id, absence.child_id, absence.unit_id, absence.day, absence.reported_at, absence.correlation_id,
  absence.arrives_at, absence.leaves_at, absence.is_late, absence.corrected_at, absence.withdrawn_at, absence.leave_id`;
const columns = sql`${kept}, cause.cause`;
const withCause = sql`absence left join absence_cause cause on cause.absence_id = absence.id`;

const select = async (tx: Tx, where: SQL): Promise<Absence[]> =>
  (await tx.execute<Row>(sql`select ${columns} from ${withCause} where ${where}`)).map(fromRow);

/** What is known before a report: under the reporter's key, and of the child, unit and day. */
export interface Known {
  readonly underKey: Absence | null;
  readonly atSlot: Absence | null;
}

/** One statement, so that a report of a moment ago is in both answers or in neither. */
export async function known(
  tx: Tx,
  { childId, unitId, day }: Pick<Report, 'childId' | 'unitId' | 'day'>,
  { reportedBy, key }: { readonly reportedBy: string; readonly key: string },
): Promise<Known> {
  const isUnderKey = sql`(absence.reported_by = ${reportedBy} and absence.idempotency_key = ${key})`;
  const isAtSlot = sql`(absence.child_id = ${childId} and absence.unit_id::text = ${unitId} and absence.day = ${day} and absence.withdrawn_at is null)`;
  const rows = await tx.execute<Row & { under_key: boolean; at_slot: boolean }>(sql`
    select ${columns}, ${isUnderKey} as under_key, ${isAtSlot} as at_slot
    from ${withCause} where ${isUnderKey} or ${isAtSlot}`);
  const underKey = rows.find((row) => row.under_key);
  const atSlot = rows.find((row) => row.at_slot);
  return {
    underKey: underKey === undefined ? null : fromRow(underKey),
    atSlot: atSlot === undefined ? null : fromRow(atSlot),
  };
}

export const byIds = (tx: Tx, ids: readonly string[]): Promise<Absence[]> =>
  select(tx, sql`absence.id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid)`);

/** A report to be stored. */
export interface NewAbsence extends Report {
  readonly id: string;
  readonly reportedBy: string;
  readonly idempotencyKey: string;
}

/** Stores a report; null when one stands for the slot or under the key, also one that was committed a moment ago. */
export async function insert(tx: Tx, absence: NewAbsence): Promise<Absence | null> {
  const { id, childId, unitId, day, cause, reportedBy, idempotencyKey } = absence;
  const [stored] = await tx.execute<Row>(sql`
    with reported as (
      insert into absence (id, child_id, unit_id, day, reported_by, idempotency_key)
      values (${id}, ${childId}, ${unitId}, ${day}, ${reportedBy}, ${idempotencyKey})
      on conflict do nothing
      returning ${kept}),
    caused as (
      insert into absence_cause (absence_id, child_id, unit_id, cause)
      select id, child_id, unit_id, ${cause} from reported
      returning absence_id, cause)
    select reported.*, caused.cause from reported join caused on caused.absence_id = reported.id`);
  return stored === undefined ? null : fromRow(stored);
}

/** The place in a list, newest day first, that a page goes on after. */
export interface Place {
  readonly day: LocalDate;
  readonly id: string;
}

/** One list to read: `first + 1` absences at most, so that whoever asks knows whether there are more. */
export interface Listing {
  readonly childIds: readonly string[];
  /** Null for every unit. */
  readonly unitIds: readonly string[] | null;
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
  readonly after: Place | null;
  readonly first: number;
}

/** Reads many lists with one statement, in the order they are given. */
export async function list(tx: Tx, listings: readonly Listing[]): Promise<Absence[][]> {
  const wanted = listings.map(({ after, ...listing }, place) => ({
    ...listing,
    place,
    afterDay: after?.day ?? null,
    afterId: after?.id ?? null,
  }));
  const rows = await tx.execute<Row & { place: number }>(sql`
    select wanted.place, ${columns}
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as wanted(
      place int, "childIds" uuid[], "unitIds" uuid[], "from" date, "to" date, "afterDay" date, "afterId" uuid, first int)
    cross join lateral (
      select * from absence
      where child_id = any (wanted."childIds") and withdrawn_at is null
        and (wanted."unitIds" is null or unit_id = any (wanted."unitIds"))
        and (wanted."from" is null or day >= wanted."from")
        and (wanted."to" is null or day <= wanted."to")
        and (wanted."afterDay" is null or (day, id) < (wanted."afterDay", wanted."afterId"))
      order by day desc, id desc limit wanted.first + 1) absence
    left join absence_cause cause on cause.absence_id = absence.id
    order by wanted.place, absence.day desc, absence.id desc`);
  const lists: Absence[][] = listings.map(() => []);
  for (const row of rows) lists[row.place]!.push(fromRow(row));
  return lists;
}

/** The children who are away from some units on some days; at most as many as are enrolled there. */
export async function childrenAway(
  tx: Tx,
  slots: readonly { readonly unitId: string; readonly day: LocalDate }[],
): Promise<{ childId: string; unitId: string; day: LocalDate }[]> {
  const rows = await tx.execute<Pick<Row, 'child_id' | 'unit_id' | 'day'>>(sql`
    select distinct absence.child_id, absence.unit_id, absence.day from absence
    join jsonb_to_recordset(${JSON.stringify(slots)}::jsonb) as slot("unitId" uuid, day date)
      on absence.unit_id = slot."unitId" and absence.day = slot.day and absence.withdrawn_at is null`);
  return rows.map(({ child_id, unit_id, day }) => ({ childId: child_id, unitId: unit_id, day }));
}

/** Takes away a child's absences, with their causes; of those somebody reported for others, who did. */
export async function erasePerson(tx: Tx, personId: string): Promise<void> {
  await tx.execute(sql`select erase_person(${personId})`);
}
