import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { sql } from 'drizzle-orm';
import type { Lesson, Timetable } from '../domain/lesson.ts';

/** A lesson as JSON, under the names of the domain. */
export const lessonJson = sql`json_build_object('id', id, 'unitId', unit_id, 'groupId', group_id, 'weekday', weekday,
  'starts', to_char(starts, 'HH24:MI'), 'ends', to_char(ends, 'HH24:MI'), 'from', from_day, 'to', to_day)`;

/** The lessons of a unit, or of one of its groups, that are held on a day or later. */
export async function from(
  tx: Tx,
  {
    unitId,
    groupId,
    day,
  }: { readonly unitId: string; readonly groupId: string | null; readonly day: LocalDate },
): Promise<Lesson[]> {
  const rows = await tx.execute<{ lesson: Lesson }>(sql`
    select ${lessonJson} as lesson from lesson
    where unit_id = ${unitId} and (${groupId}::uuid is null or group_id = ${groupId}::uuid)
      and (to_day is null or to_day > ${day}::date)
    order by weekday, starts, id`);
  return rows.map(({ lesson }) => lesson);
}

/** One timetable of a group at a time, so that two changes at once do not both end the same lessons. */
export const lockGroup = async (tx: Tx, groupId: string): Promise<void> =>
  void (await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`timetable ${groupId}`}, 0))`));

/** Ends some lessons on a day, and begins others on it. */
export async function change(
  tx: Tx,
  { unitId, groupId, from: day }: Omit<Timetable, 'lessons'>,
  {
    ending,
    beginning,
  }: {
    readonly ending: readonly string[];
    readonly beginning: readonly Omit<Lesson, 'unitId' | 'groupId' | 'from' | 'to'>[];
  },
): Promise<void> {
  await tx.execute(sql`
    update lesson set to_day = greatest(from_day, ${day}::date)
    where id in (select jsonb_array_elements_text(${JSON.stringify(ending)}::jsonb)::uuid)`);
  await tx.execute(sql`
    insert into lesson (id, unit_id, group_id, weekday, starts, ends, from_day)
    select id, ${unitId}, ${groupId}, weekday, starts, ends, ${day}
    from jsonb_to_recordset(${JSON.stringify(beginning)}::jsonb) as new(id uuid, weekday int, starts time, ends time)`);
}
