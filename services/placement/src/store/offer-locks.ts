import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';

const everything = 'offers of the municipality';

/** While a round is published nobody answers, and nobody is offered anything; what was begun is finished first. */
export const lockAll = async (tx: Tx): Promise<void> =>
  void (await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${everything}, 0))`));

/** A round is being allocated or published, and its applications stand as they do. Comes before all other locks. */
export const lockRound = async (tx: Tx, roundId: string): Promise<void> =>
  void (await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`round ${roundId}`}, 0))`));

/** Waits while a round is being allocated or published, for whoever changes one of its applications and what is offered by it. */
export const keepRound = async (tx: Tx, roundId: string): Promise<void> =>
  void (await tx.execute(
    sql`select pg_advisory_xact_lock_shared(hashtextextended(${`round ${roundId}`}, 0))`,
  ));

/** One decision at a time on what a child has, is offered and waits for. */
export async function lockChild(tx: Tx, childId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock_shared(hashtextextended(${everything}, 0))`);
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`offers of child ${childId}`}, 0))`);
}

/** One at a time gets a seat of a pool, or takes some away. Whoever locks a child too locks the child first. */
export async function lockPool(tx: Tx, poolId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock_shared(hashtextextended(${everything}, 0))`);
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`seats of pool ${poolId}`}, 0))`);
}
