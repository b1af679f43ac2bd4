import { defineEvent } from '../event.ts';
import { z } from 'zod';

/**
 * A child will be away from a unit for a day. Leaves the cause out: it is health data, and whoever may read it asks the graph (ABS-04). The same
 * absence may be told again after `attendance.absence.withdrawn.v1`: granted leave won over it, and was withdrawn. The last one told of an
 * `absenceId` holds.
 */
export const absenceReportedV1 = defineEvent('attendance.absence.reported.v1', 'absenceId', {
  absenceId: z.uuid(),
  childId: z.uuid(),
  unitId: z.uuid(),
  day: z.iso.date(),
});
