/** How a reading stands: when it was begun, or when it is to be settled. */
export interface ReadingStand {
  /** Keyed hash of the number that was read by. */
  readonly lookupHash: string;
  /** How often reading has been asked for. */
  readonly asked: number;
  readonly attempts: number;
  /** Keyed hash of what was told last. */
  readonly toldHash: string | null;
}

export type Read = { readonly kind: 'read'; readonly hash: string } | { readonly kind: 'unreadable' };

export type ReadingDecision =
  /** What was read is about nobody on the list. */
  | { readonly kind: 'drop' }
  | {
      readonly kind: 'settle';
      readonly isTold: boolean;
      readonly attempts: number;
      /** `as asked`: somebody asked again after this reading had begun, so it settles nothing. */
      readonly next: 'when asked' | 'as asked' | 'after a while' | 'at once';
    };

/**
 * Decides what becomes of a reading. The record is told unless the same was told last; a reading that was overtaken by a
 * new wish is told too, for it is newer than what was known, and then made again. Where another replica has told something
 * since this reading began, ours may be the older one: it is not told, and made again (S-24).
 */
export function decideReading(
  before: ReadingStand,
  now: ReadingStand | undefined,
  read: Read,
): ReadingDecision {
  // Forgotten meanwhile, or known by another number now.
  if (now === undefined || now.lookupHash !== before.lookupHash) return { kind: 'drop' };
  const isAskedAgain = now.asked !== before.asked;
  if (read.kind === 'unreadable')
    return {
      kind: 'settle',
      isTold: false,
      attempts: isAskedAgain ? now.attempts : before.attempts + 1,
      next: isAskedAgain ? 'as asked' : 'after a while',
    };
  if (now.toldHash !== before.toldHash && read.hash !== now.toldHash)
    return { kind: 'settle', isTold: false, attempts: 0, next: 'at once' };
  return {
    kind: 'settle',
    isTold: read.hash !== now.toldHash,
    attempts: 0,
    next: isAskedAgain ? 'as asked' : 'when asked',
  };
}
