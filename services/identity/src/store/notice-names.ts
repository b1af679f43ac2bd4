import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import { idsOf } from './json.ts';

/** That a guardian may be told of a child by name. */
export interface NoticeName {
  readonly personId: string;
  readonly childId: string;
  readonly firstName: string;
}

const named = sql`person_id as "personId", child_id as "childId", given as "firstName"`;

/** Notes what has come to be another name, or one at all, and answers it. */
export async function takeNews(tx: Tx, most: number): Promise<readonly NoticeName[]> {
  return tx.execute<NoticeName & Record<string, unknown>>(sql`
    insert into notice_name (person_id, child_id, given)
    select person_id, child_id, w.given from nameable w left join notice_name k using (person_id, child_id)
    where k.given is distinct from w.given
    order by 1, 2 limit ${most}
    on conflict (person_id, child_id) do update set given = excluded.given
    returning ${named}`);
}

/** Forgets whom nobody may be told of by name any more, and answers them. */
export async function takeGone(tx: Tx, most: number): Promise<readonly NoticeName[]> {
  return tx.execute<NoticeName & Record<string, unknown>>(sql`
    delete from notice_name where (person_id, child_id) in (
      select person_id, child_id from notice_name k
      where not exists (select from nameable w where w.person_id = k.person_id and w.child_id = k.child_id)
      order by 1, 2 limit ${most})
    returning ${named}`);
}

/** Forgets what some people were told under, so that it is news once more: for a copy that begins anew. */
export async function forgetTold(tx: Tx, personIds: readonly string[]): Promise<void> {
  await tx.execute(sql`delete from notice_name where person_id = any (${idsOf(personIds)})`);
}
