import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { ContactForm } from '../domain/contact-form.ts';
import type { Standing } from '../domain/safety-concern.ts';
import { type PageWanted, newestFirst, standingColumns } from './page.ts';

type FormRow = {
  id: string;
  unit_id: string;
  received_at: string;
  files: number;
  files_refused: number;
  filed_at: string | null;
  case_number: string | null;
  answered_at: string | null;
  answer_reference: string | null;
};

const toForm = (row: FormRow): ContactForm => ({
  ...{ id: row.id, unitId: row.unit_id, receivedAt: new Date(row.received_at), caseNumber: row.case_number },
  ...{ fileCount: row.files, refusedFileCount: row.files_refused },
  filedAt: row.filed_at === null ? null : new Date(row.filed_at),
  answeredAt: row.answered_at === null ? null : new Date(row.answered_at),
  answerReference: row.answer_reference,
});

const caseColumns = sql`c.form_id as id, c.unit_id, c.received_at, e.files, e.files_refused, e.filed_at, e.case_number,
  c.answered_at, c.answer_reference`;

export async function underKey(tx: Tx, senderId: string, key: string): Promise<ContactForm | null> {
  const [row] = await tx.execute<FormRow>(sql`
    select ${caseColumns} from contact_form f join form_case c using (form_id) join archive_entry e on e.entry_id = c.entry_id
    where f.sender_id = ${senderId} and f.idempotency_key = ${key}`);
  return row === undefined ? null : toForm(row);
}

/** How many forms somebody has sent in the last day. */
export async function countToday(tx: Tx, senderId: string): Promise<number> {
  const [row] = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from contact_form
    where sender_id = ${senderId} and received_at > now() - interval '1 day'`);
  return row?.count ?? 0;
}

export async function isUnit(tx: Tx, unitId: string): Promise<boolean> {
  const [row] = await tx.execute(sql`select 1 from access.unit where unit_id = ${unitId} and is_active`);
  return row !== undefined;
}

/** Keeps that a form was sent. Null where the same was, at the same time. */
export async function insert(
  tx: Tx,
  form: {
    readonly id: string;
    readonly entryId: string;
    readonly senderId: string;
    readonly unitId: string;
    readonly key: string;
  },
): Promise<ContactForm | null> {
  const [row] = await tx.execute<FormRow>(sql`
    with taken as (
      insert into contact_form (form_id, entry_id, sender_id, unit_id, idempotency_key)
      values (${form.id}, ${form.entryId}, ${form.senderId}, ${form.unitId}, ${form.key})
      on conflict (sender_id, idempotency_key) do nothing
      returning form_id, entry_id, unit_id, received_at)
    insert into form_case (form_id, entry_id, unit_id, received_at) select * from taken
    returning form_id as id, unit_id, received_at,
      (select files from archive_entry e where e.entry_id = form_case.entry_id) as files, 0 as files_refused, null as filed_at, null as case_number, null as answered_at,
      null as answer_reference`);
  return row === undefined ? null : toForm(row);
}

/** The forms of whoever asks, newest first, one more than wanted when there are more. */
export async function list(tx: Tx, senderId: string, page: PageWanted): Promise<readonly ContactForm[]> {
  const rows = await tx.execute<FormRow>(sql`
    select ${caseColumns} from contact_form f join form_case c using (form_id) join archive_entry e on e.entry_id = c.entry_id
    where f.sender_id = ${senderId} ${newestFirst({ table: sql`contact_form`, alias: sql`f`, at: sql`received_at`, key: sql`form_id` }, page)}`);
  return rows.map(toForm);
}

type StandingRow = FormRow & { is_past_leaders: boolean; is_about_viewer: boolean };
export type Found = ContactForm & Standing;

const toFound = (row: StandingRow): Found => ({
  ...toForm(row),
  ...{ isPastLeaders: row.is_past_leaders, isAboutViewer: row.is_about_viewer },
});

/** The forms of a unit, newest first, one more than wanted when there are more. Who sent them is not in it. */
export async function ofUnit(tx: Tx, unitId: string, page: PageWanted): Promise<readonly Found[]> {
  const rows = await tx.execute<StandingRow>(sql`
    select ${caseColumns}, ${standingColumns} from form_case c join archive_entry e using (entry_id)
    where c.unit_id = ${unitId} ${newestFirst({ table: sql`form_case`, alias: sql`c`, at: sql`received_at`, key: sql`form_id` }, page)}`);
  return rows.map(toFound);
}

export async function byId(tx: Tx, formId: string): Promise<Found | null> {
  const [row] = await tx.execute<StandingRow>(sql`
    select ${caseColumns}, ${standingColumns} from form_case c join archive_entry e using (entry_id) where c.form_id = ${formId}`);
  return row === undefined ? null : toFound(row);
}

/** Notes the answer, once; answers who is to be told of it. Null where it was answered before, or its sender is gone. */
export async function answer(
  tx: Tx,
  given: { readonly formId: string; readonly reference: string; readonly by: string },
): Promise<{ readonly isNew: boolean; readonly senderId: string | null }> {
  const { formId, reference, by } = given;
  const rows = await tx.execute<{ sender_id: string | null }>(sql`
    update form_case c set answered_at = now(), answered_by = ${by}, answer_reference = ${reference}
    where c.form_id = ${formId} and c.answered_at is null
    returning (select sender_id from contact_form f where f.form_id = c.form_id) as sender_id`);
  return { isNew: rows.length > 0, senderId: rows[0]?.sender_id ?? null };
}

/** Forgets who sent and who answered; what the archive does not have yet names nobody and stays (RET-02). */
export async function erasePerson(tx: Tx, personId: string): Promise<void> {
  await tx.execute(sql`delete from contact_form where sender_id = ${personId}`);
  await tx.execute(sql`update form_case set answered_by = null where answered_by = ${personId}`);
}
