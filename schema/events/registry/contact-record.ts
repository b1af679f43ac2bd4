import { z } from 'zod';

const channel = z.object({
  value: z.string(),
  /** Latest of `…_oppdatert` and `…_sist_verifisert`; null when the register gives neither (KRR-02). */
  verifiedAt: z.iso.datetime().nullable(),
});

/** What the contact and reservation register says of a person, in our words. Travels sealed in `registry.contact.recorded.v2`. */
export const contactRecordSchema = z.object({
  /** Reserved against digital decisions and formal mail; says nothing of messages in the portal (KRR-04). */
  isReserved: z.boolean(),
  status: z.enum(['ACTIVE', 'DELETED', 'NOT_REGISTERED']),
  /** False for every value of `varslingsstatus` but KAN_VARSLES (KRR-01). */
  mayBeNotified: z.boolean(),
  language: z.enum(['nb', 'nn', 'en', 'se']).nullable(),
  email: channel.nullable(),
  mobile: channel.nullable(),
  /** A digital mailbox of their own choice (`digital_post`). */
  hasMailbox: z.boolean(),
});

/** What identity needs of it: nothing that anybody could be reached by. */
export const contactPreferenceSchema = contactRecordSchema.pick({ language: true });

export type ContactRecord = z.infer<typeof contactRecordSchema>;
