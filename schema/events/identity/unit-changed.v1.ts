import { defineEvent } from '../event.ts';
import { z } from 'zod';

/** A school, kindergarten or after-school unit exists, has changed or has closed. */
export const unitChangedV1 = defineEvent('identity.unit.changed.v1', 'unitId', {
  unitId: z.uuid(),
  /** Grows with each change of this unit; a lower one never overwrites a higher (S-24). */
  revision: z.int().positive(),
  kind: z.enum(['SCHOOL', 'KINDERGARTEN', 'AFTER_SCHOOL']),
  isActive: z.boolean(),
  /** What it is called, as the open registers have it: for letters. Left out by who told it before there was one. */
  name: z.string().min(1).max(400).optional(),
  /** Whether a private owner has it, as the open registers say (P12). Left out by who told it before anybody knew; then none has. */
  isPrivate: z.boolean().optional(),
});
