import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { DaysFeed } from '../domain/days-feed.ts';

type Row = { id: string; child_id: string; made_at: string; read_on: string | null };

const fromRow = ({ id, child_id, made_at, read_on }: Row): DaysFeed => ({
  ...{ id, childId: child_id, madeAt: new Date(made_at), readOn: read_on },
});

/** The own addresses of whoever asks, and whether the grant under which each was made stands. */
export const own = async (
  tx: Tx,
  personId: string,
): Promise<readonly { readonly feed: DaysFeed; readonly isStanding: boolean }[]> =>
  (
    await tx.execute<Row & { is_standing: boolean }>(
      sql`select id, child_id, made_at, read_on::text, coalesce(grant_id = any ((select own_grants())::uuid[]), false) as is_standing
        from days_feed where person_id = ${personId}`,
    )
  ).map(({ is_standing: isStanding, ...row }) => ({ feed: fromRow(row), isStanding }));

/** As the service: the address that somebody has from now on, instead of the one named; null where they have another. */
export async function keep(
  tx: Tx,
  feed: {
    readonly id: string;
    readonly personId: string;
    readonly childId: string;
    readonly secretHash: string;
  },
  insteadOf: string | null,
): Promise<DaysFeed | null> {
  const [row] = await tx.execute<Row>(sql`
    insert into days_feed (id, person_id, child_id, secret_hash, grant_id)
    values (${feed.id}, ${feed.personId}, ${feed.childId}, ${feed.secretHash},
      (select grant_id from access.guardian where person_id = ${feed.personId} and child_id = ${feed.childId}))
    on conflict (person_id, child_id) do update set id = excluded.id, secret_hash = excluded.secret_hash, made_at = now(),
      read_on = null, grant_id = excluded.grant_id
      where days_feed.id = ${insteadOf}::uuid or days_feed.grant_id is distinct from excluded.grant_id
    returning id, child_id, made_at, read_on::text`);
  return row === undefined ? null : fromRow(row);
}

/** As the service: whose address it is, of which child, and whether the grant under which it was made stands. */
export async function by(
  tx: Tx,
  secretHash: string,
): Promise<{ readonly personId: string; readonly childId: string; readonly isStanding: boolean } | null> {
  const [row] = await tx.execute<{ person_id: string; child_id: string; is_standing: boolean }>(sql`
    select person_id, child_id, exists (select from access.guardian g
      where g.person_id = days_feed.person_id and g.child_id = days_feed.child_id and g.grant_id = days_feed.grant_id) as is_standing
    from days_feed where secret_hash = ${secretHash}`);
  return row === undefined
    ? null
    : { personId: row.person_id, childId: row.child_id, isStanding: row.is_standing };
}

/** As the service: that it was read today. Writes once a day. */
export const markRead = async (tx: Tx, secretHash: string): Promise<void> =>
  void (await tx.execute(sql`
    update days_feed set read_on = access.today()
    where secret_hash = ${secretHash} and read_on is distinct from access.today()`));

/** As the service. */
export const remove = async (tx: Tx, id: string): Promise<void> =>
  void (await tx.execute(sql`delete from days_feed where id = ${id}`));

/** As the service: the address of this secret, and no other that its owner has made since. */
export const removeAt = async (tx: Tx, secretHash: string): Promise<void> =>
  void (await tx.execute(sql`delete from days_feed where secret_hash = ${secretHash}`));
