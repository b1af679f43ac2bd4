import type { Tx } from '@ranselpost/kit/database';
import { type SQL, sql } from 'drizzle-orm';
import type { RetentionHold } from '../domain/retention-hold.ts';
import type { LegalHold } from '../domain/retention.ts';

type Row = Record<'hold_id' | 'person_id' | 'review_on' | 'placed_by' | 'placed_at', string> & {
  kind: LegalHold;
  lifted_at: string | null;
};
const instant = (text: string): string => new Date(text).toISOString();
const fromRow = (row: Row): RetentionHold => ({
  holdId: row.hold_id,
  personId: row.person_id,
  kind: row.kind,
  reviewOn: row.review_on,
  placedBy: row.placed_by,
  placedAt: instant(row.placed_at),
  liftedAt: row.lifted_at === null ? null : instant(row.lifted_at),
});
const select = async (tx: Tx, where: SQL): Promise<readonly RetentionHold[]> =>
  (
    await tx.execute<Row>(sql`
      select hold_id, person_id, kind, review_on, placed_by, placed_at, lifted_at from retention_hold where ${where}`)
  ).map(fromRow);

/** Whose an id is; null where there is nobody to hold. */
export async function holdable(tx: Tx, personId: string): Promise<string | null> {
  const [row] = await tx.execute<{ human_id: string | null }>(sql`
    select access.holdable(${personId}) as human_id`);
  return row?.human_id ?? null;
}

/** The children whose case the actor is or was a party to. */
export async function notToHold(tx: Tx): Promise<readonly string[]> {
  const [row] = await tx.execute<{ own: string[] }>(sql`select access.not_to_hold() as own`);
  return row?.own ?? [];
}

export const load = async (tx: Tx, holdId: string): Promise<RetentionHold | undefined> =>
  (await select(tx, sql`hold_id = ${holdId}`))[0];

export const underKey = async (tx: Tx, placedBy: string, key: string): Promise<RetentionHold | undefined> =>
  (await select(tx, sql`placed_by = ${placedBy} and idempotency_key = ${key}`))[0];

/** The kinds of hold in force for somebody. */
export const standing = async (tx: Tx, personId: string): Promise<readonly LegalHold[]> =>
  (await select(tx, sql`person_id = ${personId} and lifted_at is null`)).map(({ kind }) => kind);

/** Those in force, the next to be reviewed first: one more than wanted where there are more. */
export const inForce = (
  tx: Tx,
  {
    first,
    after,
  }: { readonly first: number; readonly after: Pick<RetentionHold, 'reviewOn' | 'holdId'> | null },
): Promise<readonly RetentionHold[]> =>
  select(
    tx,
    sql`lifted_at is null and (${after === null}
      or (review_on, hold_id) > (${after?.reviewOn ?? null}::date, ${after?.holdId ?? null}::uuid))
      order by review_on, hold_id limit ${first + 1}`,
  );

export async function insert(
  tx: Tx,
  hold: Omit<RetentionHold, 'liftedAt'>,
  { key, reasonId }: { readonly key: string; readonly reasonId: string },
): Promise<void> {
  const { holdId, personId, kind, reviewOn, placedBy, placedAt } = hold;
  await tx.execute(sql`
    insert into retention_hold (hold_id, person_id, kind, reason_id, review_on, placed_by, placed_at, idempotency_key)
    values (${holdId}, ${personId}, ${kind}, ${reasonId}, ${reviewOn}::date, ${placedBy}, ${placedAt}::timestamptz, ${key})`);
}

export async function lift(
  tx: Tx,
  holdId: string,
  { by, at, reasonId }: { readonly by: string; readonly at: string; readonly reasonId: string },
): Promise<void> {
  await tx.execute(sql`
    update retention_hold set lifted_by = ${by}, lifted_at = ${at}::timestamptz, lift_reason_id = ${reasonId}
    where hold_id = ${holdId}`);
}
