import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { type SQL, sql } from 'drizzle-orm';
import type { BulletinText } from '../domain/bulletin-text.ts';
import { fromPlaceKey, placeKey } from '../domain/place.ts';
import type { DocumentCategory, UnitDocument } from '../domain/unit-document.ts';
import { uuids } from './uuids.ts';

type Row = {
  id: string;
  document_id: string;
  unit_id: string;
  places: string[];
  category: DocumentCategory;
  title: string;
  body: string;
  valid_from: LocalDate;
  published_at: string;
};

const toDocument = (rows: readonly Row[]): UnitDocument => {
  const { document_id: id, unit_id: unitId, places, category } = rows[0]!;
  return {
    ...{ id, unitId, places: places.map(fromPlaceKey), category },
    versions: rows.map((row) => ({
      ...{ id: row.id, text: { title: row.title, body: row.body } },
      ...{ validFrom: row.valid_from, publishedAt: new Date(row.published_at) },
    })),
  };
};

const select = async (tx: Tx, where: SQL): Promise<UnitDocument[]> => {
  const rows = await tx.execute<Row>(sql`
    select d.id, d.document_id, d.unit_id, d.places, d.category, d.title, d.body, d.valid_from::text, d.published_at
    from unit_document d where d.withdrawn_at is null and ${where}
    order by d.document_id desc, d.valid_from desc, d.published_at desc`);
  return [...Map.groupBy(rows, ({ document_id }) => document_id).values()].map(toDocument);
};

export const byIds = (tx: Tx, ids: readonly string[]): Promise<UnitDocument[]> =>
  select(tx, sql`d.document_id = any (${uuids(ids)})`);

/** Documents that some versions are of, with those versions alone. */
export const byVersions = (tx: Tx, ids: readonly string[]): Promise<UnitDocument[]> =>
  select(tx, sql`d.id = any (${uuids(ids)})`);

export interface DocumentsWanted {
  readonly unitId: string;
  readonly category: DocumentCategory | null;
  /** What is for others is left out; null leaves out nothing. */
  readonly places: readonly string[] | null;
  readonly first: number;
  readonly after: string | null;
}

/** A unit's documents, the newest first: `first + 1` at most. */
export const ofUnit = (
  tx: Tx,
  { unitId, category, places, first, after }: DocumentsWanted,
): Promise<UnitDocument[]> => {
  const isFor = places === null ? sql`true` : sql`one.places && ${texts(places)}`;
  return select(
    tx,
    sql`d.document_id in (
      select one.document_id from unit_document one
      where one.unit_id = ${unitId} and one.withdrawn_at is null and ${isFor}
        and (${category}::text is null or one.category = ${category})
        and (${after}::uuid is null or one.document_id < ${after}::uuid)
      group by one.document_id order by one.document_id desc limit ${first + 1})`,
  );
};

const texts = (some: readonly string[]): SQL =>
  sql`array(select jsonb_array_elements_text(${JSON.stringify(some)}::jsonb))`;

/** What somebody has published under a key, by the document's id; also what was withdrawn since is nothing. */
export async function underKey(
  tx: Tx,
  personId: string,
  key: string,
): Promise<{ readonly documentId: string; readonly versionId: string } | null> {
  const [row] = await tx.execute<{ id: string; document_id: string }>(sql`
    select id, document_id from unit_document where published_by = ${personId} and idempotency_key = ${key}`);
  return row === undefined ? null : { documentId: row.document_id, versionId: row.id };
}

export interface NewVersion extends Pick<UnitDocument, 'unitId' | 'places' | 'category'> {
  readonly id: string;
  readonly documentId: string;
  readonly text: BulletinText;
  readonly validFrom: LocalDate;
  readonly publishedBy: string;
  readonly idempotencyKey: string;
}

/** Stores a version; false when something stands under the key. */
export async function insert(tx: Tx, wanted: NewVersion): Promise<boolean> {
  const { count } = await tx.execute(sql`
    insert into unit_document (id, document_id, unit_id, places, category, title, body, valid_from, published_by, idempotency_key)
    values (${wanted.id}, ${wanted.documentId}, ${wanted.unitId}, ${texts(wanted.places.map(placeKey))}, ${wanted.category},
      ${wanted.text.title}, ${wanted.text.body}, ${wanted.validFrom}, ${wanted.publishedBy}, ${wanted.idempotencyKey})
    on conflict do nothing`);
  return count > 0;
}

/** Takes back a document, or one version of it. Answers how many versions that were. */
export async function withdraw(tx: Tx, documentId: string, versionId: string | null): Promise<number> {
  const [done] = await tx.execute<{ count: number }>(
    sql`select withdraw_unit_document(${documentId}, ${versionId}) as count`,
  );
  return done!.count;
}

/** Takes away what was withdrawn before a moment. Answers how many versions there were. */
export async function removeOld(tx: Tx, before: Date): Promise<number> {
  return (
    await tx.execute(sql`delete from unit_document where withdrawn_at < ${before.toISOString()}::timestamptz`)
  ).count;
}
