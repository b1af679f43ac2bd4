import { defineEvent } from '../event.ts';
import { z } from 'zod';

/**
 * Staff have released what protected a person, or somebody whom it concerned, and the register protects nobody there any more
 * (ADR-13). From now on they may be reached as others are. Nothing that was let go of comes back by this.
 */
export const protectionReleasedV1 = defineEvent('identity.protection.released.v1', 'personId', {
  personId: z.uuid(),
});
