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
