import type { Tx } from '@ranselpost/kit/database';
import { type SQL, sql } from 'drizzle-orm';
import type { Grant, GrantChange } from '../domain/grants.ts';
import { idsOf, json } from './json.ts';

/** A grant as the domain has it, from a row of `access_grant`. */
export const grantColumns: SQL = sql`jsonb_build_object('grantId', grant_id, 'childId', child_id, 'personId', person_id,
  'ground', ground, 'basis', basis, 'state', state, 'holds', to_jsonb(holds), 'confirmedFor', to_jsonb(confirmed_for),
  'decidedUntil', decided_until, 'decisionId', decision_id, 'confirmationId', confirmation_id, 'endsOn', ends_on)`;

const rowOf = sql`(g->>'grantId')::uuid as grant_id, (g->>'childId')::uuid as child_id, (g->>'personId')::uuid as person_id,
  g->>'ground' as ground, g->>'basis' as basis, g->>'state' as state,
  array(select jsonb_array_elements_text(g->'holds')) as holds,
  array(select jsonb_array_elements_text(g->'confirmedFor')) as confirmed_for,
  (g->>'decidedUntil')::date as decided_until, (g->>'decisionId')::uuid as decision_id, (g->>'confirmationId')::uuid as confirmation_id, (g->>'endsOn')::date as ends_on,
  case when g->>'state' = 'ENDED' then now() end as ended_at`;

/** Stores changes with their history (GUA-06). What only changed its holds has no line there: no state was left. */
export async function save(
  tx: Tx,
  changes: readonly (GrantChange & { readonly revision: number })[],
  actor: string,
): Promise<void> {
  const [fresh, known] = [true, false].map((isFresh) =>
    changes.filter(({ from }) => (from === null) === isFresh).map(({ grant }) => grant),
  );
  if (known!.length > 0)
    await tx.execute(sql`
      update access_grant as known set state = g.state, holds = g.holds, confirmed_for = g.confirmed_for,
        decided_until = g.decided_until, decision_id = g.decision_id, confirmation_id = g.confirmation_id, ends_on = g.ends_on, ended_at = g.ended_at
      from (select ${rowOf} from jsonb_array_elements(${json(known)}) as g) as g where known.grant_id = g.grant_id`);
  if (fresh!.length > 0)
    await tx.execute(sql`
      insert into access_grant (grant_id, child_id, person_id, ground, basis, state, holds, confirmed_for, decided_until,
        decision_id, confirmation_id, ends_on, ended_at)
      select ${rowOf} from jsonb_array_elements(${json(fresh)}) as g`);
  const steps = changes.filter(({ from, grant, reason }) => from !== grant.state || reason === 'RENEWED');
  if (steps.length === 0) return;
  await tx.execute(sql`
    insert into grant_history (grant_id, from_state, to_state, reason, actor, register_revision)
    select (s->'grant'->>'grantId')::uuid, s->>'from', s->'grant'->>'state', s->>'reason', ${actor}, (s->>'revision')::integer
    from jsonb_array_elements(${json(steps)}) with ordinality as steps (s, place) order by place`);
}

export async function load(tx: Tx, grantId: string): Promise<Grant | undefined> {
  const [row] = await tx.execute<{ grant: Grant }>(sql`
    select ${grantColumns} as grant from access_grant where grant_id = ${grantId}`);
  return row?.grant;
}

/** The child that a grant is about. */
export async function childOf(tx: Tx, grantId: string): Promise<string | undefined> {
  const [row] = await tx.execute<{ child_id: string }>(
    sql`select human(child_id) as child_id from access_grant where grant_id = ${grantId}`,
  );
  return row?.child_id;
}

/** Of some people, those who have a ground left: another child, or a role as staff today. */
export async function withGrounds(
  tx: Tx,
  personIds: readonly string[],
  today: string,
): Promise<ReadonlySet<string>> {
  const rows = await tx.execute<{ person_id: string }>(sql`
    select person_id from access_grant
      where person_id = any (${idsOf(personIds)}) and state = 'ACTIVE' and (ends_on is null or ends_on > ${today}::date)
    union select person_id from staff_role
      where person_id = any (${idsOf(personIds)}) and from_day <= ${today}::date and (to_day is null or to_day > ${today}::date)`);
  return new Set(rows.map(({ person_id }) => person_id));
}

/** The reading of a child that a decision about its grants is made on. */
export async function revisionOf(tx: Tx, childId: string): Promise<number> {
  const [row] = await tx.execute<{ register_revision: number }>(
    sql`select register_revision from person where person_id = ${childId}`,
  );
  return row?.register_revision ?? 0;
}

/** Whether anybody ever had access to a child by what the register said. */
export async function wasEverActive(tx: Tx, childId: string): Promise<boolean> {
  const rows = await tx.execute(sql`
    select from access_grant g join grant_history h using (grant_id)
    where child_id = ${childId} and ground = 'PARENTAL_RESPONSIBILITY' and to_state = 'ACTIVE' limit 1`);
  return rows.length > 0;
}
