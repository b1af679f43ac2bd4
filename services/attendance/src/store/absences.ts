import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { type SQL, sql } from 'drizzle-orm';
import type { Absence, AbsenceCause, Change, Place, Repeat } from '../domain/absence.ts';
import type { PartOfDay } from '../domain/calendar.ts';

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
  repeats:
    | readonly {
        cause: AbsenceCause | null;
        arrives_at: string | null;
        leaves_at: string | null;
        reported_at: string;
      }[]
    | null;
  changes:
    | readonly {
        kind: Change['kind'];
        cause: AbsenceCause | null;
        arrives_at: string | null;
        leaves_at: string | null;
        changed_by: string | null;
        changed_at: string;
      }[]
    | null;
};

const fromRow = (row: Row): Absence => ({
  id: row.id,
  childId: row.child_id,
  unitId: row.unit_id,
  day: row.day,
  cause: row.cause,
  reportedAt: new Date(row.reported_at),
  correlationId: row.correlation_id,
  ...partOf(row),
  isLate: row.is_late,
  correctedAt: instant(row.corrected_at),
  withdrawnAt: instant(row.withdrawn_at),
  leaveId: row.leave_id,
  repeats: (row.repeats ?? []).map((one): Repeat => ({
    ...partOf(one),
    cause: one.cause,
    reportedAt: new Date(one.reported_at),
  })),
  changes: (row.changes ?? []).map((one): Change => ({
    ...{ ...partOf(one), kind: one.kind, cause: one.cause },
    ...{ changedBy: one.changed_by, changedAt: new Date(one.changed_at) },
  })),
});
const partOf = (row: Pick<Row, 'arrives_at' | 'leaves_at'>): PartOfDay => ({
  arrivesAt: row.arrives_at?.slice(0, 5) ?? null,
  leavesAt: row.leaves_at?.slice(0, 5) ?? null,
});
const instant = (text: string | null): Date | null => (text === null ? null : new Date(text));

const kept = sql`absence.id, absence.child_id, absence.unit_id, absence.day, absence.reported_at, absence.correlation_id,
  absence.arrives_at, absence.leaves_at, absence.is_late, absence.corrected_at, absence.withdrawn_at, absence.leave_id`;
const columns = sql`${kept}, cause.cause, (
  select jsonb_agg(jsonb_build_object('cause', repeat.cause, 'arrives_at', repeat.arrives_at, 'leaves_at', repeat.leaves_at,
    'reported_at', repeat.reported_at) order by repeat.reported_at)
  from absence_repeat repeat where repeat.absence_id = absence.id) as repeats, (
  select jsonb_agg(jsonb_build_object('kind', change.kind, 'cause', change.cause, 'arrives_at', change.arrives_at,
    'leaves_at', change.leaves_at, 'changed_by', change.changed_by, 'changed_at', change.changed_at) order by change.nth)
  from absence_change change where change.absence_id = absence.id) as changes`;
const withCause = sql`absence left join absence_cause cause on cause.absence_id = absence.id`;

const select = async (tx: Tx, where: SQL): Promise<Absence[]> =>
  (await tx.execute<Row>(sql`select ${columns} from ${withCause} where ${where}`)).map(fromRow);

/** Whoever reports, and the key of their own that names the act. */
export interface ActKey {
  readonly reportedBy: string;
  readonly key: string;
}

/** Acts under one key of one person come one after the other, so that the key is never taken for two at once (S-22). */
export async function lockKey(tx: Tx, { reportedBy, key }: ActKey): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`absence ${reportedBy} ${key}`}, 0))`);
}

/** What was taken in under a key: an absence for each slot, with what the act itself said of it. */
export interface Taken {
  readonly absence: Absence;
  readonly requestHash: string | null;
  /** Null also where none was said. Not to be compared once it was corrected. */
  readonly cause: AbsenceCause | null;
  /** Somebody had reported the slot before. */
  readonly isKnown: boolean;
}

export async function underKey(tx: Tx, { reportedBy, key }: ActKey): Promise<Taken[]> {
  const rows = await tx.execute<
    Row & { request_hash: string | null; said: AbsenceCause | null; is_known: boolean }
  >(sql`
    select ${columns}, absence.request_hash, cause.cause as said, false as is_known
    from ${withCause} where absence.reported_by = ${reportedBy} and absence.idempotency_key = ${key}
    union all
    select ${columns}, repeat.request_hash, repeat.cause as said, true as is_known
    from absence_repeat repeat
    join absence on absence.id = repeat.absence_id left join absence_cause cause on cause.absence_id = absence.id
    where repeat.reported_by = ${reportedBy} and repeat.idempotency_key = ${key}
    order by day, child_id, unit_id`);
  return rows.map((row) => ({
    ...{ absence: fromRow(row), requestHash: row.request_hash, cause: row.said, isKnown: row.is_known },
  }));
}

/** What stands of some slots. */
export const standing = (
  tx: Tx,
  slots: readonly (Place & { readonly day: LocalDate })[],
): Promise<Absence[]> =>
  select(
    tx,
    sql`absence.withdrawn_at is null and (absence.child_id, absence.unit_id, absence.day) in (
      select "childId", "unitId", day
      from jsonb_to_recordset(${JSON.stringify(slots)}::jsonb) as slot("childId" uuid, "unitId" uuid, day date))
      order by absence.day, absence.child_id, absence.unit_id`,
  );

export const byIds = (tx: Tx, ids: readonly string[]): Promise<Absence[]> =>
  select(tx, sql`absence.id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid)`);

/** What one act says of all its slots. */
export interface Act extends PartOfDay, ActKey {
  readonly correlationId: string;
  readonly requestHash: string;
  readonly cause: AbsenceCause | null;
}
export interface NewSlot extends Place {
  readonly id: string;
  readonly day: LocalDate;
  readonly isLate: boolean;
}

/**
 * Stores an act; answers which slots it was the first to report, also against one that was committed a moment ago. In one order,
 * so that two acts of the same slots never wait for each other.
 */
export async function insert(tx: Tx, act: Act, slots: readonly NewSlot[]): Promise<ReadonlySet<string>> {
  const { correlationId, requestHash, cause, arrivesAt, leavesAt, reportedBy, key } = act;
  const rows = await tx.execute<{ id: string }>(sql`
    insert into absence (id, child_id, unit_id, day, reported_by, idempotency_key, request_hash, correlation_id,
      arrives_at, leaves_at, is_late)
    select id, "childId", "unitId", day, ${reportedBy}, ${key}, ${requestHash}, ${correlationId}::uuid,
      ${arrivesAt}::time, ${leavesAt}::time, "isLate"
    from jsonb_to_recordset(${JSON.stringify(slots)}::jsonb)
      as slot(id uuid, "childId" uuid, "unitId" uuid, day date, "isLate" boolean)
    order by "childId", "unitId", day
    on conflict do nothing returning id`);
  const stored = new Set(rows.map(({ id }) => id));
  await insertCauses(
    tx,
    slots.filter(({ id }) => stored.has(id)),
    cause,
  );
  return stored;
}

async function insertCauses(
  tx: Tx,
  slots: readonly (Place & { readonly id: string })[],
  cause: AbsenceCause | null,
): Promise<void> {
  if (cause === null || slots.length === 0) return;
  await tx.execute(sql`
    insert into absence_cause (absence_id, child_id, unit_id, cause)
    select id, "childId", "unitId", ${cause}
    from jsonb_to_recordset(${JSON.stringify(slots)}::jsonb) as slot(id uuid, "childId" uuid, "unitId" uuid)`);
}

/** Keeps what an act says of slots that somebody had reported before (ABS-14). */
export async function insertRepeats(tx: Tx, act: Act, known: readonly NewSlot[]): Promise<void> {
  if (known.length === 0) return;
  const { correlationId, requestHash, cause, arrivesAt, leavesAt, reportedBy, key } = act;
  await tx.execute(sql`
    insert into absence_repeat (absence_id, child_id, unit_id, cause, arrives_at, leaves_at, correlation_id, reported_by,
      idempotency_key, request_hash, is_late)
    select id, "childId", "unitId", ${cause}, ${arrivesAt}::time, ${leavesAt}::time, ${correlationId}::uuid, ${reportedBy},
      ${key}, ${requestHash}, "isLate"
    from jsonb_to_recordset(${JSON.stringify(known)}::jsonb)
      as slot(id uuid, "childId" uuid, "unitId" uuid, "isLate" boolean)`);
}

/** Who of the staff is told at once of absences that whoever asks has reported, in the order they are given (T29). */
export async function newsTo(tx: Tx, places: readonly Place[]): Promise<readonly (readonly string[])[]> {
  if (places.length === 0) return [];
  const wanted = places.map(({ childId, unitId }) => ({ childId, unitId }));
  const rows = await tx.execute<{ told: string[] }>(sql`
    select to_jsonb(news_of_absence_to((wanted->>'childId')::uuid, (wanted->>'unitId')::uuid)) as told
    from jsonb_array_elements(${JSON.stringify(wanted)}::jsonb) with ordinality as wanted(wanted, place) order by place`);
  return rows.map(({ told }) => told);
}

/** Takes a report back; false where it has been. */
export const withdraw = async (tx: Tx, id: string): Promise<boolean> =>
  (
    await tx.execute(sql`
      update absence set withdrawn_at = now() where id = ${id} and withdrawn_at is null returning id`)
  ).length > 0;

/** Says something else of a day; false where it has been taken back meanwhile. */
export async function correct(
  tx: Tx,
  { id, childId, unitId }: Absence,
  { cause, arrivesAt, leavesAt }: PartOfDay & { readonly cause: AbsenceCause | null },
): Promise<boolean> {
  const changed = await tx.execute(sql`
    update absence set arrives_at = ${arrivesAt}::time, leaves_at = ${leavesAt}::time, corrected_at = now()
    where id = ${id} and withdrawn_at is null returning id`);
  if (changed.length === 0) return false;
  await tx.execute(sql`delete from absence_cause where absence_id = ${id}`);
  await insertCauses(tx, [{ id, childId, unitId }], cause);
  return true;
}

/** The place in a list, newest day first, that a page goes on after. */
export interface ListPlace {
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
  readonly after: ListPlace | null;
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

/** As the service: forgets causes of days that are long over, at most so many at a time; answers of how many. */
export async function forgetCauses(
  tx: Tx,
  { from, atSchoolsFrom }: { readonly from: LocalDate; readonly atSchoolsFrom: LocalDate },
  most: number,
): Promise<number> {
  const [row] = await tx.execute<{ forgotten: number }>(
    sql`select forget_causes(${from}, ${atSchoolsFrom}, ${most}) as forgotten`,
  );
  return row!.forgotten;
}

/** Takes away a child's absences, with their causes; of those somebody reported for others, who did. */
export async function erasePerson(tx: Tx, personId: string): Promise<void> {
  await tx.execute(sql`select erase_person(${personId}), erase_person_from_repeats(${personId})`);
}
