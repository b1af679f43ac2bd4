import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { ConsideredFacts } from '../domain/policy.ts';
import { idsOf } from './json.ts';

/** What placement says of a child. */
export interface ConsideredWord {
  readonly childId: string;
  readonly revision: number;
  readonly isWaiting: boolean;
  readonly hasPlace: boolean;
  readonly heardAt: Date;
}

export async function keep(
  tx: Tx,
  { childId, revision, isWaiting, hasPlace, heardAt }: ConsideredWord,
): Promise<void> {
  const at = sql`${heardAt.toISOString()}::timestamptz`;
  await tx.execute(sql`
    insert into considered_child as known (child_id, revision, is_waiting, has_place, heard_at, waited_until)
    select p.person_id, ${revision}::bigint, ${isWaiting}::boolean, ${hasPlace}::boolean, ${at}, case when ${isWaiting} then ${at} end
    from person p where p.person_id = ${childId} and not exists (select from erasure e where e.person_id = p.person_id)
    on conflict (child_id) do update set revision = excluded.revision, is_waiting = excluded.is_waiting, has_place = excluded.has_place,
      heard_at = excluded.heard_at,
      waited_until = case when excluded.is_waiting or known.is_waiting then excluded.heard_at else known.waited_until end
    where known.revision < excluded.revision`);
}

/**
 * What a policy needs to know of somebody who asks what some children are called, and which of these admission considers. Says first whom it is about, which
 * row-level security looks at; names the person in each condition by itself, so that it is right with and without that (S-12).
 */
export async function ask(tx: Tx, personId: string, childIds: readonly string[]): Promise<ConsideredFacts> {
  const ids = idsOf(childIds);
  await tx.execute(sql`select set_config('app.asked_of_admission', ${`{${childIds.join()}}`}, true)`);
  const [row] = await tx.execute<{ facts: ConsideredFacts }>(sql`
    with own as (select access.own_party() as ids)
    select jsonb_build_object(
      'municipal', coalesce((
        select jsonb_agg(jsonb_build_object('role', role, 'from', from_day, 'to', to_day))
        from municipal_role where person_id = ${personId}), '[]'),
      'considered', coalesce((
        select jsonb_agg(jsonb_build_object('childId', p.person_id, 'protection',
          case when protection_rank(p.protection) > protection_rank(f.protection) then p.protection else f.protection end))
        from person p join case_file f on f.child_id = p.person_id
        where p.person_id = any (${ids}) and p.merged_into is null and p.person_id <> all ((select ids from own)::uuid[])
          and exists (
            select from considered_child c where is_still_considered(c)
              and (c.child_id = p.person_id or c.child_id in (select old.person_id from person old where old.merged_into = p.person_id)))), '[]')) as facts`);
  return row!.facts;
}
