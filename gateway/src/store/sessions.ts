import type { AssuranceLevel } from '@ranselpost/kit/pure/actor';
import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { Browser } from '../domain/browser.ts';
import type { AtTablet, LoginKind, OwnSession, Session, SessionKind } from '../domain/session.ts';

export interface NewSession {
  readonly id: string;
  readonly secretHash: Buffer;
  readonly kind: LoginKind;
  readonly personId: string;
  readonly level: AssuranceLevel;
  readonly issuer: string;
  readonly issuerSession: string | null;
  readonly authTime: Date;
  readonly browser: Browser;
  readonly isNewBrowser: boolean;
  /** Null: as long as sessions commonly do. */
  readonly idleSeconds: number | null;
  readonly maxSeconds: number;
}

type Row = {
  id: string;
  kind: SessionKind;
  tablet_id: string | null;
  unit_id: string | null;
  idle_seconds: number;
  person_id: string;
  level: AssuranceLevel;
  is_fresh: boolean;
  last_used_at: string;
  ends_at: string;
  seen_at: string | null;
};

/** As identity says it: to the microsecond, so that it sorts as text. */
const asSaid = sql`to_char(seen_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

export async function insert(tx: Tx, session: NewSession): Promise<void> {
  await tx.execute(sql`
    insert into session (id, secret_hash, kind, person_id, level, issuer, issuer_session, auth_time, browser,
                         platform, is_new_browser, idle_seconds, ends_at)
    values (${session.id}, ${hex(session.secretHash)}, ${session.kind}, ${session.personId}, ${session.level},
            ${session.issuer}, ${session.issuerSession}, least(${session.authTime.toISOString()}::timestamptz, now()),
            ${session.browser.name}, ${session.browser.platform}, ${session.isNewBrowser}, ${session.idleSeconds}, now() + ${session.maxSeconds} * interval '1 second')`);
}

export interface NewTabletSession extends AtTablet {
  readonly id: string;
  readonly secretHash: Buffer;
  readonly personId: string;
  readonly browser: Browser;
  readonly idleSeconds: number;
  readonly maxSeconds: number;
}

/** A session at a shared tablet: let in by a PIN, and by no issuer. */
export async function insertAtTablet(tx: Tx, session: NewTabletSession): Promise<void> {
  await tx.execute(sql`
    insert into session (id, secret_hash, kind, person_id, level, issuer, browser, platform, tablet_id, unit_id, idle_seconds, ends_at)
    values (${session.id}, ${hex(session.secretHash)}, 'tablet', ${session.personId}, 'substantial', 'tablet', ${session.browser.name},
            ${session.browser.platform}, ${session.tabletId}, ${session.unitId}, ${session.idleSeconds},
            now() + ${session.maxSeconds} * interval '1 second')`);
}

const isUsed = (idleSeconds: number) =>
  sql`last_used_at > now() - coalesce(session.idle_seconds, ${idleSeconds}) * interval '1 second'`;

/**
 * The session of a secret, if it lives. Notes at most once a minute that it was used, so that reading stays reading; at a shared tablet, not
 * even that.
 */
export async function findAndTouch(
  tx: Tx,
  secretHash: Buffer,
  idleSeconds: number,
): Promise<Session | undefined> {
  const [row] = await tx.execute<Row>(sql`
    with found as materialized (
      select id, kind, person_id, level, coalesce(auth_time > now() - interval '10 minutes', false) as is_fresh, tablet_id, unit_id, coalesce(idle_seconds, ${idleSeconds}) as idle_seconds, last_used_at,
        ends_at, ${asSaid} as seen_at from session
      where secret_hash = ${hex(secretHash)} and ends_at > now() and ${isUsed(idleSeconds)}),
    touched as (
      update session set last_used_at = now() from found
      where session.id = found.id and found.kind <> 'tablet' and found.last_used_at < now() - interval '1 minute')
    select id, kind, person_id, level, is_fresh, tablet_id, unit_id, idle_seconds, ends_at, seen_at,
           case when kind <> 'tablet' and last_used_at < now() - interval '1 minute' then now() else last_used_at end as last_used_at
    from found`);
  return row === undefined
    ? undefined
    : {
        id: row.id,
        kind: row.kind,
        personId: row.person_id,
        level: row.level,
        isFresh: row.is_fresh,
        at:
          row.tablet_id === null || row.unit_id === null
            ? null
            : { tabletId: row.tablet_id, unitId: row.unit_id },
        idleSeconds: row.idle_seconds,
        lastUsedAt: new Date(row.last_used_at),
        endsAt: new Date(row.ends_at),
        seenAt: row.seen_at,
      };
}

export const noteUse = async (tx: Tx, id: string): Promise<void> =>
  void (await tx.execute(sql`update session set last_used_at = now() where id = ${id}`));

/** Up to where identity has been seen in a session, as any replica has noted it. */
export async function seenIn(tx: Tx, id: string): Promise<string | null> {
  const [row] = await tx.execute<{ seen_at: string | null }>(sql`
    select ${asSaid} as seen_at from session where id = ${id}`);
  return row?.seen_at ?? null;
}

/** Notes it; an older answer that comes later takes nothing back. */
export async function noteSeen(tx: Tx, id: string, seenAt: string): Promise<void> {
  await tx.execute(sql`
    update session set seen_at = ${seenAt}::timestamptz
    where id = ${id} and (seen_at is null or seen_at < ${seenAt}::timestamptz)`);
}

/** Which of some sessions still live. Says nothing of their being used. */
export async function living(tx: Tx, ids: readonly string[], idleSeconds: number): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select id from session
    where id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid) and ends_at > now()
      and ${isUsed(idleSeconds)}`);
  return rows.map(({ id }) => id);
}

type OwnRow = Pick<Row, 'id' | 'kind' | 'last_used_at'> & {
  opened_at: string;
  browser: Browser['name'];
  platform: Browser['platform'];
  is_new_browser: boolean;
};

/** Somebody's own sessions that live, newest first; to the minute, which is enough to know one's own again. */
export async function ofPerson(tx: Tx, personId: string, idleSeconds: number): Promise<OwnSession[]> {
  const rows = await tx.execute<OwnRow>(sql`
    select id, kind, browser, platform, is_new_browser, date_trunc('minute', created_at) as opened_at,
           date_trunc('minute', last_used_at) as last_used_at
    from session
    where person_id = ${personId} and ends_at > now() and ${isUsed(idleSeconds)}
    order by created_at desc limit 100`);
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    openedAt: new Date(row.opened_at),
    lastUsedAt: new Date(row.last_used_at),
    browser: { name: row.browser, platform: row.platform },
    isNewBrowser: row.is_new_browser,
  }));
}

export async function endOfPersonById(tx: Tx, personId: string, id: string): Promise<void> {
  await tx.execute(sql`delete from session where person_id = ${personId} and id = ${id}`);
}

export async function endOthersOfPerson(tx: Tx, personId: string, exceptId: string): Promise<void> {
  await tx.execute(sql`delete from session where person_id = ${personId} and id <> ${exceptId}`);
}

export async function endBySecret(tx: Tx, secretHash: Buffer): Promise<void> {
  await tx.execute(sql`delete from session where secret_hash = ${hex(secretHash)}`);
}

export async function endByIssuerSession(tx: Tx, issuer: string, issuerSession: string): Promise<void> {
  await tx.execute(sql`delete from session where issuer = ${issuer} and issuer_session = ${issuerSession}`);
}

/** Ends what a person has open in one capacity, if it was opened before an instant. */
export async function endOfPerson(
  tx: Tx,
  kind: SessionKind,
  personId: string,
  openedBefore: Date,
): Promise<void> {
  await tx.execute(sql`
    delete from session
    where person_id = ${personId} and kind = ${kind} and created_at <= ${openedBefore.toISOString()}::timestamptz`);
}

/** Ends whatever is open at a tablet. */
export async function endAtTablet(tx: Tx, tabletId: string): Promise<void> {
  await tx.execute(sql`delete from session where tablet_id = ${tabletId}`);
}

/** Ends all that a person has open. */
export async function endAllOfPerson(tx: Tx, personId: string): Promise<void> {
  await tx.execute(sql`delete from session where person_id = ${personId}`);
}

export async function deleteExpired(tx: Tx, idleSeconds: number): Promise<void> {
  await tx.execute(sql`
    delete from session where ends_at <= now() or not ${isUsed(idleSeconds)}`);
}

/** As text, because the driver sends parameters without asking what type they are. */
const hex = (bytes: Buffer) => sql`decode(${bytes.toString('hex')}, 'hex')`;
