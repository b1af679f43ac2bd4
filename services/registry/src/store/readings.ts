import type { Tx } from '@ranselpost/kit/database';
import type { EncryptedNumber } from '@ranselpost/kit/numbers';
import { sql } from 'drizzle-orm';
import type { Priority } from '../domain/event-priority.ts';

export type RegisterName = 'freg' | 'krr';

/** Somebody to be read, as they stood when it was begun. */
export interface DueReading {
  readonly personId: string;
  readonly number: EncryptedNumber;
  readonly lookupHash: string;
  readonly asked: number;
  readonly attempts: number;
  readonly toldHash: string | null;
  readonly hasFailed: boolean;
  /** The register said that it has split them in two, and nobody was told. */
  readonly wasSplit: boolean;
  /** Whether they live in this municipality is read too. */
  readonly withResidence: boolean;
}

export interface DueWish {
  readonly register: RegisterName;
  readonly limit: number;
  /** Those who are being read already. */
  readonly except: readonly string[];
  /** The least urgent that is wanted. */
  readonly upTo: Priority;
}

/** Who is due, the most urgent first. */
export async function due(tx: Tx, { register, limit, except, upTo }: DueWish): Promise<DueReading[]> {
  const rows = await tx.execute<{
    person_id: string;
    number_key_id: string;
    number_ciphertext: Buffer;
    lookup_hash: Buffer;
    asked: number;
    attempts: number;
    told_hash: Buffer | null;
    has_failed: boolean;
    was_split: boolean;
    with_residence: boolean;
  }>(sql`
    with next as (
      select person_id, priority, due_at from reading
      where register = ${register} and due_at <= now() and priority <= ${upTo}
        and person_id <> all (array(select jsonb_array_elements_text(${JSON.stringify(except)}::jsonb)::uuid))
      order by priority, due_at limit ${limit})
    select person_id, number_key_id, number_ciphertext, lookup_hash, asked, attempts, told_hash,
           failed_at is not null as has_failed, was_split,
      with_residence
    from next join reading using (person_id) join followed_person using (person_id)
    where register = ${register} order by next.priority, next.due_at`);
  return rows.map((row) => ({
    personId: row.person_id,
    number: { keyId: row.number_key_id, ciphertext: row.number_ciphertext },
    lookupHash: row.lookup_hash.toString('hex'),
    asked: row.asked,
    attempts: row.attempts,
    toldHash: row.told_hash?.toString('hex') ?? null,
    hasFailed: row.has_failed,
    wasSplit: row.was_split,
    withResidence: row.with_residence,
  }));
}

export interface ReadingState {
  readonly personId: string;
  readonly lookupHash: string;
  readonly asked: number;
  readonly attempts: number;
  readonly revision: number;
  readonly toldHash: string | null;
  readonly hasFailed: boolean;
  /** Read to compare, and not because something happened. */
  readonly isComparing: boolean;
  /** What the next revision is. */
  readonly nextRevision: number;
}

/**
 * How some readings stand now, held until the transaction ends. A revision is never less than the seconds since 1970: it
 * stays above what was told before somebody was forgotten, or before a backup was restored (S-24).
 */
export async function hold(
  tx: Tx,
  register: RegisterName,
  personIds: readonly string[],
): Promise<Map<string, ReadingState>> {
  const rows = await tx.execute<{
    person_id: string;
    lookup_hash: Buffer;
    asked: number;
    attempts: number;
    revision: string;
    next_revision: string;
    told_hash: Buffer | null;
    has_failed: boolean;
    is_comparing: boolean;
  }>(sql`
    select person_id, lookup_hash, asked, attempts, revision, told_hash, failed_at is not null as has_failed, is_comparing,
           greatest(revision + 1, floor(extract(epoch from now()))::bigint) as next_revision
    from reading join followed_person using (person_id)
    where register = ${register}
      and person_id = any (array(select jsonb_array_elements_text(${JSON.stringify(personIds)}::jsonb)::uuid))
    order by person_id for update`);
  return new Map(
    rows.map((row) => [
      row.person_id,
      {
        personId: row.person_id,
        lookupHash: row.lookup_hash.toString('hex'),
        asked: row.asked,
        attempts: row.attempts,
        revision: Number(row.revision),
        toldHash: row.told_hash?.toString('hex') ?? null,
        hasFailed: row.has_failed,
        isComparing: row.is_comparing,
        nextRevision: Number(row.next_revision),
      },
    ]),
  );
}

export interface Settlement {
  readonly personId: string;
  readonly revision: number;
  readonly toldHash: string | null;
  /** It has been told that they cannot be read. */
  readonly hasFailed: boolean;
  readonly attempts: number;
  /** What was read says that their address is protected; null when nothing was read. */
  readonly isProtected: boolean | null;
  /** Whoever needs to know what the register says now, or that it cannot be read, has been told. */
  readonly isSure: boolean;
  /** Somebody asked while it was being read: it stays due as it is. */
  readonly isAskedAgain: boolean;
  /** Milliseconds until it is due again; null for not until somebody asks. */
  readonly dueInMs: number | null;
}

/** Writes down what readings came to. */
export async function settle(
  tx: Tx,
  register: RegisterName,
  settlements: readonly Settlement[],
): Promise<void> {
  if (settlements.length === 0) return;
  const rows = settlements.map((one) => ({
    person_id: one.personId,
    revision: one.revision,
    told_hash: one.toldHash,
    has_failed: one.hasFailed,
    attempts: one.attempts,
    is_protected: one.isProtected,
    is_sure: one.isSure,
    again: one.isAskedAgain,
    due_in_ms: one.dueInMs,
  }));
  await tx.execute(sql`
    update reading set
      revision = new.revision, told_hash = decode(new.told_hash, 'hex'), attempts = new.attempts,
      due_at = case when new.again then due_at else now() + new.due_in_ms * interval '1 millisecond' end,
      priority = case when new.again or new.attempts > 0 then priority else 3 end,
      failed_at = case when new.has_failed then coalesce(failed_at, now()) end,
      unsure_since = case when not new.is_sure then unsure_since end,
      read_at = case when new.attempts = 0 then now() else read_at end,
      is_protected = coalesce(new.is_protected, reading.is_protected),
      is_comparing = is_comparing and new.attempts > 0,
      was_split = was_split and (new.again or new.attempts > 0 or coalesce(new.due_in_ms = 0, false))
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as new (person_id uuid, revision bigint, told_hash text, has_failed boolean, attempts integer, is_protected boolean,
          is_sure boolean, again boolean,
          due_in_ms double precision)
    where reading.person_id = new.person_id and register = ${register}`);
}

/** Something has been heard about everybody concerned since we were last sure of all. */
const unsure = sql`unsure_since = coalesce(unsure_since, (select caught_up_at from feed_pointer))`;

/** Makes people due for Folkeregisteret, of whom the feed told something, now and as urgently as anything has asked for. */
export async function ask(
  tx: Tx,
  wishes: readonly { readonly personId: string; readonly priority: Priority; readonly wasSplit: boolean }[],
): Promise<void> {
  if (wishes.length === 0) return;
  const rows = wishes.map(({ personId, priority, wasSplit }) => ({
    person_id: personId,
    priority,
    was_split: wasSplit,
  }));
  await tx.execute(sql`
    update reading set
      due_at = least(due_at, now()), asked = asked + 1, attempts = 0, ${unsure},
      was_split = reading.was_split or new.was_split,
      priority = case when due_at is null then new.priority else least(reading.priority, new.priority) end
    from (
      select person_id, min(priority) as priority, bool_or(was_split) as was_split
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as wish (person_id uuid, priority smallint, was_split boolean)
      group by person_id) as new
    where reading.person_id = new.person_id and register = 'freg'`);
}

/** Makes everybody due for Folkeregisteret, because something in the feed was lost to us. */
export async function askAll(tx: Tx): Promise<void> {
  await tx.execute(sql`
    update reading set due_at = least(due_at, now()), asked = asked + 1, attempts = 0, ${unsure},
      priority = case when due_at is null then 3 else priority end
    where register = 'freg'`);
}

/** Makes everybody due in both registers, and forgets what was told of them: it is told again, whatever it was. */
export async function tellAllAgain(tx: Tx): Promise<void> {
  await tx.execute(sql`
    update reading set told_hash = null, failed_at = null, is_comparing = false, due_at = least(due_at, now()),
      asked = asked + 1, attempts = 0,
      priority = case when due_at is null then 3 else priority end,
      unsure_since = case when register = 'freg' then coalesce(unsure_since, (select caught_up_at from feed_pointer)) end`);
}

/** How many are due in Folkeregisteret and have not been read. */
export async function countDue(tx: Tx): Promise<number> {
  const [row] = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from reading where register = 'freg' and due_at <= now()`);
  return row?.count ?? 0;
}

/** Of how many it has been told that they cannot be read. */
export async function countFailed(tx: Tx): Promise<number> {
  const [row] = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from reading where failed_at is not null`);
  return row?.count ?? 0;
}
