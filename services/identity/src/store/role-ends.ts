import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';

/** People with a role whose first day without it is one of these, in the order of their ids, after one of them. */
export async function withRoleEnding(
  tx: Tx,
  days: { readonly first: string; readonly last: string },
  after: string,
  most: number,
): Promise<readonly string[]> {
  const rows = await tx.execute<{ person_id: string }>(sql`
    select distinct person_id from (
      select person_id, to_day from staff_role union all select person_id, to_day from municipal_role) as role
    where to_day between ${days.first}::date and ${days.last}::date and person_id > ${after}::uuid
    order by person_id limit ${most}`);
  return rows.map(({ person_id }) => person_id);
}
