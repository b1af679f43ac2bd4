import type { Purge } from '@ranselpost/kit/protection';
import * as childFacts from '../store/child-facts.ts';

/** What placement lets go of about somebody who is protected from now on (ADR-12): that a child lives here. */
export const purgePerson: Purge = (tx, personId) => childFacts.shield(tx, personId);
