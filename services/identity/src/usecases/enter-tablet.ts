import { tell } from '@ranselpost/kit/outbox';
import { tabletUnpairedV1 } from '@ranselpost/schema/events/identity/tablet-unpaired.v1';
import { timingSafeEqual } from 'node:crypto';
import { afterFailure, decideTry, isClosed } from '../domain/pin.ts';
import * as pins from '../store/pins.ts';
import * as tablets from '../store/tablets.ts';
import { type Deps, today } from './deps.ts';
import { hashPin, newSeasoning } from './hash-pin.ts';
import { hashOfCode } from './pair-tablet.ts';
import { noteAtTablet } from './watch-tablets.ts';

export interface Pairing {
  readonly code: string;
  readonly secretHash: Buffer;
  /** What the device was known by until now; null for one that was no tablet. */
  readonly formerSecretHash: Buffer | null;
}

/**
 * Pairs a device by a code that a leader was shown; the device is known by its secret from then on, and is not the tablet any more that
 * it was before. Undefined: no such code.
 */
export async function useCode(
  deps: Deps,
  { code, secretHash, formerSecretHash }: Pairing,
): Promise<string | undefined> {
  const now = deps.now();
  const tabletId = await deps.db.asService(async (tx) => {
    const paired = await tablets.pair(tx, hashOfCode(code), secretHash, now);
    if (paired === undefined || formerSecretHash === null) return paired;
    const former = await tablets.unpairBySecret(tx, formerSecretHash, now);
    if (former !== undefined) await tell(tx, tabletUnpairedV1, { tabletId: former });
    return paired;
  });
  if (tabletId !== undefined) noteAtTablet(deps, 'paired', { tabletId });
  return tabletId;
}

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

const none = { keyId: '', salt: Buffer.alloc(16), hash: Buffer.alloc(32) };

/**
 * Lets somebody of the staff in at a paired tablet of a unit where they have a role today. A wrong PIN, a closed one, none and nobody of
 * that name are the same answer by the same steps. A device that is no tablet is answered before anything is hashed: its secret is too
 * long to be guessed, and hashing costs more than asking.
 */
export async function enterTablet(deps: Deps, entering: Entering): Promise<tablets.PairedTablet | undefined> {
  const { db, numbers, now } = deps;
  const { secretHash, personId, pin } = entering;
  const found = await db.asService(async (tx) => {
    const tablet = await tablets.bySecret(tx, secretHash, now());
    if (tablet === undefined || isClosed(await tablets.triesAt(tx, tablet.tabletId), now())) return undefined;
    const { tabletId, unitId } = tablet;
    const own = await pins.ofStaff(tx, { personId, unitId, today: today(deps) });
    return { tablet: { tabletId, unitId }, own };
  });
  if (found === undefined) return undefined;
  const { tablet, own } = found;
  const { hash } = await hashPin(numbers, personId, pin, own ?? none);
  const tried = { tabletId: tablet.tabletId, personId };
  const done = await db.asService(async (tx) => {
    const known = await pins.holdTries(tx, tried, now());
    const current = await pins.ofStaff(tx, { personId, unitId: tablet.unitId, today: today(deps) });
    // Set anew, or given or taken a role, since it was hashed.
    if (!(current ?? none).salt.equals((own ?? none).salt)) return 'again';
    const isNew = current !== undefined && known.triedAt < current.setAt;
    const before = isNew ? { failures: 0, lockedUntil: null } : known;
    const isRight = timingSafeEqual(hash, (current ?? none).hash) && current !== undefined;
    const { letsIn, ...tries } = decideTry(before, isRight, now());
    await pins.noteTry(tx, tried, tries, now());
    const atTablet = await tablets.holdTriesAt(tx, tried.tabletId);
    const counted = letsIn ? atTablet : afterFailure(atTablet, now());
    await tablets.noteTriesAt(tx, tried.tabletId, counted);
    return {
      letsIn: letsIn && !isClosed(counted, now()),
      closesPin: tries.lockedUntil !== null && tries.lockedUntil !== before.lockedUntil,
      closesTablet: counted.closedUntil !== null && counted.closedUntil !== atTablet.closedUntil,
    };
  });
  if (done === 'again') return enterTablet(deps, entering);
  const { tabletId } = tablet;
  if (done.closesPin) noteAtTablet(deps, 'pin-closed', { tabletId });
  if (done.closesTablet) noteAtTablet(deps, 'closed', { tabletId });
  if (!done.letsIn) return undefined;
  if (own !== undefined && own.keyId !== numbers.keys.current) {
    const anew = await hashPin(numbers, personId, pin, newSeasoning(numbers));
    await db.asService((tx) => pins.keepUnder(tx, personId, own, anew));
  }
  return tablet;
}
