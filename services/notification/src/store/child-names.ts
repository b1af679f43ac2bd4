import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';

/** Keeps by which name a child may be called to somebody, or forgets it. Of and to nobody who is protected (ADR-07). */
export async function keep(
  tx: Tx,
  {
    personId,
    childId,
    sealed,
  }: { readonly personId: string; readonly childId: string; readonly sealed: string | null },
): Promise<void> {
  await tx.execute(sql`delete from child_name where person_id = ${personId} and child_id = ${childId}`);
  if (sealed !== null)
    await tx.execute(sql`
      insert into child_name (person_id, child_id, sealed) select ${personId}::uuid, ${childId}::uuid, ${sealed}
      where not is_shielded(${personId}::uuid, array[${childId}::uuid])`);
}

/** Forgets the names that are told to somebody; all, or of one child. */
export async function forget(tx: Tx, personId: string, childId: string | null = null): Promise<void> {
  await tx.execute(sql`
    delete from child_name where person_id = ${personId} and (${childId}::uuid is null or child_id = ${childId}::uuid)`);
}

/** Forgets what is told to somebody, and by what others are told of them. */
export async function forgetAllOf(tx: Tx, personId: string): Promise<void> {
  await tx.execute(sql`delete from child_name where person_id = ${personId} or child_id = ${personId}`);
}
