import type { Database, Tx } from '@ranselpost/kit/database';
import type { KeyRing, SealingKey } from '@ranselpost/kit/keys';
import type { Log } from '@ranselpost/kit/log';
import { type LocalDate, localDateAt } from '@ranselpost/kit/pure/dates';
import type { NumberSeries } from '../domain/number-series.ts';
import type { FuseLimits } from '../domain/register-fuse.ts';

/** Keys and series of the national numbers. */
export interface Numbers {
  readonly series: NumberSeries;
  /** What numbers are encrypted with here. */
  readonly keys: KeyRing;
  /** What the hash is keyed with that a number is found by. */
  readonly lookupKey: Uint8Array;
  /** What numbers are sealed with on their way to the registry, and records on their way back. */
  readonly sealKeys: KeyRing;
}

/** What every use case gets from outside: chance and the clock come in, so that a test can choose them. */
export interface Surroundings {
  readonly numbers: Numbers;
  /** How much the register may change before people are asked. */
  readonly fuse: FuseLimits;
  readonly newId: () => string;
  readonly now: () => Date;
}

/** What a use case gets that answers somebody, or works by itself. */
export interface Deps extends Surroundings {
  readonly db: Database;
  readonly log: Log;
}

/** What a use case gets that answers through the graph. */
export interface GraphDeps extends ArchiveDeps, PlacementDeps {
  /** The public key that browsers subscribe with. */
  readonly pushKey: string;
}

/** What a use case gets that tells the archive something. */
export interface ArchiveDeps extends Deps {
  /** The key of whoever brings entries to the archive: what is sealed with it opens nowhere else. */
  readonly archiveKey: SealingKey;
}

/** What a use case gets that tells placement something. */
export interface PlacementDeps extends Deps {
  /** Placement's own key: what is sealed with it opens nowhere else. */
  readonly placementKey: SealingKey;
}

/** What a use case gets that takes in an event: the open transaction that also records that it was heard. */
export interface EventDeps extends Surroundings {
  readonly db: Tx;
}

/** The day it is in Norway. */
export const today = ({ now }: Pick<Surroundings, 'now'>): LocalDate => localDateAt(now());
