import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { sql } from 'drizzle-orm';
import type { Mark, WantedMark } from '../domain/mark.ts';

/** A mark as JSON. */
export interface MarkJson extends Omit<Mark, 'markedAt' | 'takenAt'> {
  readonly markedAt: string;
  readonly takenAt: string;
}

export const markJson = sql`json_build_object('id', id, 'childId', child_id, 'unitId', unit_id, 'day', day, 'slot', slot,
  'nth', nth, 'settles', to_jsonb(settles), 'standing', standing, 'came', to_char(came, 'HH24:MI'), 'went', to_char(went, 'HH24:MI'),
  'isByClock', is_by_clock, 'markedBy', marked_by, 'markedAt', marked_at, 'takenAt', taken_at)`;

export const fromJson = ({ markedAt, takenAt, ...mark }: MarkJson): Mark => ({
  ...mark,
  ...{ markedAt: new Date(markedAt), takenAt: new Date(takenAt) },
});

/** Everything that was marked in some slots of a unit. */
export async function inSlots(
  tx: Tx,
  unitId: string,
  wanted: readonly Pick<WantedMark, 'childId' | 'day' | 'slot'>[],
): Promise<Mark[]> {
  const rows = await tx.execute<{ mark: MarkJson }>(sql`
    select ${markJson} as mark from mark
    where unit_id = ${unitId} and (child_id, day, slot) in (
      select "childId", day, slot from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as slot("childId" uuid, day date, slot text))`);
  return rows.map(({ mark }) => fromJson(mark));
}

/** A mark to be stored, in its place. */
export interface NewMark extends WantedMark {
  readonly nth: number | null;
}

/** Who has made marks, and where: null where they had signed in themselves. */
export interface Marker {
  readonly unitId: string;
  readonly markedBy: string;
  readonly tabletId: string | null;
}

/** Stores marks; answers the ids of those that found their place. Of the others, somebody else's was committed a moment ago. */
export async function insert(
  tx: Tx,
  { unitId, markedBy, tabletId }: Marker,
  marks: readonly NewMark[],
): Promise<readonly string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    insert into mark (id, child_id, unit_id, day, slot, nth, settles, standing, came, went, marked_by, tablet_id, marked_at)
    select id, "childId", ${unitId}, day, slot, nth,
      array(select jsonb_array_elements_text(settles)::uuid), standing, came, went, ${markedBy}, ${tabletId}, "markedAt"
    from jsonb_to_recordset(${JSON.stringify(marks)}::jsonb) as new(id uuid, "childId" uuid, day date, slot text, nth int,
      settles jsonb, standing text, came time, went time, "markedAt" timestamptz)
    -- Always in the same order: two who mark the same children wait for each other, and never in a circle.
    order by "childId", slot, day, nth
    on conflict do nothing
    returning id`);
  return rows.map(({ id }) => id);
}

/** Whom of the staff changes of some children are to be told to, in the order they are given. */
export async function watchersOf(
  tx: Tx,
  changes: readonly { readonly unitId: string; readonly childIds: readonly string[] }[],
): Promise<readonly (readonly string[])[]> {
  if (changes.length === 0) return [];
  const rows = await tx.execute<{ watchers: string[] }>(sql`
    select to_jsonb(watchers_of((change->>'unitId')::uuid,
      array(select jsonb_array_elements_text(change->'childIds')::uuid))) as watchers
    from jsonb_array_elements(${JSON.stringify(changes)}::jsonb) with ordinality as changes(change, place) order by place`);
  return rows.map(({ watchers }) => watchers);
}

/** As the service: the same. */
export async function watchersAt(
  tx: Tx,
  changes: readonly { readonly unitId: string; readonly childIds: readonly string[] }[],
): Promise<readonly (readonly string[])[]> {
  if (changes.length === 0) return [];
  const rows = await tx.execute<{ watchers: string[] }>(sql`
    select to_jsonb(array(select distinct unnest(watchers_at((change->>'unitId')::uuid, child_id::uuid))
      from jsonb_array_elements_text(change->'childIds') as child_id)) as watchers
    from jsonb_array_elements(${JSON.stringify(changes)}::jsonb) with ordinality as changes(change, place) order by place`);
  return rows.map(({ watchers }) => watchers);
}

/** Makes the parts for the school years up to the one of a day; answers how many there were to make. */
export async function makeSchoolYears(tx: Tx, until: LocalDate): Promise<number> {
  const [row] = await tx.execute<{ made: number }>(sql`select make_school_years(${until}) as made`);
  return row!.made;
}

/** As the service: ends the days that nobody has ended, in kindergartens and after-school units; answers how many. */
export async function closeDays(
  tx: Tx,
  { from, before }: { readonly from: LocalDate; readonly before: LocalDate },
): Promise<number> {
  const { count } = await tx.execute(sql`
    insert into mark (id, child_id, unit_id, day, slot, nth, standing, came, is_by_clock, marked_at)
    select uuidv7(), child_id, unit_id, day, slot, nth + 1, standing, came, true, (day + 1)::timestamp at time zone 'Europe/Oslo'
    from (
      select distinct on (mark.day, mark.unit_id, child_id) mark.* from mark
      join access.unit on unit.unit_id = mark.unit_id and unit.kind in ('KINDERGARTEN', 'AFTER_SCHOOL')
      where day >= ${from} and day < ${before} and slot = 'DAY' and nth is not null
      order by mark.day, mark.unit_id, child_id, nth desc) as last
    where standing = 'PRESENT' and went is null and not is_by_clock
    on conflict do nothing`);
  return count;
}

/** As the service: forgets some marks and absences of the oldest day before another that has any; false once none has. */
export async function forgetRegister(
  tx: Tx,
  place: 'SCHOOL' | 'ELSEWHERE',
  before: LocalDate,
  most: number,
): Promise<boolean> {
  const [row] = await tx.execute<{ may_be_more: boolean }>(sql`
    select forget_register(${place}, ${before}, ${most}) as may_be_more`);
  return row!.may_be_more;
}

/** Takes away a child's marks; of others', who made them. */
export const erasePerson = async (tx: Tx, personId: string): Promise<void> =>
  void (await tx.execute(sql`select erase_person_from_register(${personId})`));
