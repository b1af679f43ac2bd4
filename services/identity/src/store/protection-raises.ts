import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import { idsOf } from './json.ts';

/** That somebody's protection has gone up: the newest time. */
export interface Raise {
  readonly raiseId: string;
  readonly personId: string;
  readonly raisedAt: Date;
}

const unanswered = (services: readonly string[]) => sql`
  exists (select from unnest(${`{${services.join()}}`}::text[]) as s (service) where not exists (
    select from protection_acknowledgement a
    where a.person_id = r.person_id and a.raise_id = r.raise_id and a.service = s.service))`;

type Row = { raise_id: string; person_id: string; raised_at: string };
const toRaise = (row: Row): Raise => ({
  raiseId: row.raise_id,
  personId: row.person_id,
  raisedAt: new Date(row.raised_at),
});

/** Those that nobody has been told of, noted as told now. */
export async function takeUntold(tx: Tx, now: Date): Promise<readonly Raise[]> {
  const rows = await tx.execute<Row>(sql`
    update protection_raise set raised_at = ${now.toISOString()}::timestamptz, told_at = ${now.toISOString()}::timestamptz
    where told_at is null
    returning raise_id, person_id, raised_at`);
  return rows.map(toRaise).toSorted((one, other) => (one.personId < other.personId ? -1 : 1));
}

/** Those that a service has not answered and that were told of before an instant, noted as told now. */
export async function takeUnanswered(
  tx: Tx,
  services: readonly string[],
  { toldBefore, now, most }: { readonly toldBefore: Date; readonly now: Date; readonly most: number },
): Promise<readonly Raise[]> {
  const rows = await tx.execute<Row>(sql`
    update protection_raise set told_at = ${now.toISOString()}::timestamptz where person_id in (
      select person_id from protection_raise r
      where told_at <= ${toldBefore.toISOString()}::timestamptz and ${unanswered(services)}
      order by told_at limit ${most} for update skip locked)
    returning raise_id, person_id, raised_at`);
  return rows.map(toRaise);
}

export async function byIds(tx: Tx, personIds: readonly string[]): Promise<readonly Raise[]> {
  if (personIds.length === 0) return [];
  const rows = await tx.execute<Row>(sql`
    select raise_id, person_id, raised_at from protection_raise where person_id = any (${idsOf(personIds)})
    order by person_id`);
  return rows.map(toRaise);
}

/** Notes that a service has answered this very raise. An answer to an earlier one says nothing. */
export async function acknowledge(
  tx: Tx,
  { personId, raiseId }: { readonly personId: string; readonly raiseId: string },
  { service, at }: { readonly service: string; readonly at: Date },
): Promise<void> {
  await tx.execute(sql`
    insert into protection_acknowledgement (person_id, raise_id, service, acknowledged_at)
    select person_id, raise_id, ${service}, ${at.toISOString()}::timestamptz from protection_raise where person_id = ${personId} and raise_id = ${raiseId}
    on conflict (person_id, service) do update set raise_id = excluded.raise_id, acknowledged_at = excluded.acknowledged_at
      where protection_acknowledgement.raise_id <> excluded.raise_id`);
}

/**
 * Forgets the raises of those among some people whom nothing protects any more, and who have no other child that is held; and
 * answers who they are.
 */
export async function release(tx: Tx, personIds: readonly string[]): Promise<readonly string[]> {
  const rows = await tx.execute<{ person_id: string }>(sql`
    delete from protection_raise r using person p
    where p.person_id = r.person_id and r.person_id = any (${idsOf(personIds)})
      and greatest(protection_rank(p.protection), protection_rank(p.held_protection)) < protection_rank('FORTROLIG')
      and not exists (
        select from person c where protection_rank(c.held_protection) >= protection_rank('FORTROLIG') and c.person_id in (
          select child_id from responsibility where holder_id = r.person_id
          union select child_id from access_grant where person_id = r.person_id and state <> 'ENDED'))
    returning r.person_id`);
  return rows.map(({ person_id }) => person_id).toSorted();
}

/** How many a service has yet to answer, since when the first of them, and how long the slowest of a day took. */
export async function progress(
  tx: Tx,
  services: readonly string[],
): Promise<{ readonly count: number; readonly since: Date | null; readonly slowestSeconds: number }> {
  const [row] = await tx.execute<{ count: number; since: string | null; slowest: number }>(sql`
    select count(*) filter (where ${unanswered(services)})::integer as count,
      min(raised_at) filter (where ${unanswered(services)}) as since,
      coalesce((
        select max(extract(epoch from a.acknowledged_at - o.raised_at)) from protection_acknowledgement a
        join protection_raise o on o.person_id = a.person_id and o.raise_id = a.raise_id
        where o.raised_at > now() - interval '1 day'), 0)::float8 as slowest
    from protection_raise r`);
  return {
    count: row!.count,
    since: row!.since === null ? null : new Date(row!.since),
    slowestSeconds: row!.slowest,
  };
}
