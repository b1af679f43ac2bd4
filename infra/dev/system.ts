import { join } from 'node:path';
import { servicesWithDatabase } from '../postgres/services.ts';
import { writeClients } from './clients.ts';
import type { Part, Surroundings } from './part.ts';
import { parts } from './parts.ts';
import type { Say } from './say.ts';
import { seed } from './seed.ts';
import type { Place } from './surroundings.ts';

/** What a stack is made of: its parts, what they must find before they start, and what fills them when they run. */
export type System = {
  readonly parts: readonly Part[];
  /** The services that have a database of their own. */
  readonly databases: readonly string[];
  readonly prepare: (place: Place, where: Surroundings) => void;
  readonly fill: (place: Place, where: Surroundings, tell: Say) => Promise<void>;
};

export const ranselpost: System = {
  parts,
  databases: servicesWithDatabase,
  prepare: ({ dataDir, secrets }, where) =>
    writeClients(join(dataDir, 'simulators', 'clients.json'), where.publicAddress('gateway'), secrets),
  fill: seed,
};
