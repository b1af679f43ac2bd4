import { defineEvent, sealedSchema } from '../event.ts';
import { z } from 'zod';

/** Somebody whom a safeguard is about: the id that they had, and a number that they can be found by under any other. */
const someone = z.object({ personId: z.uuid(), number: z.string().nullable() });

/** What `sealed` holds in `identity.safeguard.kept.v1`. */
export const safeguardSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('RESTRICTION'),
    child: someone,
    /** Null: everybody whose ground is parental responsibility, by a care order. */
    adult: someone.nullable(),
    restriction: z.enum(['CONTACT_BAN', 'COURT_ORDER', 'CARE_ORDER', 'THREAT', 'MAY_NOT_FETCH']),
    authority: z.enum(['UNIT', 'COURT', 'CHILD_WELFARE', 'POLICE']),
    closesAccess: z.boolean(),
    reviewOn: z.iso.date(),
    imposedBy: z.uuid(),
    imposedAt: z.iso.datetime(),
  }),
  z.object({ kind: z.literal('ROLE_ENDED'), to: z.iso.date(), endedBy: z.uuid().nullable() }),
]);

export type Safeguard = z.infer<typeof safeguardSchema>;

/**
 * The municipality has taken something away: a restriction stands, or a role for the whole municipality is over. Told for
 * identity itself, which alone can open it: a database that is put back to an earlier day takes it away again (S-27).
 */
export const safeguardKeptV1 = defineEvent('identity.safeguard.kept.v1', 'safeguardId', {
  /** The id of the restriction or of the role. */
  safeguardId: z.uuid(),
  sealed: sealedSchema,
});
