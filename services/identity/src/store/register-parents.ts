import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import { idsOf, json } from './json.ts';

/** Parents who hold no responsibility for a child, each by the keyed hash of their number in hex: nobody gets to know them. */
export interface ParentsOfChild {
  readonly childId: string;
  readonly parents: readonly { readonly hash: string; readonly role: string }[];
}

/** Puts the parents of some children in the place of those they had. */
export async function replace(tx: Tx, children: readonly ParentsOfChild[]): Promise<void> {
  if (children.length === 0) return;
  await tx.execute(
    sql`delete from register_parent where child_id = any (${idsOf(children.map(({ childId }) => childId))})`,
  );
  const named = children.filter(({ parents }) => parents.length > 0);
  if (named.length === 0) return;
  await tx.execute(sql`
    insert into register_parent (child_id, lookup_hash, role)
    select (c->>'childId')::uuid, decode(p->>'hash', 'hex'), p->>'role'
    from jsonb_array_elements(${json(named)}) as c cross join jsonb_array_elements(c->'parents') as p`);
}
