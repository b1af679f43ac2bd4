import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { KeptOutcome } from '../domain/outcome-reason.ts';
import type { PublishedOutcome } from '../domain/wish-outcomes.ts';

/** Keeps what became of all wishes of a round. */
export async function insertAll(
  tx: Tx,
  { roundId, runId }: { readonly roundId: string; readonly runId: string },
  outcomes: readonly PublishedOutcome[],
): Promise<void> {
  const rows = JSON.stringify(
    outcomes.map(({ rejection, group, ...one }) => ({
      ...{ ...one, group: group.toUpperCase(), seats: rejection?.seats ?? null },
      ...{ decidedBy: rejection?.decidedBy ?? null, lastPriority: rejection?.lastPriority ?? null },
    })),
  );
  await tx.execute(sql`
    insert into wish_outcome (application_id, rank, child_id, round_id, run_id, unit_id, age_group, outcome, seats, decided_by,
      last_priority, is_touched_by_hand)
    select "applicationId", rank, "childId", ${roundId}::uuid, ${runId}::uuid, "unitId", "group", outcome, seats, "decidedBy", "lastPriority",
      "isTouchedByHand"
    from jsonb_to_recordset(${rows}::jsonb) as o("applicationId" uuid, rank int, "childId" uuid, "unitId" uuid, "group" text, outcome text,
      seats int, "decidedBy" text, "lastPriority" text, "isTouchedByHand" boolean)`);
  const ranks = JSON.stringify(
    outcomes.flatMap(({ applicationId, rank, childId, rejection }) =>
      rejection === null
        ? []
        : [{ applicationId, rank, childId, isShown: rejection.isShown, ...rejection.numbers }],
    ),
  );
  await tx.execute(sql`
    insert into wish_rank (application_id, rank, child_id, is_shown, applicants, place, last_admitted_place, queue)
    select "applicationId", rank, "childId", "isShown", applicants, place, "lastAdmittedPlace", queue
    from jsonb_to_recordset(${ranks}::jsonb) as o("applicationId" uuid, rank int, "childId" uuid, "isShown" boolean, applicants int,
      place int, "lastAdmittedPlace" int, queue int)`);
}

/** What became of a wish, as far as whoever asks may know, with the rule that decided it. */
export interface StoredOutcome extends KeptOutcome {
  readonly applicationId: string;
}

export async function ofApplications(tx: Tx, ids: readonly string[]): Promise<readonly StoredOutcome[]> {
  const rows = await tx.execute<{ outcome: StoredOutcome }>(sql`
    select jsonb_build_object('applicationId', o.application_id, 'rank', o.rank, 'unitId', o.unit_id, 'group', lower(o.age_group),
      'outcome', o.outcome, 'isTouchedByHand', o.is_touched_by_hand, 'seats', o.seats, 'decidedBy', o.decided_by,
      'lastPriority', o.last_priority, 'priority', s.priority, 'numbers', case when n.rank is null then null else jsonb_build_object(
        'applicants', n.applicants, 'place', n.place, 'lastAdmittedPlace', n.last_admitted_place, 'queue', n.queue) end) as outcome
    from wish_outcome o left join wish_rank n on n.application_id = o.application_id and n.rank = o.rank
      join round_unit u on u.round_id = o.round_id and u.unit_id = o.unit_id join statute s on s.id = u.statute_id
    where o.application_id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid)
    order by o.application_id, o.rank`);
  return rows.map(({ outcome }) => outcome);
}
