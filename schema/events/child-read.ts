import { z } from 'zod';

/** What staff are told of a child, as far as the access log tells it apart (S-11). The portal has a text for each. */
export const readKinds = [
  /** Name, guardians, and places at units and in groups. */
  'CHILD',
  /** Days away from a unit, with their cause where the reader may know it. */
  'ABSENCE',
  /** Messages between the child's guardians and a unit. */
  'MESSAGE',
  /** Who has access to the child, and on what ground. */
  'ACCESS',
  /** What a parent without responsibility has asked about the child, and what the register says of the two (GUA-07). */
  'INFORMATION_REQUEST',
  /** Applications for a place, with their wishes, offers and the places that came of them. */
  'PLACEMENT',
  /** What is claimed of a child so that it comes first, with its proof: it may tell of health or child welfare (placement § 3). */
  'PRIORITY_CLAIM',
] as const;
export type ReadKind = (typeof readKinds)[number];

/** The data of every `<service>.child.read.v1`: one answer to one member of staff, in ids and codes. */
export const childReadShape = {
  readId: z.uuid(),
  readerId: z.uuid(),
  capacity: z.enum(['staff']),
  /** The shared tablet at which they were told; left out where they have signed in themselves. */
  tabletId: z.uuid().optional(),
  reads: z
    .array(
      z.object({
        childId: z.uuid(),
        kind: z.enum(readKinds),
        unitId: z.uuid().nullable(),
        role: z.string().regex(/^[A-Z_]+$/),
        rule: z.string().regex(/^[A-Z]+-\d+$/),
      }),
    )
    .min(1),
};
