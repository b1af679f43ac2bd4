import { defineEvent } from '../event.ts';
import { z } from 'zod';

/** Where a child is enrolled, whole, with past and coming periods that still matter. Days are half-open: `[from, to)`. */
export const enrolmentsChangedV1 = defineEvent('identity.enrolments.changed.v1', 'childId', {
  childId: z.uuid(),
  /** Grows with each change of this child's enrolments; a lower one never overwrites a higher (S-24). */
  revision: z.int().positive(),
  enrolments: z.array(
    z.object({
      enrolmentId: z.uuid(),
      unitId: z.uuid(),
      /** The groups of the unit that the child belongs to in the period. */
      groupIds: z.array(z.uuid()),
      from: z.iso.date(),
      to: z.iso.date().nullable(),
    }),
  ),
  /**
   * Said of a child who is protected: who of the staff may see it, within the roles that they have, and on which days. Nobody
   * else of them may, whatever their role (ADR-10). Left out of every other child.
   */
  namedStaff: z.array(z.object({ personId: z.uuid(), from: z.iso.date(), to: z.iso.date() })).optional(),
});
