import type { Tx } from '@ranselpost/kit/database';
import * as threads from '../store/threads.ts';

/** Erases what messaging has of somebody: a child's threads, and of others' that they took part (RET-08). */
export const erasePerson = (tx: Tx, personId: string): Promise<void> => threads.erasePerson(tx, personId);
