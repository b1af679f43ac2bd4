import type { Tx } from '@ranselpost/kit/database';
import type { ArrivedFile } from '@ranselpost/kit/files/desk';
import { fileRows } from '@ranselpost/kit/files/rows';
import { type SQL, sql } from 'drizzle-orm';
import type { ClaimDocument } from '../domain/claim-document.ts';

interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly owner_id: string;
  readonly name: string;
  readonly media_type: string;
  readonly bytes: number;
  readonly state: ClaimDocument['state'];
  readonly refusal: string | null;
  readonly claim_id: string | null;
  readonly received_at: string | null;
}

const fromRow = (row: Row): ClaimDocument => ({
  id: row.id,
  ownerId: row.owner_id,
  name: row.name,
  mediaType: row.media_type,
  bytes: row.bytes,
  state: row.state,
  refusal: row.refusal,
  claimId: row.claim_id,
  receivedAt: row.received_at === null ? null : new Date(row.received_at),
});

const ids = (values: readonly string[]): SQL =>
  sql`(select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb)::uuid)`;

const select = async (tx: Tx, where: SQL): Promise<ClaimDocument[]> =>
  (
    await tx.execute<Row>(sql`
      select id, owner_id, name, media_type, bytes, state, refusal, claim_id, received_at
      from claim_document where ${where}`)
  ).map(fromRow);

/** What is known of documents as files are looked after. */
export const rows = fileRows('claim_document');

export const byIds = (tx: Tx, wanted: readonly string[]): Promise<ClaimDocument[]> =>
  select(tx, sql`id in ${ids(wanted)}`);

/** What goes with claims, first come first. */
export const ofClaims = (tx: Tx, claimIds: readonly string[]): Promise<ClaimDocument[]> =>
  select(tx, sql`claim_id in ${ids(claimIds)} order by received_at, id`);

/** Whether somebody could apply for anybody today, and how many documents they have that go with nothing. */
export async function sendingFacts(
  tx: Tx,
  personId: string,
): Promise<{ readonly couldApply: boolean; readonly unused: number }> {
  const [facts] = await tx.execute<{ couldApply: boolean; unused: number }>(sql`
    select exists (select from access.guardian where person_id = ${personId} and ground = 'PARENTAL_RESPONSIBILITY'
        and (ends_on is null or access.today() < ends_on)) as "couldApply",
      (select count(*)::int from claim_document where owner_id = ${personId} and claim_id is null) as unused`);
  return facts!;
}

export const insert = (tx: Tx, file: ArrivedFile, ownerId: string): Promise<unknown> =>
  tx.execute(sql`
    insert into claim_document (id, owner_id, name, media_type, bytes)
    values (${file.id}, ${ownerId}, ${file.name}, ${file.mediaType}, ${file.bytes})`);

/** Puts a document with a claim; false when it was put with another a moment before. */
export async function putWith(tx: Tx, claimId: string, id: string): Promise<boolean> {
  const put = await tx.execute(
    sql`update claim_document set claim_id = ${claimId} where id = ${id} and claim_id is null returning id`,
  );
  return put.length > 0;
}

/** Takes a document away; false when it is gone already. */
export async function takeBack(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.execute(sql`delete from claim_document where id = ${id} returning id`);
  return rows.length > 0;
}

/** Takes away what was sent in before a moment and goes with nothing. */
export const removeUnused = (tx: Tx, before: Date): Promise<unknown> =>
  tx.execute(
    sql`delete from claim_document where claim_id is null and sent_in_at < ${before.toISOString()}::timestamptz`,
  );

/** Takes away some of what nobody decides by any more. Answers how many. */
export async function forgetOver(tx: Tx, most: number): Promise<number> {
  const [gone] = await tx.execute<{ count: number }>(
    sql`select forget_claim_documents_over(${most}) as count`,
  );
  return gone!.count;
}

export const erasePerson = (tx: Tx, personId: string): Promise<unknown> =>
  tx.execute(sql`select erase_person_from_claim_documents(${personId})`);
