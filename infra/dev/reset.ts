import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { removeData } from './postgres.ts';
import { say } from './say.ts';
import { stop, thisClone, type Here } from './start.ts';
import { sweepAbandoned } from './test-services.ts';

/** Empties the data folder: the next start begins with a new municipality. */
export async function reset(here: Here = thisClone): Promise<number> {
  const { dataDir } = here;
  await stop(here);
  let names: string[] = [];
  try {
    names = readdirSync(dataDir);
  } catch {
    // Nothing was ever started here.
  }
  // A test run that is under way keeps its servers' data there.
  sweepAbandoned(join(dataDir, 'test'));
  names = names.filter((name) => name !== 'test' || readdirSync(join(dataDir, name)).length === 0);
  for (const name of names) removeData(join(dataDir, name));
  say(names.length === 0 ? 'There was no data.' : `Removed from ${dataDir}: ${names.toSorted().join(', ')}.`);
  return 0;
}
