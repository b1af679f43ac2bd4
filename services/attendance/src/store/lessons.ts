import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { sql } from 'drizzle-orm';
import type { Lesson, Timetable } from '../domain/lesson.ts';
import type { SubjectLesson } from '../domain/subject-absence.ts';

/** A lesson as JSON, under the names of the domain. */
export const lessonJson = sql`json_build_object('id', id, 'unitId', unit_id, 'groupId', group_id, 'weekday', weekday,
  'starts', to_char(starts, 'HH24:MI'), 'ends', to_char(ends, 'HH24:MI'), 'subject', subject, 'from', from_day, 'to', to_day)`;

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
    insert into lesson (id, unit_id, group_id, weekday, starts, ends, subject, from_day)
    select id, ${unitId}, ${groupId}, weekday, starts, ends, subject, ${day}
    from jsonb_to_recordset(${JSON.stringify(beginning)}::jsonb) as new(id uuid, weekday int, starts time, ends time, subject text)`);
}

/** The lessons of subjects that pupils have in a period, by the place in what is asked; none of whom nothing is counted for whoever asks. */
export async function toCount(
  tx: Tx,
  wanted: readonly {
    readonly place: number;
    readonly childId: string;
    readonly from: LocalDate;
    readonly to: LocalDate;
  }[],
): Promise<ReadonlyMap<number, readonly SubjectLesson[]>> {
  if (wanted.length === 0) return new Map();
  const rows = await tx.execute<{ place: number; lessons: readonly SubjectLesson[] }>(
    sql`select place, lessons from lessons_to_count(${JSON.stringify(wanted)}::jsonb)`,
  );
  return new Map(rows.map(({ place, lessons }) => [place, lessons]));
}
