import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { RoundRefusal } from '../domain/round.ts';

/** That somebody has asked to publish a round: under way, or refused when it was looked at. */
export interface RoundPublishing {
  readonly roundId: string;
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly idempotencyKey: string;
  readonly seen: readonly string[];
  /** Why it was not published; null while it is under way. */
  readonly refusal: RoundRefusal | null;
}
type Json = Omit<RoundPublishing, 'askedAt'> & { readonly askedAt: string };

const json = sql`jsonb_build_object('roundId', round_id, 'askedBy', asked_by, 'askedAt', asked_at, 'idempotencyKey', idempotency_key,
  'seen', seen, 'refusal', refusal)`;
const read = (rows: readonly { readonly publishing: Json }[]): RoundPublishing | undefined => {
  const found = rows[0]?.publishing;
  return found === undefined ? undefined : { ...found, askedAt: new Date(found.askedAt) };
};

export const ofRound = async (tx: Tx, roundId: string): Promise<RoundPublishing | undefined> =>
  read(
    await tx.execute<{ publishing: Json }>(sql`
      select ${json} as publishing from round_publishing where round_id = ${roundId}`),
  );

/** As whoever asks, where nothing is under way. The timer tries it from an instant on. */
export async function insert(tx: Tx, one: Omit<RoundPublishing, 'refusal'>, nextAt: Date): Promise<void> {
  await tx.execute(sql`
    insert into round_publishing (round_id, asked_by, asked_at, idempotency_key, seen, next_at)
    values (${one.roundId}, ${one.askedBy}, ${one.askedAt.toISOString()}::timestamptz, ${one.idempotencyKey},
      ${JSON.stringify(one.seen)}::jsonb, ${nextAt.toISOString()}::timestamptz)
    on conflict (round_id) do update set asked_by = excluded.asked_by, asked_at = excluded.asked_at,
      idempotency_key = excluded.idempotency_key, seen = excluded.seen, next_at = excluded.next_at, refusal = null`);
}

/** As the service: takes what is under way, until the transaction ends; nothing where it is over, or somebody else is at it. */
export const take = async (tx: Tx, roundId: string): Promise<RoundPublishing | undefined> =>
  read(
    await tx.execute<{ publishing: Json }>(sql`
      select ${json} as publishing from round_publishing where round_id = ${roundId} and refusal is null for update skip locked`),
  );

/** As the service: what the timer is to try now, and not again before an instant. */
export async function claimDue(tx: Tx, now: Date, nextAt: Date): Promise<RoundPublishing | undefined> {
  return read(
    await tx.execute<{ publishing: Json }>(sql`
      update round_publishing set next_at = ${nextAt.toISOString()}::timestamptz
      where round_id = (select round_id from round_publishing where next_at <= ${now.toISOString()}::timestamptz
        order by next_at limit 1 for update skip locked)
      returning ${json} as publishing`),
  );
}

/** As the service: it was not published, and says why. */
export async function refuse(tx: Tx, roundId: string, refusal: RoundRefusal): Promise<void> {
  await tx.execute(sql`
    update round_publishing set next_at = null, seen = '[]', refusal = ${JSON.stringify(refusal)}::jsonb where round_id = ${roundId}`);
}

/** As the service: it is published. */
export async function remove(tx: Tx, roundId: string): Promise<void> {
  await tx.execute(sql`delete from round_publishing where round_id = ${roundId}`);
}
