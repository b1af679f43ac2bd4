import { defineEvent, sealedSchema } from '../event.ts';
import { z } from 'zod';

/** What `sealed` holds in `identity.person.followed.v1`. */
export const followedPersonSchema = z.object({
  /** Eleven digits: a national identity number or a D-number. */
  number: z.string().regex(/^\d{11}$/),
});

export type FollowedPerson = z.infer<typeof followedPersonSchema>;

/**
 * The municipality has a case for a person and needs the registers' word about them. The number is sealed: only the
 * registry worker can open it. Repeated with the new number when a person's number changes (FREG-08).
 */
export const personFollowedV1 = defineEvent('identity.person.followed.v1', 'personId', {
  personId: z.uuid(),
  /** `child` for somebody on a roster, or whom an adult who wants to apply for a place is responsible for, `guardian` for somebody a child's register record names, `staff` for the rest. */
  reason: z.enum(['child', 'guardian', 'staff']),
  sealed: sealedSchema,
  /** A place is to be applied for: whether they live in this municipality is read too, and told (BHG-03). */
  withResidence: z.boolean().optional(),
  /** What the registers said last was lost, or means another now: it is told once more, also when nothing is new. */
  tellAgain: z.boolean().optional(),
});
