import type { Tx } from '@ranselpost/kit/database';
import * as statutes from '../store/statutes.ts';

/** Erases what placement has of somebody: by whom statutes were adopted, which stand (RET-08). */
export async function erasePerson(tx: Tx, personId: string): Promise<void> {
  await statutes.erasePerson(tx, personId);
}
