import { defineEvent } from '../event.ts';
import { z } from 'zod';

/**
 * A person's address is protected from now on, or more strictly, or that of somebody whom it concerns (ADR-12). Whoever keeps
 * anything that tells where they are or how they are reached, also in a queue or a file, lets go of it and answers with its own
 * `protection.acknowledged`; who of the staff may see them has been told before. Says no more than that: not by whom, nor why.
 * Told again to whoever has not answered.
 */
export const protectionRaisedV1 = defineEvent('identity.protection.raised.v1', 'personId', {
  /** This very raise: what answers an earlier one says nothing of it. */
  raiseId: z.uuid(),
  personId: z.uuid(),
  /** When somebody is asked to see why a service has not answered. */
  acknowledgeBy: z.iso.datetime(),
});
