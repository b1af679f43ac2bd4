import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';

/** Notes up to when all that the register said has been told to us. Never later than now: a clock may be wrong. */
export async function followed(tx: Tx, upTo: string): Promise<void> {
  await tx.execute(sql`
    update register_state set followed_up_to = greatest(followed_up_to, least(${upTo}::timestamptz, now()))`);
}

export interface RegisterState {
  /** Until when what it said of guardians counts; null where nothing is known. */
  readonly guardiansUntil: Date | null;
  readonly isAway: boolean;
}

export async function state(tx: Tx): Promise<RegisterState> {
  const [row] = await tx.execute<{ until: string | null; is_away: boolean }>(sql`
    select access.guardians_until() as until, not access.answers_to('guardian') as is_away`);
  return { guardiansUntil: row?.until == null ? null : new Date(row.until), isAway: row?.is_away ?? true };
}
