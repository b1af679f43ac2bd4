import { erase, sweepOrphans } from '@ranselpost/kit/files/files';
import { typeOf } from '@ranselpost/kit/files/types';
import * as attachments from '../store/attachments.ts';
import type { Deps } from './deps.ts';
import { lookAt } from './take-file.ts';

const unusedForMs = 24 * 3_600_000;
const atOnce = 100;

/** Looks at the file that has waited for longest. Answers whether there was one. */
export async function lookAtNext(deps: Deps): Promise<boolean> {
  const next = await deps.db.asService((tx) => attachments.nextToLookAt(tx, deps.now()));
  const type = next === null ? undefined : typeOf(next.mediaType);
  if (next === null || type === undefined) return false;
  return (await lookAt(deps, next.id, type)) !== null;
}

/** Takes away the content of files whose row is gone: withdrawn, erased, or not used. Answers whether there was any. */
export async function eraseNext(deps: Deps): Promise<boolean> {
  const ids = await deps.db.asService((tx) => attachments.nextToErase(tx, atOnce));
  for (const id of ids) await erase(deps.files, id);
  if (ids.length > 0) await deps.db.asService((tx) => attachments.erased(tx, ids));
  return ids.length > 0;
}

/** Takes away what was sent in a day ago and goes with nothing, and pictures of children who left a month ago (RET-04). */
export async function dropOldFiles(deps: Deps): Promise<void> {
  await deps.db.asService(async (tx) => {
    await attachments.removeUnused(tx, new Date(deps.now().getTime() - unusedForMs));
    await attachments.removePicturesOfTheLeft(tx);
  });
}

/** Takes away content that no row knows of: whoever sent it was cut off, or we were. Answers how many there were. */
export const sweepFiles = (deps: Deps): Promise<number> =>
  sweepOrphans(deps.files, deps.now(), (ids) => deps.db.asService((tx) => attachments.known(tx, ids)));
