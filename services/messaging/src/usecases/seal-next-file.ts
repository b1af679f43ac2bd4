import type { Tx } from '@ranselpost/kit/database';
import { read } from '@ranselpost/kit/files/files';
import { putOutgoing, removeOutgoing } from '@ranselpost/kit/files/outgoing';
import { tell } from '@ranselpost/kit/outbox';
import { sealFor } from '@ranselpost/kit/seal';
import { archiveFileSchema } from '@ranselpost/schema/events/archive-entry';
import { noticeDueV1 } from '@ranselpost/schema/events/messaging/notice-due.v1';
import * as files from '../store/archive-files.ts';
import type { Deps } from './deps.ts';
import { tellIfWhole } from './seal-for-archive.ts';

/**
 * Seals the file that has waited for longest for the archive, once it has been looked at, and lets go of what we could read of it;
 * with the last one its entry is told. Answers whether there was one.
 *
 * Broken off before it is written down, it leaves content that nobody knows of, which is swept, and is done again under another name.
 */
export async function sealNextFile(deps: Deps): Promise<boolean> {
  const next = await deps.db.asService((tx) => files.next(tx, deps.now()));
  if (next === null) return false;
  try {
    if (next.state === 'REFUSED') await leaveOut(deps, next);
    else await bring(deps, next);
  } catch (error) {
    await deps.db.asService((tx) => files.later(tx, next.id, deps.now()));
    throw error;
  }
  return true;
}

async function bring(deps: Deps, file: files.WaitingFile): Promise<void> {
  const { entryId, place, mediaType } = file;
  const { place: store } = deps.files;
  const fileId = deps.newId();
  const readable = await read(deps.files, file.id, 'whole');
  // A store that is away has not even begun to read it.
  const opening = await putOutgoing(store, fileId, readable).finally(() => readable.destroy());
  const content = archiveFileSchema.parse({ ...opening, entryId, mediaType });
  const sealed = await sealFor(deps.outboundKey, fileId, content);
  const isOurs = await settle(deps, file, (tx) => files.insert(tx, { fileId, entryId, place, sealed }));
  if (!isOurs) await removeOutgoing(store, fileId);
}

/** The entry goes without it. Who sent it is told that something is to be read, and reads there that a file was not taken. */
async function leaveOut(deps: Deps, file: files.WaitingFile): Promise<void> {
  await settle(deps, file, async (tx) => {
    const form = await files.countRefused(tx, file.entryId);
    if (form === null) return;
    await tell(tx, noticeDueV1, {
      ...{ noticeId: deps.newId(), category: 'MESSAGE', importance: 'ORDINARY', unitId: null },
      recipients: [{ personId: form.senderId, capacity: 'guardian' as const, childIds: [] }],
      ...{ subjectId: form.formId, occurredAt: deps.now().toISOString() },
    });
  });
}

const settle = (deps: Deps, file: files.WaitingFile, work: (tx: Tx) => Promise<void>): Promise<boolean> =>
  deps.db.asService(async (tx) => {
    if (!(await files.takeOff(tx, file))) return false;
    await work(tx);
    await tellIfWhole(tx, file.entryId);
    return true;
  });
