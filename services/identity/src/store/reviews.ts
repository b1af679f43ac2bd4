import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';

/** Up to which days something is due to be looked at. */
export interface Due {
  readonly today: string;
  /** Decisions that run out by then are. */
  readonly soon: string;
}

/**
 * Children of whom something is due and nobody has been asked to look at it, or somebody still is for no reason: a restriction,
 * a decision that runs out, a protected child whom nobody of the staff may see. In the order of their ids, after one of them.
 */
export async function dueAfter(
  tx: Tx,
  { today, soon }: Due,
  after: string,
  most: number,
): Promise<readonly string[]> {
  const rows = await tx.execute<{ child_id: string }>(sql`
    with hidden as (
      select p.person_id as child_id, is_staffed(p.person_id, p.held_protection, ${today}::date) as is_staffed,
        is_staffed(p.person_id, p.held_protection, ${soon}::date) as is_soon,
        exists (select from enrolment e where e.child_id = p.person_id and (e.to_day is null or e.to_day > ${today}::date)) as is_here,
        exists (select from enrolment e where e.child_id = p.person_id and (e.to_day is null or e.to_day > ${soon}::date)) as stays
      from person p where p.held_protection in ('FORTROLIG', 'STRENGT_FORTROLIG')),
    due as (
      select human(child_id) as child_id, 'RESTRICTION_REVIEW' as kind from restriction
        where lifted_at is null and review_on <= ${today}::date
      union
      select child_id, 'DECISION_RUNS_OUT' from access_grant where state <> 'ENDED' and decided_until <= ${soon}::date
      union
      select child_id, 'DECISION_RUNS_OUT' from hidden where stays and is_staffed and not is_soon
      union
      select child_id, 'NO_STAFF_NAMED' from hidden where is_here and not is_staffed)
    select child_id from due d where child_id > ${after}::uuid and not exists (
      select from work_item w where w.child_id = d.child_id and w.kind = d.kind and w.closed_at is null)
    union
    select child_id from work_item w where child_id > ${after}::uuid and kind = 'NO_STAFF_NAMED' and closed_at is null
      and not exists (select from due d where d.child_id = w.child_id and d.kind = w.kind)
    order by child_id limit ${most}`);
  return rows.map(({ child_id }) => child_id);
}
