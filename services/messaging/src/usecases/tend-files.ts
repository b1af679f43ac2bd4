import * as desk from '@ranselpost/kit/files/desk';
import * as attachments from '../store/attachments.ts';
import type { Deps } from './deps.ts';
import { deskOf } from './take-file.ts';

const unusedForMs = 24 * 3_600_000;

/** Looks at the file that has waited for longest. Answers whether there was one. */
export const lookAtNext = (deps: Deps): Promise<boolean> => desk.lookAtNext(deskOf(deps));

/** Takes away the content of files whose row is gone: withdrawn, erased, or not used. Answers whether there was any. */
export const eraseNext = (deps: Deps): Promise<boolean> => desk.eraseNext(deskOf(deps));

/** Takes away what was sent in a day ago and goes with nothing, and pictures of children who left a month ago (RET-04). */
export async function dropOldFiles(deps: Deps): Promise<void> {
  await deps.db.asService(async (tx) => {
    await attachments.removeUnused(tx, new Date(deps.now().getTime() - unusedForMs));
    await attachments.removePicturesOfTheLeft(tx);
  });
}

/** Takes away content that no row knows of: whoever sent it was cut off, or we were. Answers how many there were. */
export const sweepFiles = (deps: Deps): Promise<number> => desk.sweepFiles(deskOf(deps));
