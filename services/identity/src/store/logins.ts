import type { Tx } from '@ranselpost/kit/database';
import { type SQL, sql } from 'drizzle-orm';

/** The member of staff behind a login name that is in use. */
export async function personOf(tx: Tx, login: string): Promise<string | undefined> {
  const [row] = await tx.execute<{ person_id: string }>(sql`
    select person_id from staff_login where login = ${login.toLowerCase()} and is_current`);
  return row?.person_id;
}

/** The name that the holder of a role `r` signs in by. */
export const loginOf: SQL = sql`(
  select min(login) from staff_login l where l.person_id = r.person_id and l.is_current)`;
