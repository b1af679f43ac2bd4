import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { type SQL, sql } from 'drizzle-orm';
import type { AlertReceiver, LocalThreshold, ThresholdTerms } from '../domain/threshold.ts';

const thresholdJson = sql`jsonb_build_object('id', threshold.id, 'measure', measure, 'atLeast', at_least, 'period', period,
  'weeks', weeks, 'tells', to_jsonb(threshold.tells), 'opens', opens, 'isOfAllSchools', threshold.unit_id is null)`;

const select = async (tx: Tx, where: SQL): Promise<readonly LocalThreshold[]> =>
  (
    await tx.execute<{ threshold: LocalThreshold }>(sql`
      select ${thresholdJson} as threshold from threshold where ended_at is null and ${where} order by id`)
  ).map(({ threshold }) => threshold);

/** The thresholds that a school has of its own, or that the municipality has for all of them where no school is named. */
export const ofUnit = (tx: Tx, unitId: string | null) =>
  select(tx, sql`unit_id is not distinct from ${unitId}::uuid`);

/** Those that hold at a unit: its own, or where it has none and is a school, the municipality's. */
export const inForceAt = (tx: Tx, unitId: string) =>
  select(
    tx,
    sql`(unit_id = ${unitId}::uuid or (unit_id is null
      and not exists (select from threshold own where own.unit_id = ${unitId}::uuid and own.ended_at is null)
      and exists (select from access.unit where unit.unit_id = ${unitId}::uuid and unit.kind = 'SCHOOL')))`,
  );

/** What whoever asks is for the municipality, and for no unit. */
export async function municipalRoles(tx: Tx): Promise<readonly string[]> {
  const [row] = await tx.execute<{ roles: string[] }>(sql`select to_jsonb(access.municipal()) as roles`);
  return row!.roles;
}

/** One change of a school's thresholds at a time, or of those for all schools. */
export const lockUnit = async (tx: Tx, unitId: string | null): Promise<void> =>
  void (await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`thresholds ${unitId ?? ''}`}, 0))`,
  ));

export async function change(
  tx: Tx,
  { unitId, at }: { readonly unitId: string | null; readonly at: Date },
  {
    ending,
    beginning,
  }: {
    readonly ending: readonly string[];
    readonly beginning: readonly (ThresholdTerms & { readonly id: string })[];
  },
): Promise<void> {
  await tx.execute(sql`
    update threshold set ended_at = ${at.toISOString()}::timestamptz
    where id in (select jsonb_array_elements_text(${JSON.stringify(ending)}::jsonb)::uuid)`);
  await tx.execute(sql`
    insert into threshold (id, unit_id, measure, at_least, period, weeks, tells, opens)
    select id, ${unitId}::uuid, measure, "atLeast", period, weeks, array(select jsonb_array_elements_text(tells)), opens
    from jsonb_to_recordset(${JSON.stringify(beginning)}::jsonb)
      as new(id uuid, measure text, "atLeast" int, period text, weeks int, tells jsonb, opens text)`);
}

/** That a pupil's absence has reached a threshold. */
export interface ThresholdAlert {
  readonly id: string;
  readonly childId: string;
  readonly unitId: string;
  readonly tells: readonly AlertReceiver[];
  readonly since: LocalDate;
  readonly raisedOn: LocalDate;
  readonly seenAt: Date | null;
  readonly threshold: LocalThreshold;
}
type AlertJson = Omit<ThresholdAlert, 'seenAt'> & { readonly seenAt: string | null };
const alertJson = sql`jsonb_build_object('id', threshold_alert.id, 'childId', child_id, 'unitId', threshold_alert.unit_id,
  'tells', to_jsonb(threshold_alert.tells), 'since', since, 'raisedOn', raised_on, 'seenAt', seen_at, 'threshold', ${thresholdJson})`;
const fromJson = ({ seenAt, ...alert }: AlertJson): ThresholdAlert => ({
  ...{ ...alert, seenAt: seenAt === null ? null : new Date(seenAt) },
});

/** What nobody has taken on at a school, longest first, as far as whoever asks is told; one more than a page where there is more. */
export async function openAt(
  tx: Tx,
  unitId: string,
  {
    after,
    first,
  }: { readonly after: { readonly day: LocalDate; readonly id: string } | null; readonly first: number },
): Promise<readonly ThresholdAlert[]> {
  const rows = await tx.execute<{ alert: AlertJson }>(sql`
    select ${alertJson} as alert from threshold_alert join threshold on threshold.id = threshold_id
    where threshold_alert.unit_id = ${unitId} and seen_at is null
      and (${after?.day ?? null}::date is null or (raised_on, threshold_alert.id) > (${after?.day ?? null}::date, ${after?.id ?? null}::uuid))
    order by raised_on, threshold_alert.id limit ${first + 1}`);
  return rows.map(({ alert }) => fromJson(alert));
}

export async function alertById(tx: Tx, id: string): Promise<ThresholdAlert | undefined> {
  const [row] = await tx.execute<{ alert: AlertJson }>(sql`
    select ${alertJson} as alert from threshold_alert join threshold on threshold.id = threshold_id
    where threshold_alert.id = ${id}`);
  return row === undefined ? undefined : fromJson(row.alert);
}

/** Whoever was first has taken it on. */
export const noteSeen = async (tx: Tx, id: string, seenBy: string, at: Date): Promise<void> =>
  void (await tx.execute(sql`
    update threshold_alert set seen_by = ${seenBy}, seen_at = ${at.toISOString()}::timestamptz
    where id = ${id} and seen_at is null`));

/** A pupil whose absence is to be looked at. */
export interface Look {
  readonly childId: string;
  readonly unitId: string;
  readonly about: LocalDate;
}

/** As the service: a pupil to look at, where absence is open; nobody else gets it meanwhile, and it is looked at no more. */
export async function take(tx: Tx, today: LocalDate, now: Date): Promise<Look | undefined> {
  const [row] = await tx.execute<{ child_id: string; unit_id: string; look_on: LocalDate }>(sql`
    delete from threshold_look where (child_id, unit_id, look_on) = (
      select child_id, unit_id, look_on from threshold_look
      where look_on <= ${today} and (look_at is null or look_at <= ${now.toISOString()}::timestamptz)
        and unit_id = any ((select units_open())::uuid[])
      order by look_on, child_id limit 1 for update skip locked)
    returning child_id, unit_id, look_on`);
  return row === undefined ? undefined : { childId: row.child_id, unitId: row.unit_id, about: row.look_on };
}

/** As the service: lets one wait that could not be looked at, longer each time. */
export const putOff = async (tx: Tx, { childId, unitId, about }: Look, now: Date): Promise<void> =>
  void (await tx.execute(sql`
    update threshold_look set looks = looks + 1,
      look_at = ${now.toISOString()}::timestamptz + interval '1 second' * 2 ^ least(looks, 9)
    where child_id = ${childId} and unit_id = ${unitId} and look_on = ${about}`));

/** As the service: whether a pupil is at a unit on a day, and whether it is protected. */
export async function placeOf(
  tx: Tx,
  { childId, unitId }: Pick<Look, 'childId' | 'unitId'>,
  day: LocalDate,
): Promise<{ readonly isHere: boolean; readonly isProtected: boolean }> {
  const [row] = await tx.execute<{ is_here: boolean; is_protected: boolean }>(sql`
    select exists (select from access.enrolment where child_id = ${childId} and unit_id = ${unitId}
        and from_day <= ${day} and (to_day is null or ${day} < to_day)) as is_here,
      exists (select from access.enrolment where child_id = ${childId} and named_staff is not null) as is_protected`);
  return { isHere: row!.is_here, isProtected: row!.is_protected };
}

/** As the service: raises an alert, unless there is one of the same school, threshold and period already. */
export async function raise(
  tx: Tx,
  { childId, unitId }: Pick<Look, 'childId' | 'unitId'>,
  {
    id,
    thresholdId,
    tells,
    since,
    raisedOn,
  }: {
    readonly id: string;
    readonly thresholdId: string;
    readonly tells: readonly AlertReceiver[];
    readonly since: LocalDate;
    readonly raisedOn: LocalDate;
  },
): Promise<boolean> {
  const { count } = await tx.execute(sql`
    insert into threshold_alert (id, child_id, unit_id, threshold_id, tells, since, raised_on)
    select ${id}::uuid, ${childId}::uuid, ${unitId}::uuid, ${thresholdId}::uuid,
      array(select jsonb_array_elements_text(${JSON.stringify(tells)}::jsonb)), ${since}::date, ${raisedOn}::date
    where not exists (select from threshold_alert
      where child_id = ${childId}::uuid and unit_id = ${unitId}::uuid and threshold_id = ${thresholdId}::uuid and raised_on >= ${since}::date)
    on conflict do nothing`);
  return count > 0;
}

/** As the service: who of the staff is told of a pupil. */
export async function toldOf(
  tx: Tx,
  { childId, unitId }: Pick<Look, 'childId' | 'unitId'>,
  tells: readonly AlertReceiver[],
): Promise<readonly string[]> {
  const [row] = await tx.execute<{ told: string[] }>(sql`
    select to_jsonb(told_of(${childId}, ${unitId}, array(select jsonb_array_elements_text(${JSON.stringify(tells)}::jsonb)))) as told`);
  return row!.told;
}
