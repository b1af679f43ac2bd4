import type { Database, Tx } from '@ranselpost/kit/database';
import * as followList from '../store/follow-list.ts';
import * as readings from '../store/readings.ts';
import * as units from '../store/units.ts';

/**
 * This database is older than what was told from it: people may be missing from the list, and what was told last of those
 * on it is not known. Everybody is told of again, and identity is asked whom it follows (S-27).
 */
export async function startOver(tx: Tx): Promise<void> {
  await followList.setWhole(tx, false);
  await readings.tellAllAgain(tx);
  await units.tellAllAgain(tx);
}

/** Identity tells of everybody it follows, because it has forgotten what it was told, or because we have asked. */
export async function tellEverybodyAgain(tx: Tx): Promise<void> {
  await readings.tellAllAgain(tx);
  await units.tellAllAgain(tx);
  await followList.setWhole(tx, true);
}

export const isListWhole = (db: Database): Promise<boolean> => db.asService(followList.isWhole);
