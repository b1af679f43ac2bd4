import type { ArchiveEntry } from '@ranselpost/schema/events/archive-entry';

type Document = ArchiveEntry['documents'][number];

interface Party {
  readonly personId: string;
  readonly name: string | null;
}

/** One document of an entry as a message to the archive: a message holds one entry of the journal, of one direction. */
export interface ArchiveMessage {
  /** Our key of the entry in the journal: brought twice, it is archived once. */
  readonly key: string;
  /** Our key of the case, under which everything of it is put. */
  readonly caseKey: string;
  readonly title: string;
  readonly screening: ArchiveEntry['screening'];
  readonly direction: 'I' | 'U' | 'X';
  readonly documentType: string;
  /** The person outside, and the children whom it is about. Somebody whose name is not known has none. */
  readonly sender: Party | null;
  readonly children: readonly Party[];
  readonly at: string;
}

/** A file that was sent with a document, and goes into the archive with it. */
export interface EnclosedFile extends Content {
  /** Which of those that were sent it is. */
  readonly place: number;
  readonly mediaType: 'application/pdf' | 'image/jpeg' | 'image/png' | 'image/webp';
}

/** What a file holds, read each time that it is asked for and never held as a whole. */
export interface Content {
  readonly bytes: number;
  /** In hex (ARK-06). */
  readonly sha256: string;
  readonly content: () => Uint8Array | AsyncIterable<Uint8Array>;
}

/** What is archived as it came is no archive format (PDF/A) for all we know; a picture that we have written anew in JPEG is one. */
const formats = {
  'application/pdf': { extension: 'pdf', format: 'PDF', variant: 'P' },
  'image/jpeg': { extension: 'jpg', format: 'JPEG', variant: 'A' },
  'image/png': { extension: 'png', format: 'PNG', variant: 'P' },
  'image/webp': { extension: 'webp', format: 'WEBP', variant: 'P' },
} as const;

/** A document of an entry in the journal as lists show it: neither its title nor its name says anything (ARK-03). */
export interface ArchiveDocument extends Content {
  readonly title: string;
  readonly documentType: string;
  /** `tilknyttetRegistreringSom`: the main document, or one that goes with it. */
  readonly role: 'H' | 'V';
  readonly fileName: string;
  readonly mediaType: string;
  readonly format: string;
  /** `variantformat`: for the archive, or as it was made. */
  readonly variant: 'A' | 'P';
}

/** What is written into the journal: what was said, as PDF/A (ARK-06), and the files that came with it. */
export const toDocuments = (
  { title, documentType }: Pick<ArchiveMessage, 'title' | 'documentType'>,
  pdf: Content,
  files: readonly EnclosedFile[],
): readonly ArchiveDocument[] => [
  {
    ...{ title, documentType, role: 'H', variant: 'A', ...pdf },
    ...{ fileName: 'dokument.pdf', mediaType: 'application/pdf', format: 'PDF/A' },
  },
  ...files.map(({ place, mediaType, ...content }): ArchiveDocument => {
    const { extension, format, variant } = formats[mediaType];
    const fileName = `vedlegg-${place}.${extension}`;
    return {
      ...{ title: `Vedlegg ${place}`, documentType: 'KORR', role: 'V', fileName },
      ...{ mediaType, format, variant, ...content },
    };
  }),
];

const directions = { IN: 'I', OUT: 'U', INTERNAL: 'X' } as const;
const documentTypes: Readonly<Record<Document['kind'], string>> = {
  QUESTION: 'MELDING',
  ASSESSMENT: 'NOTAT',
  DECISION: 'VEDTAK',
  TRANSLATION: 'KORR',
  COMPLAINT: 'KORR',
  MESSAGE: 'MELDING',
};

/** The messages that bring an entry to the archive, one for each of its documents and in their order. */
export const toMessages = (entry: ArchiveEntry): readonly ArchiveMessage[] =>
  entry.documents.map((document, place) => ({
    key: `${entry.entryId}-${place + 1}`,
    caseKey: entry.caseId,
    title: entry.title,
    screening: entry.screening,
    direction: directions[document.direction],
    documentType: documentTypes[document.kind],
    sender: partiesOf(entry, 'SENDER')[0] ?? null,
    children: partiesOf(entry, 'CHILD'),
    at: document.at,
  }));

const partiesOf = ({ parties }: ArchiveEntry, wanted: 'SENDER' | 'CHILD'): readonly Party[] =>
  parties.filter(({ role }) => role === wanted).map(({ personId, name }) => ({ personId, name }));
