import type { Tx } from '@ranselpost/kit/database';
import { type FileRows, fileRows } from '@ranselpost/kit/files/rows';
import type { PersonActor } from '@ranselpost/kit/pure/actor';
import { type SQL, sql } from 'drizzle-orm';
import type { Attachment, AttachmentState, BulletinKind } from '../domain/attachment.ts';
import type { Capacity } from '../domain/thread.ts';
import { uuids } from './uuids.ts';

type Row = {
  id: string;
  owner_id: string | null;
  owner_as: Capacity;
  name: string;
  media_type: string;
  bytes: number;
  state: AttachmentState;
  refusal: string | null;
  message_id: string | null;
  bulletin_id: string | null;
  bulletin_kind: BulletinKind | null;
  unit_id: string;
  child_ids: string[];
  home_readers: string[];
  is_held: boolean;
  is_moved: boolean;
};

const fromRow = (row: Row): Attachment => ({
  id: row.id,
  ownerId: row.owner_id,
  ownerAs: row.owner_as,
  name: row.name,
  mediaType: row.media_type,
  bytes: row.bytes,
  state: row.state,
  refusal: row.refusal,
  bulletin:
    row.bulletin_id === null || row.bulletin_kind === null
      ? null
      : { kind: row.bulletin_kind, id: row.bulletin_id },
  at:
    row.message_id === null
      ? null
      : {
          ...{ messageId: row.message_id, unitId: row.unit_id, childIds: row.child_ids },
          ...{ homeReaderIds: row.home_readers, isHeld: row.is_held },
          isMoved: row.is_moved,
        },
});

const columns = sql`id, owner_id, owner_as, name, media_type, bytes, state, refusal, message_id, bulletin_id, bulletin_kind, unit_id,
  child_ids, home_readers, is_held, is_moved`;

const select = async (tx: Tx, where: SQL): Promise<Attachment[]> =>
  (await tx.execute<Row>(sql`select ${columns} from attachment where ${where} order by id`)).map(fromRow);

export const byIds = (tx: Tx, ids: readonly string[]): Promise<Attachment[]> =>
  select(tx, sql`id = any (${uuids(ids)})`);

export const byMessages = (tx: Tx, messageIds: readonly string[]): Promise<Attachment[]> =>
  select(tx, sql`message_id = any (${uuids(messageIds)})`);

export const byBulletins = (tx: Tx, ids: readonly string[]): Promise<Attachment[]> =>
  select(tx, sql`bulletin_id = any (${uuids(ids)})`);

/** Whether somebody could write to anybody today, and how many files they have that go with nothing. */
export async function sendingFacts(
  tx: Tx,
  { personId, kind }: PersonActor,
): Promise<{ readonly couldWrite: boolean; readonly unused: number }> {
  const [facts] = await tx.execute<{ could_write: boolean; unused: number }>(sql`
    select case ${kind} when 'guardian'
        then exists (select from access.guardian where person_id = ${personId} and (ends_on is null or access.today() < ends_on))
        else exists (select from access.staff_role where person_id = ${personId}
          and from_day <= access.today() and (to_day is null or access.today() < to_day)) end as could_write,
      (select count(*)::int from attachment where owner_id = ${personId} and message_id is null
        and bulletin_id is null) as unused`);
  return { couldWrite: facts!.could_write, unused: facts!.unused };
}

/** A file that somebody has sent in. */
export type NewAttachment = Pick<Attachment, 'id' | 'ownerAs' | 'name' | 'mediaType' | 'bytes'> & {
  readonly ownerId: string;
};

export async function insert(tx: Tx, file: NewAttachment): Promise<void> {
  await tx.execute(sql`
    insert into attachment (id, owner_id, owner_as, name, media_type, bytes)
    values (${file.id}, ${file.ownerId}, ${file.ownerAs}, ${file.name}, ${file.mediaType}, ${file.bytes})`);
}

/** Has files go with a message. The database lets no other than their owner's own through. */
export async function attach(tx: Tx, messageId: string, ids: readonly string[]): Promise<boolean> {
  if (ids.length === 0) return true;
  const rows = await tx.execute(sql`
    update attachment set message_id = ${messageId} where id = any (${uuids(ids)}) and message_id is null returning id`);
  return rows.length === ids.length;
}

/** Has files go with what is said to many; each shows no child, or the database does not let it through. */
export async function attachToBulletin(
  tx: Tx,
  { kind, id }: NonNullable<Attachment['bulletin']>,
  ids: readonly string[],
): Promise<boolean> {
  if (ids.length === 0) return true;
  const rows = await tx.execute(sql`
    update attachment set bulletin_id = ${id}, bulletin_kind = ${kind}, shows_no_child = true
    where id = any (${uuids(ids)}) and message_id is null and bulletin_id is null returning id`);
  return rows.length === ids.length;
}

/** Takes away what was sent in before a moment and goes with nothing, nor waits to go with a draft. */
export async function removeUnused(tx: Tx, before: Date): Promise<void> {
  await tx.execute(
    sql`delete from attachment where message_id is null and bulletin_id is null and entry_id is null
      and sent_in_at < ${before.toISOString()}::timestamptz
      and not exists (select from draft d where d.attachment_ids <> '{}' and d.attachment_ids @> array[attachment.id])`,
  );
}

/** Takes away pictures of children who have left everywhere (RET-04). Answers how many. */
export async function removePicturesOfTheLeft(tx: Tx): Promise<number> {
  const [gone] = await tx.execute<{ count: number }>(sql`select drop_pictures_of_the_left() as count`);
  return gone!.count;
}

/** What is known of files as they are looked after: what waits to be sealed for the archive is not taken away, and known elsewhere too. */
export const rows: FileRows = {
  ...fileRows('attachment'),
  remove: async (tx, id) => {
    await tx.execute(sql`delete from attachment where id = ${id} and entry_id is null`);
  },
  known: async (tx, ids) =>
    new Set(
      (
        await tx.execute<{ id: string }>(sql`
          select id from attachment where id = any (${uuids(ids)})
          union all select id from archive_file where id = any (${uuids(ids)})`)
      ).map(({ id }) => id),
    ),
};

export async function erasePerson(tx: Tx, personId: string): Promise<void> {
  await tx.execute(sql`select erase_files_of(${personId})`);
}
