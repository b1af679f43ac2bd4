import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readJson } from './files.ts';
import { isAlive, proofOf, type Proof } from './processes.ts';
import { Mendable } from './say.ts';

const lockPath = (dataDir: string): string => join(dataDir, 'lock.json');

/** Who is changing what runs from this data folder right now, if anybody. */
export function lockOwner(dataDir: string): Proof | undefined {
  const owner = readJson<Proof>(lockPath(dataDir));
  return isAlive(owner) ? owner : undefined;
}

/** Lets one launcher at a time start or stop things. A lock whose owner has died counts for nothing. */
export function takeLock(dataDir: string): () => void {
  const path = lockPath(dataDir);
  mkdirSync(dirname(path), { recursive: true });
  for (let tries = 0; tries < 3; tries += 1) {
    try {
      writeFileSync(path, JSON.stringify(proofOf(process.pid)), { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const owner = lockOwner(dataDir);
      if (owner !== undefined) {
        throw new Mendable(
          `Another launcher (pid ${owner.pid}) is starting or stopping this clone's stack: wait for it, or end it with "kill ${owner.pid}".`,
        );
      }
      rmSync(path, { force: true });
    }
  }
  throw new Mendable(`${path} cannot be taken: remove it and start again.`);
}
