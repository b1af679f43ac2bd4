import type { Tx } from '@ranselpost/kit/database';
import * as childFacts from '../store/child-facts.ts';
import * as rounds from '../store/rounds.ts';
import * as statutes from '../store/statutes.ts';

/**
 * Erases what placement has of somebody: what admission knew of a child, and by whom statutes were adopted, rounds moved and seats
 * decided, which stand (RET-08).
 */
export async function erasePerson(tx: Tx, personId: string): Promise<void> {
  await childFacts.forget(tx, personId);
  await statutes.erasePerson(tx, personId);
  await rounds.erasePerson(tx, personId);
}
