import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { RoundPlan } from '../domain/round-plan.ts';
import type { MoveName, StoredMove } from '../domain/round-record.ts';
import type { RoundState } from '../domain/round.ts';

export interface NewMove {
  readonly roundId: string;
  /** One more than the round's version: free for one alone. */
  readonly nth: number;
  readonly move: MoveName;
  readonly from: RoundState;
  readonly to: RoundState;
  readonly madeBy: string | null;
  readonly madeAt: Date;
  readonly idempotencyKey: string;
  readonly reason?: string | null;
  readonly graceUntil?: Date;
  /** The proposal that a second person approves by it. */
  readonly reopening?: { readonly id: string; readonly approvedBy: string };
  readonly plan?: RoundPlan;
  readonly statutes?: { readonly unitId: string; readonly statuteId: string };
}

/** Moves a round. Whoever was overtaken is barred: the round stands elsewhere by now. */
export async function make(tx: Tx, move: NewMove): Promise<void> {
  const { reopening, plan, graceUntil, statutes } = move;
  await tx.execute(sql`
    insert into round_move (round_id, nth, move, from_state, to_state, reason, grace_until, reopening_id, plan, unit_id, statute_id,
      made_by, approved_by, made_at, idempotency_key)
    values (${move.roundId}, ${move.nth}, ${move.move}, ${move.from.toUpperCase()}, ${move.to.toUpperCase()}, ${move.reason ?? null},
      ${graceUntil?.toISOString() ?? null}::timestamptz, ${reopening?.id ?? null},
      ${plan === undefined ? null : JSON.stringify(plan)}::jsonb, ${statutes?.unitId ?? null}, ${statutes?.statuteId ?? null}, ${move.madeBy}, ${reopening?.approvedBy ?? null},
      ${move.madeAt.toISOString()}::timestamptz, ${move.idempotencyKey})`);
}

/** The round that somebody has moved under a key of theirs, and how. */
export async function byKey(
  tx: Tx,
  personId: string,
  key: string,
): Promise<Pick<StoredMove, 'roundId' | 'move'> | undefined> {
  const [row] = await tx.execute<{ round_id: string; move: MoveName }>(sql`
    select round_id, move from round_move where coalesce(approved_by, made_by) = ${personId} and idempotency_key = ${key}`);
  return row === undefined ? undefined : { roundId: row.round_id, move: row.move };
}

type Json = Omit<StoredMove, 'graceUntil' | 'madeAt'> & {
  readonly graceUntil: string | null;
  readonly madeAt: string;
};

/** All that was done with some rounds, in order. */
export async function ofRounds(tx: Tx, roundIds: readonly string[]): Promise<readonly StoredMove[]> {
  const rows = await tx.execute<{ made: Json }>(sql`
    select jsonb_build_object('roundId', round_id, 'nth', nth, 'move', move, 'from', lower(from_state), 'to', lower(to_state),
      'reason', reason, 'graceUntil', grace_until, 'unitId', unit_id, 'statuteId', statute_id, 'plan', plan, 'madeBy', made_by, 'approvedBy', approved_by, 'madeAt', made_at) as made
    from round_move where round_id in (select jsonb_array_elements_text(${JSON.stringify(roundIds)}::jsonb)::uuid)
    order by round_id, nth`);
  return rows.map(({ made: { graceUntil, madeAt, ...made } }) => ({
    ...made,
    graceUntil: graceUntil === null ? null : new Date(graceUntil),
    madeAt: new Date(madeAt),
  }));
}
