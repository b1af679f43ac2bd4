import { defineEvent } from '../event.ts';
import { z } from 'zod';

/** A shared tablet is taken out of use: whoever is let in at it is out, at once (S-04). */
export const tabletUnpairedV1 = defineEvent('identity.tablet.unpaired.v1', 'tabletId', {
  tabletId: z.uuid(),
});
