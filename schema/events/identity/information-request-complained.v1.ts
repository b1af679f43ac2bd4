import { defineEvent, sealedSchema } from '../event.ts';
import { z } from 'zod';

/**
 * A parent has complained about a refusal by barnelova § 47, and the complaint goes to the archive, from where the
 * municipality lays it before the county governor. `sealed` holds an archive entry, bound to `entryId`.
 */
export const informationRequestComplainedV1 = defineEvent(
  'identity.information-request.complained.v1',
  'requestId',
  {
    requestId: z.uuid(),
    entryId: z.uuid(),
    sealed: sealedSchema,
  },
);
