import { defineEvent } from '../event.ts';
import { z } from 'zod';

/** Something goes to somebody on paper, and whoever may ask the population register is to say where to (ADR-08). */
export const addressWantedV1 = defineEvent('notification.address.wanted.v1', 'letterId', {
  letterId: z.uuid(),
  personId: z.uuid(),
});
