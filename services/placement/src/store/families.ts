import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { sql } from 'drizzle-orm';

/** Somebody who is responsible for children, at most twenty of them. */
export interface Responsible {
  readonly personId: string;
  readonly childIds: readonly string[];
}

/** As the service: who is responsible for some children today, but for those that are protected. */
export async function ofChildren(
  tx: Tx,
  childIds: readonly string[],
  today: LocalDate,
): Promise<readonly Responsible[]> {
  const rows = await tx.execute<{ responsible: Responsible }>(sql`
    select jsonb_build_object('personId', person_id, 'childIds', to_jsonb((array_agg(child_id order by child_id))[1:20])) as responsible
    from access.guardian
    where child_id in (select jsonb_array_elements_text(${JSON.stringify(childIds)}::jsonb)::uuid)
      and ground = 'PARENTAL_RESPONSIBILITY' and (ends_on is null or ends_on > ${today}::date)
      and child_id <> all ((select children_kept_apart())::uuid[])
    group by person_id order by person_id`);
  return rows.map(({ responsible }) => responsible);
}
