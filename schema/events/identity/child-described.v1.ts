import { defineEvent, sealedSchema } from '../event.ts';
import { residences } from '../registry/person-record.ts';
import { z } from 'zod';

/** What `sealed` holds in `identity.child.described.v1`. */
export const childDescriptionSchema = z.object({
  /** As the population register has it: age group, right to a place and rank follow from it (BHG-01, BHG-02, BHG-08). */
  bornOn: z.iso.date(),
  /**
   * Whether the population register has the child's residence in this municipality (BHG-03). `UNKNOWN` until somebody prepares to
   * apply, where the register says nothing or two things, and always for STRENGT FORTROLIG: then people decide (ADR-03).
   */
  livesHere: z.enum(residences),
  /** The child is handled by named staff alone, as it or an adult of its family is protected (ADR-01, ADR-04). */
  isProtected: z.boolean(),
});

export type ChildDescription = z.infer<typeof childDescriptionSchema>;

/**
 * What admission has to know of a child under fourteen whom anybody has, or waits for, access to: known, another than was told, or
 * not to be known any more. `sealed` opens for placement alone, bound to the child's id.
 */
export const childDescribedV1 = defineEvent('identity.child.described.v1', 'childId', {
  childId: z.uuid(),
  /** Grows with each telling of this child; a lower one never overwrites a higher (S-24). */
  revision: z.int().positive(),
  /** Null: placement forgets what it was told. */
  sealed: sealedSchema.nullable(),
});
