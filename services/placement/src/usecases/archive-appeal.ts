import type { Database, Tx } from '@ranselpost/kit/database';
import { exposeFigure } from '@ranselpost/kit/metrics';
import { fact, tell, tellAll } from '@ranselpost/kit/outbox';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { sealFor } from '@ranselpost/kit/seal';
import { archiveEntryDueV1 } from '@ranselpost/schema/events/placement/archive-entry-due.v1';
import { createHash } from 'node:crypto';
import { type AppealAct, toAppealEntry } from '../domain/appeal-archive.ts';
import type { StoredAppeal } from '../store/appeals.ts';
import * as entries from '../store/archive-entries.ts';
import * as families from '../store/families.ts';
import type { Deps } from './deps.ts';

/** An entry without a receipt by then is told once more: what lay on the bus may be gone (RET-02). */
const againAfterMs = 7 * 24 * 60 * 60_000;
const batch = 50;

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/**
 * As the service, in the transaction of an act: has the archive keep it, sealed, so that from here on nobody in this service can read the
 * entry (ADM-06, ARK-01).
 */
export async function archiveAppeal(
  tx: Tx,
  deps: Deps,
  appeal: Pick<StoredAppeal, 'id' | 'childId' | 'unitId' | 'appealedBy'>,
  act: AppealAct,
): Promise<void> {
  const { id: caseId, childId, unitId, appealedBy } = appeal;
  const [entryId, at] = [deps.newId(), deps.now()];
  const isProtected = (await families.homesOf(tx, [childId], localDateAt(at))).get(childId)!.isKeptApart;
  const place = { entryId, caseId, childId, unitId, appealedBy, isProtected, at, sha256 };
  const sealed = await sealFor(deps.outboundKey, entryId, toAppealEntry(act, place));
  await entries.insert(tx, { entryId, caseId, sealed });
  await tell(tx, archiveEntryDueV1, { entryId, sealed });
}

export const markAppealFiled = entries.markFiled;

/** Tells once more what the archive has not acknowledged. Answers whether there may be more. */
export const tellUnheardAppeals = ({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<boolean> =>
  db.asService(async (tx) => {
    const unheard = await entries.takeUnheard(tx, new Date(now().getTime() - againAfterMs), batch);
    await tellAll(
      tx,
      unheard.map((entry) => fact(archiveEntryDueV1, entry)),
    );
    return unheard.length === batch;
  });

export function exposeArchiveFigures(db: Database): void {
  exposeFigure(
    'placement_archive_waiting_seconds',
    'Time since the oldest entry about an appeal that the archive does not have; above an hour is an alarm (ADM-06)',
    () => db.asService(entries.waitingSeconds),
  );
}
