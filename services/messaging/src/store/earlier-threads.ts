import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { TakenOver, Unknown } from '../domain/earlier-thread.ts';
import { uuids } from './uuids.ts';

/** False while the copy cannot say who is known: from a gap until a snapshot. */
export async function isCopyWhole(tx: Tx): Promise<boolean> {
  const [state] = await tx.execute<{ is_whole: boolean }>(
    sql`select is_whole and position > 0 as is_whole from access.copy_state`,
  );
  return state?.is_whole === true;
}

/** The digest of the line in which something was taken over before, by the digest of its id there: that id is not kept (RET-08). */
export async function digestOf(tx: Tx, sourceDigest: string): Promise<string | undefined> {
  const [row] = await tx.execute<{ digest: string }>(
    sql`select digest from imported_thread where source_id = ${sourceDigest}`,
  );
  return row?.digest;
}

/** Who of some people, children and a unit is nobody that identity has told of. */
export async function unknownOf(
  tx: Tx,
  wanted: {
    readonly unitId: string;
    readonly childIds: readonly string[];
    readonly guardianIds: readonly string[];
    readonly staffIds: readonly string[];
  },
): Promise<Unknown> {
  const [row] = await tx.execute<{ unknown: Unknown }>(sql`
    select jsonb_build_object(
      'isUnitUnknown', not exists (select from access.unit where unit_id = ${wanted.unitId}),
      'childIds', (select coalesce(jsonb_agg(id), '[]') from unnest(${uuids(wanted.childIds)}) as id
        where not exists (select from access.enrolment where child_id = id) and not exists (select from access.guardian where child_id = id)),
      'guardianIds', (select coalesce(jsonb_agg(id), '[]') from unnest(${uuids(wanted.guardianIds)}) as id
        where not exists (select from access.guardian where person_id = id)),
      'staffIds', (select coalesce(jsonb_agg(id), '[]') from unnest(${uuids(wanted.staffIds)}) as id
        where not exists (select from access.fact where kind = 'identity.roles.changed.v1' and subject_id = id))) as unknown`);
  return row!.unknown;
}

/** Takes a thread over whole; false where it was before. */
export async function takeOver(
  tx: Tx,
  source: { readonly sourceDigest: string; readonly digest: string },
  { unitId, childIds, subject, messages, reach, readers }: TakenOver,
  newId: () => string,
): Promise<boolean> {
  const first = messages[0]!;
  const given = {
    thread: {
      ...{ id: newId(), unit_id: unitId, child_ids: childIds, subject },
      ...{ home_readers: reach.guardian, only_staff: reach.staff },
      ...{ started_by: first.authorId, started_as: first.authorAs },
      ...{ started_at: first.sentAt, last_message_at: messages.at(-1)!.sentAt },
    },
    messages: messages.map((message) => ({
      ...{ id: newId(), home_readers: message.reach.guardian, only_staff: message.reach.staff },
      ...{ author_id: message.authorId, author_as: message.authorAs },
      ...{ sent_at: message.sentAt, body: message.body },
    })),
    readers: readers.map(({ personId, capacity, lastMessageAt, isUnread }) => ({
      ...{ person_id: personId, capacity, last_message_at: lastMessageAt, is_unread: isUnread },
    })),
  };
  const [row] = await tx.execute<{ is_new: boolean }>(sql`
    select take_over_thread(${source.sourceDigest}, ${source.digest}, ${JSON.stringify(given)}::jsonb) as is_new`);
  return row!.is_new;
}
