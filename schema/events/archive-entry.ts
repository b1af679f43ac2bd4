import { z } from 'zod';

/**
 * What an archive is to keep of a case, sealed in the event that ends it (ARK-01, ARK-02). The title says nothing of what it
 * is about, and the entry is screened (ARK-03): public lists of what comes in show both.
 */
export const archiveEntrySchema = z.object({
  /** Our key of the entry: told twice, it is archived once. */
  entryId: z.uuid(),
  /** The case that it belongs to. */
  caseId: z.uuid(),
  title: z.string().min(1),
  /** `tilgangsrestriksjon` and `skjermingshjemmel` of Noark 5. */
  screening: z.object({ code: z.literal('UO'), ground: z.literal('offl. § 13') }),
  /** True for what only those may open who may know where a protected person is (ADR-17). */
  isProtected: z.boolean(),
  /** The unit whose case it is; null for one of the municipality's. */
  unitId: z.uuid().nullable(),
  parties: z.array(
    z.object({ role: z.enum(['SENDER', 'CHILD']), personId: z.uuid(), name: z.string().nullable() }),
  ),
  documents: z
    .array(
      z.object({
        /** From outside, to outside, or for the case alone: `journalposttype` I, U and X. */
        direction: z.enum(['IN', 'OUT', 'INTERNAL']),
        kind: z.enum(['QUESTION', 'ASSESSMENT', 'DECISION', 'TRANSLATION', 'COMPLAINT', 'MESSAGE']),
        at: z.iso.datetime(),
        text: z.string(),
        /** Of the text in UTF-8, in hex (ARK-06). */
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .min(1),
});

/**
 * What opens a file that goes with an entry, and what it has to be: sealed for the archive's own key and bound to the file's id. The
 * file itself is too large for the bus: it lies, sealed too, where who told the entry keeps files.
 */
export const archiveFileSchema = z.object({
  entryId: z.uuid(),
  mediaType: z.enum(['application/pdf', 'image/jpeg', 'image/png', 'image/webp']),
  bytes: z.int().positive(),
  /** Of the content, in hex (ARK-06). */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** What opens the content: 32 bytes in base64. */
  key: z.base64(),
});

export type ArchiveEntry = z.infer<typeof archiveEntrySchema>;

/** The title of every entry: public lists of what comes in show it, and it says nothing (ARK-03). */
export const archiveTitle = 'Henvendelse fra foresatt';

/**
 * The receipt of an archive: the data of `<service>.archive-entry.filed.v1`, of whichever service brings entries there.
 * Nothing of an entry is deleted before it (RET-02, ARK-08).
 */
export const archivedShape = {
  entryId: z.uuid(),
  /** The archive's own id of the entry. */
  archiveId: z.string().min(1).max(200),
  /** What the municipality calls the case, `2026/118`; null where the archive gives none. */
  caseNumber: z.string().max(40).nullable(),
};
