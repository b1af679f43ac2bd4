import type { Database, Tx } from '@ranselpost/kit/database';
import { exposeFigure } from '@ranselpost/kit/metrics';
import { fact, tell, tellAll } from '@ranselpost/kit/outbox';
import { sealFor } from '@ranselpost/kit/seal';
import type { ArchiveEntry } from '@ranselpost/schema/events/archive-entry';
import { archiveEntryDueV1 } from '@ranselpost/schema/events/messaging/archive-entry-due.v1';
import { createHash } from 'node:crypto';
import { type EntryPlace, toMessageEntry } from '../domain/contact-form.ts';
import type { Attachment } from '../domain/attachment.ts';
import * as archiveFiles from '../store/archive-files.ts';
import * as entries from '../store/archive-entries.ts';
import type { Deps } from './deps.ts';

/** An entry without a receipt by then is told once more: what lay on the bus may be gone (RET-02). */
const againAfterMs = 7 * 24 * 60 * 60_000;
const batch = 50;

export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/**
 * Keeps an entry sealed and tells it, in the transaction that takes it in; from here on nobody in this service can read it. One that
 * has files is told when they are through (`sealNextFile`).
 */
export async function sealForArchive(
  tx: Tx,
  { outboundKey }: Deps,
  entry: ArchiveEntry,
  { hasFiles = false } = {},
): Promise<void> {
  const { entryId } = entry;
  const sealed = await sealFor(outboundKey, entryId, entry);
  await entries.insert(tx, { entryId, sealed, isWaiting: hasFiles });
  if (!hasFiles) await tell(tx, archiveEntryDueV1, { entryId, sealed });
}

/** Tells an entry of which no file waits any more. */
export async function tellIfWhole(tx: Tx, entryId: string): Promise<void> {
  const whole = await entries.takeWhole(tx, entryId);
  if (whole !== null) await tell(tx, archiveEntryDueV1, toDue(whole));
}

const toDue = ({ entryId, sealed, files }: entries.SealedEntry) => ({
  ...{ entryId, sealed },
  ...(files.length === 0 ? {} : { files: [...files] }),
});

/** Has a message archived, as the service, in the transaction that hides it from the unit (MSG-12). Answers the entry's id. */
export async function sealMessageForArchive(
  tx: Tx,
  deps: Deps,
  message: Omit<Parameters<typeof toMessageEntry>[0], 'files'> &
    Pick<EntryPlace, 'caseId' | 'unitId' | 'at' | 'isProtected'> & {
      readonly id: string;
      readonly files: readonly Pick<Attachment, 'id' | 'name'>[];
    },
): Promise<string> {
  const entryId = deps.newId();
  const { id, files } = message;
  const entry = toMessageEntry(message, { ...message, entryId, sha256 });
  await sealForArchive(tx, deps, entry, { hasFiles: files.length > 0 });
  if (files.length === 0) return entryId;
  const ids = files.map((file) => file.id);
  await archiveFiles.bringOfMessage(tx, entryId, id, ids);
  // Of those that were looked at meanwhile none may be left.
  await tellIfWhole(tx, entryId);
  return entryId;
}

export const markFiled = entries.markFiled;

/** Tells once more what the archive has not acknowledged. Answers whether there may be more. */
export const tellUnheardEntries = ({ db }: Pick<Deps, 'db'>): Promise<boolean> =>
  db.asService(async (tx) => {
    const unheard = await entries.takeUnheard(tx, againAfterMs, batch);
    await tellAll(
      tx,
      unheard.map((entry) => fact(archiveEntryDueV1, toDue(entry))),
    );
    return unheard.length === batch;
  });

export function exposeArchiveFigures(db: Database): void {
  exposeFigure(
    'messaging_archive_waiting_seconds',
    'Time since the oldest contact form or moved message came that the archive does not have; above an hour is an alarm (ARK-01)',
    () => db.asService(entries.waitingSeconds),
  );
}
