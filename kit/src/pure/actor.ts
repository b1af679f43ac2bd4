import { z } from 'zod';

/** How sure the login is: ID-porten's two levels. Health data needs `high`. */
export const assuranceLevels = ['substantial', 'high'] as const;
export type AssuranceLevel = (typeof assuranceLevels)[number];

/**
 * Who asks. It names a person or a machine and nothing that they may do: rights are looked up at the moment of reading,
 * so that a right which ended a second ago does not live on in a token (design § 4.5). One person who is both guardian
 * and staff has two sessions and is a different actor in each (GUA-24). Somebody of the staff at a shared tablet, let in by a
 * PIN, is a third: of a kind that no rule for staff knows, so that nothing is open to it but what says so itself (decision 0046).
 */
export const actorSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('guardian'), personId: z.uuid(), level: z.enum(assuranceLevels) }),
  z.object({
    kind: z.literal('staff'),
    personId: z.uuid(),
    level: z.enum(assuranceLevels),
    /** They have signed in within minutes: whoever found their browser open has not. */
    isFresh: z.literal(true).optional(),
  }),
  z.object({
    kind: z.literal('tablet'),
    personId: z.uuid(),
    tabletId: z.uuid(),
    unitId: z.uuid(),
  }),
  z.object({
    kind: z.literal('machine'),
    clientId: z.string().min(1),
    organisation: z.string().regex(/^\d{9}$/),
    scopes: z.array(z.string()),
  }),
  z.object({ kind: z.literal('service'), name: z.string().min(1) }),
]);

export type Actor = z.infer<typeof actorSchema>;
export type GuardianActor = Extract<Actor, { kind: 'guardian' }>;
export type StaffActor = Extract<Actor, { kind: 'staff' }>;
export type TabletActor = Extract<Actor, { kind: 'tablet' }>;
export type PersonActor = GuardianActor | StaffActor;

/** True for an actor that is a person with a login, as against a shared tablet, a machine or one of our own services. */
export const isPerson = (actor: Actor): actor is PersonActor =>
  actor.kind === 'guardian' || actor.kind === 'staff';
