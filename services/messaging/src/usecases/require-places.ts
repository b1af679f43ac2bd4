import type { Tx } from '@ranselpost/kit/database';
import { AppError } from '@ranselpost/kit/pure/errors';
import type { Place } from '../domain/place.ts';
import * as audiences from '../store/audience.ts';

/**
 * Whoever may speak to a whole unit may speak to each group of it, and the policy knows no groups: one that does not exist is
 * not found, as a unit that does not exist is not (S-06). This asks nothing of rights.
 */
export async function requirePlaces(tx: Tx, places: readonly Place[]): Promise<void> {
  if (!(await audiences.arePlaces(tx, places))) throw new AppError('NOT_FOUND');
}
