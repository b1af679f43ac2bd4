import { defineEvent } from '../event.ts';
import { z } from 'zod';

/** What a municipality opens and closes. New ones ship closed, because nothing has been stated of them (D08). */
export const features = [
  'MESSAGING',
  'NEWS',
  'NOTICES',
  'ABSENCE',
  'PLACEMENT',
  'HEALTH_CARD',
  'UPLOADS',
  'INTEGRATIONS',
  'IMPORTS',
  'READ_RECEIPTS',
] as const;

/**
 * How features stand at a unit, whole: one that is not named is closed, and shows nothing. What people read instead is
 * not told; whoever may see the unit asks the graph for it.
 */
export const featureChangedV1 = defineEvent('identity.feature.changed.v1', 'unitId', {
  unitId: z.uuid(),
  /** Grows with each change of this unit's features; a lower one never overwrites a higher (S-24). */
  revision: z.int().positive(),
  features: z.array(
    z.object({
      /** One of `features`, or one that a later version knows: none of whoever does not know it. */
      feature: z.string().regex(/^[A-Z_]+$/),
      state: z.enum(['CLOSED', 'ANNOUNCED', 'OPEN', 'SUSPENDED']),
      /** The day it opens by itself, when that is planned. It opens when that is told, not when the day comes. */
      opensOn: z.iso.date().nullable(),
      /** Whether what exists already may still be read. */
      isReadable: z.boolean(),
    }),
  ),
});
