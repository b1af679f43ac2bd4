import { defineEvent } from '../event.ts';
import { z } from 'zod';

/** A report was taken back: the child is expected at the unit on that day, as far as this report goes. */
export const absenceWithdrawnV1 = defineEvent('attendance.absence.withdrawn.v1', 'absenceId', {
  absenceId: z.uuid(),
  childId: z.uuid(),
  unitId: z.uuid(),
  day: z.iso.date(),
});
