import type { Tx } from '@ranselpost/kit/database';
import type { ChildDescription } from '@ranselpost/schema/events/identity/child-described.v1';
import { sql } from 'drizzle-orm';

export interface ChildFacts extends ChildDescription {
  readonly childId: string;
  readonly revision: number;
}

export async function keep(
  tx: Tx,
  { childId, revision, bornOn, livesHere, isProtected }: ChildFacts,
): Promise<void> {
  await tx.execute(sql`
    insert into child_facts (child_id, born_on, lives_here, is_protected, revision)
    values (${childId}, ${bornOn}, ${livesHere}, ${isProtected}, ${revision})
    on conflict (child_id) do update set born_on = excluded.born_on, lives_here = excluded.lives_here,
      is_protected = excluded.is_protected, revision = excluded.revision`);
}

export async function forget(tx: Tx, childId: string): Promise<void> {
  await tx.execute(sql`delete from child_facts where child_id = ${childId}`);
}

/** From now on the child is for named staff alone, whatever is known of it, and nothing is said of where it lives. */
export async function shield(tx: Tx, childId: string): Promise<void> {
  await rememberProtected(tx, childId);
  await tx.execute(sql`
    update child_facts set is_protected = true, lives_here = 'UNKNOWN' where child_id = ${childId}`);
}

export async function rememberProtected(tx: Tx, childId: string): Promise<void> {
  await tx.execute(sql`insert into protected_child (child_id) values (${childId}) on conflict do nothing`);
}

/** Identity says that the child is protected no more, or it is erased; nothing else ends it. */
export async function unshield(tx: Tx, childId: string): Promise<void> {
  await tx.execute(sql`delete from protected_child where child_id = ${childId}`);
}
