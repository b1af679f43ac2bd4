import type { FileRefusal } from './types.ts';

/** The largest picture that telephones take has 50 million pixels; more is decoded by nobody. */
export const maxPixels = 51_000_000;
/** A page of print stays legible, and a picture of a wall is not kept in every detail. */
export const longestSide = 4_096;
/** What a list shows of a picture. */
export const thumbnailSide = 320;

/** How a process that cleans a file says why it does not. Others than these are its own faults. */
export const exitFor: Readonly<Record<FileRefusal, number>> = {
  EMPTY: 20,
  TOO_LARGE: 21,
  TYPE_NOT_TAKEN: 22,
  TOO_MANY_PIXELS: 23,
  UNREADABLE: 24,
  LOCKED: 25,
  ACTIVE_CONTENT: 26,
  MALWARE: 27,
};
