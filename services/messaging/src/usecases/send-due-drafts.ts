import { aboutNobody } from '@ranselpost/kit/answer';
import { type Tx, isPassing } from '@ranselpost/kit/database';
import { tell } from '@ranselpost/kit/outbox';
import type { PersonActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { twice } from '@ranselpost/kit/twice';
import { noticeDueV1 } from '@ranselpost/schema/events/messaging/notice-due.v1';
import { maySeeDraft } from '../domain/draft-policy.ts';
import { isCopyFresh } from '../store/copy.ts';
import * as drafts from '../store/drafts.ts';
import type { TimerDeps } from './deps.ts';
import { isMessage, loadDraftFacts, postingOf } from './draft-posting.ts';
import { type Posted, passOn } from './post.ts';

/**
 * Sends the draft whose time came first, as its author and by all that sending asks of them now: both locks, the guard, who reads
 * (MSG-07, S-02). What cannot be sent is a draft again, and its author is told that something waits for them. Answers whether
 * there was one. While rights cannot be checked, or the database is away, it waits.
 */
export async function sendNextDraft(deps: TimerDeps): Promise<boolean> {
  const due = await deps.db.asService(async (tx) =>
    (await isCopyFresh(tx, deps.maxStaleness)) ? drafts.nextDue(tx, deps.now()) : null,
  );
  if (due === null) return false;
  try {
    await twice(() => send(deps, due));
  } catch (error) {
    if (isPassing(error)) throw error;
    await deps.db.asService((tx) => giveBack(deps, tx, due.id, 'not-sent'));
    // What it answers is not for its author to read any more; anything else is a fault of ours.
    if (!(error instanceof AppError && error.code === 'NOT_FOUND')) throw error;
  }
  return true;
}

/** What has been found out about a draft whose time has come. */
type Found =
  { readonly kind: 'not-due' | 'not-theirs' } | { readonly kind: 'posted'; readonly posted: Posted };

function send(deps: TimerDeps, { id, authorId, authorAs }: drafts.DraftOf): Promise<void> {
  const author: PersonActor = { kind: authorAs, personId: authorId, level: 'substantial' };
  return deps.db.decide(
    author,
    async (tx): Promise<Found> => {
      const draft = await drafts.take(tx, id);
      if (draft === undefined) return { kind: 'not-theirs' };
      const facts = await loadDraftFacts(deps, tx, author, [draft]);
      if (!maySeeDraft(author, facts, draft) || !isMessage(draft)) return { kind: 'not-theirs' };
      // Taken back, or put off, since it was found.
      if (draft.sendAt === null || draft.sendAt > deps.now()) return { kind: 'not-due' };
      const { knownNames, attachmentIds } = draft;
      // Its author has read it once more when they had it wait.
      const how = { isReread: true, knownNames, attachmentIds };
      const posted = await postingOf(draft, how).post(deps, tx, author);
      if (posted.answer.ok) await drafts.remove(tx, id);
      return { kind: 'posted', posted };
    },
    async (tx, found) => {
      if (found.kind === 'posted') {
        const { answer } = found.posted;
        await (answer.ok ? passOn(tx, found.posted) : giveBack(deps, tx, id, answer.refusal.kind));
      }
      // Whoever has no ground for it any more is told of nothing (GUA-10); it goes with the next sweep.
      if (found.kind === 'not-theirs')
        await drafts.giveBack(tx, id, { now: deps.now(), because: 'not-sent' });
      return aboutNobody(undefined);
    },
  );
}

/** Makes what could not be sent a draft again, and has its author told, once. */
async function giveBack(deps: TimerDeps, tx: Tx, id: string, because: string): Promise<void> {
  const now = deps.now();
  const draft = await drafts.giveBack(tx, id, { now, because });
  if (draft === null) return;
  const { authorId: personId, authorAs: capacity, unitId, childIds } = draft;
  await tell(tx, noticeDueV1, {
    ...{ noticeId: deps.newId(), category: 'MESSAGE', importance: 'ORDINARY', unitId, subjectId: id },
    recipients: [{ personId, capacity, childIds: [...childIds] }],
    occurredAt: now.toISOString(),
  });
}
