import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { type SQL, sql } from 'drizzle-orm';
import type { HolidayAnswer, HolidayPart, HolidaySurvey, SurveyTerms } from '../domain/holiday-survey.ts';

type Json = Omit<HolidaySurvey, 'answerUntil' | 'withdrawnAt'> & {
  answerUntil: string;
  withdrawnAt: string | null;
};

const json = sql`jsonb_build_object('id', id, 'unitId', unit_id, 'days', to_jsonb(days), 'asksHalfDays', asks_half_days,
  'groupIds', to_jsonb(group_ids), 'answerUntil', answer_until, 'withdrawnAt', withdrawn_at)`;
const fromJson = (survey: Json): HolidaySurvey => ({
  ...survey,
  answerUntil: new Date(survey.answerUntil),
  withdrawnAt: survey.withdrawnAt === null ? null : new Date(survey.withdrawnAt),
});
const select = async (tx: Tx, where: SQL): Promise<readonly HolidaySurvey[]> =>
  (await tx.execute<{ survey: Json }>(sql`select ${json} as survey from holiday_survey where ${where}`)).map(
    ({ survey }) => fromJson(survey),
  );
const among = (ids: readonly string[]): SQL =>
  sql`(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid)`;

export const byIds = (tx: Tx, ids: readonly string[]) => select(tx, sql`id in ${among(ids)}`);

/** Surveys of some units whose last day is not over, latest first. */
export const ofUnits = (tx: Tx, unitIds: readonly string[], today: LocalDate) =>
  select(
    tx,
    sql`unit_id in ${among(unitIds)} and withdrawn_at is null and days[cardinality(days)] >= ${today}
      order by opened_at desc limit 100`,
  );

/** What somebody opened under a key of theirs. */
export const byKey = async (tx: Tx, openedBy: string, key: string): Promise<HolidaySurvey | undefined> =>
  (await select(tx, sql`opened_by = ${openedBy} and idempotency_key = ${key}`))[0];

export interface NewSurvey extends Omit<SurveyTerms, 'firstDay' | 'lastDay'> {
  readonly id: string;
  readonly days: readonly LocalDate[];
  readonly remindAt: Date;
  readonly openedBy: string;
  readonly idempotencyKey: string;
}

export const insert = async (tx: Tx, survey: NewSurvey): Promise<void> =>
  void (await tx.execute(sql`
    insert into holiday_survey (id, unit_id, days, asks_half_days, group_ids, answer_until, opened_by, idempotency_key, remind_at)
    values (${survey.id}, ${survey.unitId},
      array(select jsonb_array_elements_text(${JSON.stringify(survey.days)}::jsonb)::date order by 1), ${survey.asksHalfDays},
      array${among(survey.groupIds)}, ${survey.answerUntil.toISOString()}::timestamptz, ${survey.openedBy},
      ${survey.idempotencyKey}, ${survey.remindAt.toISOString()}::timestamptz)
    on conflict (opened_by, idempotency_key) do nothing`));

/** Asks no more. */
export const withdraw = async (tx: Tx, id: string): Promise<void> =>
  void (await tx.execute(
    sql`update holiday_survey set withdrawn_at = now() where id = ${id} and withdrawn_at is null`,
  ));

/** The notices by which home was told of a survey. */
export async function noticesOf(tx: Tx, id: string): Promise<readonly string[]> {
  const [row] = await tx.execute<{ told: string[] }>(sql`
    select to_jsonb(case next_notice when 'OPENING' then '{}' when 'REMINDER' then array[id] else array[id, reminder_id] end) as told
    from holiday_survey where id = ${id}`);
  return row!.told;
}

/** Guardians of a child who have nothing left to answer. */
export async function answeredBy(tx: Tx, id: string, childId: string): Promise<readonly string[]> {
  const [row] = await tx.execute<{ answered: string[] }>(
    sql`select to_jsonb(survey_answered_by(${id}, ${childId})) as answered`,
  );
  return row!.answered;
}

/** What was said to some surveys, oldest first; of some children, or of all whom whoever asks sees. */
export async function answers(
  tx: Tx,
  surveyIds: readonly string[],
  childIds: readonly string[] | null = null,
): Promise<readonly HolidayAnswer[]> {
  const rows = await tx.execute<{ answer: Omit<HolidayAnswer, 'answeredAt'> & { answeredAt: string } }>(sql`
    select jsonb_build_object('surveyId', survey_id, 'childId', child_id, 'day', day, 'part', part, 'isByStaff', is_by_staff,
      'answeredBy', answered_by, 'answeredAt', answered_at) as answer
    from holiday_answer where survey_id in ${among(surveyIds)}
      and (${childIds === null} or child_id in ${among(childIds ?? [])})
    order by nth`);
  return rows.map(({ answer }) => ({ ...answer, answeredAt: new Date(answer.answeredAt) }));
}

export const addAnswers = async (
  tx: Tx,
  { id, unitId }: HolidaySurvey,
  answered: {
    readonly childId: string;
    readonly answeredBy: string;
    readonly isByStaff: boolean;
    readonly days: readonly { readonly day: LocalDate; readonly part: HolidayPart }[];
  },
): Promise<void> =>
  void (await tx.execute(sql`
    insert into holiday_answer (survey_id, child_id, unit_id, day, part, is_by_staff, answered_by)
    select ${id}, ${answered.childId}, ${unitId}, day, part, ${answered.isByStaff}, ${answered.answeredBy}
    from jsonb_to_recordset(${JSON.stringify(answered.days)}::jsonb) as said(day date, part text) order by day`));

/** The children at a unit on any day of a period, as far as whoever asks has a ground for them. */
export async function childrenAt(
  tx: Tx,
  unitIds: readonly string[],
): Promise<readonly { readonly childId: string; readonly unitId: string }[]> {
  return tx.execute<{ childId: string; unitId: string }>(sql`
    select distinct child_id as "childId", unit_id as "unitId" from access.enrolment where unit_id in ${among(unitIds)}`);
}

/** A survey of which home is to be told. */
export interface SurveyNotice {
  readonly survey: HolidaySurvey;
  readonly nextNotice: 'OPENING' | 'REMINDER';
  readonly noticeId: string;
  readonly remindAt: Date;
}

/** As the service: a survey that is due to be told of, where absence is open; nobody else gets it meanwhile. */
export async function nextToTell(tx: Tx, now: Date): Promise<SurveyNotice | undefined> {
  const [row] = await tx.execute<{
    survey: Json;
    next_notice: 'OPENING' | 'REMINDER';
    reminder_id: string;
    remind_at: string;
  }>(sql`
    select ${json} as survey, next_notice, reminder_id, remind_at from holiday_survey
    where next_notice <> 'DONE' and look_at <= ${now.toISOString()}::timestamptz
      and unit_id = any ((select units_open())::uuid[])
    order by look_at limit 1 for update skip locked`);
  if (row === undefined) return undefined;
  const survey = fromJson(row.survey);
  return {
    ...{ survey, nextNotice: row.next_notice, remindAt: new Date(row.remind_at) },
    noticeId: row.next_notice === 'OPENING' ? survey.id : row.reminder_id,
  };
}

/** As the service: the guardians of children who are asked about and of whom not every day has been answered; of none who is protected. */
export const toTell = async (
  tx: Tx,
  { id }: HolidaySurvey,
): Promise<readonly { readonly personId: string; readonly childIds: readonly string[] }[]> =>
  tx.execute<{ personId: string; childIds: string[] }>(sql`
    select person_id as "personId", array_agg(child_id) as "childIds" from access.guardian
    where child_id = any ((select survey_unanswered(${id}))::uuid[]) and (ends_on is null or ends_on > (select access.today()))
    group by person_id order by person_id`);

/** As the service: what home is told of next. */
export const told = async (tx: Tx, { survey, nextNotice, remindAt }: SurveyNotice): Promise<void> =>
  void (await tx.execute(sql`
    update holiday_survey set next_notice = ${nextNotice === 'OPENING' ? 'REMINDER' : 'DONE'},
      look_at = ${remindAt.toISOString()}::timestamptz
    where id = ${survey.id}`));

/** As the service: lets one wait that could not be told of. */
export const putOff = async (tx: Tx, { survey }: SurveyNotice, until: Date): Promise<void> =>
  void (await tx.execute(
    sql`update holiday_survey set look_at = ${until.toISOString()}::timestamptz where id = ${survey.id}`,
  ));

/** As the service: forgets surveys whose last day is over for long, with what was answered. */
export const forget = async (tx: Tx, before: LocalDate): Promise<void> =>
  void (await tx.execute(sql`delete from holiday_survey where days[cardinality(days)] < ${before}`));
