import type { Tx } from '@ranselpost/kit/database';
import * as childNames from '../store/child-names.ts';
import * as decisions from '../store/decisions.ts';
import * as letters from '../store/letters.ts';
import * as notices from '../store/notices.ts';
import * as people from '../store/people.ts';

/** Erases all that is kept of somebody: addresses, choices, devices, notices and their proof (RET-08). */
export async function erasePerson(tx: Tx, personId: string): Promise<void> {
  await notices.erasePerson(tx, personId);
  await people.erasePerson(tx, personId);
  await childNames.forgetAllOf(tx, personId);
  await letters.erasePerson(tx, personId);
}

/** Somebody is protected from now on: what waits to go to them or about them goes nowhere, and their addresses go (ADR-12). */
export async function shieldPerson(tx: Tx, personId: string): Promise<void> {
  await notices.dropAllAbout(tx, personId);
  await people.shield(tx, personId);
  await childNames.forgetAllOf(tx, personId);
}

/** Staff have released what protected somebody: what they are told of from now on goes out again (ADR-13). */
export const unshieldPerson = (tx: Tx, personId: string): Promise<void> => people.unshield(tx, personId);

/** Somebody has lost a child: what waits to be told by that child is dropped, and after the last one no device is pushed to (GUA-10). */
export async function endAccess(
  tx: Tx,
  {
    personId,
    childId,
    hasOtherGrounds,
  }: { readonly personId: string; readonly childId: string; readonly hasOtherGrounds: boolean },
): Promise<void> {
  await notices.dropForChild(tx, personId, childId);
  await decisions.dropForChild(tx, personId, childId);
  await childNames.forget(tx, personId, childId);
  if (!hasOtherGrounds) await people.removeDevicesOf(tx, personId, 'guardian');
}
