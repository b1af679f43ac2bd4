import type { Tx } from '@ranselpost/kit/database';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { sql } from 'drizzle-orm';
import type { PlacementFacts } from '../domain/policy.ts';

type Grounds = Pick<PlacementFacts, 'municipalRoles' | 'responsibleFor'>;

/** What whoever asks is for the municipality, and for which of some children they hold parental responsibility. */
export async function ofPlacement(tx: Tx, actor: Actor, childIds: readonly string[]): Promise<Grounds> {
  const person = 'personId' in actor ? actor.personId : null;
  const [row] = await tx.execute<Grounds>(sql`
    select to_jsonb(access.municipal()) as "municipalRoles", coalesce((
      select jsonb_agg(child_id) from access.guardian
      where person_id = ${person} and ground = 'PARENTAL_RESPONSIBILITY'
        and child_id::text in (select jsonb_array_elements_text(${JSON.stringify(childIds)}::jsonb))), '[]') as "responsibleFor"`);
  return row!;
}
