import type { Tx } from '@ranselpost/kit/database';
import * as absences from '../store/absences.ts';
import * as calendars from '../store/calendars.ts';

/** Erases what attendance has of somebody: a child's absences, and by whom others' were reported (RET-08). */
export async function erasePerson(tx: Tx, personId: string): Promise<void> {
  await absences.erasePerson(tx, personId);
  await calendars.erasePerson(tx, personId);
}
