import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';

/** What identity is told of a child, and under which number. */
export interface ConsideredChild {
  readonly childId: string;
  readonly revision: number;
  readonly isWaiting: boolean;
  readonly hasPlace: boolean;
}

/** One look at a time: an older one is never told after a newer one (S-24). */
export async function take(
  tx: Tx,
  most: number,
): Promise<{ readonly childIds: readonly string[]; readonly isMore: boolean }> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('child_to_consider', 0))`);
  const rows = await tx.execute<{ child_id: string }>(sql`
    delete from child_to_consider where id in (select id from child_to_consider order by id limit ${most}) returning child_id`);
  return { childIds: [...new Set(rows.map(({ child_id }) => child_id))], isMore: rows.length === most };
}

/** Has every child looked at of whom something else was told than is so, as with a new day, or whose word is older than a moment. */
export async function takeLater(tx: Tx, before: Date): Promise<void> {
  await tx.execute(sql`
    insert into child_to_consider (child_id)
    select child_id from children_in_admission(null) a full join considered_child k using (child_id)
    where coalesce(a.is_waiting, false) <> coalesce(k.is_waiting, false) or coalesce(a.has_place, false) <> coalesce(k.has_place, false)
      or (k.told_at < ${before.toISOString()}::timestamptz and (k.is_waiting or k.has_place))`);
}

/** Has everybody told anew of whom anything was told, whatever that was. */
export async function takeAll(tx: Tx): Promise<void> {
  await tx.execute(sql`update considered_child set told_at = '-infinity'`);
  await tx.execute(sql`
    insert into child_to_consider (child_id) select child_id from children_in_admission(null) full join considered_child using (child_id)`);
}

/**
 * Notes of some children what is another than was told, or was told before a moment, and answers it. Numbered by the clock as well as by one more, so
 * that it is above what was told by this database before it was restored.
 */
export async function takeNews(
  tx: Tx,
  childIds: readonly string[],
  { now, before }: { readonly now: Date; readonly before: Date },
): Promise<readonly ConsideredChild[]> {
  if (childIds.length === 0) return [];
  const rows = await tx.execute<{ told: ConsideredChild }>(sql`
    with asked as (select array(select jsonb_array_elements_text(${JSON.stringify(childIds)}::jsonb)::uuid) as ids),
    known_of as materialized (select a.* from asked, children_in_admission(asked.ids) as a),
    found as (
      select c.child_id, coalesce(a.is_waiting, false) as is_waiting, coalesce(a.has_place, false) as has_place
      from (select unnest(ids) as child_id from asked) as c left join known_of a using (child_id))
    insert into considered_child as known (child_id, revision, is_waiting, has_place, told_at)
    select f.child_id, ${now.getTime()}::bigint, f.is_waiting, f.has_place, ${now.toISOString()}::timestamptz
    from found f left join considered_child k using (child_id)
    where f.is_waiting <> coalesce(k.is_waiting, false) or f.has_place <> coalesce(k.has_place, false)
      or k.told_at < ${before.toISOString()}::timestamptz
    order by f.child_id
    on conflict (child_id) do update set revision = greatest(known.revision + 1, excluded.revision), is_waiting = excluded.is_waiting,
      has_place = excluded.has_place, told_at = excluded.told_at
    returning jsonb_build_object('childId', child_id, 'revision', revision, 'isWaiting', is_waiting, 'hasPlace', has_place) as told`);
  return rows.map(({ told }) => told);
}

export async function erasePerson(tx: Tx, childId: string): Promise<void> {
  await tx.execute(sql`delete from child_to_consider where child_id = ${childId}`);
  await tx.execute(sql`delete from considered_child where child_id = ${childId}`);
}
