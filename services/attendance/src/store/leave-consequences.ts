import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { sql } from 'drizzle-orm';
import type { Leave } from '../domain/leave.ts';

/** A day that a child is away from a unit by leave. */
export interface LeaveAbsence {
  readonly absenceId: string;
  readonly childId: string;
  readonly unitId: string;
  readonly day: LocalDate;
}

type Row = { id: string; child_id: string; unit_id: string; day: LocalDate };
const fromRow = (row: Row): LeaveAbsence => ({
  ...{ absenceId: row.id, childId: row.child_id, unitId: row.unit_id, day: row.day },
});

interface Slot {
  readonly id: string;
  readonly unitId: string;
  readonly day: LocalDate;
}

/** Of what stands now that did not before, and of what does not any more. */
export interface ChangedAbsences {
  readonly stand: readonly LeaveAbsence[];
  readonly gone: readonly LeaveAbsence[];
}
const changed = (rows: readonly (Row & { readonly stands: boolean })[]): ChangedAbsences => ({
  stand: rows.filter(({ stands }) => stands).map(fromRow),
  gone: rows.filter(({ stands }) => !stands).map(fromRow),
});

/** Keeps granted leave as absences, and takes back what was reported of the same days, at this very instant as well; as the service. */
export async function keepAbsences(
  tx: Tx,
  leaveId: string,
  slots: readonly Slot[],
): Promise<ChangedAbsences> {
  return changed(
    await tx.execute<Row & { stands: boolean }>(
      sql`select * from grant_leave_absences(${leaveId}, ${JSON.stringify(slots)}::jsonb)`,
    ),
  );
}

/** Takes back the absences that leave has made from a day on: what was reported of them before stands again; as the service. */
export async function withdrawAbsences(tx: Tx, leaveId: string, from: LocalDate): Promise<ChangedAbsences> {
  return changed(
    await tx.execute<Row & { stands: boolean }>(
      sql`select * from take_back_leave_absences(${leaveId}, ${from})`,
    ),
  );
}

/** Where a child goes after school, while absence is open there; as the service. */
export async function afterSchoolPlaces(
  tx: Tx,
  childId: string,
): Promise<readonly { readonly unitId: string; readonly from: LocalDate; readonly to: LocalDate | null }[]> {
  const rows = await tx.execute<{ unit_id: string; from_day: LocalDate; to_day: LocalDate | null }>(sql`
    select e.unit_id, e.from_day, e.to_day from access.enrolment e
    join access.unit u on u.unit_id = e.unit_id and u.kind = 'AFTER_SCHOOL'
    join access.feature f on f.unit_id = e.unit_id and f.feature = 'ABSENCE' and f.state = 'OPEN'
    where e.child_id = ${childId}`);
  return rows.map((row) => ({ unitId: row.unit_id, from: row.from_day, to: row.to_day }));
}

/** The child's guardians today, and whether it is protected; as the service. */
export async function guardiansOf(
  tx: Tx,
  childId: string,
  today: LocalDate,
): Promise<{ readonly personIds: readonly string[]; readonly isProtected: boolean }> {
  const [row] = await tx.execute<{ person_ids: readonly string[]; is_protected: boolean }>(sql`
    select
      (select coalesce(jsonb_agg(distinct person_id), '[]') from access.guardian
        where child_id = ${childId} and (ends_on is null or ends_on > ${today}::date)) as person_ids,
      exists (select from access.enrolment where child_id = ${childId} and named_staff is not null) as is_protected`);
  return { personIds: row!.person_ids, isProtected: row!.is_protected };
}

/** The notices by which objections to leave were told; as the service. */
export async function objectionNotices(tx: Tx, leaveId: string): Promise<readonly string[]> {
  const rows = await tx.execute<{ notice_id: string }>(
    sql`select notice_id from leave_objection where leave_id = ${leaveId} order by notice_id`,
  );
  return rows.map(({ notice_id }) => notice_id);
}

/** The letter of a decision, for each guardian who is to open it; as the service. */
export async function insertLetters(
  tx: Tx,
  { id, childId, unitId, decider, kind }: Leave,
  letter: { readonly textId: string; readonly body: string; readonly nth: number },
  readers: readonly { readonly decisionId: string; readonly personId: string }[],
): Promise<void> {
  await tx.execute(sql`
    insert into leave_text (id, leave_id, child_id, unit_id, decider, kind, part, body, nth)
    values (${letter.textId}, ${id}, ${childId}, ${unitId}, ${decider}, ${kind}, 'LETTER', ${letter.body}, ${letter.nth})`);
  await tx.execute(sql`
    insert into leave_letter (decision_id, leave_id, child_id, unit_id, nth, person_id)
    select reader."decisionId", ${id}, ${childId}, ${unitId}, ${letter.nth}, reader."personId"
    from jsonb_to_recordset(${JSON.stringify(readers)}::jsonb) as reader("decisionId" uuid, "personId" uuid)`);
}

/** Whoever asks has a letter of the decision that stands, and when they first opened it. */
export async function ownLetter(
  tx: Tx,
  leaveId: string,
): Promise<{ readonly decisionId: string; readonly openedAt: Date | null } | null> {
  const [row] = await tx.execute<{ decision_id: string; opened_at: string | null }>(
    sql`select decision_id, opened_at from leave_letter where leave_id = ${leaveId} and person_id = access.person()
      and nth = (select max(nth) from leave_decision where leave_id = ${leaveId})`,
  );
  return row === undefined
    ? null
    : { decisionId: row.decision_id, openedAt: row.opened_at === null ? null : new Date(row.opened_at) };
}

/** True when it was not open before; as the service. */
export async function markOpened(tx: Tx, decisionId: string, at: Date): Promise<boolean> {
  const rows = await tx.execute(sql`
    update leave_letter set opened_at = ${at.toISOString()} where decision_id = ${decisionId} and opened_at is null
    returning decision_id`);
  return rows.length > 0;
}
