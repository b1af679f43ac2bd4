import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import type { Message } from '../src/domain/thread.ts';
import { countUnread, readInbox, searchMessages } from '../src/usecases/read-inbox.ts';
import { type KeyedAnswer, sendMessage } from '../src/usecases/send-message.ts';
import { type KeyedThread, startThread } from '../src/usecases/start-thread.ts';
import { children, places } from './families.ts';
import type { World } from './world.ts';

/** A thread about `ours` at the school. */
export const aThread = (more: Partial<KeyedThread> = {}): KeyedThread => ({
  ...{ childIds: [children.ours], unitId: places.school, subject: 'Tur', text: 'Hei!' },
  ...{ alsoGuardianIds: [], alsoStaffIds: [], leaveOut: [], attachmentIds: [], idempotencyKey: newId() },
  ...{ isReread: false, knownNames: [], toMailbox: false },
  ...more,
});

export const start = ({ deps }: World, actor: Actor, more: Partial<KeyedThread> = {}) =>
  startThread(deps, actor, aThread(more));
export const answer = ({ deps }: World, actor: Actor, answersId: string, more: Partial<KeyedAnswer> = {}) =>
  sendMessage(deps, actor, {
    ...{ answersId, text: 'Ja.', alsoGuardianIds: [], attachmentIds: [], idempotencyKey: newId() },
    ...{ isReread: false, knownNames: [] },
    ...more,
  });

type Given = Awaited<ReturnType<typeof start>>;

/** The message that was sent. */
export function sent(result: Given): Message {
  if (!result.ok) throw new Error(`not sent: ${result.refusal.kind}`);
  return result.value;
}
/** Why it was not. */
export const refusal = (result: Given): string => (result.ok ? 'sent' : result.refusal.kind);

/** Whom the notice of a message was for. */
export async function noticed({ database }: World, messageId: string): Promise<readonly string[]> {
  const rows = await database.admin<{ data: { recipients: { personId: string }[] } }[]>`
    select data from outbox where type = 'messaging.notice.due.v1' and subject = ${messageId}`;
  return rows.flatMap(({ data }) => data.recipients.map(({ personId }) => personId)).toSorted();
}

/** The ids of some people, in order. */
export const ids = (...some: readonly { readonly personId: string }[]): string[] =>
  some.map(({ personId }) => personId).toSorted();

/** The code that something failed with. */
export const failure = (promise: Promise<unknown>): Promise<string | undefined> =>
  promise.then(
    () => 'permitted',
    (error: Error & { code?: string }) => error.code,
  );

/** Puts a thread into everybody's inbox, whether it ever reached them or not. */
export async function strew({ database }: World, threadId: string, actors: readonly Actor[]): Promise<void> {
  for (const actor of actors)
    if ('personId' in actor)
      await database.admin`
        insert into inbox_entry (person_id, capacity, thread_id, unit_id, child_ids, seats, last_message_at, is_unread)
        select ${actor.personId}, c, id, unit_id, child_ids, seats, last_message_at, true
        from thread, unnest(array['guardian', 'staff']) as c where id = ${threadId}
        on conflict do nothing`;
}

/** Everything that somebody finds in their inbox, by whatever way. */
export const inboxOf = async ({ deps }: World, actor: Actor): Promise<readonly string[]> => {
  const page = { after: null, first: 100 };
  const lists = await Promise.all([
    readInbox(deps, actor, { ...page, isArchived: false }),
    searchMessages(deps, actor, { ...page, words: 'hei' }),
    countUnread(deps, actor).then((count) => Array.from({ length: count }, () => ({ threadId: 'unread' }))),
  ]);
  return lists.flat().map(({ threadId }) => threadId);
};
