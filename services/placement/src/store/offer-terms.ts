import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { type SQL, sql } from 'drizzle-orm';
import type { ApplicationState } from '../domain/application.ts';

const among = (ids: readonly string[]): SQL =>
  sql`(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid)`;

/** What has to be known of an application by whoever is to be offered something by it. */
export interface OfferedApplication {
  readonly id: string;
  readonly childId: string;
  readonly roundId: string;
  readonly wantedStart: LocalDate | null;
  readonly admissionYear: number;
  readonly yearBegins: string;
}

export async function applications(tx: Tx, ids: readonly string[]): Promise<readonly OfferedApplication[]> {
  const rows = await tx.execute<{ application: OfferedApplication }>(sql`
    select jsonb_build_object('id', a.id, 'childId', a.child_id, 'roundId', a.round_id, 'wantedStart', a.wanted_start,
      'admissionYear', r.admission_year, 'yearBegins', r.year_begins) as application
    from placement_application a join admission_round r on r.id = a.round_id where a.id in ${among(ids)}`);
  return rows.map(({ application }) => application);
}

/** Which wish of an application a unit is, by the number that the family gave it (BHG-16); null where it was not wished for. */
export async function wishFor(tx: Tx, applicationId: string, unitId: string): Promise<number | null> {
  const [row] = await tx.execute<{ rank: number }>(
    sql`select rank from wish where application_id = ${applicationId} and unit_id = ${unitId}`,
  );
  return row?.rank ?? null;
}

/** What statutes say of offers (BHG-12, BHG-14). */
export interface OfferTerms {
  readonly unitId: string;
  readonly noticeMonths: number;
  readonly keepWaiting: boolean;
  readonly answerDays: number;
  readonly silenceDeclines: boolean;
}

const terms = sql`jsonb_build_object('unitId', s.unit_id, 'noticeMonths', s.notice_months, 'keepWaiting', s.keep_waiting,
  'answerDays', s.answer_days, 'silenceDeclines', s.silence_declines)`;

/** By the statutes that a round keeps to, for each of its units. */
export async function ofRound(tx: Tx, roundId: string): Promise<ReadonlyMap<string, OfferTerms>> {
  const rows = await tx.execute<{ terms: OfferTerms }>(sql`
    select ${terms} as terms from round_unit u join statute s on s.id = u.statute_id where u.round_id = ${roundId}`);
  return new Map(rows.map((row) => [row.terms.unitId, row.terms]));
}

/** By the statutes that are in force on a day. */
export async function ofUnit(tx: Tx, unitId: string, day: LocalDate): Promise<OfferTerms | undefined> {
  const [row] = await tx.execute<{ terms: OfferTerms }>(sql`
    select ${terms} as terms from statute s where s.unit_id = ${unitId} and s.from_day <= ${day} order by s.version desc limit 1`);
  return row?.terms;
}

/** As the service: how applications stand from now on; of those that are over nothing is changed. */
export async function setStates(
  tx: Tx,
  stands: readonly { readonly id: string; readonly state: ApplicationState }[],
): Promise<void> {
  await tx.execute(sql`
    update placement_application a set state = upper(s.state), version = a.version + 1
    from jsonb_to_recordset(${JSON.stringify(stands)}::jsonb) as s(id uuid, state text)
    where a.id = s.id and a.state in ('SUBMITTED', 'COMPLETE', 'PLACED', 'WAITING') and a.state <> upper(s.state)`);
}
