import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { UnitKind } from '../domain/statutes.ts';

/** Of which kind units are; without those that nobody has told us of. */
export async function kinds(tx: Tx, unitIds: readonly string[]): Promise<ReadonlyMap<string, UnitKind>> {
  const rows = await tx.execute<{ unit_id: string; kind: UnitKind }>(sql`
    select unit_id, kind from access.unit
    where unit_id::text in (select jsonb_array_elements_text(${JSON.stringify(unitIds)}::jsonb))`);
  return new Map(rows.map(({ unit_id, kind }) => [unit_id, kind]));
}

/** Whether a private owner has a unit; of one that nobody has told us of, none. */
export async function isPrivate(tx: Tx, unitId: string): Promise<boolean> {
  const rows = await tx.execute(sql`select from access.unit where unit_id = ${unitId} and is_private`);
  return rows.length > 0;
}
