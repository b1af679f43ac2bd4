import { type Actor, type GuardianActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type AccessFacts, isGuardianOf } from '@ranselpost/kit/pure/grounds';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { type ArchiveEntry } from '@ranselpost/schema/events/archive-entry';
import type { Attachment, AttachmentRefusal } from './attachment.ts';
import { type AboutStaff, isAboutStaff } from './safety-concern.ts';
import { type TextRefusal, clean, decideText } from './text.ts';

/** As long as a letter of eight pages; whoever has more to say is called back. */
export const formTextMost = 20_000;
const lineMost = 200;
/** Forms that one person sends in a day at most. */
export const mostADay = 20;

/** What somebody writes in a unit's contact form. */
export interface WrittenForm {
  readonly unitId: string;
  /** Own children whom it is about; somebody else writes in `about` whom they mean. */
  readonly childIds: readonly string[];
  readonly about: string;
  readonly senderName: string;
  readonly subject: string;
  readonly text: string;
  /** Files of the sender's own to go with it, in the order in which they are to be archived. */
  readonly attachmentIds: readonly string[];
  /** Who of the unit's staff it is about, where it is about any (SKM-04). */
  readonly aboutStaff: AboutStaff;
}

/** How far a form has come (M23). */
export interface ContactForm {
  readonly id: string;
  readonly unitId: string;
  readonly receivedAt: Date;
  /** How many files were sent with it, and how many of them were refused when they were looked at. */
  readonly fileCount: number;
  readonly refusedFileCount: number;
  readonly filedAt: Date | null;
  readonly caseNumber: string | null;
  readonly answeredAt: Date | null;
  /** The number of the answer in the archive. */
  readonly answerReference: string | null;
}

export type FormRefusal = TextRefusal | AttachmentRefusal | { readonly kind: 'too-many' };

/**
 * Whoever signs in with ID-porten may write to every unit, also whoever is nobody's guardian (MSG-13, GUA-20), at the higher level
 * of assurance. Of children they name by id their own alone: of any other it is not said whether there is one (S-06).
 */
export function maySendForm(
  actor: Actor,
  facts: AccessFacts,
  { childIds }: Pick<WrittenForm, 'childIds'>,
): asserts actor is GuardianActor {
  if (actor.kind !== 'guardian')
    throw new AppError('FORBIDDEN', 'contact forms are for those who sign in as themselves');
  if (actor.level !== 'high') throw new AppError('STEP_UP_REQUIRED');
  if (!childIds.every((childId) => isGuardianOf(actor, facts, childId))) throw new AppError('NOT_FOUND');
}

/** A number of the archive's, `2026/118-2`: of it nothing can be read of what it is about. */
const referenceForm = /^\d{4}\/\d{1,7}(-\d{1,5})?$/;

export type AnswerRefusal =
  | { readonly kind: 'reference-invalid' }
  | { readonly kind: 'not-filed' }
  | { readonly kind: 'answered-otherwise' };

/**
 * Whether a form may be said to be answered: with a number of the archive's, where the answer itself is (ARK-01, MSG-13). Before the
 * archive has the form, nobody can have read it there. The same said again is the same.
 */
export function decideAnswered(
  form: Pick<ContactForm, 'filedAt' | 'answerReference'>,
  reference: string,
): Result<{ readonly isNew: boolean }, AnswerRefusal> {
  if (!referenceForm.test(reference)) return refuse({ kind: 'reference-invalid' });
  if (form.answerReference === reference) return accept({ isNew: false });
  if (form.answerReference !== null) return refuse({ kind: 'answered-otherwise' });
  return form.filedAt === null ? refuse({ kind: 'not-filed' }) : accept({ isNew: true });
}

type Clean = Omit<WrittenForm, 'unitId' | 'childIds' | 'attachmentIds'>;

/** What is archived, cleaned as messages are; a form without a text is none. */
export function decideForm(
  form: WrittenForm,
  { sentToday }: { readonly sentToday: number },
): Result<Clean, FormRefusal> {
  if (sentToday >= mostADay) return refuse({ kind: 'too-many' });
  const text = decideText(form.text, formTextMost);
  if (!text.ok) return text;
  const line = (raw: string): string => clean(raw.replaceAll(/\s+/g, ' ')).slice(0, lineMost);
  return accept({
    text: text.value,
    about: line(form.about),
    senderName: line(form.senderName),
    subject: line(form.subject),
    aboutStaff: form.aboutStaff,
  });
}

export interface EntryPlace {
  readonly entryId: string;
  readonly caseId: string;
  /** Null where it is the municipality's to answer, and not the unit's (SKM-04). */
  readonly unitId: string | null;
  readonly at: Date;
  /** True about a child whose whereabouts somebody must not learn (ADR-17). */
  readonly isProtected: boolean;
  readonly sha256: (text: string) => string;
}

/** The form as the archive is to keep it: under a title that says nothing, screened (ARK-02, ARK-03). */
export function toFormEntry(
  { text, about, senderName, subject, aboutStaff }: Clean,
  childIds: readonly string[],
  senderId: string,
  fileNames: readonly string[],
  place: EntryPlace,
): ArchiveEntry {
  const written = [
    ...(senderName === '' ? [] : [`Fra: ${senderName}`]),
    ...(about === '' ? [] : [`Gjelder: ${about}`]),
    ...(childIds.length === 0 ? [] : [`Avsenderen har valgt blant egne barn: ${childIds.length}`]),
    ...(isAboutStaff(aboutStaff) ? [saysAboutStaff(aboutStaff)] : []),
    ...(subject === '' ? [] : [`Emne: ${subject}`]),
    text,
    ...toFileList(fileNames),
  ].join('\n\n');
  return toEntry(place, written, [
    { role: 'SENDER', personId: senderId, name: senderName === '' ? null : senderName },
    ...childIds.map((personId) => ({ role: 'CHILD' as const, personId, name: null })),
  ]);
}

/** What the files were called is content as any other: it stands in the text, and nowhere where a list shows it (ARK-03). */
const toFileList = (names: readonly string[]): readonly string[] =>
  names.length === 0
    ? []
    : [
        ['Vedlegg, slik avsenderen kalte dem:', ...names.map((name, place) => `${place + 1}. ${name}`)].join(
          '\n',
        ),
      ];
/** That it is about staff, and not which: whoever opens it reads that in what was written (SKM-04). */
const saysAboutStaff = ({ isLeader }: AboutStaff): string =>
  `Det er oppgitt at henvendelsen gjelder ${isLeader ? 'leder ved enheten' : 'ansatt ved enheten'}`;

/** A message as the archive is to keep it, when it is moved to a case or told on (MSG-12, SKM-01). */
export const toMessageEntry = (
  {
    body,
    subject,
    authorId,
    childIds,
    files,
    aboutStaff,
    direction,
  }: {
    readonly body: string;
    readonly subject: string;
    /** Null when whoever wrote it has been erased. */
    readonly authorId: string | null;
    readonly childIds: readonly string[];
    readonly aboutStaff: AboutStaff;
    readonly files: readonly Pick<Attachment, 'name'>[];
    /** From home, or for the case alone. */
    readonly direction: 'IN' | 'INTERNAL';
  },
  place: EntryPlace,
): ArchiveEntry => {
  const written = [
    ...(isAboutStaff(aboutStaff) ? [saysAboutStaff(aboutStaff)] : []),
    ...(subject === '' ? [] : [`Emne: ${subject}`]),
    body,
    ...toFileList(files.map(({ name }) => name)),
  ].join('\n\n');
  return toEntry(
    place,
    written,
    [
      ...(authorId === null ? [] : [{ role: 'SENDER' as const, personId: authorId, name: null }]),
      ...childIds.map((personId) => ({ role: 'CHILD' as const, personId, name: null })),
    ],
    direction,
  );
};

const toEntry = (
  { entryId, caseId, unitId, at, isProtected, sha256 }: EntryPlace,
  text: string,
  parties: ArchiveEntry['parties'],
  direction: 'IN' | 'INTERNAL' = 'IN',
): ArchiveEntry => ({
  ...{ entryId, caseId, unitId, parties, isProtected },
  title: 'Henvendelse fra foresatt',
  screening: { code: 'UO', ground: 'offl. § 13' },
  documents: [{ direction, kind: 'MESSAGE', at: at.toISOString(), text, sha256: sha256(text) }],
});
