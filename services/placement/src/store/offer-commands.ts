import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { sql } from 'drizzle-orm';

/** What was asked for under a key, and what became of it. */
export interface AnsweredCommand {
  /** What was asked, in full: another thing under the same key is a mistake. */
  readonly command: string;
  /** Null: it was done. */
  readonly refusal: string | null;
  readonly subjectId: string | null;
  readonly earliest: LocalDate | null;
}

export async function byKey(tx: Tx, personId: string, key: string): Promise<AnsweredCommand | undefined> {
  const [row] = await tx.execute<{
    command: string;
    refusal: string | null;
    subject_id: string | null;
    earliest: LocalDate | null;
  }>(sql`
    select command, refusal, subject_id, earliest::text from offer_command
    where person_id = ${personId} and idempotency_key = ${key}`);
  return row && { ...row, subjectId: row.subject_id };
}

/** False where something was asked for under the key at the same time. */
export async function keep(
  tx: Tx,
  personId: string,
  key: string,
  { command, refusal, subjectId, earliest, answeredAt }: AnsweredCommand & { readonly answeredAt: Date },
): Promise<boolean> {
  const rows = await tx.execute(sql`
    insert into offer_command (person_id, idempotency_key, command, refusal, subject_id, earliest, answered_at)
    values (${personId}, ${key}, ${command}, ${refusal}, ${subjectId}, ${earliest}::date, ${answeredAt.toISOString()}::timestamptz)
    on conflict (person_id, idempotency_key) do nothing returning person_id`);
  return rows.length > 0;
}
