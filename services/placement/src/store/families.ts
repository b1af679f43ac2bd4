import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { sql } from 'drizzle-orm';

/** Who is responsible for a child today, and whether it is protected. */
export interface Home {
  readonly personIds: readonly string[];
  readonly isKeptApart: boolean;
}

/** As the service: of each of some children. */
export async function homesOf(
  tx: Tx,
  childIds: readonly string[],
  today: LocalDate,
): Promise<ReadonlyMap<string, Home>> {
  const rows = await tx.execute<{ child_id: string; home: Home }>(sql`
    select c.child_id, jsonb_build_object('isKeptApart', c.child_id = any ((select children_kept_apart())::uuid[]),
      'personIds', coalesce(jsonb_agg(g.person_id order by g.person_id) filter (where g.person_id is not null), '[]')) as home
    from (select distinct child_id::uuid as child_id from jsonb_array_elements_text(${JSON.stringify(childIds)}::jsonb) as child_id) as c
      left join (select distinct child_id, person_id from access.guardian
        where ground = 'PARENTAL_RESPONSIBILITY' and (ends_on is null or ends_on > ${today}::date)) as g on g.child_id = c.child_id
    group by c.child_id`);
  return new Map(rows.map(({ child_id, home }) => [child_id, home]));
}
