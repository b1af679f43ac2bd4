import { asStaff, leaders } from './columns.ts';
import { type Row, type Table, only, plain } from './row.ts';

/** Rows of the matrix for shared tablets (T16). None of its columns is at one: what a tablet is told is listed where the matrix is tried. */
export const unitTablets: Readonly<Record<string, Row>> = {
  // None is made before it is asked.
  tablets: only([], 'null', 'T16 S-06', { may: leaders }),
};

export const tabletChanges: Readonly<Record<string, Row>> = {
  pairTablet: only(leaders, 'NOT_FOUND', 'T16 S-06'),
  // Tried with the id of none.
  unpairTablet: only([], 'NOT_FOUND', 'T16 S-06'),
  // Tried with one that is easy to guess.
  setPin: only(asStaff, 'FORBIDDEN', 'T16 GUA-24'),
};

export const tabletTypes: Table = {
  Tablet: plain('id name madeAt pairedAt lastSeenAt endsAt closedUntil'),
  TabletPairing: plain('tablet code codeEndsAt'),
  TabletUnpaired: plain('tabletId'),
  PinSet: plain('setAt'),
  PinTooSimple: plain('code message'),
  LoginNotFresh: plain('code message'),
};
