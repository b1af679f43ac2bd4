import { defineEvent } from '../event.ts';
import { z } from 'zod';

/**
 * Whether notices reach somebody (N15). Told to whoever shows it to that person, and to nobody they share a child with
 * (KRR-11, ADR-11); of whom nothing is told, nothing is known to be wrong. Never told of a protected person.
 */
export const reachChangedV1 = defineEvent('notification.reach.changed.v1', 'personId', {
  personId: z.uuid(),
  /** Grows with each change; a lower one never overwrites a higher (S-24). */
  revision: z.int().positive(),
  /** `UNREACHED`: the last notice came by no way that was tried, or there was none to try. */
  state: z.enum(['REACHED', 'UNREACHED']),
  /** The channels whose address was refused by whoever delivers there. Empty: there is no address at all, or none is wrong. */
  failing: z.array(z.enum(['PUSH', 'EMAIL', 'SMS'])),
});
