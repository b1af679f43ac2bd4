import type { Tx } from '@ranselpost/kit/database';
import * as followedPersons from '../store/followed-persons.ts';

/** Forgets a person: the municipality has no case for them any more (FREG-06). */
export async function unfollowPerson(tx: Tx, personId: string, toldAt: string): Promise<void> {
  await followedPersons.remove(tx, personId, toldAt);
}
