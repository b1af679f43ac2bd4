import type { Database } from '@ranselpost/kit/database';
import type { KeyRing } from '@ranselpost/kit/keys';
import type { Log } from '@ranselpost/kit/log';
import type { PopulationRegister } from '../clients/freg/index.ts';
import type { ContactRegister } from '../clients/krr/index.ts';
import type { UnitRegisters } from '../clients/units/index.ts';
import type { NumberSeries } from '../domain/series.ts';

export interface Keys {
  /** Numbers are encrypted with these in the database. */
  readonly numbers: KeyRing;
  readonly lookup: Uint8Array;
  /** Contents for identity are sealed with these on the bus. */
  readonly seals: KeyRing;
  /** Contact data is, for whoever sends. */
  readonly contacts: KeyRing;
}

export interface FollowDeps {
  readonly keys: Keys;
  readonly series: NumberSeries;
}

export interface ReadDeps {
  readonly db: Database;
  readonly log: Log;
  readonly keys: Keys;
  readonly freg: PopulationRegister;
  readonly krr: ContactRegister;
  readonly units: UnitRegisters;
  /** Number of the municipality that children live in or not. */
  readonly municipality: string;
  readonly contactRefreshMs: number;
  /** After how many readings in a row that got no answer it is told that a person cannot be read. */
  readonly mostTries: number;
  /** How many are compared each night, beside everybody protected. */
  readonly reconciliationSample: number;
}
