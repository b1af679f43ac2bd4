import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { sql } from 'drizzle-orm';
import type { Present } from '../domain/staffing.ts';

/** Keeps that somebody is with the children of a unit, and with none elsewhere. Answers the units that they have left for it. */
export async function come(
  tx: Tx,
  { personId, groupId }: Present,
  { unitId, day }: { readonly unitId: string; readonly day: LocalDate },
): Promise<readonly string[]> {
  const [before] = await tx.execute<{ unit_id: string | null }>(sql`
    insert into staff_presence (person_id, unit_id, group_id, day) values (${personId}, ${unitId}, ${groupId}, ${day})
    on conflict (person_id) do update set unit_id = excluded.unit_id, group_id = excluded.group_id, day = excluded.day
    returning old.unit_id`);
  const left = before?.unit_id ?? unitId;
  return left === unitId ? [] : [left];
}

export const leave = async (tx: Tx, personId: string, unitId: string): Promise<void> =>
  void (await tx.execute(sql`
    delete from staff_presence where person_id = ${personId} and unit_id = ${unitId}`));

/** Everybody with a role at a unit, as far as whoever asks is with its children. */
export async function colleaguesAt(tx: Tx, unitId: string): Promise<readonly string[]> {
  const [row] = await tx.execute<{ people: string[] }>(
    sql`select to_jsonb(colleagues_at(${unitId})) as people`,
  );
  return row!.people;
}

/** As the service: forgets who was there on days before one. */
export const forget = async (tx: Tx, before: LocalDate): Promise<void> =>
  void (await tx.execute(sql`delete from staff_presence where day < ${before}`));

export const erasePerson = async (tx: Tx, personId: string): Promise<void> =>
  void (await tx.execute(sql`delete from staff_presence where person_id = ${personId}`));
