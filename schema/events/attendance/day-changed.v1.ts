import { defineEvent } from '../event.ts';
import { z } from 'zod';

/**
 * Something on the board of a unit's day is not as it was: a mark, a report, a plan. Says neither what nor of whom; told to those of
 * the staff alone on whose board it shows (ADR-10), and of days alone for which a board may be open: those within a week of today.
 */
export const dayChangedV1 = defineEvent('attendance.day.changed.v1', 'unitId', {
  unitId: z.uuid(),
  /** The first day that is not as it was. */
  day: z.iso.date(),
  /** The last one, where there are several; of those between not each need be another. */
  lastDay: z.iso.date().optional(),
  /** Who of the staff have something to read anew. */
  watchers: z.array(z.uuid()).min(1),
});
