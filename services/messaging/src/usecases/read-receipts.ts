import { about } from '@ranselpost/kit/answer';
import { loadFeature } from '@ranselpost/kit/features';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { type ReadReceipt, guardiansAround, maySeeReceipt } from '../domain/read-receipt.ts';
import * as audiences from '../store/audience.ts';
import * as inbox from '../store/inbox.ts';
import * as messages from '../store/messages.ts';
import * as threads from '../store/threads.ts';
import type { Deps } from './deps.ts';
import { loadMailFacts, mailReads } from './look.ts';

/** How many at home have read some messages; of those whose receipt the actor may see, and none of the others (M16). */
export function readReceipts(
  deps: Deps,
  actor: Actor,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ReadReceipt>> {
  return deps.db.asActor(actor, async (tx) => {
    // Guardians are told of none, and nothing is looked up for them.
    const found = actor.kind === 'staff' ? await messages.byIds(tx, ids) : [];
    const mail = await loadMailFacts(deps, tx, actor, found);
    const [opened, { guardians }, receipts] = [
      await threads.byIds(tx, [...new Set(found.map(({ threadId }) => threadId))]),
      await audiences.guardians(tx, [...new Set(found.flatMap(({ childIds }) => childIds))]),
      await loadFeature(
        tx,
        'READ_RECEIPTS',
        mail,
        found.map(({ unitId }) => unitId),
      ),
    ];
    const shown = found.filter((message) => {
      const thread = opened.find(({ id }) => id === message.threadId);
      const guardianIds = guardiansAround(thread, guardians, message);
      return maySeeReceipt(actor, { mail, receipts, guardianIds }, message);
    });
    const counts = await inbox.countHomeReaders(
      tx,
      shown.map(({ id }) => id),
    );
    return about(mailReads(actor, mail, shown), counts);
  });
}
