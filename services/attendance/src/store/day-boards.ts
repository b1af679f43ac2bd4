import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { sql } from 'drizzle-orm';
import type { AlertState } from '../domain/absence-alert.ts';
import type { Said } from '../domain/day-state.ts';
import type { HolidayPart } from '../domain/holiday-survey.ts';
import type { Lesson } from '../domain/lesson.ts';
import type { Mark } from '../domain/mark.ts';
import type { Present } from '../domain/staffing.ts';
import type { Stay } from '../domain/stay.ts';
import type { ChildTrip } from '../domain/trip.ts';
import { stayJson } from './stays.ts';
import { tripJson } from './trips.ts';
import { lessonJson } from './lessons.ts';
import { type MarkJson, fromJson, markJson } from './marks.ts';

export interface BoardWanted {
  readonly unitId: string;
  readonly day: LocalDate;
  /** Null: the whole unit. */
  readonly groupId: string | null;
}

/** The children who are at a unit on a day, or in one of its groups, as far as whoever asks has a ground for them. */
export async function childrenAt(tx: Tx, wanted: readonly BoardWanted[]): Promise<readonly string[]> {
  const rows = await tx.execute<{ child_id: string }>(sql`
    select distinct child_id from access.enrolment
    join jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as wanted("unitId" uuid, day date, "groupId" uuid)
      on unit_id = wanted."unitId" and from_day <= wanted.day and (to_day is null or wanted.day < to_day)
        and (wanted."groupId" is null or wanted."groupId" = any (group_ids))`);
  return rows.map(({ child_id }) => child_id);
}

/** What is known of the day of a unit, as far as whoever asks may read it. */
export interface KnownOfDay {
  readonly lessons: readonly Lesson[];
  readonly marks: readonly Mark[];
  readonly stays: readonly Stay[];
  /** What was answered of the day, by child (T19). */
  readonly answers: Readonly<Record<string, HolidayPart>>;
  readonly trips: readonly ChildTrip[];
  readonly present: readonly Present[];
  /** By child. */
  readonly alerts: Readonly<Record<string, AlertState>>;
  readonly said: readonly (Said & { readonly childId: string })[];
}

/** Reads several days with one statement, however many children there are, in the order they are given. */
export async function known(tx: Tx, wanted: readonly BoardWanted[]): Promise<readonly KnownOfDay[]> {
  const asked = wanted.map(({ unitId, day }, place) => ({ unitId, day, place }));
  const rows = await tx.execute<{ known: Omit<KnownOfDay, 'marks'> & { marks: readonly MarkJson[] } }>(sql`
    select json_build_object(
      'lessons', (select coalesce(json_agg(${lessonJson}), '[]') from lesson
        where unit_id = wanted."unitId" and weekday = extract(isodow from wanted.day)
          and from_day <= wanted.day and (to_day is null or wanted.day < to_day)),
      'marks', (select coalesce(json_agg(${markJson}), '[]') from mark
        where unit_id = wanted."unitId" and day = wanted.day),
      'alerts', (select coalesce(json_object_agg(child_id, state), '{}') from unreported_alert
        where unit_id = wanted."unitId" and day = wanted.day),
      'stays', (select coalesce(json_agg(${stayJson}), '[]') from stay
        where unit_id = wanted."unitId" and (day = wanted.day or weekday = extract(isodow from wanted.day))),
      'answers', (select coalesce(json_object_agg(child_id, part), '{}') from (
        select distinct on (child_id) child_id, part from holiday_answer answer
        join holiday_survey survey on survey.id = answer.survey_id and survey.withdrawn_at is null
        where answer.unit_id = wanted."unitId" and answer.day = wanted.day order by child_id, nth desc) as last),
      'trips', (select coalesce(json_agg(${tripJson}), '[]') from trip
        where unit_id = wanted."unitId" and first_day <= wanted.day and last_day >= wanted.day and called_off_at is null),
      'present', (select coalesce(json_agg(json_build_object('personId', person_id, 'groupId', group_id)), '[]') from staff_presence
        where unit_id = wanted."unitId" and day = wanted.day),
      'said', (select coalesce(json_agg(json_build_object('childId', absence.child_id, 'kind', part.kind,
          'at', to_char(part.at, 'HH24:MI'), 'isLeave', coalesce(cause.cause = 'LEAVE', false))), '[]')
        from absence left join absence_cause cause on cause.absence_id = absence.id
        cross join lateral (values ('AWAY', null::time, arrives_at is null and leaves_at is null),
          ('LATE', arrives_at, arrives_at is not null), ('LEFT_EARLY', leaves_at, leaves_at is not null)) as part(kind, at, is_said)
        where absence.unit_id = wanted."unitId" and absence.day = wanted.day and absence.withdrawn_at is null and part.is_said)) as known
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as wanted("unitId" uuid, day date, place int)
    order by wanted.place`);
  return rows.map(({ known: { marks, ...rest } }) => ({ ...rest, marks: marks.map(fromJson) }));
}
