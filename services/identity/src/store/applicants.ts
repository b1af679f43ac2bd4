import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import { idsOf } from './json.ts';

/** When somebody said last that they want to apply; null: never. */
export async function askedAt(tx: Tx, personId: string): Promise<Date | null> {
  const [row] = await tx.execute<{ asked_at: string }>(sql`
    select asked_at from applicant where person_id = ${personId}`);
  return row === undefined ? null : new Date(row.asked_at);
}

export async function ask(tx: Tx, personId: string, now: Date): Promise<void> {
  await tx.execute(sql`
    insert into applicant (person_id, asked_at) values (${personId}, ${now.toISOString()})
    on conflict (person_id) do update set asked_at = excluded.asked_at, answered_at = null`);
}

/** Which of some people wait for the register's word. */
export async function open(tx: Tx, personIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (personIds.length === 0) return new Set();
  const rows = await tx.execute<{ person_id: string }>(sql`
    select person_id from applicant where person_id = any (${idsOf(personIds)}) and answered_at is null`);
  return new Set(rows.map(({ person_id }) => person_id));
}

export async function answer(tx: Tx, personIds: ReadonlySet<string>, now: Date): Promise<void> {
  if (personIds.size === 0) return;
  await tx.execute(sql`
    update applicant set answered_at = ${now.toISOString()} where person_id = any (${idsOf([...personIds])})`);
}

/** Whether admission is open anywhere in the municipality: nobody is looked up for a place that cannot be applied for. */
export async function isAdmissionOpen(tx: Tx): Promise<boolean> {
  const [row] = await tx.execute<{ is_open: boolean }>(sql`
    select exists (select from unit_features f join unit u using (unit_id), jsonb_array_elements(f.standings) as standing
      where u.is_active and standing->>'feature' = 'PLACEMENT' and standing->>'state' = 'OPEN') as is_open`);
  return row!.is_open;
}
