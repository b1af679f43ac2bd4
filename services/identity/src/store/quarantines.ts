import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { Blown, ChangeKind, Counted } from '../domain/register-fuse.ts';
import { idsOf, json } from './json.ts';

export interface Change {
  readonly childId: string;
  readonly kind: ChangeKind;
}

/** Keeps what the register has changed, for as long as it is counted and a month more. */
export async function note(tx: Tx, changes: readonly Change[], at: Date): Promise<void> {
  if (changes.length === 0) return;
  await tx.execute(sql`
    insert into register_change (child_id, kind, at)
    select (c->>'childId')::uuid, c->>'kind', ${at.toISOString()}::timestamptz from jsonb_array_elements(${json(changes)}) as c`);
  await tx.execute(
    sql`delete from register_change where at < ${at.toISOString()}::timestamptz - interval '31 days'`,
  );
}

/** Children for whom the register changed something since a time, and since people decided about it last. */
export async function countSince(tx: Tx, since: Date): Promise<Counted> {
  const rows = await tx.execute<{ kind: ChangeKind; children: number }>(sql`
    select kind, count(distinct child_id)::integer as children from register_change
    where at > ${since.toISOString()}::timestamptz
      and id > coalesce((select max(counted_to) from quarantine where outcome is not null), 0) group by kind`);
  const count = (kind: ChangeKind): number => rows.find((row) => row.kind === kind)?.children ?? 0;
  return {
    OPENED: count('OPENED'),
    CLOSED: count('CLOSED'),
    RAISED: count('RAISED'),
    LOWERED: count('LOWERED'),
  };
}

/** Children whose guardians have been worked out. */
export async function countChildren(tx: Tx): Promise<number> {
  const [row] = await tx.execute<{ children: number }>(
    sql`select count(*)::integer as children from person where settled_at is not null`,
  );
  return row?.children ?? 0;
}

/** From now on a change for these children is one. */
export async function settle(tx: Tx, childIds: readonly string[], at: Date): Promise<void> {
  if (childIds.length === 0) return;
  await tx.execute(sql`
    update person set settled_at = ${at.toISOString()}::timestamptz
    where person_id = any (${idsOf(childIds)}) and settled_at is null`);
}

export async function isOpen(tx: Tx): Promise<boolean> {
  return (await tx.execute(sql`select from quarantine where outcome is null`)).length > 0;
}

export async function open(
  tx: Tx,
  quarantineId: string,
  { cause, counted, allowed, children, at }: Blown & { readonly children: number; readonly at: Date },
): Promise<void> {
  await tx.execute(sql`
    insert into quarantine (quarantine_id, opened_at, cause, counted, allowed, children)
    values (${quarantineId}, ${at.toISOString()}, ${cause}, ${counted}, ${allowed}, ${children})`);
}

/** What it holds now, of how many children. */
export interface Held {
  readonly grants: number;
  readonly children: number;
}

const heldOf = sql`from access_grant where state <> 'ENDED' and holds && '{QUARANTINED}'`;

export async function held(tx: Tx): Promise<Held> {
  const [row] = await tx.execute<{ grants: number; children: number }>(sql`
    select count(*)::integer as grants, count(distinct child_id)::integer as children ${heldOf}`);
  return row ?? { grants: 0, children: 0 };
}

/** Whether somebody would come to see a child by it, under any id of theirs, or it is about a child of theirs. */
export async function concerns(tx: Tx, personId: string): Promise<boolean> {
  const rows = await tx.execute(sql`
    select ${heldOf} and (person_id in (select ids_of_human(${personId}))
      or child_id in (select child_id from access_grant where person_id in (select ids_of_human(${personId})))) limit 1`);
  return rows.length > 0;
}

/** Ends the one that is open, by a decision that was made in this transaction. */
export async function end(
  tx: Tx,
  quarantineId: string,
  {
    outcome,
    decisionId,
    held,
  }: { readonly outcome: 'RELEASED' | 'REFUSED'; readonly decisionId: string; readonly held: Held },
): Promise<void> {
  await tx.execute(sql`
    update quarantine set outcome = ${outcome}, decision_id = ${decisionId}, decided_at = now(),
      counted_to = coalesce((select max(id) from register_change), 0),
      held_grants = ${held.grants}, held_children = ${held.children}
    where quarantine_id = ${quarantineId} and outcome is null`);
}

/** Keeps what it holds held for staff to look at one by one; answers the children. */
export async function refuseHeld(tx: Tx): Promise<readonly string[]> {
  const rows = await tx.execute<{ child_id: string }>(sql`
    update access_grant set holds = array_replace(holds, 'QUARANTINED', 'REFUSED')
    where state <> 'ENDED' and holds && '{QUARANTINED}' returning child_id`);
  return [...new Set(rows.map(({ child_id }) => child_id))];
}

/** Children with something held by a quarantine that is over. */
export async function letGo(tx: Tx, most: number): Promise<readonly string[]> {
  const rows = await tx.execute<{ child_id: string }>(sql`
    select distinct child_id ${heldOf} and not exists (select from quarantine where outcome is null)
    order by child_id limit ${most}`);
  return rows.map(({ child_id }) => child_id);
}

export interface QuarantineView {
  readonly id: string;
  readonly openedAt: string;
  readonly cause: ChangeKind;
  readonly counted: number;
  readonly allowed: number;
  readonly children: number;
  readonly outcome: 'RELEASED' | 'REFUSED' | null;
  readonly decidedAt: string | null;
  readonly heldGrants: number;
  readonly heldChildren: number;
}

export interface QuarantinePlace {
  readonly at: string;
  readonly id: string;
}

/** Newest first; of the one that is open, what it holds now. */
export async function newest(
  tx: Tx,
  { before, most }: { readonly before: QuarantinePlace | null; readonly most: number },
): Promise<readonly QuarantineView[]> {
  const rows = await tx.execute<{ quarantine: QuarantineView }>(sql`
    select jsonb_build_object('id', quarantine_id, 'openedAt', opened_at, 'cause', cause, 'counted', counted, 'allowed', allowed,
      'children', q.children, 'outcome', outcome, 'decidedAt', decided_at,
      'heldGrants', coalesce(held_grants, now_held.grants, 0), 'heldChildren', coalesce(held_children, now_held.children, 0)) as quarantine
    from quarantine q, access.held_in_quarantine() as now_held
    where ${before?.id ?? null}::uuid is null
      or (opened_at, quarantine_id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid)
    order by opened_at desc, quarantine_id desc limit ${most}`);
  return rows.map(({ quarantine }) => quarantine);
}

export async function load(tx: Tx, quarantineId: string): Promise<{ readonly isOpen: boolean } | undefined> {
  const [row] = await tx.execute<{ is_open: boolean }>(sql`
    select outcome is null as is_open from quarantine where quarantine_id = ${quarantineId}`);
  return row === undefined ? undefined : { isOpen: row.is_open };
}

/** Seconds that the one that is open has waited for people; zero when none is. */
export async function waitedSeconds(tx: Tx): Promise<number> {
  const [row] = await tx.execute<{ waited: number }>(sql`
    select coalesce(extract(epoch from now() - min(opened_at)), 0)::float8 as waited from quarantine where outcome is null`);
  return row?.waited ?? 0;
}
