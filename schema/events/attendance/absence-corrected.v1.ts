import { defineEvent } from '../event.ts';
import { z } from 'zod';

/** What was reported of a child and a day was corrected: how it stands now, the graph tells to whoever may read it. Says neither what it was nor why (ABS-04). */
export const absenceCorrectedV1 = defineEvent('attendance.absence.corrected.v1', 'absenceId', {
  absenceId: z.uuid(),
  childId: z.uuid(),
  unitId: z.uuid(),
  day: z.iso.date(),
});
