import { z } from 'zod';

const number = z.string().regex(/^\d{11}$/);

/** Who holds parental responsibility by one entry of Folkeregisteret (`foreldreansvar`). */
export const responsibleSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), number }),
  /** An adult without a number in the register (`ansvarligUtenIdentifikator`): nobody can log in as them. */
  z.object({ kind: z.literal('unidentified') }),
  /** `ansvarligOrganisasjon` (GUA-17). */
  z.object({ kind: z.literal('organisation'), organisation: z.string() }),
  /** The entry names nobody. */
  z.object({ kind: z.literal('nobody') }),
]);

/** One current entry of parental responsibility. */
export const responsibilitySchema = z.object({
  /** `ansvar` as the register writes it: felles, mor, far, medmor, andre, ukjent, or a word we do not know yet. */
  value: z.string(),
  /** The child the entry is about; null for a child without a number. */
  childNumber: number.nullable(),
  responsible: responsibleSchema,
  /** `gyldighetstidspunkt`, an instant as ISO text; null when the register gives none. */
  since: z.string().nullable(),
});

/** Address protection of a person, least to most (ADR). */
export const protectionLevels = ['NONE', 'CLIENT_ADDRESS', 'FORTROLIG', 'STRENGT_FORTROLIG'] as const;

/** Whether somebody lives in this municipality: all that is told of a residence (BHG-03). */
export const residences = ['YES', 'NO', 'UNKNOWN'] as const;

/**
 * What Folkeregisteret says of a person now, in our words: current entries only, nothing that we have no use for.
 * Travels sealed in `registry.person.recorded.v1`.
 */
export const personRecordSchema = z.object({
  /** Every number the person has or had; exactly those with `isInUse` can be logged in with. */
  numbers: z.array(z.object({ number, isInUse: z.boolean(), kind: z.enum(['NATIONAL', 'D_NUMBER']) })).min(1),
  name: z.object({ given: z.string(), middle: z.string().nullable(), family: z.string() }).nullable(),
  birthDate: z.iso.date().nullable(),
  /** The day of death; null for the living and where the register knows the death but not the day. */
  deathDate: z.iso.date().nullable(),
  isDead: z.boolean(),
  /** `status` as the register writes it: bosatt, utflyttet, doed, opphoert, … */
  status: z.string().nullable(),
  hasFalseIdentity: z.boolean(),
  protection: z.enum(protectionLevels),
  responsibilities: z.array(responsibilitySchema),
  /**
   * Parents by `familierelasjon` who hold no responsibility for the person, while somebody does. For staff who check a
   * request by barnelova § 47, and a ground for nothing (GUA-02, GUA-07).
   */
  otherParents: z.array(z.object({ number, role: z.enum(['mor', 'far', 'medmor']) })).optional(),
  /** Types of current `vergemaalEllerFremtidsfullmakt`, as the register writes them (GUA-16). */
  representations: z.array(z.string()),
  /**
   * Whether the residence is in this municipality; only of those for whom that was asked (`withResidence` of
   * `identity.person.followed.v1`), and nothing else of where anybody lives (ADR-03, ADR-15).
   */
  livesHere: z.enum(residences).optional(),
  /** True when the register said since the last telling that it has split this person in two (FREG-09). */
  wasSplit: z.boolean().optional(),
});

export type PersonRecord = z.infer<typeof personRecordSchema>;
export type Responsibility = z.infer<typeof responsibilitySchema>;
export type Residence = (typeof residences)[number];
export type ProtectionLevel = (typeof protectionLevels)[number];
