import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { Capacity, LeftOut, Thread } from '../domain/thread.ts';
import { uuids } from './uuids.ts';

type Row = {
  id: string;
  unit_id: string;
  child_ids: string[];
  guardians: string[];
  home_readers: string[];
  addressed_staff: string[];
  to_mailbox: boolean;
  started_at: string;
  last_message_at: string;
  subject: string | null;
  is_held: boolean;
  only_staff: string[] | null;
};

const fromRow = (row: Row): Thread => ({
  id: row.id,
  unitId: row.unit_id,
  childIds: row.child_ids,
  guardianIds: row.guardians,
  homeReaderIds: row.home_readers,
  addressedStaffIds: row.addressed_staff,
  toMailbox: row.to_mailbox,
  startedAt: new Date(row.started_at),
  lastMessageAt: new Date(row.last_message_at),
  subject: row.subject,
  isHeld: row.is_held,
  onlyStaffIds: row.only_staff,
});

const columns = sql`thread.id, thread.unit_id, thread.child_ids, thread.guardians, thread.home_readers, thread.addressed_staff, thread.to_mailbox,
  thread.started_at, thread.last_message_at, thread.subject, thread.is_held, thread.only_staff`;

export const byIds = async (tx: Tx, ids: readonly string[]): Promise<Thread[]> =>
  (await tx.execute<Row>(sql`select ${columns} from thread where id = any (${uuids(ids)})`)).map(fromRow);

/** A thread to be stored. */
export interface NewThread extends Omit<Thread, 'startedAt' | 'lastMessageAt' | 'isHeld' | 'onlyStaffIds'> {
  readonly startedById: string;
  readonly startedAs: Capacity;
}

export async function insert(tx: Tx, thread: NewThread): Promise<Thread> {
  const [stored] = await tx.execute<Row>(sql`
    insert into thread (id, unit_id, child_ids, guardians, home_readers, addressed_staff, started_by, started_as, subject, to_mailbox)
    values (${thread.id}, ${thread.unitId}, ${uuids(thread.childIds)}, ${uuids(thread.guardianIds)},
      ${uuids(thread.homeReaderIds)}, ${uuids(thread.addressedStaffIds)}, ${thread.startedById}, ${thread.startedAs},
      ${thread.subject}, ${thread.toMailbox})
    returning ${columns}`);
  return fromRow(stored!);
}

/** Writes down whom staff left out of what they told the others, and why. */
export async function keepLeftOut(
  tx: Tx,
  { threadId, byId, leftOut }: { threadId: string; byId: string; leftOut: readonly LeftOut[] },
): Promise<void> {
  for (const { personId, cause } of leftOut)
    await tx.execute(sql`
      insert into left_out (thread_id, person_id, cause, left_out_by) values (${threadId}, ${personId}, ${cause}, ${byId})`);
}

/** Takes away a child's threads; of others', that somebody took part. */
export async function erasePerson(tx: Tx, personId: string): Promise<void> {
  await tx.execute(sql`select erase_person(${personId}), erase_earlier_reader(${personId})`);
}
