import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { TriesAtTablet } from '../domain/pin.ts';
import { idsOf } from './json.ts';
import { loginOf } from './logins.ts';

/** A tablet of a unit, as its leader sees it. */
export interface TabletView {
  readonly id: string;
  readonly unitId: string;
  readonly name: string;
  readonly madeAt: string;
  /** Null while nobody has typed the code in. */
  readonly pairedAt: string | null;
  readonly lastSeenAt: string | null;
  readonly endsAt: string;
  /** Until when nobody is let in, because too many PINs were wrong there. Null, or past, where it is open. */
  readonly closedUntil: string | null;
}

export interface NewTablet {
  readonly tabletId: string;
  readonly unitId: string;
  readonly name: string;
  readonly codeHash: Buffer;
  readonly codeEndsAt: Date;
  readonly madeBy: string;
  readonly madeAt: Date;
  readonly endsAt: Date;
}

const hex = (bytes: Buffer) => sql`decode(${bytes.toString('hex')}, 'hex')`;
const at = (instant: Date) => sql`${instant.toISOString()}::timestamptz`;

const view = sql`jsonb_build_object('id', tablet_id, 'unitId', unit_id, 'name', name, 'madeAt', made_at, 'pairedAt', paired_at,
  'lastSeenAt', last_seen_at, 'endsAt', ends_at, 'closedUntil', closed_until)`;

export async function insert(tx: Tx, tablet: NewTablet): Promise<void> {
  await tx.execute(sql`
    insert into tablet (tablet_id, unit_id, name, code_hash, code_ends_at, made_by, made_at, ends_at)
    values (${tablet.tabletId}, ${tablet.unitId}, ${tablet.name}, ${hex(tablet.codeHash)}, ${at(tablet.codeEndsAt)},
            ${tablet.madeBy}, ${at(tablet.madeAt)}, ${at(tablet.endsAt)})`);
}

/** The tablets of some units that are paired, or wait for it; as far as whoever asks leads them. */
export async function ofUnits(tx: Tx, unitIds: readonly string[], now: Date): Promise<readonly TabletView[]> {
  const rows = await tx.execute<{ tablet: TabletView }>(sql`
    select ${view} as tablet from tablet
    where unit_id = any (${idsOf(unitIds)}) and unpaired_at is null and ends_at > ${at(now)}
      and (paired_at is not null or code_ends_at > ${at(now)})
    order by made_at, tablet_id`);
  return rows.map(({ tablet }) => tablet);
}

export async function unitOf(tx: Tx, tabletId: string): Promise<string | undefined> {
  const [row] = await tx.execute<{ unit_id: string }>(sql`
    select unit_id from tablet where tablet_id = ${tabletId} and unpaired_at is null`);
  return row?.unit_id;
}

export async function unpair(tx: Tx, tabletId: string, by: string, now: Date): Promise<void> {
  await tx.execute(sql`
    update tablet set unpaired_at = ${at(now)}, unpaired_by = ${by}, code_hash = null, secret_hash = null
    where tablet_id = ${tabletId} and unpaired_at is null`);
}

/** As the service: the device that has a secret is no tablet any more. Answers which one it was. */
export async function unpairBySecret(tx: Tx, secretHash: Buffer, now: Date): Promise<string | undefined> {
  const [row] = await tx.execute<{ tablet_id: string }>(sql`
    update tablet set unpaired_at = ${at(now)}, secret_hash = null where secret_hash = ${hex(secretHash)}
    returning tablet_id`);
  return row?.tablet_id;
}

/** As the service: those that nobody paired in time go at once, those that are out of use when their trace may (RET-10). */
export async function deleteOld(tx: Tx, now: Date, outOfUseBefore: Date): Promise<void> {
  await tx.execute(sql`
    delete from tablet where (paired_at is null and code_ends_at < ${at(now)})
      or least(unpaired_at, ends_at) < ${at(outOfUseBefore)}`);
}

/** As the service: after a restore nobody can say which of them had been unpaired since. */
export async function unpairAll(tx: Tx, now: Date): Promise<void> {
  await tx.execute(sql`
    update tablet set unpaired_at = ${at(now)}, code_hash = null, secret_hash = null where unpaired_at is null`);
}

/** As the service: gives a device the secret that a code is good for, once. Answers which tablet it is now. */
export async function pair(
  tx: Tx,
  codeHash: Buffer,
  secretHash: Buffer,
  now: Date,
): Promise<string | undefined> {
  const [row] = await tx.execute<{ tablet_id: string }>(sql`
    update tablet set code_hash = null, secret_hash = ${hex(secretHash)}, paired_at = ${at(now)}, last_seen_at = ${at(now)}
    where code_hash = ${hex(codeHash)} and code_ends_at > ${at(now)} and ends_at > ${at(now)}
    returning tablet_id`);
  return row?.tablet_id;
}

export interface PairedTablet {
  readonly tabletId: string;
  readonly unitId: string;
}

/** As the service: the tablet that has a secret, seen now. */
export async function bySecret(tx: Tx, secretHash: Buffer, now: Date): Promise<PairedTablet | undefined> {
  return seen(tx, sql`secret_hash = ${hex(secretHash)}`, now);
}

/** As the service: the tablet itself, if it is paired still. */
export const byId = (tx: Tx, tabletId: string, now: Date): Promise<PairedTablet | undefined> =>
  seen(tx, sql`tablet_id = ${tabletId}`, now);

async function seen(tx: Tx, which: ReturnType<typeof sql>, now: Date): Promise<PairedTablet | undefined> {
  const [row] = await tx.execute<PairedTablet & Record<string, unknown>>(sql`
    with found as (
      select tablet_id, unit_id, last_seen_at from tablet
      where ${which} and secret_hash is not null and ends_at > ${at(now)}),
    touched as (
      update tablet set last_seen_at = ${at(now)} from found
      where tablet.tablet_id = found.tablet_id and found.last_seen_at < ${at(now)} - interval '1 minute')
    select tablet_id as "tabletId", unit_id as "unitId" from found`);
  return row;
}

const tries = sql`failures, failures_since, closed_until`;
type TriesRow = { failures: number; failures_since: string | null; closed_until: string | null };
const dateOf = (text: string | null): Date | null => (text === null ? null : new Date(text));
const triesFrom = (row: TriesRow | undefined): TriesAtTablet => ({
  failures: row?.failures ?? 0,
  since: dateOf(row?.failures_since ?? null),
  closedUntil: dateOf(row?.closed_until ?? null),
});

/** As the service: what is known of the PINs that were wrong at a tablet. */
export const triesAt = async (tx: Tx, tabletId: string): Promise<TriesAtTablet> =>
  triesFrom((await tx.execute<TriesRow>(sql`select ${tries} from tablet where tablet_id = ${tabletId}`))[0]);

/** The same, held until the transaction ends. */
export const holdTriesAt = async (tx: Tx, tabletId: string): Promise<TriesAtTablet> =>
  triesFrom(
    (
      await tx.execute<TriesRow>(sql`select ${tries} from tablet where tablet_id = ${tabletId} for update`)
    )[0],
  );

export async function noteTriesAt(
  tx: Tx,
  tabletId: string,
  { failures, since, closedUntil }: TriesAtTablet,
): Promise<void> {
  const orNull = (instant: Date | null) => sql`${instant?.toISOString() ?? null}::timestamptz`;
  await tx.execute(sql`
    update tablet set failures = ${failures}, failures_since = ${orNull(since)}, closed_until = ${orNull(closedUntil)}
    where tablet_id = ${tabletId}`);
}

export interface StaffOfTablet {
  readonly id: string;
  readonly name: string;
}

/**
 * As the service: the unit of a tablet, its groups, and who of its staff has a PIN. Nobody whose address is protected (ADR-05). Where the
 * register has not told a name, two letters of the login stand for it: a login is nothing for a wall.
 */
export async function shownAt(
  tx: Tx,
  unitId: string,
  today: string,
): Promise<{
  readonly unit: { readonly id: string; readonly name: string; readonly kind: string };
  readonly groups: readonly { readonly id: string; readonly name: string }[];
  readonly staff: readonly StaffOfTablet[];
}> {
  const [row] = await tx.execute<{ shown: Awaited<ReturnType<typeof shownAt>> }>(sql`
    select jsonb_build_object(
      'unit', jsonb_build_object('id', u.unit_id, 'name', u.name, 'kind', u.kind),
      'groups', coalesce((
        select jsonb_agg(jsonb_build_object('id', g.group_id, 'name', g.name) order by g.name, g.group_id)
        from child_group g where g.unit_id = u.unit_id and g.is_active), '[]'),
      'staff', coalesce((
        select jsonb_agg(jsonb_build_object('id', r.person_id, 'name', r.name) order by r.name, r.person_id)
        from (
          select distinct r.person_id, coalesce(p.given || ' ' || left(p.family, 1) || '.', upper(left(${loginOf}, 2)), '') as name
          from staff_role r join person p using (person_id) join staff_pin using (person_id)
          where r.unit_id = u.unit_id and r.from_day <= ${today}::date and (r.to_day is null or r.to_day > ${today}::date)
            and p.protection not in ('FORTROLIG', 'STRENGT_FORTROLIG')) as r), '[]')) as shown
    from unit u where u.unit_id = ${unitId}`);
  return row!.shown;
}
