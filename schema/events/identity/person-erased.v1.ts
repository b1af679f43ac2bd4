import { defineEvent } from '../event.ts';
import { z } from 'zod';

/**
 * Nobody has a case for a person any more, and identity has erased what it had about them (RET-08). Every service does the
 * same with what it keeps under this id and answers with its own `erasure.acknowledged`. The id is nobody's from now on and
 * never anybody's again. Told again to whoever has not answered, and in every snapshot for as long as a backup may know them.
 */
export const personErasedV1 = defineEvent('identity.person.erased.v1', 'personId', {
  personId: z.uuid(),
  /** When somebody is asked to see why a service has not answered (T-9). */
  acknowledgeBy: z.iso.datetime(),
});
