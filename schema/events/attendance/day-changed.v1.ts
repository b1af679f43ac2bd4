import { defineEvent } from '../event.ts';
import { z } from 'zod';

/**
 * Something on the board of a unit's day is not as it was: a mark, a report, a plan. Says neither what nor of whom; told to those of
 * the staff alone on whose board it shows (ADR-10).
 */
export const dayChangedV1 = defineEvent('attendance.day.changed.v1', 'unitId', {
  unitId: z.uuid(),
  day: z.iso.date(),
  /** Who of the staff have something to read anew. */
  watchers: z.array(z.uuid()).min(1),
});
