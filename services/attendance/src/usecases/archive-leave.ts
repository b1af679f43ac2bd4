import type { Tx } from '@ranselpost/kit/database';
import { fact, tell, tellAll } from '@ranselpost/kit/outbox';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { sealFor } from '@ranselpost/kit/seal';
import { archiveEntryDueV1 } from '@ranselpost/schema/events/attendance/archive-entry-due.v1';
import { createHash } from 'node:crypto';
import type { Leave } from '../domain/leave.ts';
import { type LeaveAct, isOver, toLeaveEntry } from '../domain/leave-archive.ts';
import * as consequences from '../store/leave-consequences.ts';
import * as entries from '../store/leave-entries.ts';
import type { Deps } from './deps.ts';

/** An entry without a receipt by then is told once more: what lay on the bus may be gone (RET-02). */
const againAfterMs = 7 * 24 * 60 * 60_000;
const batch = 50;

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/**
 * As the service, in the transaction of an act: has the archive keep it, sealed, so that from here on nobody in this service can read the
 * entry (ARK-01). `by` is whoever is outside the school in it; left out, whoever applied.
 */
export async function archiveLeave(
  tx: Tx,
  deps: Deps,
  leave: Leave,
  act: LeaveAct,
  by: string | null = leave.appliedBy,
): Promise<void> {
  const [entryId, at] = [deps.newId(), deps.now()];
  const { isProtected } = await consequences.guardiansOf(tx, leave.childId, localDateAt(at));
  const entry = toLeaveEntry(leave, act, { entryId, at, personId: by, isProtected, sha256 });
  const sealed = await sealFor(deps.outboundKey, entryId, entry);
  await entries.insert(tx, { entryId, leaveId: leave.id, act: act.kind, sealed });
  await tell(tx, archiveEntryDueV1, { entryId, sealed });
}

export const markLeaveFiled = entries.markFiled;

/** Tells once more what the archive has not acknowledged. */
export async function tellUnheardLeave(deps: Deps): Promise<void> {
  const before = new Date(deps.now().getTime() - againAfterMs);
  for (let isMore = true; isMore;)
    isMore = await deps.db.asService(async (tx) => {
      const unheard = await entries.takeUnheard(tx, before, batch);
      await tellAll(
        tx,
        unheard.map((entry) => fact(archiveEntryDueV1, entry)),
      );
      return unheard.length === batch;
    });
}

/** Forgets what was written about leave that is over and that the archive has, and of no other (RET-02). Answers how many texts. */
export const forgetLeaveTexts = (deps: Deps): Promise<number> =>
  deps.db.asService(async (tx) => {
    const today = localDateAt(deps.now());
    const over = (await entries.archived(tx)).filter((leave) => isOver(leave, today));
    return entries.forgetTexts(
      tx,
      over.map(({ leaveId }) => leaveId),
    );
  });
