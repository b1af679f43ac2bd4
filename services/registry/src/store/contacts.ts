import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';

/** The last change heard of; null where changes have not been followed. */
export async function changePointer(tx: Tx): Promise<number | null> {
  const [row] = await tx.execute<{ change_id: string | null }>(sql`select change_id from contact_pointer`);
  return row?.change_id == null ? null : Number(row.change_id);
}

/** Moves the pointer, if it still is where it was thought to be. `atEnd`: there was nothing after it. */
export async function moveTo(tx: Tx, from: number | null, to: number, atEnd: boolean): Promise<boolean> {
  const rows = await tx.execute(sql`
    update contact_pointer set change_id = ${to}, caught_up_at = case when ${atEnd} then now() else caught_up_at end
    where change_id is not distinct from ${from}::bigint returning 1`);
  return rows.length > 0;
}

/** Changes are not followed, or not any more: what is known is as old as when it was read. */
export async function unfollow(tx: Tx): Promise<void> {
  await tx.execute(sql`
    update contact_pointer set change_id = null, caught_up_at = null where change_id is not null`);
}

const unsure = sql`unsure_since = coalesce(unsure_since, (select caught_up_at from contact_pointer))`;

/** Makes people due whose contact data has changed; of whom we do not read it, nobody. */
export async function ask(tx: Tx, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return;
  await tx.execute(sql`
    update reading set due_at = least(due_at, now()), asked = asked + 1, attempts = 0, priority = 2, ${unsure}
    where register = 'krr'
      and person_id = any (array(select jsonb_array_elements_text(${JSON.stringify(personIds)}::jsonb)::uuid))`);
}

/** Makes everybody due: some changes cannot be had. */
export async function askAll(tx: Tx): Promise<void> {
  await tx.execute(sql`
    update reading set due_at = least(due_at, now()), asked = asked + 1, attempts = 0, ${unsure} where register = 'krr'`);
}

/**
 * Up to when what was told is what the register said: since the oldest reading, or, where changes are followed, since the
 * oldest change that was not read. Undefined where that is not so much later than what was told last; noted as told.
 */
export async function followedUpTo(tx: Tx, everyMs: number): Promise<string | undefined> {
  const [row] = await tx.execute<{ up_to: string }>(sql`
    update contact_pointer set told_up_to = known.up_to
    from (
      select greatest(
        (select min(read_at) from reading where register = 'krr' and failed_at is null),
        (select least(caught_up_at, (select min(unsure_since) from reading where register = 'krr')) from contact_pointer)
      ) as up_to) as known
    where known.up_to >= told_up_to + ${everyMs} * interval '1 millisecond' or (told_up_to is null and known.up_to is not null)
    returning told_up_to as up_to`);
  return row === undefined ? undefined : new Date(row.up_to).toISOString();
}
