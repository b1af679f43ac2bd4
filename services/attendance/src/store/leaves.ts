import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { type SQL, sql } from 'drizzle-orm';
import type {
  ChildHearing,
  Leave,
  LeaveDecider,
  LeaveKind,
  LeaveState,
  LeaveWish,
  UsedLeave,
  Verdict,
} from '../domain/leave.ts';

type Row = {
  id: string;
  child_id: string;
  unit_id: string;
  first_day: LocalDate;
  last_day: LocalDate;
  kind: LeaveKind;
  state: LeaveState;
  decider: LeaveDecider;
  hearing: ChildHearing;
  is_away_after_school: boolean;
  school_day_count: number;
  applied_by: string | null;
  applied_at: string;
  decided_at: string | null;
  starts_on: LocalDate | null;
  ends_before: LocalDate | null;
};

const fromRow = (row: Row): Leave => ({
  id: row.id,
  childId: row.child_id,
  unitId: row.unit_id,
  firstDay: row.first_day,
  lastDay: row.last_day,
  kind: row.kind,
  state: row.state,
  decider: row.decider,
  hearing: row.hearing,
  isAwayAfterSchool: row.is_away_after_school,
  schoolDayCount: row.school_day_count,
  appliedBy: row.applied_by,
  appliedAt: new Date(row.applied_at),
  decidedAt: row.decided_at === null ? null : new Date(row.decided_at),
  startsOn: row.starts_on,
  endsBefore: row.ends_before,
});

const ids = (values: readonly string[]): SQL =>
  sql`(select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb)::uuid)`;

const select = async (tx: Tx, where: SQL): Promise<Leave[]> =>
  (await tx.execute<Row>(sql`select leave.* from leave where ${where}`)).map(fromRow);

/** From here on nobody else changes anything about leave of the child, until the transaction ends. */
export const lockChild = (tx: Tx, childId: string): Promise<unknown> =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`leave ${childId}`}, 0))`);

export const byIds = (tx: Tx, wanted: readonly string[]): Promise<Leave[]> =>
  select(tx, sql`id in ${ids(wanted)}`);

export async function underKey(tx: Tx, appliedBy: string, key: string): Promise<Leave | null> {
  const [found] = await select(tx, sql`applied_by = ${appliedBy} and idempotency_key = ${key}`);
  return found ?? null;
}

/** The child's leave at a unit that is applied for or granted. */
export const standing = (tx: Tx, childId: string, unitId: string): Promise<Leave[]> =>
  select(tx, sql`child_id = ${childId} and unit_id::text = ${unitId} and state in ('APPLIED', 'GRANTED')`);

export async function used(
  tx: Tx,
  childId: string,
  { from, to }: { readonly from: LocalDate; readonly to: LocalDate },
): Promise<UsedLeave> {
  const [row] = await tx.execute<{ granted: number; asked: number }>(
    sql`select granted, asked from leave_used(${childId}, ${from}, ${to})`,
  );
  return row ?? { granted: 0, asked: 0 };
}

/** What is shown of it; null while the municipality hides any of it. */
export async function quota(
  tx: Tx,
  childId: string,
  { from, to }: { readonly from: LocalDate; readonly to: LocalDate },
): Promise<UsedLeave | null> {
  const [row] = await tx.execute<{ granted: number; asked: number }>(
    sql`select granted, asked from leave_quota(${childId}, ${from}, ${to})`,
  );
  return row ?? null;
}

/** Who applied, while they are the child's guardian. */
export async function applicant(tx: Tx, leaveId: string): Promise<string | null> {
  const [row] = await tx.execute<{ id: string | null }>(sql`select leave_applicant(${leaveId}) as id`);
  return row?.id ?? null;
}

export interface NewLeave extends LeaveWish {
  readonly id: string;
  readonly decider: LeaveDecider;
  readonly schoolDayCount: number;
  readonly appliedBy: string;
  readonly idempotencyKey: string;
}

/** Null when the same key, or leave for one of the days, was there a moment before. */
export async function insert(tx: Tx, leave: NewLeave): Promise<Leave | null> {
  const [stored] = await tx.execute<Row>(sql`
    insert into leave (id, child_id, unit_id, first_day, last_day, kind, hearing, is_away_after_school, decider,
      school_day_count, applied_by, idempotency_key)
    values (${leave.id}, ${leave.childId}, ${leave.unitId}, ${leave.firstDay}, ${leave.lastDay}, ${leave.kind},
      ${leave.hearing}, ${leave.isAwayAfterSchool}, ${leave.decider}, ${leave.schoolDayCount}, ${leave.appliedBy},
      ${leave.idempotencyKey})
    on conflict do nothing returning *`);
  return stored === undefined ? null : fromRow(stored);
}

export type TextPart = 'REASON' | 'CHILD_VIEW' | 'OBJECTION' | 'DECISION' | 'LETTER' | 'COMPLAINT' | 'NOTE';

export async function insertText(
  tx: Tx,
  { id: leaveId, childId, unitId, decider, kind }: Leave,
  text: {
    readonly id: string;
    readonly part: TextPart;
    readonly body: string;
    readonly writtenBy: string;
    /** Which decision it belongs to, where that is not the first. */
    readonly nth?: number;
    readonly complaintId?: string;
  },
): Promise<void> {
  await tx.execute(sql`
    insert into leave_text (id, leave_id, child_id, unit_id, decider, kind, part, body, written_by, nth, complaint_id)
    values (${text.id}, ${leaveId}, ${childId}, ${unitId}, ${decider}, ${kind}, ${text.part}, ${text.body}, ${text.writtenBy},
      ${text.nth ?? 1}, ${text.complaintId ?? null})`);
}

export interface LeaveText {
  readonly leaveId: string;
  readonly part: TextPart;
  readonly body: string;
  readonly writtenBy: string | null;
  readonly complaintId: string | null;
}

/** What was written about some leaves, as far as the actor may read it: of each part the latest decision's last. */
export async function texts(tx: Tx, leaveIds: readonly string[]): Promise<readonly LeaveText[]> {
  const rows = await tx.execute<{
    leave_id: string;
    part: TextPart;
    body: string;
    written_by: string | null;
    complaint_id: string | null;
  }>(sql`
    select leave_id, part, body, written_by, complaint_id from leave_text where leave_id in ${ids(leaveIds)}
    order by nth, written_at, id`);
  return rows.map((row) => ({
    leaveId: row.leave_id,
    part: row.part,
    body: row.body,
    writtenBy: row.written_by,
    complaintId: row.complaint_id,
  }));
}

export async function objectors(
  tx: Tx,
  leaveIds: readonly string[],
): Promise<readonly { readonly leaveId: string; readonly objectedBy: string }[]> {
  const rows = await tx.execute<{ leave_id: string; objected_by: string }>(
    sql`select leave_id, objected_by from leave_objection where leave_id in ${ids(leaveIds)}`,
  );
  return rows.map((row) => ({ leaveId: row.leave_id, objectedBy: row.objected_by }));
}

/** Answers under which notice it is told; null when the same guardian has objected already. */
export async function insertObjection(
  tx: Tx,
  { id, childId, unitId }: Leave,
  objectedBy: string,
): Promise<string | null> {
  const [row] = await tx.execute<{ notice_id: string }>(sql`
    insert into leave_objection (leave_id, child_id, unit_id, objected_by)
    values (${id}, ${childId}, ${unitId}, ${objectedBy}) on conflict do nothing returning notice_id`);
  return row?.notice_id ?? null;
}

export interface StoredDecision {
  readonly nth: number;
  readonly outcome: Verdict['outcome'];
  readonly decidedBy: string | null;
  readonly decidedAt: Date;
  readonly key: string;
}

/** The decision on a leave that stands; null before there is one. */
export async function lastDecision(tx: Tx, leaveId: string): Promise<StoredDecision | null> {
  const [row] = await tx.execute<{
    nth: number;
    outcome: Verdict['outcome'];
    decided_by: string | null;
    decided_at: string;
    idempotency_key: string;
  }>(sql`
    select nth, outcome, decided_by, decided_at, idempotency_key from leave_decision where leave_id = ${leaveId}
    order by nth desc limit 1`);
  if (row === undefined) return null;
  const { nth, outcome, decided_by: decidedBy, idempotency_key: key } = row;
  return { nth, outcome, decidedBy, key, decidedAt: new Date(row.decided_at) };
}

/** From which day on a guardian has withdrawn it. */
export async function withdrawnFrom(tx: Tx, leaveId: string): Promise<LocalDate | null> {
  const [row] = await tx.execute<{ from_day: LocalDate | null }>(
    sql`select min(from_day)::text as from_day from leave_withdrawal where leave_id = ${leaveId}`,
  );
  return row?.from_day ?? null;
}

/** Of the days that were granted, how many are a leave's own and count for the quota. */
export async function ownDayCount(tx: Tx, leaveId: string): Promise<number> {
  const [row] = await tx.execute<{ days: number }>(
    sql`select count(*)::int as days from leave_day where leave_id = ${leaveId} and kind = 'GENERAL'`,
  );
  return row?.days ?? 0;
}

/** False when somebody decided a moment before. */
export async function insertDecision(
  tx: Tx,
  { id, childId, unitId, decider, kind }: Leave,
  { outcome, exceptions, hearing }: Verdict,
  by: {
    readonly decidedBy: string;
    readonly key: string;
    readonly schoolDayCount: number;
    readonly nth: number;
    readonly startsOn: LocalDate | null;
    readonly endsBefore: LocalDate | null;
  },
): Promise<boolean> {
  const rows = await tx.execute(sql`
    insert into leave_decision (leave_id, child_id, unit_id, decider, kind, outcome, exceptions, hearing,
      school_day_count, decided_by, idempotency_key, nth, starts_on, ends_before)
    values (${id}, ${childId}, ${unitId}, ${decider}, ${kind}, ${outcome},
      array(select jsonb_array_elements_text(${JSON.stringify(exceptions)}::jsonb)), ${hearing}, ${by.schoolDayCount},
      ${by.decidedBy}, ${by.key}, ${by.nth}, ${by.startsOn}::date, ${by.endsBefore}::date)
    on conflict do nothing returning leave_id`);
  return rows.length > 0;
}

/** Keeps which school days were granted; as the service, which no request is. */
export async function insertDays(
  tx: Tx,
  { id, childId, unitId, kind }: Leave,
  days: readonly LocalDate[],
): Promise<void> {
  await tx.execute(sql`
    insert into leave_day (child_id, unit_id, day, leave_id, kind)
    select ${childId}::uuid, ${unitId}::uuid, day::date, ${id}::uuid, ${kind}
    from jsonb_array_elements_text(${JSON.stringify(days)}::jsonb) as day on conflict do nothing`);
}

export async function insertWithdrawal(
  tx: Tx,
  { id, childId, unitId }: Leave,
  { from, withdrawnBy }: { readonly from: LocalDate; readonly withdrawnBy: string },
): Promise<void> {
  await tx.execute(sql`
    insert into leave_withdrawal (leave_id, child_id, unit_id, from_day, withdrawn_by)
    values (${id}, ${childId}, ${unitId}, ${from}, ${withdrawnBy})`);
}

/** The place in a list that a page goes on after. */
export interface LeavePlace {
  readonly key: string;
  readonly id: string;
}

export interface LeaveListing {
  readonly after: LeavePlace | null;
  readonly first: number;
}

/** A child's leave, latest days first; one more than wanted when there are more. */
export const ofChild = (tx: Tx, childId: string, { after, first }: LeaveListing): Promise<Leave[]> =>
  select(
    tx,
    sql`child_id = ${childId} and (${after === null} or (first_day, id) < (${after?.key ?? null}::date, ${after?.id ?? null}::uuid))
      order by first_day desc, id desc limit ${first + 1}`,
  );

/** What waits at a unit for a decision, or of which a complaint waits, longest first; one more than wanted when there are more. */
export const waitingAt = (tx: Tx, unitId: string, { after, first }: LeaveListing): Promise<Leave[]> =>
  select(
    tx,
    sql`unit_id::text = ${unitId} and (state = 'APPLIED' or state <> 'WITHDRAWN' and id in (
        select c.leave_id from leave_complaint c where c.unit_id::text = ${unitId}
          and not exists (select from leave_forwarding f where f.complaint_id = c.id)
          and not exists (select from leave_decision d where d.leave_id = c.leave_id and d.nth > c.nth)))
      and child_id || ':' || unit_id = any ((select leave_seats_led() || leave_seats_taught())::text[])
      and (${after === null} or (applied_at, id) > (${after?.key ?? null}::timestamptz, ${after?.id ?? null}::uuid))
      order by applied_at, id limit ${first + 1}`,
  );

/** The children among some whose guardian somebody is, whatever they ask as (GUA-24). */
export async function ownChildren(
  tx: Tx,
  personId: string | null,
  childIds: readonly string[],
): Promise<readonly string[]> {
  const rows = await tx.execute<{ child_id: string }>(sql`
    select child_id from access.guardian where person_id = ${personId} and child_id in ${ids(childIds)}`);
  return rows.map(({ child_id }) => child_id);
}

export const erasePerson = (tx: Tx, personId: string): Promise<unknown> =>
  tx.execute(sql`select erase_person_from_leave(${personId})`);
