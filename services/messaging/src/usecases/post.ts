import type { ChildRead } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor } from '@ranselpost/kit/pure/actor';
import type { Result } from '@ranselpost/kit/pure/result';
import { holderOf } from '../domain/mailbox.ts';
import type { Addressee } from '../domain/out-of-office.ts';
import type { MailFacts } from '../domain/policy.ts';
import type { LeftOut, Message, Refusal } from '../domain/thread.ts';
import * as mailbox from '../store/mailbox.ts';
import * as threads from '../store/threads.ts';
import { deliver } from './deliver.ts';
import { mailReads } from './look.ts';

/** What came of something that somebody wrote, and what is to be passed on once it is stored. */
export interface Posted {
  readonly facts: MailFacts;
  readonly where: { readonly unitId: string; readonly childIds: readonly string[] };
  readonly answer: Result<Message, Refusal>;
  /** Null when nothing new was stored. */
  readonly stored: {
    readonly message: Message;
    /** To whom of the staff it goes, and who of them is away. */
    readonly told: readonly Addressee[];
    /** Who of the staff may read it: whoever has taken the thread is told, while they are among them (M27). */
    readonly staffReaderIds: readonly string[];
    readonly leftOut: readonly LeftOut[];
  } | null;
}

/** Puts what was stored before those whom it goes to, as the service itself; what is held goes to nobody yet (S-08). */
export async function passOn(tx: Tx, { stored }: Posted): Promise<void> {
  if (stored === null) return;
  const { message, leftOut, told, staffReaderIds } = stored;
  if (leftOut.length > 0)
    await threads.keepLeftOut(tx, { threadId: message.threadId, byId: message.authorId!, leftOut });
  if (message.state !== 'SENT') return;
  const [entry] = await mailbox.ofThreads(tx, [message.threadId]);
  const holder = entry === undefined ? null : holderOf(entry, staffReaderIds);
  const isTold = holder === null || told.some(({ personId }) => personId === holder);
  await deliver(tx, message, isTold ? told : [...told, { personId: holder, away: null }]);
}

/** Whom staff get to know of by being told what they sent. */
export const readsOfPosting = (actor: Actor, { facts, where, answer }: Posted): readonly ChildRead[] =>
  answer.ok ? mailReads(actor, facts, [where]) : [];
