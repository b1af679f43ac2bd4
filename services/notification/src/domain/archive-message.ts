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
