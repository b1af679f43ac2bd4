import type { Tx } from '@ranselpost/kit/database';
import * as addressOrders from '../store/address-orders.ts';
import * as followedPersons from '../store/followed-persons.ts';

/** Stops following somebody whom identity has erased, and forgets their number and all that was read (FREG-06, RET-08). */
export async function forgetPerson(tx: Tx, personId: string): Promise<void> {
  await followedPersons.erase(tx, personId);
  await addressOrders.erasePerson(tx, personId);
}
