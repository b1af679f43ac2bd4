import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import { idsOf } from './json.ts';

/** How to reach the office of a unit. */
export interface ContactView {
  readonly phone: string | null;
  readonly email: string | null;
  readonly openingHours: string | null;
}

export type ContactSource = 'MUNICIPALITY' | 'REGISTER';

export interface ReachView extends ContactView {
  readonly source: ContactSource;
}

/** The municipality's own card as a whole, and only where there is none what the registers say (FREG-14). */
export async function of(tx: Tx, unitIds: readonly string[]): Promise<ReadonlyMap<string, ReachView>> {
  const rows = await tx.execute<{ unit_id: string; contact: ReachView }>(sql`
    select u.unit_id, case when c.unit_id is not null
      then jsonb_build_object('phone', c.phone, 'email', c.email, 'openingHours', c.opening_hours, 'source', 'MUNICIPALITY')
      else jsonb_build_object('phone', r.record->'phone', 'email', r.record->'email', 'openingHours', null, 'source', 'REGISTER')
      end as contact
    from unit u left join unit_contact c on c.unit_id = u.unit_id
      left join unit_register r on r.organisation_number = u.organisation_number
    where u.unit_id = any (${idsOf(unitIds)}) and (c.unit_id is not null
      or coalesce(r.record->>'phone', r.record->>'email') is not null)`);
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
