import type { Tx } from '@ranselpost/kit/database';
import { fact, tellAll } from '@ranselpost/kit/outbox';
import { standingsOf } from '@ranselpost/kit/pure/features';
import { noticeDueV1 } from '@ranselpost/schema/events/messaging/notice-due.v1';
import { noticeRecipientsMax } from '@ranselpost/schema/events/notice-due';
import { decideSending } from '../domain/broadcast.ts';
import { unitsOf } from '../domain/place.ts';
import * as broadcasts from '../store/broadcasts.ts';
import { isCopyFresh } from '../store/copy.ts';
import type { TimerDeps } from './deps.ts';

/**
 * Sends the broadcast that has been due for longest: freezes whom it goes to, by who is a guardian there now (MSG-07). Answers
 * whether there was one. While rights cannot be checked, it waits.
 */
export const sendNextBroadcast = (deps: TimerDeps): Promise<boolean> =>
  deps.db.asService(async (tx) => {
    if (!(await isCopyFresh(tx, deps.maxStaleness))) return false;
    const due = await broadcasts.nextDue(tx, deps.now());
    if (due === null) return false;
    const { authorId, places } = due;
    const { authorPlaces, features } = await broadcasts.sendingFacts(tx, {
      ...{ authorId, unitIds: unitsOf(places), feature: 'MESSAGING' },
    });
    const known = { authorPlaces, features: standingsOf('MESSAGING', features) };
    if (decideSending(due, known) === 'SENT') await broadcasts.send(tx, due.id, deps.now());
    else await broadcasts.leaveUnsent(tx, due.id);
    return true;
  });

/**
 * Tells that the next recipients of something sent are to get a notice, and notes up to whom, in one transaction: whatever is
 * killed when, each of them is told of once. Whoever has lost their right since is not. Answers whether there was anything.
 */
export const tellNextRecipients = (deps: TimerDeps): Promise<boolean> =>
  deps.db.asService(async (tx) => {
    if (!(await isCopyFresh(tx, deps.maxStaleness))) return false;
    const untold = await broadcasts.nextUntold(tx);
    if (untold === null) return false;
    const batch = await broadcasts.recipientsAfter(tx, untold, noticeRecipientsMax);
    await tellBatch(tx, untold, batch);
    await broadcasts.noteTold(
      tx,
      untold.id,
      batch.length < noticeRecipientsMax ? null : batch.at(-1)!.personId,
    );
    return true;
  });

async function tellBatch(
  tx: Tx,
  { id, unitId, isUrgent, sentAt }: broadcasts.Untold,
  batch: readonly { readonly personId: string; readonly childIds: string[] }[],
): Promise<void> {
  const recipients = batch
    .filter(({ childIds }) => childIds.length > 0)
    .map((recipient) => ({ ...recipient, capacity: 'guardian' as const }));
  if (recipients.length === 0) return;
  const notice = { noticeId: id, subjectId: id, category: 'MESSAGE' as const, unitId, recipients };
  const importance = isUrgent ? ('URGENT' as const) : ('ORDINARY' as const);
  await tellAll(tx, [fact(noticeDueV1, { ...notice, importance, occurredAt: sentAt.toISOString() })]);
}
