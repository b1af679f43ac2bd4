import { defineEvent, sealedSchema } from '../event.ts';
import { z } from 'zod';

const address = z.object({
  /** Street and number, or a post box. */
  lines: z.array(z.string()),
  postcode: z.string(),
  place: z.string(),
});

/** What the open registers say of a school or kindergarten, in our words. All of it is public. */
export const unitRecordSchema = z.object({
  organisationNumber: z.string().regex(/^\d{9}$/),
  kind: z.enum(['SCHOOL', 'KINDERGARTEN']),
  name: z.string(),
  /** Null where the registers do not say, or contradict each other. */
  ownership: z.enum(['MUNICIPAL', 'OTHER_PUBLIC', 'PRIVATE']).nullable(),
  /** Whom it belongs to by the register of units (`overordnetEnhet`). */
  owner: z
    .object({
      organisationNumber: z.string().regex(/^\d{9}$/),
      /** Null where the register could not say. */
      name: z.string().nullable(),
    })
    .nullable(),
  /** False for one that has closed, in any of the registers. */
  isActive: z.boolean(),
  /** False when the registers list it for the municipality no more; all else is what they said last. */
  isListed: z.boolean(),
  openedOn: z.iso.date().nullable(),
  closedOn: z.iso.date().nullable(),
  postalAddress: address.nullable(),
  visitingAddress: address.nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  website: z.string().nullable(),
});

export type UnitRecord = z.infer<typeof unitRecordSchema>;

/**
 * The registers of schools (NSR), kindergartens (NBR) and units (Enhetsregisteret) have been read for a unit in the
 * municipality, and say something else than was told last. After-school units have no row in any of them. `sealed` holds a
 * `UnitRecord`: no name or number of a unit stands on the bus (S-07, ADR-16).
 */
export const unitRecordedV1 = defineEvent('registry.unit.recorded.v1', 'unitKey', {
  /** Keyed hash of the unit's organisation number, base64url: the same for each telling of it, and nobody can read it. */
  unitKey: z.string().regex(/^[\w-]{43}$/),
  /** Grows with each telling of this unit; a lower one never overwrites a higher (S-24). */
  revision: z.int().positive(),
  readAt: z.iso.datetime(),
  sealed: sealedSchema,
});
