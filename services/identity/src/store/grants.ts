import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { Grant, GrantChange } from '../domain/grants.ts';
import { idsOf, json } from './json.ts';

/** Stores changes with their history (GUA-06). What only changed its holds has no line there: no state was left. */
export async function save(
  tx: Tx,
  changes: readonly (GrantChange & { readonly revision: number })[],
  actor: string,
): Promise<void> {
  if (changes.length === 0) return;
  await tx.execute(sql`
    insert into access_grant as known (grant_id, child_id, person_id, ground, state, holds, confirmed_for, ends_on, ended_at)
    select (g->>'grantId')::uuid, (g->>'childId')::uuid, (g->>'personId')::uuid, g->>'ground', g->>'state',
      array(select jsonb_array_elements_text(g->'holds')), array(select jsonb_array_elements_text(g->'confirmedFor')),
      (g->>'endsOn')::date, case when g->>'state' = 'ENDED' then now() end
    from jsonb_array_elements(${json(changes.map(({ grant }) => grant))}) as g
    on conflict (grant_id) do update set state = excluded.state, holds = excluded.holds,
      confirmed_for = excluded.confirmed_for, ends_on = excluded.ends_on, ended_at = excluded.ended_at`);
  const steps = changes.filter(({ from, grant }) => from !== grant.state);
  if (steps.length === 0) return;
  await tx.execute(sql`
    insert into grant_history (grant_id, from_state, to_state, reason, actor, register_revision)
    select (s->'grant'->>'grantId')::uuid, s->>'from', s->'grant'->>'state', s->>'reason', ${actor}, (s->>'revision')::integer
    from jsonb_array_elements(${json(steps)}) with ordinality as steps (s, place) order by place`);
}

export async function load(tx: Tx, grantId: string): Promise<Grant | undefined> {
  const [row] = await tx.execute<{ grant: Grant }>(sql`
    select jsonb_build_object('grantId', grant_id, 'childId', child_id, 'personId', person_id, 'ground', ground,
      'state', state, 'holds', to_jsonb(holds), 'confirmedFor', to_jsonb(confirmed_for), 'endsOn', ends_on) as grant
    from access_grant where grant_id = ${grantId}`);
  return row?.grant;
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
