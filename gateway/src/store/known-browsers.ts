import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import { createHash } from 'node:crypto';

const daysKept = 365;

/**
 * Notes that a person signs in from a browser. Answers whether they have never done so before, which is no news of
 * somebody who has signed in nowhere yet.
 */
export async function meet(tx: Tx, personId: string, browserSecret: string): Promise<boolean> {
  const hash = createHash('sha256').update(`${personId} ${browserSecret}`, 'utf8').digest('hex');
  const [row] = await tx.execute<{ is_new: boolean }>(sql`
    with met as (
      insert into known_browser (person_id, browser_hash, last_seen)
      values (${personId}, decode(${hash}, 'hex'), current_date)
      on conflict (person_id, browser_hash) do update set last_seen = current_date)
    select count(*) > 0 and not coalesce(bool_or(browser_hash = decode(${hash}, 'hex')), false) as is_new
    from known_browser where person_id = ${personId}`);
  return row!.is_new;
}

export async function deleteForgotten(tx: Tx): Promise<void> {
  await tx.execute(sql`delete from known_browser where last_seen < current_date - ${daysKept}::integer`);
}

export async function forgetBrowsersOf(tx: Tx, personId: string): Promise<void> {
  await tx.execute(sql`delete from known_browser where person_id = ${personId}`);
}
