import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { DeciderFacts } from '../domain/policy.ts';
import { idsOf } from './json.ts';

/**
 * What a policy needs to know of somebody who wants to decide about some children, and of these. Names the person in each
 * condition by itself, so that it is right with and without row-level security (S-12). A child that is not the actor's to
 * see is left out, and so is one to whom they are or were a party themselves (GUA-20, GUA-24).
 */
export async function load(tx: Tx, personId: string, childIds: readonly string[]): Promise<DeciderFacts> {
  const ids = idsOf(childIds);
  const [row] = await tx.execute<{ facts: DeciderFacts }>(sql`
    select jsonb_build_object(
      'municipal', coalesce((
        select jsonb_agg(jsonb_build_object('role', role, 'from', from_day, 'to', to_day))
        from municipal_role where person_id = ${personId}), '[]'),
      'cases', coalesce((
        select jsonb_agg(jsonb_build_object('childId', c.person_id, 'protection', f.protection,
          'isRestricted', exists (select from restriction r
            where r.child_id = any (with_merged(array[c.person_id])) and r.lifted_at is null),
          'hasOpen', exists (select from work_item w where w.child_id = c.person_id and w.closed_at is null)
            or exists (select from proposal p where p.child_id = any (with_merged(array[c.person_id])) and p.outcome is null)))
        from person c join case_file f on f.child_id = c.person_id
        where c.person_id = any (${ids}) and c.merged_into is null and c.person_id <> all ((select access.own_party())::uuid[])
          and not exists (select from access_grant g where g.child_id = any (with_merged(array[c.person_id]))
            and g.person_id in (select ids_of_human(${personId})))
          and not exists (select from restriction r where r.child_id = any (with_merged(array[c.person_id]))
            and r.person_id in (select ids_of_human(${personId})))), '[]')) as facts`);
  return row!.facts;
}

/** Whether two ids are one human's. */
export async function areSame(tx: Tx, one: string, other: string): Promise<boolean> {
  const [row] = await tx.execute<{ are_same: boolean }>(sql`
    select human(${one}) is not distinct from human(${other}) as are_same`);
  return row?.are_same ?? true;
}
