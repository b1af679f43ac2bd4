import type { erasureAcknowledgedShape } from '@ranselpost/schema/events/erasure-acknowledged';
import type { EventContract } from '@ranselpost/schema/events/event';
import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Tx } from './database.ts';
import { tell } from './outbox.ts';

/** How a service erases a person of whom identity says that nobody has a case for them. */
export interface Erasure {
  /** The fact by which it says that it has. */
  readonly acknowledged: EventContract<z.ZodObject<typeof erasureAcknowledgedShape>>;
  /** What it does about its own rows, in the transaction given. Done again it changes nothing. */
  readonly erase: (tx: Tx, personId: string) => Promise<void>;
}

/**
 * Erases a person on identity's word, and says that it is done, in the transaction that heard it. Done again it changes
 * nothing and says so again (RET-08). That it is said is also what a restored database is known by: its stream has heard it.
 */
export async function erasePerson(tx: Tx, personId: string, { acknowledged, erase }: Erasure): Promise<void> {
  await erase(tx, personId);
  await forgetDeadLetters(tx, [personId]);
  await tell(tx, acknowledged, { personId });
}

/** Takes somebody out of the access copy. Nothing is told of them any more. */
export async function forgetInAccessCopy(tx: Tx, personId: string): Promise<void> {
  await tx.execute(sql`delete from access.guardian where ${personId} in (child_id, person_id)`);
  await tx.execute(sql`delete from access.enrolment where child_id = ${personId}`);
  await tx.execute(sql`delete from access.staff_role where person_id = ${personId}`);
  await tx.execute(sql`delete from access.municipal_role where person_id = ${personId}`);
  await tx.execute(sql`delete from access.fact where subject_id = ${personId}`);
}

/** Forgets what was put aside about some people: an envelope can hold what is sealed of them. */
export async function forgetDeadLetters(tx: Tx, personIds: readonly string[]): Promise<void> {
  await tx.execute(
    sql`delete from dead_letter where envelope->>'subject' = any (${`{${personIds.join()}}`}::text[])`,
  );
}
