import { about } from '@ranselpost/kit/answer';
import { tell } from '@ranselpost/kit/outbox';
import { type Actor, isPerson } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { noticeDroppedV1 } from '@ranselpost/schema/events/messaging/notice-dropped.v1';
import { type InboxEntry, type Mark, marked } from '../domain/inbox.ts';
import { maySeeEntry } from '../domain/policy.ts';
import * as inbox from '../store/inbox.ts';
import type { Deps } from './deps.ts';
import { loadMailFacts, mailReads } from './look.ts';

/** Marks a thread in the actor's own inbox. Whoever has read it is not told any more that it waits for them. */
export const markThread = (deps: Deps, actor: Actor, threadId: string, mark: Mark): Promise<InboxEntry> =>
  deps.db.decide(
    actor,
    async (tx) => {
      const [entry] = isPerson(actor) ? await inbox.ofThreads(tx, actor, [threadId]) : [];
      const facts = await loadMailFacts(deps, tx, actor, entry === undefined ? [] : [entry]);
      if (entry === undefined || !maySeeEntry(actor, facts, entry)) throw new AppError('NOT_FOUND');
      const after = marked(entry, mark, deps.now());
      await inbox.keepMark(tx, after);
      return { before: entry, after, reads: mailReads(actor, facts, [entry]) };
    },
    async (tx, { before, after, reads }) => {
      const read =
        before.isUnread && !after.isUnread ? await inbox.noticesSince(tx, before, before.readAt) : [];
      for (const noticeId of read)
        await tell(tx, noticeDroppedV1, { noticeId, recipients: [before.personId] });
      return about(reads, after);
    },
  );
