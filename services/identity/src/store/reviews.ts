import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';

/** Up to which days something is due to be looked at. */
export interface Due {
  readonly today: string;
  /** Decisions that run out by then are. */
  readonly soon: string;
}

/**
 * Children of whom something is due, a restriction or a decision that runs out, and nobody has been asked to look at it: in
 * the order of their ids, after one of them.
 */
export async function dueAfter(
  tx: Tx,
  { today, soon }: Due,
  after: string,
  most: number,
): Promise<readonly string[]> {
  const asked = (kind: string) => sql`
    exists (select from work_item w where w.child_id = due.child_id and w.kind = ${kind} and w.closed_at is null)`;
  const rows = await tx.execute<{ child_id: string }>(sql`
    select distinct child_id from (
      select human(child_id) as child_id, true as is_restriction from restriction
        where lifted_at is null and review_on <= ${today}::date
      union
      select child_id, false from access_grant where state <> 'ENDED' and decided_until <= ${soon}::date) as due
    where child_id > ${after}::uuid
      and not (case when is_restriction then ${asked('RESTRICTION_REVIEW')} else ${asked('DECISION_RUNS_OUT')} end)
    order by child_id limit ${most}`);
  return rows.map(({ child_id }) => child_id);
}
