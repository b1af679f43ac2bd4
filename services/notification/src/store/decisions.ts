import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';

/** Something that was decided for somebody, and who has told it. */
export interface Released {
  readonly decisionId: string;
  readonly personId: string;
  readonly releasedAt: string;
  readonly source: string;
  /** The child by whom they are told. Null: they are told for themself. */
  readonly childId: string | null;
}

/** Keeps that something was decided for somebody, to be looked at later (KRR-09). */
export async function keep(
  tx: Tx,
  { decisionId, personId, releasedAt, source, childId }: Released,
): Promise<void> {
  await tx.execute(sql`
    insert into decision (decision_id, person_id, released_at, source, child_id, next_at)
    values (${decisionId}, ${personId}, ${releasedAt}, ${source}, ${childId}, now())
    on conflict (decision_id) do nothing`);
}

/** Somebody has opened it: there is nothing more to tell them. */
export async function open(
  tx: Tx,
  {
    decisionId,
    personId,
    openedAt,
  }: { readonly decisionId: string; readonly personId: string; readonly openedAt: string },
): Promise<string | null> {
  const [row] = await tx.execute<{ second_notice_id: string | null }>(sql`
    insert into decision as known (decision_id, person_id, released_at, opened_at)
    values (${decisionId}, ${personId}, ${openedAt}, ${openedAt})
    on conflict (decision_id) do update set opened_at = ${openedAt}, next_at = null
    returning second_notice_id`);
  return row?.second_notice_id ?? null;
}

export interface OpenDecision extends Released {
  readonly hasSecondNotice: boolean;
  /** No notice of it is on its way, and none was taken. */
  readonly isUndelivered: boolean;
  readonly isOnPaper: boolean;
}

/** Takes decisions that are to be looked at, and puts off the next look. */
export async function takeDue(tx: Tx, most: number): Promise<readonly OpenDecision[]> {
  return tx.execute<OpenDecision & Record<string, unknown>>(sql`
    with picked as (
      select decision_id from decision where next_at <= now() order by next_at limit ${most} for update skip locked)
    update decision d set next_at = now() + interval '10 minutes' from picked p where d.decision_id = p.decision_id
    returning d.decision_id as "decisionId", d.person_id as "personId", d.source, d.child_id as "childId",
      to_char(d.released_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "releasedAt",
      d.second_notice_id is not null as "hasSecondNotice",
      exists (select from letter l where l.decision_id = d.decision_id) as "isOnPaper",
      not exists (select from notice n left join delivery v using (notice_id, person_id)
        where n.person_id = d.person_id and n.notice_id in (d.decision_id, d.second_notice_id)
          and (n.state <> 'DONE' or v.state in ('ACCEPTED', 'DELIVERED'))) as "isUndelivered"`);
}

export async function keepSecondNotice(tx: Tx, decisionId: string, noticeId: string): Promise<void> {
  await tx.execute(sql`update decision set second_notice_id = ${noticeId} where decision_id = ${decisionId}`);
}

/** Has a decision go out on paper, once. Whoever sends letters takes it from there. */
export async function wantLetter(
  tx: Tx,
  given: { readonly letterId: string; readonly decisionId: string; readonly reason: 'RESERVED' | 'UNOPENED' },
): Promise<void> {
  const { letterId, decisionId, reason } = given;
  await tx.execute(sql`
    insert into letter (letter_id, decision_id, person_id, reason)
    select ${letterId}::uuid, decision_id, person_id, ${reason} from decision
    where (decision_id = ${decisionId} or second_notice_id = ${decisionId}) and opened_at is null
    on conflict (decision_id) do nothing`);
  await tx.execute(sql`
    update decision set next_at = null where decision_id = ${decisionId} or second_notice_id = ${decisionId}`);
}

/** Somebody has lost a child: what was decided about it and is not opened goes to them in no way any more (GUA-10). */
export async function dropForChild(tx: Tx, personId: string, childId: string): Promise<void> {
  const dropped = await tx.execute<{ decision_id: string }>(sql`
    delete from decision where person_id = ${personId} and child_id = ${childId} and opened_at is null
    returning decision_id`);
  await tx.execute(sql`
    delete from decision_text where decision_id in (
      select jsonb_array_elements_text(${JSON.stringify(dropped.map((row) => row.decision_id))}::jsonb)::uuid)`);
}
