import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { Basis, Ground, GrantState } from '../domain/grants.ts';
import type { Hold } from '../domain/guardianship.ts';
import type { Protection } from '../domain/protection.ts';
import { idsOf, json } from './json.ts';
import { type NameView, name } from './views.ts';

export interface PersonView {
  readonly id: string;
  readonly name: NameView | null;
}

export interface GrantView {
  readonly id: string;
  readonly adult: PersonView;
  readonly ground: Ground;
  readonly basis: Basis | null;
  readonly state: GrantState;
  readonly holds: readonly Hold[];
  readonly openedAt: string;
  readonly endsOn: string | null;
}

export interface ItemView {
  readonly id: string;
  readonly kind: string;
  readonly childId: string | null;
  readonly openedAt: string;
}

/** A child as those meet it who decide about access to it. */
export interface StoredCase {
  readonly child: PersonView;
  /** What has concerned the child since staff last released it. */
  readonly protection: Protection;
  readonly grants: readonly GrantView[];
  readonly items: readonly ItemView[];
}

/** Somebody of the query, as they are called. */
export const person = (alias: string) =>
  sql`jsonb_build_object('id', ${sql.raw(alias)}.person_id, 'name', ${name(alias)})`;
const item = sql`jsonb_build_object('id', w.work_item_id, 'kind', w.kind, 'childId', w.child_id, 'openedAt', w.opened_at)`;

/** Some children, with every grant there was or is, the open ones first, and what is open for staff. */
export async function load(tx: Tx, childIds: readonly string[]): Promise<readonly StoredCase[]> {
  if (childIds.length === 0) return [];
  const rows = await tx.execute<{ found: StoredCase }>(sql`
    select jsonb_build_object('child', ${person('c')}, 'protection', f.protection,
      'grants', coalesce((
        select jsonb_agg(jsonb_build_object('id', g.grant_id, 'adult', ${person('a')}, 'ground', g.ground, 'basis', g.basis,
          'state', g.state, 'holds', to_jsonb(g.holds), 'openedAt', g.opened_at, 'endsOn', g.ends_on)
          order by g.state = 'ENDED', g.opened_at desc, g.grant_id)
        from access_grant g join person a on a.person_id = g.person_id where g.child_id = c.person_id), '[]'),
      'items', coalesce((
        select jsonb_agg(${item} order by w.opened_at, w.work_item_id)
        from work_item w where w.child_id = c.person_id and w.closed_at is null), '[]')) as found
    from person c join case_file f on f.child_id = c.person_id where c.person_id = any (${idsOf(childIds)})`);
  return rows.map(({ found }) => found);
}

/** The place in the list that a page goes on after: when an item was opened, and its id. */
export interface ItemPlace {
  readonly at: string;
  readonly id: string;
}

export interface ItemsWanted {
  /** The children whose items they are; those about no child besides, where that is said. */
  readonly childIds: readonly string[];
  readonly withGeneral: boolean;
  readonly withQuarantine: boolean;
  /** Of this kind alone, and of none of those. */
  readonly kind: string | null;
  readonly kindsExcept: readonly string[];
  readonly after: ItemPlace | null;
  readonly first: number;
}

/** What is open for staff, oldest first: one more than wanted when there is more. */
export async function items(tx: Tx, wanted: ItemsWanted): Promise<readonly ItemView[]> {
  const { childIds, withGeneral, withQuarantine, kind, kindsExcept, after, first } = wanted;
  const rows = await tx.execute<{ item: ItemView }>(sql`
    select ${item} as item from work_item w
    where w.closed_at is null and (${kind}::text is null or w.kind = ${kind}) and not ${json(kindsExcept)} ? w.kind
      and (w.child_id = any (${idsOf(childIds)}) or (w.child_id is null and ${withGeneral})
        or (w.kind = 'REGISTER_QUARANTINE' and ${withQuarantine}))
      and (${after?.id ?? null}::uuid is null
        or (w.opened_at, w.work_item_id) > (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    order by w.opened_at, w.work_item_id limit ${first + 1}`);
  return rows.map((row) => row.item);
}

/** The children with something open for staff, or a proposal that waits. */
export async function withSomethingOpen(tx: Tx): Promise<readonly string[]> {
  const rows = await tx.execute<{ child_id: string }>(sql`
    select child_id from work_item where closed_at is null and child_id is not null
    union select human(child_id) from proposal where outcome is null and child_id is not null`);
  return rows.map(({ child_id }) => child_id);
}

/** Some people as they are called. */
export async function persons(tx: Tx, ids: readonly string[]): Promise<readonly PersonView[]> {
  if (ids.length === 0) return [];
  const rows = await tx.execute<{ person: PersonView }>(sql`
    select ${person('p')} as person from person p where p.person_id = any (${idsOf(ids)})`);
  return rows.map((row) => row.person);
}
