import type { Tx } from '@ranselpost/kit/database';
import type { ChildDescription } from '@ranselpost/schema/events/identity/child-described.v1';
import { sql } from 'drizzle-orm';
import { toldAs } from './facts.ts';
import { idsOf } from './json.ts';

/** What placement is told of a child, and under which revision. Null: that it is to forget what it was told. */
export interface ToldDescription {
  readonly childId: string;
  readonly revision: number;
  readonly description: ChildDescription | null;
}

interface Row extends Record<string, unknown> {
  readonly told: ToldDescription;
}

const toTold = sql`
  jsonb_build_object('childId', known.child_id, 'revision', known.revision, 'description', case when known.born_on is not null then
    jsonb_build_object('bornOn', known.born_on, 'livesHere', known.lives_here, 'isProtected', known.is_protected) end) as told`;

/** Above what was told before, also by this database before it was restored (S-24). */
const next = sql`greatest(known.revision + 1, (select revision_floor from snapshot) + 1)`;

const isNews = sql`(k.born_on, k.lives_here, k.is_protected) is distinct from (d.born_on, d.lives_here, d.is_protected)`;
const isGone = sql`
  k.born_on is not null and not exists (select from describable d where d.child_id = k.child_id)`;

/**
 * Takes some children of whom something may have changed; the same are given out once. One at a time takes and tells: an older
 * look is never told after a newer one.
 */
export async function take(tx: Tx, most: number): Promise<{ childIds: readonly string[]; isMore: boolean }> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('child_to_describe', 0))`);
  const rows = await tx.execute<{ child_id: string }>(sql`
    delete from child_to_describe where id in (select id from child_to_describe order by id limit ${most})
    returning child_id`);
  return { childIds: [...new Set(rows.map(({ child_id }) => child_id))], isMore: rows.length === most };
}

/** Has every child looked at for whom something else was told than is so: with a new day, or by whatever way else. */
export async function takeLater(tx: Tx): Promise<number> {
  const rows = await tx.execute(sql`
    insert into child_to_describe (child_id)
    select d.child_id from describable d left join child_description k using (child_id) where ${isNews}
    union all select k.child_id from child_description k where ${isGone}
    returning id`);
  return rows.length;
}

/** Notes what has come to be known of some children, or is another than was told, and answers it. */
export async function takeNews(tx: Tx, childIds: readonly string[]): Promise<readonly ToldDescription[]> {
  if (childIds.length === 0) return [];
  const rows = await tx.execute<Row>(sql`
    insert into child_description as known (child_id, revision, born_on, lives_here, is_protected)
    select d.child_id, greatest(1, (select revision_floor from snapshot)), d.born_on, d.lives_here, d.is_protected
    from describable d left join child_description k using (child_id)
    where d.child_id = any (${idsOf(childIds)}) and ${isNews}
    order by d.child_id
    on conflict (child_id) do update set revision = ${next}, born_on = excluded.born_on, lives_here = excluded.lives_here,
      is_protected = excluded.is_protected
    returning ${toTold}`);
  return rows.map(({ told }) => told);
}

/** Notes of which of some children placement is to know nothing any more, and answers them. */
export async function takeGone(tx: Tx, childIds: readonly string[]): Promise<readonly ToldDescription[]> {
  if (childIds.length === 0) return [];
  const rows = await tx.execute<Row>(sql`
    update child_description known set revision = ${next}, born_on = null, lives_here = null, is_protected = null
    where child_id in (select k.child_id from child_description k where k.child_id = any (${idsOf(childIds)}) and ${isGone})
    returning ${toTold}`);
  return rows.map(({ told }) => told);
}

/** What was told last of some children. */
export async function told(tx: Tx, childIds: readonly string[]): Promise<readonly ToldDescription[]> {
  if (childIds.length === 0) return [];
  const rows = await tx.execute<Row>(sql`
    with known as (
      select child_id, ${toldAs(sql`revision`)} as revision, born_on, lives_here, is_protected from child_description
      where child_id = any (${idsOf(childIds)}))
    select ${toTold} from known order by child_id`);
  return rows.map(({ told: one }) => one);
}
