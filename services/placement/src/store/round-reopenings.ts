import type { Tx } from '@ranselpost/kit/database';
import { type SQL, sql } from 'drizzle-orm';
import type { Reopening } from '../domain/round-record.ts';

type Json = Omit<Reopening, 'proposedAt'> & { readonly proposedAt: string };

const select = async (tx: Tx, where: SQL): Promise<readonly Reopening[]> =>
  (
    await tx.execute<{ reopening: Json }>(sql`
      select jsonb_build_object('id', p.id, 'roundId', p.round_id, 'roundVersion', p.round_version, 'reason', p.reason,
        'proposedBy', p.proposed_by, 'proposedAt', p.proposed_at) as reopening
      from round_reopening p where ${where}`)
  ).map(({ reopening }) => ({ ...reopening, proposedAt: new Date(reopening.proposedAt) }));

export const byId = async (tx: Tx, id: string): Promise<Reopening | undefined> =>
  (await select(tx, sql`p.id = ${id}`))[0];

/** What somebody proposed under a key of theirs. */
export const byKey = async (tx: Tx, proposedBy: string, key: string): Promise<Reopening | undefined> =>
  (await select(tx, sql`p.proposed_by = ${proposedBy} and p.idempotency_key = ${key}`))[0];

/** What waits for a second person, of some rounds: one of a round at most. */
export const waiting = (tx: Tx, roundIds: readonly string[]) =>
  select(
    tx,
    sql`p.round_id in (select jsonb_array_elements_text(${JSON.stringify(roundIds)}::jsonb)::uuid)
      and exists (select from admission_round r where r.id = p.round_id and r.version = p.round_version)`,
  );

/** Proposes, unless somebody has already while the round stood so. */
export const insert = async (tx: Tx, one: Reopening & { readonly idempotencyKey: string }): Promise<void> =>
  void (await tx.execute(sql`
    insert into round_reopening (id, round_id, round_version, reason, proposed_by, proposed_at, idempotency_key)
    values (${one.id}, ${one.roundId}, ${one.roundVersion}, ${one.reason}, ${one.proposedBy},
      ${one.proposedAt.toISOString()}::timestamptz, ${one.idempotencyKey})
    on conflict do nothing`));
