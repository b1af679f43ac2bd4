import { z } from 'zod';

/** Where a letter goes, as it is sealed for whoever sends it. There is no number in it (S-10, decision 0031). */
export const postalAddressSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('OPEN'),
    name: z.string().min(1).max(200),
    /** What stands above the postal code. */
    lines: z.array(z.string().min(1).max(70)).max(3),
    postalCode: z.string().regex(/^\d{4}$/),
    town: z.string().min(1).max(100),
  }),
  /** Protected: nothing goes out by itself (S-08, ADR-08). */
  z.object({ kind: z.literal('PROTECTED') }),
  /** The register has none that can be written on an envelope, or nobody here knows the person. */
  z.object({ kind: z.literal('NONE') }),
]);

export type PostalAddress = z.infer<typeof postalAddressSchema>;
