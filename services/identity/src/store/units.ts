import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { UnitKind } from '../domain/staff-roles.ts';
import { idsOf } from './json.ts';

export interface ToldUnit {
  readonly unitId: string;
  readonly revision: number;
  readonly kind: UnitKind;
  readonly isActive: boolean;
}

/** What others are told about some units. */
export async function told(tx: Tx, ids: readonly string[]): Promise<readonly ToldUnit[]> {
  if (ids.length === 0) return [];
  const rows = await tx.execute<{ fact: ToldUnit }>(sql`
    select jsonb_build_object('unitId', unit_id, 'revision', revision, 'kind', kind, 'isActive', is_active) as fact
    from unit where unit_id = any (${idsOf(ids)}) order by unit_id`);
  return rows.map(({ fact }) => fact);
}

export interface ListedUnit {
  readonly id: string;
  readonly name: string;
  readonly kind: UnitKind;
}

/** The active units that the open registers list: by themselves, or after school by its school, which has no number of its own. */
export async function inOpenRegisters(tx: Tx): Promise<readonly ListedUnit[]> {
  const rows = await tx.execute<ListedUnit & Record<string, unknown>>(sql`
    select u.unit_id as id, u.name, u.kind from unit u left join unit p on p.unit_id = u.parent_id
    where u.is_active and exists (
      select from unit_register r
      where r.organisation_number = coalesce(u.organisation_number, case when u.kind = 'AFTER_SCHOOL' then p.organisation_number end)
        and (r.record ->> 'isActive')::boolean and (r.record ->> 'isListed')::boolean)
    order by u.name, u.unit_id`);
  return rows.map(({ id, name, kind }) => ({ id, name, kind }));
}
