import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import { json } from './json.ts';

export interface ItemChange {
  readonly childId: string | null;
  readonly kind: string;
  readonly id: string;
}

/** Opens work items; one that is open already stays as it is. */
export async function open(tx: Tx, items: readonly ItemChange[]): Promise<void> {
  if (items.length === 0) return;
  await tx.execute(sql`
    insert into work_item (work_item_id, kind, child_id)
    select (i->>'id')::uuid, i->>'kind', (i->>'childId')::uuid from jsonb_array_elements(${json(items)}) as i
    on conflict (child_id, kind) where closed_at is null do nothing`);
}

export async function close(
  tx: Tx,
  items: readonly Omit<ItemChange, 'id'>[],
  closedBy: string,
): Promise<void> {
  if (items.length === 0) return;
  await tx.execute(sql`
    update work_item set closed_at = now(), closed_by = ${closedBy}
    from jsonb_array_elements(${json(items)}) as i
    where child_id is not distinct from (i->>'childId')::uuid and kind = i->>'kind' and closed_at is null`);
}

export interface StoredItem {
  readonly workItemId: string;
  readonly kind: string;
  readonly childId: string | null;
  readonly isClosed: boolean;
}

export async function load(tx: Tx, workItemId: string): Promise<StoredItem | undefined> {
  const [row] = await tx.execute<{ item: StoredItem }>(sql`
    select jsonb_build_object('workItemId', work_item_id, 'kind', kind, 'childId', human(child_id),
      'isClosed', closed_at is not null) as item
    from work_item where work_item_id = ${workItemId}`);
  return row?.item;
}

/** Closes one for a member of staff, with all that was known then: it does not open again before that has changed. */
export async function closeOne(
  tx: Tx,
  workItemId: string,
  { closedBy, about }: { readonly closedBy: string; readonly about: string | null },
): Promise<void> {
  await tx.execute(sql`
    update work_item set closed_at = now(), closed_by = ${closedBy}, about = ${about}
    where work_item_id = ${workItemId} and closed_at is null`);
}
