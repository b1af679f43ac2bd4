import { isBarred } from './database.ts';
import { AppError } from './pure/errors.ts';

/**
 * Something may change after the first lock looked: a right ends, a feature is stopped, or the same is sent a second time. Then
 * the database bars it, and at the next look it is refused or found. Fails with what the second attempt fails with.
 */
export async function twice<Value>(attempt: () => Promise<Value>): Promise<Value> {
  try {
    return await attempt();
  } catch (error) {
    if (!isBarred(error) && !(error instanceof AppError && error.code === 'CONFLICT')) throw error;
    return attempt();
  }
}
