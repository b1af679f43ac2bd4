import type { Tx } from '@ranselpost/kit/database';
import type { UnitRecord } from '@ranselpost/schema/events/registry/unit-recorded.v1';
import { sql } from 'drizzle-orm';
import type { UnitKind } from '../domain/staff-roles.ts';
import { idsOf } from './json.ts';

export interface ToldUnit {
  readonly unitId: string;
  readonly revision: number;
  readonly kind: UnitKind;
  readonly isActive: boolean;
  readonly name: string;
  readonly isPrivate: boolean;
}

/** What others are told about some units. */
export async function told(tx: Tx, ids: readonly string[]): Promise<readonly ToldUnit[]> {
  if (ids.length === 0) return [];
  const rows = await tx.execute<{ fact: ToldUnit }>(sql`
    select jsonb_build_object('unitId', u.unit_id, 'revision', u.revision, 'kind', u.kind, 'isActive', u.is_active, 'name', u.name,
      'isPrivate', coalesce(r.record ->> 'ownership' = 'PRIVATE', false)) as fact
    from unit u left join unit_register r on r.organisation_number = u.organisation_number
    where u.unit_id = any (${idsOf(ids)}) order by u.unit_id`);
  return rows.map(({ fact }) => fact);
}

export interface ListedUnit {
  readonly id: string;
  readonly name: string;
  readonly kind: UnitKind;
  readonly record: UnitRecord;
}

/** The active units that the open registers list, by name. */
export async function inOpenRegisters(tx: Tx): Promise<readonly ListedUnit[]> {
  const rows = await tx.execute<ListedUnit & Record<string, unknown>>(sql`
    select unit_id as id, name, kind, record from listed_units() order by name, unit_id`);
  return rows.map(({ id, name, kind, record }) => ({ id, name, kind, record }));
}
