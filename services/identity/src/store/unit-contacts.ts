import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import { idsOf } from './json.ts';

/** How to reach the office of a unit. */
export interface ContactView {
  readonly phone: string | null;
  readonly email: string | null;
  readonly openingHours: string | null;
}

export async function of(tx: Tx, unitIds: readonly string[]): Promise<ReadonlyMap<string, ContactView>> {
  const rows = await tx.execute<{ unit_id: string; contact: ContactView }>(sql`
    select unit_id, jsonb_build_object('phone', phone, 'email', email, 'openingHours', opening_hours) as contact
    from unit_contact where unit_id = any (${idsOf(unitIds)})`);
  return new Map(rows.map(({ unit_id, contact }) => [unit_id, contact]));
}

export async function save(
  tx: Tx,
  unitId: string,
  { phone, email, openingHours }: ContactView,
  changedBy: string,
): Promise<void> {
  await tx.execute(sql`
    insert into unit_contact (unit_id, phone, email, opening_hours, changed_by)
    values (${unitId}, ${phone}, ${email}, ${openingHours}, ${changedBy})
    on conflict (unit_id) do update set phone = excluded.phone, email = excluded.email,
      opening_hours = excluded.opening_hours, changed_by = excluded.changed_by, changed_at = now()`);
}
