import type { Tx } from '@ranselpost/kit/database';
import * as absences from '../store/absences.ts';

/** Erases what attendance has of somebody: a child's absences, and by whom others' were reported (RET-08). */
export const erasePerson = (tx: Tx, personId: string): Promise<void> => absences.erasePerson(tx, personId);
