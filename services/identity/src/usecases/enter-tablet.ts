import { timingSafeEqual } from 'node:crypto';
import { decideTry } from '../domain/pin.ts';
import * as pins from '../store/pins.ts';
import * as tablets from '../store/tablets.ts';
import { type Deps, today } from './deps.ts';
import { hashPin } from './hash-pin.ts';
import { hashOfCode } from './pair-tablet.ts';

/** Pairs a device by a code that a leader was shown; the device is known by its secret from then on. Undefined: no such code. */
export const useCode = (deps: Deps, code: string, secretHash: Buffer): Promise<string | undefined> =>
  deps.db.asService((tx) => tablets.pair(tx, hashOfCode(code), secretHash, deps.now()));

/** What a paired device shows before anybody is let in: its unit, and who can be. */
export const lookAtTablet = (deps: Deps, secretHash: Buffer) =>
  deps.db.asService(async (tx) => {
    const tablet = await tablets.bySecret(tx, secretHash, deps.now());
    return tablet && { ...tablet, ...(await tablets.shownAt(tx, tablet.unitId, today(deps))) };
  });

/** Whether a tablet is paired still. */
export const isPaired = (deps: Deps, tabletId: string): Promise<boolean> =>
  deps.db.asService(async (tx) => (await tablets.byId(tx, tabletId, deps.now())) !== undefined);

export interface Entering {
  readonly secretHash: Buffer;
  readonly personId: string;
  readonly pin: string;
}

const noSalt = Buffer.alloc(16);

/**
 * Lets somebody of the staff in at a paired tablet of a unit where they have a role today. A wrong PIN, a closed one, none and nobody of
 * that name are the same answer by the same steps.
 */
export async function enterTablet(
  deps: Deps,
  { secretHash, personId, pin }: Entering,
): Promise<tablets.PairedTablet | undefined> {
  const { db, numbers, now } = deps;
  const { tablet, salt } = await db.asService(async (tx) => {
    const found = await tablets.bySecret(tx, secretHash, now());
    const at = found && { personId, unitId: found.unitId, today: today(deps) };
    return { tablet: found, salt: at && (await pins.saltOf(tx, at)) };
  });
  const { hash } = await hashPin(numbers, personId, pin, salt ?? noSalt);
  return db.asService(async (tx) => {
    const known = await pins.hold(tx, personId);
    // Whoever is not to be let in here is not tried here either: nobody closes a PIN at a tablet of another unit.
    if (known === undefined || tablet === undefined || salt === undefined) return undefined;
    const { letsIn, ...tries } = decideTry(known, timingSafeEqual(hash, known.hash), now());
    await pins.noteTry(tx, personId, tries);
    return letsIn ? tablet : undefined;
  });
}
