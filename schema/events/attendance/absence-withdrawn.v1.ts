import { defineEvent } from '../event.ts';
import { z } from 'zod';

/**
 * A report was taken back, or granted leave won over it: the child is expected at the unit on that day, as far as this report goes. It may be
 * reported again under the same `absenceId`, when that leave is withdrawn.
 */
export const absenceWithdrawnV1 = defineEvent('attendance.absence.withdrawn.v1', 'absenceId', {
  absenceId: z.uuid(),
  childId: z.uuid(),
  unitId: z.uuid(),
  day: z.iso.date(),
});
