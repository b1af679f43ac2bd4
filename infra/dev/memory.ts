import { existsSync, mkdtempSync, rmSync, statfsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Where Linux keeps files in memory for whoever asks. */
export const memory = '/dev/shm';

/** More than all tests together ever need, and what else runs here has as much left. */
const enough = 4 * 1024 ** 3;

function hasRoom(): boolean {
  if (!existsSync(memory)) return false;
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize >= enough && process.availableMemory() >= 2 * enough;
}

/**
 * A new folder for data that is thrown away, below `parent` and named after `prefix`. Tests make some hundreds of databases of
 * three hundred files each, which costs a disk ten times what it costs memory: so it is a link into memory where there is room.
 * `removeData` removes both.
 */
export function makeThrowaway(parent: string, prefix: string): string {
  const folder = mkdtempSync(join(parent, prefix));
  if (!hasRoom()) return folder;
  rmSync(folder, { recursive: true });
  symlinkSync(mkdtempSync(join(memory, 'ranselpost-')), folder);
  return folder;
}
