import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import { idsOf, json } from './json.ts';

/** Word that nobody knows what the register says of a person now. */
export interface Failure {
  readonly personId: string;
  /** From the registry's count; null where even that could not be read: it is above what is known then. */
  readonly revision: number | null;
  /** It is we who could not take in what the registry said. */
  readonly isLost: boolean;
}

/** Notes failures that are news, of people who are followed; answers whose they are. */
export async function note(tx: Tx, failures: readonly Failure[]): Promise<readonly string[]> {
  if (failures.length === 0) return [];
  const rows = await tx.execute<{ person_id: string }>(sql`
    with news as (
      select (f->>'personId')::uuid as person_id, max((f->>'revision')::integer) as revision, bool_or((f->>'isLost')::boolean) as is_lost
      from jsonb_array_elements(${json(failures)}) as f group by 1)
    update person p set
      failed_revision = greatest(failed_revision, coalesce(news.revision, register_revision + 1)),
      word_lost_at = case when is_lost then now() end
    from news where p.person_id = news.person_id and followed_as is not null and merged_into is null
      and coalesce(news.revision, register_revision + 1) > register_revision
    returning p.person_id`);
  return rows.map(({ person_id }) => person_id);
}

export interface LostPerson {
  readonly personId: string;
  readonly followedAs: 'child' | 'guardian' | 'staff';
}

/** Of whom the registry's word was lost some while ago and has not come again; noted as asked about now. */
export async function takeLost(tx: Tx, afterMinutes: number, most: number): Promise<readonly LostPerson[]> {
  const rows = await tx.execute<{ person_id: string; followed_as: LostPerson['followedAs'] }>(sql`
    with lost as (
      select person_id from person
      where is_unreadable and word_lost_at < now() - ${afterMinutes} * interval '1 minute' and followed_as is not null
      order by word_lost_at limit ${most} for update skip locked)
    update person set word_lost_at = now() from lost where person.person_id = lost.person_id
    returning person.person_id, followed_as`);
  return rows.map((row) => ({ personId: row.person_id, followedAs: row.followed_as }));
}

/** The register has said that these were taken for others: whatever staff have let pass before was about somebody else. */
export async function markSplit(tx: Tx, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return;
  await tx.execute(sql`update person set was_split = true where person_id = any (${idsOf(personIds)})`);
  await tx.execute(sql`
    update access_grant set confirmed_for = array_remove(confirmed_for, 'SPLIT')
    where state <> 'ENDED' and (child_id = any (${idsOf(personIds)}) or person_id = any (${idsOf(personIds)}))`);
}
