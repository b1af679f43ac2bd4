import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import { idsOf, json } from './json.ts';

/** Somebody as the ledger has them: by ids that are nobody's any more. */
export interface Erasure {
  readonly personId: string;
  readonly humanId: string;
  readonly kind: string;
  readonly rule: string;
  readonly unitId: string | null;
  readonly dueOn: string;
}

/** Writes people down as erased; once. */
export async function enter(
  tx: Tx,
  erasures: readonly Erasure[],
  { at, isAgain }: { readonly at: Date; readonly isAgain: boolean },
): Promise<void> {
  if (erasures.length === 0) return;
  await tx.execute(sql`
    insert into erasure (person_id, human_id, kind, rule, unit_id, due_on, erased_at, told_at, is_again)
    select (e->>'personId')::uuid, (e->>'humanId')::uuid, e->>'kind', e->>'rule', (e->>'unitId')::uuid, (e->>'dueOn')::date,
      ${at.toISOString()}::timestamptz, ${at.toISOString()}::timestamptz, ${isAgain}
    from jsonb_array_elements(${json(erasures)}) as e on conflict (person_id) do nothing`);
}

/** Takes away every row about people who are in the ledger. */
export async function erase(
  tx: Tx,
  personIds: readonly string[],
  { day, isAgain }: { readonly day: string; readonly isAgain: boolean },
): Promise<void> {
  // A snapshot that is being told has told all that it has read before anybody is erased (S-24).
  await tx.execute(sql`select from snapshot for update`);
  await tx.execute(sql`select erase_persons(${idsOf(personIds)}, ${day}::date, ${isAgain})`);
}

/** Who has access to some children now. */
export async function holdersOf(
  tx: Tx,
  childIds: readonly string[],
  today: string,
): Promise<readonly { readonly childId: string; readonly personId: string }[]> {
  const rows = await tx.execute<{ child_id: string; person_id: string }>(sql`
    select child_id, person_id from access_grant where child_id = any (${idsOf(childIds)}) and state = 'ACTIVE'
      and (ends_on is null or ends_on > ${today}::date) order by child_id, person_id`);
  return rows.map((row) => ({ childId: row.child_id, personId: row.person_id }));
}

/** Of some ids those that are somebody here, with the id that counts, and not erased. */
export async function stillHere(tx: Tx, ids: readonly string[]): Promise<readonly string[]> {
  const rows = await tx.execute<{ person_id: string }>(sql`
    select coalesce(merged_into, person_id) as person_id from person
    where person_id = any (${idsOf(ids)})
      and not exists (select from erasure e where e.person_id = coalesce(merged_into, person.person_id))
    group by 1 order by 1`);
  return rows.map(({ person_id }) => person_id);
}

/** Notes that a service has answered for somebody; where they are not in the ledger there is nothing to answer for. */
export async function acknowledge(tx: Tx, personId: string, service: string, at: Date): Promise<void> {
  await tx.execute(sql`
    insert into erasure_acknowledgement (person_id, service, acknowledged_at)
    select person_id, ${service}, ${at.toISOString()}::timestamptz from erasure where person_id = ${personId}
    on conflict do nothing`);
}

const unanswered = (services: readonly string[]) => sql`
  exists (select from unnest(${`{${services.join()}}`}::text[]) as s (service) where not exists (
    select from erasure_acknowledgement a where a.person_id = e.person_id and a.service = s.service))`;

export interface Told {
  readonly personId: string;
  readonly erasedAt: Date;
}

/** Those whom a service has not answered for and who were told of before an instant, noted as told now. */
export async function takeUnanswered(
  tx: Tx,
  services: readonly string[],
  { toldBefore, now, most }: { readonly toldBefore: Date; readonly now: Date; readonly most: number },
): Promise<readonly Told[]> {
  const rows = await tx.execute<{ person_id: string; erased_at: string }>(sql`
    update erasure set told_at = ${now.toISOString()}::timestamptz where person_id in (
      select person_id from erasure e where told_at <= ${toldBefore.toISOString()}::timestamptz and ${unanswered(services)}
      order by told_at limit ${most} for update skip locked)
    returning person_id, erased_at`);
  return rows.map((row) => ({ personId: row.person_id, erasedAt: new Date(row.erased_at) }));
}

/** How many a service has yet to answer for, and since when the first of them. */
export async function unansweredFor(
  tx: Tx,
  services: readonly string[],
): Promise<{ readonly count: number; readonly since: Date | null }> {
  const [row] = await tx.execute<{ count: number; since: string | null }>(sql`
    select count(*)::integer as count, min(erased_at) as since from erasure e where ${unanswered(services)}`);
  return { count: row!.count, since: row!.since === null ? null : new Date(row!.since) };
}

export async function byIds(tx: Tx, ids: readonly string[]): Promise<readonly Told[]> {
  if (ids.length === 0) return [];
  const rows = await tx.execute<{ person_id: string; erased_at: string }>(sql`
    select person_id, erased_at from erasure where person_id = any (${idsOf(ids)}) order by person_id`);
  return rows.map((row) => ({ personId: row.person_id, erasedAt: new Date(row.erased_at) }));
}

/** Lets go of what is older than an instant and has been answered for by everybody; and of sign-ins (RET-10). */
export async function forgetOld(
  tx: Tx,
  services: readonly string[],
  { ledger, signIns }: { readonly ledger: Date; readonly signIns: Date },
): Promise<void> {
  await tx.execute(sql`
    delete from erasure e where erased_at < ${ledger.toISOString()}::timestamptz and not ${unanswered(services)}
      and not exists (select from person p where p.person_id = e.person_id)`);
  await tx.execute(sql`delete from sign_in where last_at < ${signIns.toISOString()}::timestamptz`);
}
