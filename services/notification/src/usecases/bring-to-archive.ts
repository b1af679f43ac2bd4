import { type Database, type Tx } from '@ranselpost/kit/database';
import { exposeFigure } from '@ranselpost/kit/metrics';
import { readOutgoing } from '@ranselpost/kit/files/outgoing';
import { tell } from '@ranselpost/kit/outbox';
import { openOwn } from '@ranselpost/kit/seal';
import {
  type ArchiveEntry,
  archiveEntrySchema,
  archiveFileSchema,
} from '@ranselpost/schema/events/archive-entry';
import { archiveEntryFiledV1 } from '@ranselpost/schema/events/notification/archive-entry-filed.v1';
import type { ArchiveReply } from '../clients/archive/index.ts';
import { writePdf } from '../clients/paper/index.ts';
import { type EnclosedFile, toMessages } from '../domain/archive-message.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { backOffMs } from '../domain/back-off.ts';
import * as entries from '../store/archive-entries.ts';
import type { OutboundDeps } from './outbound-deps.ts';

/** How long the archive may take to answer before it is asked again; asked twice, it archives once. */
const answerWithinMs = 15 * 60_000;

/** Keeps what a service wants archived. One that the archive has is answered at once: its receipt was not heard. */
export async function keepEntry(
  tx: Tx,
  {
    entryId,
    sealed,
    files = [],
  }: {
    readonly entryId: string;
    readonly sealed: string;
    readonly files?: readonly entries.SealedFile[] | undefined;
  },
): Promise<void> {
  const filed = await entries.keep(tx, { entryId, sealed, files });
  if (filed !== null) await tell(tx, archiveEntryFiledV1, filed);
}

/** Hands one entry over that is due, opened in memory alone. Answers whether there was one. */
export async function bringOne(deps: OutboundDeps): Promise<boolean> {
  const due = await deps.db.asService((tx) => entries.takeDue(tx, answerWithinMs));
  if (due === null) return false;
  const { entryId, sealed, attempt, filedPlaces } = due;
  try {
    const entry = await openOwn(deps.openKeys, entryId, sealed, archiveEntrySchema);
    for (const [place, message] of toMessages(entry).entries()) {
      if (filedPlaces.includes(place)) continue;
      const pdf = await toPdf(entry, place);
      // What was sent with it goes with its first document, as further documents of the same entry in the journal.
      const files = place === 0 ? await openFiles(deps, entryId, due.files) : [];
      await deps.db.asService((tx) => entries.sending(tx, entryId, place));
      const messageId = await deps.archive.send(message, pdf, files);
      await deps.db.asService((tx) => entries.sent(tx, entryId, place, messageId));
    }
  } catch (error) {
    deps.log.warn('an entry has to wait for the archive', { entryId, error });
    await deps.db.asService(async (tx) => {
      await entries.notSent(tx, entryId);
      await entries.wait(tx, entryId, backOffMs(attempt, Math.random()));
    });
  }
  return true;
}

/** The files of an entry. Reading one that is not what was sent breaks off at its end, before anybody has taken it. */
const openFiles = (
  { openKeys, files }: OutboundDeps,
  entryId: string,
  sealedFiles: readonly entries.SealedFile[],
): Promise<readonly EnclosedFile[]> =>
  Promise.all(
    sealedFiles.map(async ({ fileId, place, sealed }) => {
      const { mediaType, ...opening } = await openOwn(openKeys, fileId, sealed, archiveFileSchema);
      if (opening.entryId !== entryId) throw new Error('a file of another entry');
      const { bytes, sha256 } = opening;
      return { place, mediaType, bytes, sha256, content: () => readOutgoing(files, fileId, opening) };
    }),
  );

const toPdf = ({ title, documents }: ArchiveEntry, place: number): Promise<Buffer> => {
  const { text, at } = documents[place]!;
  return writePdf({ title, language: 'nb-NO', address: null, place: [], text, at: new Date(at) });
};

/** Brings what is due, and takes in what the archive says, until the signal fires. One replica at a time does this. */
export async function keepBringing(deps: OutboundDeps, everyMs: number, signal: AbortSignal): Promise<void> {
  // What the one before us was handing over when it died is handed over again.
  await deps.db.asService((tx) => entries.notSent(tx, null));
  const listening = deps.archive.listen(
    (reply) => takeReply(deps, reply),
    signal,
    (error) => deps.log.warn('the replies of the archive have to wait', { error }),
  );
  while (!signal.aborted) {
    const hadOne = await bringOne(deps).catch((error: unknown) => {
      deps.log.warn('the archive has to wait', { error });
      return false;
    });
    if (!hadOne) await sleep(everyMs, undefined, { signal }).catch(() => {});
  }
  await listening;
}

/** Takes in what the archive says. With the last document of an entry there is a receipt, and nothing of it is left here. */
export async function takeReply(deps: OutboundDeps, reply: ArchiveReply): Promise<void> {
  if (reply.kind === 'TAKEN' || reply.kind === 'OTHER') return;
  await deps.db.asService(async (tx) => {
    // Asked before the reply's id is looked for: what is written down between the two is found then.
    const isSending = await entries.isSending(tx);
    if (reply.kind === 'REFUSED') {
      const refused = await entries.markRefused(tx, reply.messageId, reply.code);
      if (refused === null) return waitForItsId(isSending);
      deps.log.warn('the archive has refused an entry', { entryId: refused.entryId, code: reply.code });
      return entries.wait(tx, refused.entryId, backOffMs(refused.attempt, Math.random()));
    }
    const entryId = await entries.markFiled(tx, reply.messageId, reply.archiveId);
    if (entryId === null) return waitForItsId(isSending);
    const sealed = await entries.sealedOf(tx, entryId);
    if (sealed === null) return undefined;
    const { documents } = await openOwn(deps.openKeys, entryId, sealed, archiveEntrySchema);
    const filed = await entries.close(tx, entryId, documents.length, reply.caseNumber);
    if (filed !== null) await tell(tx, archiveEntryFiledV1, filed);
    return undefined;
  });
}

/** The archive can be faster than we write down what we called it: then it is to say it again. What is nobody's is let go. */
function waitForItsId(isSending: boolean): void {
  if (isSending) throw new Error('a reply came before the id of what it answers');
}

/** Alarm above an hour (ARK-01), and above none. */
export function exposeArchiveFigures(db: Database): void {
  exposeFigure(
    'archive_waiting_seconds',
    'Time since the oldest entry came that the archive does not have; above an hour is an alarm (ARK-01)',
    () => db.asService(entries.waitingSeconds),
  );
  exposeFigure(
    'archive_refused_entries',
    'Entries that the archive has said no to, and that are tried again; anything above 0 is an alarm',
    () => db.asService(entries.refusedCount),
  );
}
