import { keepsNothingToPurge } from '@ranselpost/kit/protection';

/** What placement lets go of about somebody who is protected from now on (ADR-12): so far it keeps nothing of children. */
export const purgePerson = keepsNothingToPurge;
