import { lookupHash } from '@ranselpost/kit/numbers';
import { tell } from '@ranselpost/kit/outbox';
import { contactsFollowedV1 } from '@ranselpost/schema/events/registry/contacts-followed.v1';
import { RegisterFault } from '@ranselpost/kit/outside/fault';
import { newestChange, readContactChanges } from '../domain/contact-changes.ts';
import * as contacts from '../store/contacts.ts';
import * as followedPersons from '../store/followed-persons.ts';
import type { ReadDeps } from './deps.ts';

/** Whoever hears of it counts in hours. */
const promiseEveryMs = 300_000;

/**
 * Follows what changes in the contact register, where we may, and tells up to when what was told of contact data is known
 * to hold (KRR-07, KRR-12). Everybody is read once a day besides.
 */
export async function followContacts(deps: ReadDeps, signal: AbortSignal): Promise<void> {
  if (deps.krr.canFollow) await followChanges(deps, signal);
  else await deps.db.asService(contacts.unfollow);
  await deps.db.asService(async (tx) => {
    const upTo = await contacts.followedUpTo(tx, promiseEveryMs);
    if (upTo !== undefined) await tell(tx, contactsFollowedV1, { register: 'KRR', upTo });
  });
}

/** Change by change to the end; whoever has changed is read again. What it says of all others is dropped (FREG-06). */
async function followChanges({ db, krr, keys, log }: ReadDeps, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const from = await db.asService(contacts.changePointer);
    const body = await krr.changes(from ?? 0);
    const newest = newestChange(body);
    const page = readContactChanges(body, from ?? 0);
    if (newest === null || page === null)
      throw new RegisterFault('refused', { register: 'krr', operation: 'changes', code: 'shape' });
    const isLost = from !== null && newest < from;
    // From the newest on: whoever is followed is read for what they are now, not for how they came to be it.
    const isStart = from === null || isLost;
    await db.asService(async (tx) => {
      const to = isStart ? newest : page.next;
      if (!(await contacts.moveTo(tx, from, to, isStart || page.isEnd))) return;
      if (isLost) await contacts.askAll(tx);
      if (isStart) return;
      const hashes = page.numbers.map((number) => lookupHash(keys.lookup, number));
      const known = await followedPersons.withNumbers(tx, hashes);
      await contacts.ask(
        tx,
        known.map(({ personId }) => personId),
      );
    });
    if (isLost)
      log.error('the contact register has gone back; everybody is read again', { position: newest });
    if (isStart || page.isEnd) return;
  }
}
