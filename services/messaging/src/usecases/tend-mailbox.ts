import type { Tx } from '@ranselpost/kit/database';
import { waitsSince } from '../domain/mailbox.ts';
import * as mailbox from '../store/mailbox.ts';
import * as talkRequests from '../store/talk-requests.ts';

/** Says anew since when a thread waits for its unit's staff, once something was written in it or taken away. */
export async function tendMailbox(tx: Tx, threadId: string): Promise<void> {
  const traces = await mailbox.tracesOf(tx, threadId);
  const [entry] = await mailbox.ofThreads(tx, [threadId]);
  const asked = await talkRequests.ofThreads(tx, [threadId]);
  await mailbox.keepWaiting(tx, threadId, waitsSince(traces, { settledAt: entry?.settledAt ?? null }, asked));
}
