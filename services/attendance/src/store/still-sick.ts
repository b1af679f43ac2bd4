import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { sql } from 'drizzle-orm';
import type { ReportedOfDay, StillSick, StillSickState } from '../domain/still-sick.ts';

const shape = sql`jsonb_build_object('childId', child_id, 'day', day, 'unitIds', to_jsonb(unit_ids), 'state', state)`;

/** Of some children on a day, with what is reported of it. */
export async function ofChildren(
  tx: Tx,
  childIds: readonly string[],
  day: LocalDate,
): Promise<readonly { readonly question: StillSick; readonly reported: ReportedOfDay }[]> {
  return tx.execute<{ question: StillSick; reported: ReportedOfDay }>(sql`
    select ${shape} as question, (
      select case when bool_or(cause.cause = 'SICK') then 'SICK' when count(*) > 0 then 'OTHERWISE' end
      from absence said left join absence_cause cause on cause.absence_id = said.id
      where said.child_id = still_sick.child_id and said.day = still_sick.day and said.unit_id = any (unit_ids)
        and said.withdrawn_at is null) as reported
    from still_sick
    where day = ${day} and child_id in (select jsonb_array_elements_text(${JSON.stringify(childIds)}::jsonb)::uuid)`);
}

/** Keeps what home has answered; answers the notice that told of the question, for the first who answers. */
export async function answer(
  tx: Tx,
  { childId, day }: Pick<StillSick, 'childId' | 'day'>,
  state: 'STILL_SICK' | 'EXPECTED',
): Promise<{ readonly toldBy: string | null }> {
  const [row] = await tx.execute<{ told_by: string | null }>(sql`
    update still_sick set state = ${state} where child_id = ${childId} and day = ${day}
    returning case when old.is_told and old.state = 'ASKED' then new.notice_id end as told_by`);
  return { toldBy: row?.told_by ?? null };
}

/** A question that is looked at. */
export interface Question extends StillSick {
  readonly state: 'WAITING' | 'ASKED';
  readonly noticeId: string;
  readonly isTold: boolean;
}

/** As the service: a question that is due, or about which something has changed; nobody else gets it meanwhile. */
export async function next(tx: Tx, now: Date): Promise<Question | undefined> {
  const [row] = await tx.execute<{ question: Question }>(sql`
    select ${shape} || jsonb_build_object('noticeId', notice_id, 'isTold', is_told) as question from still_sick
    where state in ('WAITING', 'ASKED') and look_at <= ${now.toISOString()}::timestamptz
    order by look_at limit 1 for update skip locked`);
  return row?.question;
}

/** What is known of a child that is asked about. */
export interface KnownOfQuestion {
  /** Where it was ill on the unit's last day, and nobody has said or seen anything since. */
  readonly awaitedAt: readonly string[];
  /** Those at which absence is open. */
  readonly openAt: readonly string[];
  readonly isProtected: boolean;
  readonly guardians: readonly string[];
}

/** As the service: everything by which it is decided whether to ask. */
export async function known(
  tx: Tx,
  { childId, day, unitIds }: StillSick,
  lastDays: readonly { readonly unitId: string; readonly sickOn: LocalDate }[],
): Promise<KnownOfQuestion> {
  const [row] = await tx.execute<{ known: KnownOfQuestion }>(sql`
    select jsonb_build_object(
      'awaitedAt', still_sick_since(${childId}, ${day}, ${JSON.stringify(lastDays)}::jsonb),
      'openAt', to_jsonb(array(select jsonb_array_elements_text(${JSON.stringify(unitIds)}::jsonb)::uuid
        intersect select unnest((select units_open())::uuid[]))),
      'isProtected', exists (select from access.enrolment where child_id = ${childId} and named_staff is not null),
      'guardians', (select coalesce(jsonb_agg(person_id order by person_id), '[]') from access.guardian
        where child_id = ${childId} and (ends_on is null or ends_on > (select access.today())))) as known`);
  return row!.known;
}

/** As the service: has units asked about on a later day, on which they are open again. */
export const moveOn = async (
  tx: Tx,
  childId: string,
  moves: readonly { readonly day: LocalDate; readonly unitId: string; readonly lookAt: Date }[],
): Promise<void> =>
  void (await tx.execute(sql`
    insert into still_sick (child_id, day, unit_ids, look_at)
    select ${childId}, day, array_agg(distinct "unitId"), min("lookAt")
    from jsonb_to_recordset(${JSON.stringify(moves)}::jsonb) as move(day date, "unitId" uuid, "lookAt" timestamptz) group by day
    on conflict (day, child_id) do update set look_at = excluded.look_at,
      unit_ids = array(select distinct unnest(still_sick.unit_ids || excluded.unit_ids) order by 1)
      where still_sick.state = 'WAITING'`));

/** As the service: what has become of a question, and when it is looked at again. */
export const settle = async (
  tx: Tx,
  { childId, day, isTold }: Question,
  { state, lookAt, toldNow }: { state: StillSickState; lookAt: Date | null; toldNow: boolean },
): Promise<void> =>
  void (await tx.execute(sql`
    update still_sick set state = ${state}, look_at = ${lookAt?.toISOString() ?? null}::timestamptz, looks = 0,
      is_told = ${isTold || toldNow}
    where child_id = ${childId} and day = ${day}`));

/** As the service: lets a question wait that could not be looked at, longer each time, up to some minutes. */
export const putOff = async (tx: Tx, { childId, day }: StillSick, now: Date): Promise<void> =>
  void (await tx.execute(sql`
    update still_sick set looks = looks + 1,
      look_at = ${now.toISOString()}::timestamptz + interval '1 second' * 2 ^ least(looks, 9)
    where child_id = ${childId} and day = ${day}`));

/** As the service: forgets questions of days that are over. */
export const forget = async (tx: Tx, before: LocalDate): Promise<void> =>
  void (await tx.execute(sql`delete from still_sick where day < ${before}`));

/** Takes away what was asked of a child. */
export const erasePerson = async (tx: Tx, personId: string): Promise<void> =>
  void (await tx.execute(sql`select erase_person_from_asking(${personId})`));
