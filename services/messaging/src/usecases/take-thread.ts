import { type Answer, about } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { tell } from '@ranselpost/kit/outbox';
import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { noticeDueV1 } from '@ranselpost/schema/events/messaging/notice-due.v1';
import { type MailboxEntry, type MailboxRefusal, decideReleasing, decideTaking } from '../domain/mailbox.ts';
import { mayTendThread } from '../domain/policy.ts';
import type { Thread } from '../domain/thread.ts';
import * as inbox from '../store/inbox.ts';
import * as mailbox from '../store/mailbox.ts';
import * as threads from '../store/threads.ts';
import type { Deps } from './deps.ts';
import { loadMailFacts, mailReads } from './look.ts';
import { readersOf, shownEntries } from './read-mailbox.ts';
import { tendMailbox } from './tend-mailbox.ts';

type Tended = Result<MailboxEntry, MailboxRefusal>;
/** What becomes of an entry: who has it then, or that it needs no answer. */
type Wish = (entry: Pick<MailboxEntry, 'takenBy'>, by: StaffActor, readerIds: readonly string[]) => Decided;
type Decided = Result<{ readonly to: string | null } | 'settled', MailboxRefusal>;

/** Staff who read a thread see to it; for anybody else there is none (S-06). */
const tend = (deps: Deps, actor: Actor, threadId: string, wish: Wish): Promise<Tended> =>
  twice(() =>
    deps.db.decide(
      actor,
      async (tx) => {
        const [thread] = await threads.byIds(tx, [threadId]);
        const facts = await loadMailFacts(deps, tx, actor, thread === undefined ? [] : [thread]);
        // What another system had waits for nobody (MSG-21).
        if (thread === undefined || thread.onlyStaffIds !== null) throw new AppError('NOT_FOUND');
        if (actor.kind !== 'staff' || !mayTendThread(actor, facts, thread)) throw new AppError('NOT_FOUND');
        const [entry] = await mailbox.ofThreads(tx, [threadId]);
        const readers = await readersOf(tx, [{ ...thread, threadId }], facts.today);
        const known = entry ?? { ...thread, ...nothing, threadId };
        const decision = wish(known, actor, readers.get(threadId)!);
        const shown = async (after: MailboxEntry): Promise<MailboxEntry> =>
          (await shownEntries(tx, [after], facts.today))[0]!;
        const reads = mailReads(actor, facts, [thread]);
        if (!decision.ok) return { known, thread, reads, decision, after: known };
        const now = deps.now();
        const after =
          decision.value === 'settled'
            ? { ...known, waitsSince: null, settledAt: now }
            : { ...known, takenBy: decision.value.to, takenAt: decision.value.to === null ? null : now };
        return { known, thread, reads, decision, after: await shown(after) };
      },
      async (tx, { known, thread, reads, decision, after }): Promise<Answer<Tended>> => {
        if (!decision.ok) return about(reads, decision);
        if (decision.value === 'settled') {
          await mailbox.settle(tx, threadId);
          await tendMailbox(tx, threadId);
          const [settled] = await mailbox.ofThreads(tx, [threadId]);
          return about(reads, accept({ ...after, waitsSince: settled?.waitsSince ?? null }));
        } else {
          const { to } = decision.value;
          if (!(await mailbox.keepTaken(tx, threadId, { from: known.takenBy, to })))
            throw new AppError('CONFLICT', 'another has taken it at the same time');
          if (to !== null && 'personId' in actor && to !== actor.personId && to !== known.takenBy)
            await handOver(deps, tx, thread, to);
        }
        return about(reads, accept(after));
      },
    ),
  );

const nothing = { waitsSince: null, settledAt: null, takenBy: null, takenAt: null };

/** Whoever is handed a thread finds it unread in their inbox, and is told that something waits (MSG-14). */
async function handOver(deps: Deps, tx: Tx, thread: Thread, personId: string): Promise<void> {
  const { id: threadId, unitId, childIds, lastMessageAt: sentAt } = thread;
  await inbox.put(tx, { threadId, sentAt, authorId: null, authorAs: 'guardian' }, [
    { personId, capacity: 'staff' },
  ]);
  await tell(tx, noticeDueV1, {
    ...{ noticeId: deps.newId(), category: 'MESSAGE', importance: 'ORDINARY', unitId, subjectId: threadId },
    recipients: [{ personId, capacity: 'staff', childIds: [...childIds] }],
    occurredAt: deps.now().toISOString(),
  });
}

/** Somebody of the staff says that they answer a thread, or hands it to a colleague who may read it by themself (M27). */
export const takeThread = (
  deps: Deps,
  actor: Actor,
  {
    threadId,
    forId,
    fromId,
  }: { readonly threadId: string; readonly forId: string | null; readonly fromId: string | null },
): Promise<Tended> =>
  tend(deps, actor, threadId, (entry, { personId }, readerIds) => {
    const decision = decideTaking(entry, { byId: forId ?? personId, fromId }, readerIds);
    return decision.ok ? accept({ to: decision.value }) : decision;
  });

/** Whoever has taken a thread leaves it to the others again. */
export const releaseThread = (deps: Deps, actor: Actor, threadId: string): Promise<Tended> =>
  tend(deps, actor, threadId, (entry, { personId }, readerIds) => {
    const decision = decideReleasing(entry, personId, readerIds);
    return decision.ok ? accept({ to: decision.value }) : decision;
  });

/** What has come in a thread so far needs no answer: it waits no more, until home writes again. */
export const settleThread = (deps: Deps, actor: Actor, threadId: string): Promise<Tended> =>
  tend(deps, actor, threadId, () => accept('settled' as const));
