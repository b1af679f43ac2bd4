import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { sql } from 'drizzle-orm';
import type { Stay } from '../domain/stay.ts';

export const stayJson = sql`json_build_object('childId', child_id, 'unitId', unit_id, 'weekday', weekday, 'day', day, 'comes', comes,
  'arrives', to_char(arrives, 'HH24:MI'), 'leaves', to_char(leaves, 'HH24:MI'), 'goesHome', goes_home)`;

/** Keeps what holds for a weekday or a day, in the place of what was said before. */
export async function set(tx: Tx, stay: Stay, setBy: string): Promise<void> {
  const { childId, unitId, weekday, day, comes, arrives, leaves, goesHome } = stay;
  await tx.execute(sql`
    insert into stay (child_id, unit_id, weekday, day, comes, arrives, leaves, goes_home, set_by)
    values (${childId}, ${unitId}, ${weekday}, ${day}, ${comes}, ${arrives}, ${leaves}, ${goesHome}, ${setBy})
    on conflict (child_id, unit_id, weekday, day) do update set comes = excluded.comes, arrives = excluded.arrives,
      leaves = excluded.leaves, goes_home = excluded.goes_home, set_by = excluded.set_by, set_at = now()`);
}

/** What holds of some children at whichever unit: each week, and on days from one on. */
export async function ofChildren(tx: Tx, childIds: readonly string[], from: LocalDate): Promise<Stay[]> {
  const rows = await tx.execute<{ stay: Stay }>(sql`
    select ${stayJson} as stay from stay
    where child_id in (select jsonb_array_elements_text(${JSON.stringify(childIds)}::jsonb)::uuid)
      and (day is null or day >= ${from})
    order by weekday, day`);
  return rows.map(({ stay }) => stay);
}

/** As the service: forgets single days that are over for long. */
export const forget = async (tx: Tx, before: LocalDate): Promise<void> =>
  void (await tx.execute(sql`delete from stay where day < ${before}`));
