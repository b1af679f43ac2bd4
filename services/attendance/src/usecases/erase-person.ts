import type { Tx } from '@ranselpost/kit/database';
import * as absences from '../store/absences.ts';
import * as calendars from '../store/calendars.ts';
import * as certificates from '../store/certificates.ts';
import * as followUps from '../store/follow-ups.ts';
import * as leaves from '../store/leaves.ts';
import * as marks from '../store/marks.ts';
import * as presences from '../store/staff-presences.ts';
import * as stillSick from '../store/still-sick.ts';
import * as trips from '../store/trips.ts';

/** Erases what attendance has of somebody: a child's absences, marks, leave and certificates, and by whom those of others were made (RET-08). */
export async function erasePerson(tx: Tx, personId: string): Promise<void> {
  await absences.erasePerson(tx, personId);
  await calendars.erasePerson(tx, personId);
  await certificates.erasePerson(tx, personId);
  await followUps.erasePerson(tx, personId);
  await leaves.erasePerson(tx, personId);
  await marks.erasePerson(tx, personId);
  await presences.erasePerson(tx, personId);
  await stillSick.erasePerson(tx, personId);
  await trips.erasePerson(tx, personId);
}
