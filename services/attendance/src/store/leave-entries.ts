import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { ArchivedLeave, LeaveAct } from '../domain/leave-archive.ts';

/** What the archive is to have of leave, sealed. All of it is the service's. */
export interface SealedEntry {
  readonly entryId: string;
  readonly sealed: string;
}

export const insert = async (
  tx: Tx,
  {
    entryId,
    leaveId,
    act,
    sealed,
  }: SealedEntry & { readonly leaveId: string; readonly act: LeaveAct['kind'] },
): Promise<void> =>
  void (await tx.execute(sql`
    insert into leave_entry (entry_id, leave_id, act, sealed) values (${entryId}, ${leaveId}, ${act}, ${sealed})`));

/** The archive has it: its content goes. What is not ours, or was filed before, changes nothing. */
export const markFiled = async (
  tx: Tx,
  { entryId, archiveId }: { readonly entryId: string; readonly archiveId: string },
): Promise<void> =>
  void (await tx.execute(sql`
    update leave_entry set sealed = null, filed_at = now(), archive_id = ${archiveId}
    where entry_id = ${entryId} and filed_at is null`));

/** Entries without a receipt that were told long ago, as if told just now; locked until the transaction ends. */
export async function takeUnheard(tx: Tx, before: Date, most: number): Promise<readonly SealedEntry[]> {
  const rows = await tx.execute<{ entry_id: string; sealed: string }>(sql`
    update leave_entry set told_at = now() where entry_id in (
      select entry_id from leave_entry where filed_at is null and told_at < ${before.toISOString()}::timestamptz
      order by told_at limit ${most} for update skip locked)
    returning entry_id, sealed`);
  return rows.map(({ entry_id: entryId, sealed }) => ({ entryId, sealed }));
}

const asDate = (at: string | null): Date | null => (at === null ? null : new Date(at));

/** Cases of which the archive has everything, and of which something that was written is still here. */
export async function archived(tx: Tx): Promise<readonly ArchivedLeave[]> {
  const rows = await tx.execute<{ facts: Json }>(sql`select facts from archived_leaves()`);
  return rows.map(({ facts: { decidedAt, openedAt, complaints, ...facts } }) => ({
    ...{ ...facts, decidedAt: asDate(decidedAt), openedAt: openedAt.map(asDate) },
    complaints: complaints.map(({ nth, forwardedAt }) => ({ nth, forwardedAt: asDate(forwardedAt) })),
  }));
}
type Json = Omit<ArchivedLeave, 'decidedAt' | 'openedAt' | 'complaints'> & {
  readonly decidedAt: string | null;
  readonly openedAt: readonly (string | null)[];
  readonly complaints: readonly { readonly nth: number; readonly forwardedAt: string | null }[];
};

/** Deletes what was written of them but for the letters of decisions. Answers how many texts. */
export async function forgetTexts(tx: Tx, leaveIds: readonly string[]): Promise<number> {
  const [row] = await tx.execute<{ gone: number }>(sql`
    select forget_leave_texts(array(select jsonb_array_elements_text(${JSON.stringify(leaveIds)}::jsonb)::uuid)) as gone`);
  return row?.gone ?? 0;
}
