import type { Draft } from '@ranselpost/kit/guard';
import { type Actor, type PersonActor, isPerson } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { type MailFacts, maySeeMessage } from './policy.ts';
import type { Capacity } from './thread.ts';

export type AttachmentState = 'SCANNING' | 'READY' | 'REFUSED';

/** What is said to many and can have files. */
export type BulletinKind = 'BROADCAST' | 'NEWS' | 'DOCUMENT';

/** A file that goes with a message or with what is said to many, or that its owner has sent in to go with something. */
export interface Attachment {
  readonly id: string;
  /** Null when whoever sent it in has been erased. */
  readonly ownerId: string | null;
  readonly ownerAs: Capacity;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly state: AttachmentState;
  /** Why it is not kept, for one that is refused. */
  readonly refusal: string | null;
  /** What is said to many that it goes with; whoever may read that has it. Null for any other. */
  readonly bulletin: { readonly kind: BulletinKind; readonly id: string } | null;
  /** The message that it goes with, and who reads that; null for any other. */
  readonly at: {
    readonly messageId: string;
    readonly unitId: string;
    readonly childIds: readonly string[];
    readonly homeReaderIds: readonly string[];
    readonly isHeld: boolean;
    readonly isMoved: boolean;
  } | null;
}

export type AttachmentRefusal =
  | { readonly kind: 'attachment-gone' }
  | { readonly kind: 'attachment-refused' }
  | { readonly kind: 'attachments-too-many' }
  | { readonly kind: 'attachments-too-large' };

export const attachmentsMax = 10;
const bytesMax = 60 * 1024 * 1024;
/** Files that somebody may have sent in and not used. They are gone after a day. */
export const unusedMax = 30;

/**
 * Files go with a message that their owner has sent in, in the same capacity, and that have gone with none before. One that
 * nobody has looked at yet may go: it is given to nobody until then. One that was refused may not.
 */
export function decideAttachments(
  wanted: readonly string[],
  known: readonly Attachment[],
  by: PersonActor,
): Result<readonly Attachment[], AttachmentRefusal> {
  if (wanted.length > attachmentsMax) return refuse({ kind: 'attachments-too-many' });
  const found = [...new Set(wanted)].map((id) =>
    known.find((one) => one.id === id && one.at === null && one.bulletin === null && isOf(by, one)),
  );
  const there = found.filter((one) => one !== undefined);
  if (there.length < found.length) return refuse({ kind: 'attachment-gone' });
  if (there.some(({ state }) => state === 'REFUSED')) return refuse({ kind: 'attachment-refused' });
  if (there.reduce((sum, { bytes }) => sum + bytes, 0) > bytesMax)
    return refuse({ kind: 'attachments-too-large' });
  return accept(there);
}

/** What the guard is told of a file: what it is called, and whether there is anything that no rule can read (M13, MSG-11). */
export const toJudged = (file: Pick<Attachment, 'name' | 'mediaType'>): Draft['attachments'][number] => ({
  ...{ name: file.name, isImage: file.mediaType.startsWith('image/') },
});

const isOf = (actor: Actor, { ownerId, ownerAs }: Attachment): boolean =>
  isPerson(actor) && actor.personId === ownerId && actor.kind === ownerAs;

/**
 * People send files in who could write to somebody, and, for a contact form, whoever signs in as themself at the level that a form
 * wants (MSG-13). What others have waiting is no business of theirs.
 */
export function maySendFiles(
  actor: Actor,
  { couldWrite, unused }: { readonly couldWrite: boolean; readonly unused: number },
): asserts actor is PersonActor {
  const couldSendForm = actor.kind === 'guardian' && actor.level === 'high';
  if (!isPerson(actor) || !(couldWrite || couldSendForm))
    throw new AppError('FORBIDDEN', 'whoever could write to nobody sends no files');
  if (unused >= (couldWrite ? unusedMax : attachmentsMax))
    throw new AppError('RATE_LIMITED', 'too many files that go with nothing');
}

/**
 * Its owner while it goes with nothing, and then whoever may see the message, or what is said to many, and nobody else (S-09).
 * `bulletins` are those among what the files go with that the actor may see.
 */
export function maySeeAttachment(
  actor: Actor,
  facts: MailFacts,
  bulletins: ReadonlySet<string>,
  attachment: Attachment,
): boolean {
  if (attachment.bulletin !== null) return bulletins.has(attachment.bulletin.id);
  if (attachment.at === null) return isOf(actor, attachment);
  const { at } = attachment;
  if (at.isMoved) return false;
  return maySeeMessage(actor, facts, { ...at, onlyStaffIds: null, state: at.isHeld ? 'HELD' : 'SENT' });
}
