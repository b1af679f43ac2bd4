import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

/** Where this clone lies; two clones share nothing but the machine. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

export const defaultDataDir = join(root, '.data');

/** What Node has compiled: half of a start is parsing, and the second one need not do it again. */
export const compiled = join(root, 'node_modules', '.cache', 'compiled');

/** Where the portal is when it has been built. */
export const portalFolder = join(root, 'portal/dist');

export const defaultPortBase = 4000;

export function portBaseFrom(environment: NodeJS.ProcessEnv): number {
  const given = environment['RANSELPOST_PORT_BASE'];
  if (given === undefined || given === '') return defaultPortBase;
  const base = Number(given);
  if (!Number.isInteger(base) || base < 1024 || base > 65_400) {
    throw new Error(`RANSELPOST_PORT_BASE is ${given}, and must be a whole number from 1024 to 65400.`);
  }
  return base;
}
