import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { sql } from 'drizzle-orm';
import { type Alert, type AlertState, defaultAlertMinutes } from '../domain/absence-alert.ts';
import type { Said } from '../domain/day-state.ts';
import type { Lesson } from '../domain/lesson.ts';
import type { Mark } from '../domain/mark.ts';
import { lessonJson } from './lessons.ts';
import { type MarkJson, fromJson, markJson } from './marks.ts';

/** How many minutes a unit waits. */
export async function minutesOf(tx: Tx, unitId: string): Promise<number> {
  const [row] = await tx.execute<{ minutes: number }>(
    sql`select minutes from alert_setting where unit_id = ${unitId}`,
  );
  return row?.minutes ?? defaultAlertMinutes;
}

export const setMinutes = async (tx: Tx, unitId: string, minutes: number): Promise<void> =>
  void (await tx.execute(sql`
    insert into alert_setting (unit_id, minutes) values (${unitId}, ${minutes})
    on conflict (unit_id) do update set minutes = excluded.minutes`));

/** Has home told of some children when it is due. One that is waiting or told already stays as it is. */
export async function arm(
  tx: Tx,
  { unitId, day }: { readonly unitId: string; readonly day: LocalDate },
  alerts: readonly { readonly childId: string; readonly dueAt: Date; readonly noticeId: string }[],
): Promise<void> {
  await tx.execute(sql`
    insert into unreported_alert (child_id, unit_id, day, due_at, notice_id)
    select "childId", ${unitId}, ${day}, "dueAt", "noticeId"
    from jsonb_to_recordset(${JSON.stringify(alerts)}::jsonb) as new("childId" uuid, "dueAt" timestamptz, "noticeId" uuid)
    order by "childId"
    on conflict (day, unit_id, child_id) do update
      set state = 'WAITING', due_at = excluded.due_at, notice_id = excluded.notice_id
      where unreported_alert.state = 'DROPPED'`);
}

/** Notes that staff have called; false where there is no call to make, for whoever asks. */
export async function notePhoned(
  tx: Tx,
  { unitId, day, childId }: Pick<Alert, 'unitId' | 'day' | 'childId'>,
): Promise<boolean> {
  const { count } = await tx.execute(sql`
    update unreported_alert set state = 'PHONED'
    where unit_id = ${unitId} and day = ${day} and child_id = ${childId} and state = 'PHONE'`);
  return count > 0;
}

export async function stateOf(
  tx: Tx,
  { unitId, day, childId }: Pick<Alert, 'unitId' | 'day' | 'childId'>,
): Promise<AlertState | undefined> {
  const [row] = await tx.execute<{ state: AlertState }>(sql`
    select state from unreported_alert where unit_id = ${unitId} and day = ${day} and child_id = ${childId}`);
  return row?.state;
}

/** What is known of a child whose alert is looked at. */
export interface KnownOfAlert {
  readonly groupIds: readonly string[];
  readonly isHere: boolean;
  readonly isProtected: boolean;
  readonly guardians: readonly string[];
  readonly watchers: readonly string[];
  readonly lessons: readonly Lesson[];
  readonly marks: readonly Mark[];
  readonly said: readonly Said[];
}

/** As the service: an alert that is due, or about which something has changed, where absence is open; nobody else gets it meanwhile. */
export async function next(tx: Tx, now: Date): Promise<Alert | undefined> {
  const [row] = await tx.execute<{ alert: Omit<Alert, 'dueAt'> & { dueAt: string } }>(sql`
    select json_build_object('childId', child_id, 'unitId', unit_id, 'day', day, 'state', state, 'dueAt', due_at,
      'noticeId', notice_id) as alert
    from unreported_alert
    where (is_to_check or (state = 'WAITING' and due_at <= ${now.toISOString()}::timestamptz))
      and (look_at is null or look_at <= ${now.toISOString()}::timestamptz)
      and unit_id = any ((select units_open())::uuid[])
    order by due_at limit 1 for update skip locked`);
  return row === undefined ? undefined : { ...row.alert, dueAt: new Date(row.alert.dueAt) };
}

/** As the service: everything by which an alert is decided. */
export async function known(tx: Tx, { childId, unitId, day }: Alert): Promise<KnownOfAlert> {
  const [row] = await tx.execute<{ known: Omit<KnownOfAlert, 'marks'> & { marks: MarkJson[] } }>(sql`
    select json_build_object(
      'groupIds', coalesce((select to_jsonb(group_ids) from access.enrolment
        where child_id = ${childId} and unit_id = ${unitId} and from_day <= ${day} and (to_day is null or ${day} < to_day) limit 1), '[]'),
      'isHere', exists (select from access.enrolment
        where child_id = ${childId} and unit_id = ${unitId} and from_day <= ${day} and (to_day is null or ${day} < to_day)),
      'isProtected', exists (select from access.enrolment where child_id = ${childId} and named_staff is not null),
      'guardians', (select coalesce(json_agg(person_id order by person_id), '[]') from access.guardian
        where child_id = ${childId} and (ends_on is null or ends_on > (select access.today()))),
      'watchers', to_jsonb(watchers_at(${unitId}, ${childId})),
      'lessons', (select coalesce(json_agg(${lessonJson}), '[]') from lesson
        where unit_id = ${unitId} and from_day <= ${day} and (to_day is null or ${day} < to_day)),
      'marks', (select coalesce(json_agg(${markJson}), '[]') from mark
        where child_id = ${childId} and unit_id = ${unitId} and day = ${day}),
      'said', said_of(${childId}, ${unitId}, ${day})) as known`);
  const { marks, ...rest } = row!.known;
  return { ...rest, marks: marks.map(fromJson) };
}

/** As the service: what has become of an alert, and when one that waits is looked at again. */
export async function settle(
  tx: Tx,
  { childId, unitId, day }: Alert,
  state: AlertState,
  lookAt: Date,
): Promise<void> {
  await tx.execute(sql`
    update unreported_alert set state = ${state}, is_to_check = false, looks = 0,
      look_at = case when ${state} = 'WAITING' then ${lookAt.toISOString()}::timestamptz end,
      told_at = case when ${state} = 'TOLD' then coalesce(told_at, now()) else told_at end
    where unit_id = ${unitId} and day = ${day} and child_id = ${childId}`);
}

/** As the service: lets an alert wait that could not be looked at, longer each time, up to some minutes. */
export const putOff = async (tx: Tx, { childId, unitId, day }: Alert, now: Date): Promise<void> =>
  void (await tx.execute(sql`
    update unreported_alert set looks = looks + 1,
      look_at = ${now.toISOString()}::timestamptz + interval '1 second' * 2 ^ least(looks, 9)
    where unit_id = ${unitId} and day = ${day} and child_id = ${childId}`));

/** As the service: forgets what is over for long. */
export const forget = async (tx: Tx, before: LocalDate): Promise<void> =>
  void (await tx.execute(sql`delete from unreported_alert where day < ${before}`));
