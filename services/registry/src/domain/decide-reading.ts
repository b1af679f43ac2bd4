/** How a reading stands: when it was begun, or when it is to be settled. */
export interface ReadingStand {
  /** Keyed hash of the number that was read by. */
  readonly lookupHash: string;
  /** How often reading has been asked for. */
  readonly asked: number;
  readonly attempts: number;
  /** Keyed hash of what was told last; null when nothing was, or that it cannot be read. */
  readonly toldHash: string | null;
  /** It was told last that this person cannot be read. */
  readonly hasFailed: boolean;
}

export type Read =
  | { readonly kind: 'read'; readonly hash: string }
  /** `isOfDocument`: there is an answer, and asking again would bring the same one. */
  | { readonly kind: 'unreadable'; readonly isOfDocument: boolean };

export type ReadingDecision =
  /** What was read is about nobody on the list. */
  | { readonly kind: 'drop' }
  | {
      readonly kind: 'settle';
      readonly tells: 'record' | 'failure' | 'nothing';
      readonly attempts: number;
      /** `as asked`: somebody asked again after this reading had begun, so it settles nothing. */
      readonly next: 'when asked' | 'as asked' | 'after a while' | 'at once';
    };

/**
 * Decides what becomes of a reading. The record is told unless the same was told last; a reading that was overtaken by a
 * new wish is told too, for it is newer than what was known, and then made again. Where another replica has told something
 * since this reading began, ours may be the older one: it is not told, and made again (S-24). A person who cannot be read
 * is told of once, for nobody knows what they may still see: at once when it is the document, else after `mostTries`.
 * Null: nobody needs to know.
 */
export function decideReading(
  before: ReadingStand,
  now: ReadingStand | undefined,
  read: Read,
  mostTries: number | null,
): ReadingDecision {
  // Forgotten meanwhile, or known by another number now.
  if (now === undefined || now.lookupHash !== before.lookupHash) return { kind: 'drop' };
  const isAskedAgain = now.asked !== before.asked;
  const isOvertaken = now.toldHash !== before.toldHash || now.hasFailed !== before.hasFailed;
  if (read.kind === 'unreadable') {
    const attempts = isAskedAgain ? now.attempts : before.attempts + 1;
    const isHopeless = mostTries !== null && (read.isOfDocument || attempts >= mostTries);
    return {
      kind: 'settle',
      tells: isHopeless && !now.hasFailed && !isOvertaken ? 'failure' : 'nothing',
      attempts,
      next: isAskedAgain ? 'as asked' : 'after a while',
    };
  }
  if (isOvertaken && read.hash !== now.toldHash)
    return { kind: 'settle', tells: 'nothing', attempts: 0, next: 'at once' };
  return {
    kind: 'settle',
    tells: read.hash === now.toldHash ? 'nothing' : 'record',
    attempts: 0,
    next: isAskedAgain ? 'as asked' : 'when asked',
  };
}
