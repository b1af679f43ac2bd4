import { encryptNumber, lookupHash } from '@ranselpost/kit/numbers';
import type { Result } from '@ranselpost/kit/pure/result';
import { type NumberKind, type NumberRefusal, decideNumber, formOf } from '../domain/number-series.ts';
import type { StoredNumber } from '../store/numbers.ts';
import type { Numbers } from './deps.ts';

/** Says what a number is, or why it is none for this installation. */
export const acceptNumber = ({ series }: Numbers, number: string): Result<NumberKind, NumberRefusal> =>
  decideNumber(series, formOf(number));

/** The keyed hash a number is found by, in hex. */
export const hashOf = ({ lookupKey }: Numbers, number: string): string =>
  lookupHash(lookupKey, number).toString('hex');

/** A number ready to be stored for a person. */
export const toStored = (
  numbers: Numbers,
  personId: string,
  number: string,
  kind: NumberKind,
  isInUse = true,
): StoredNumber => ({
  hash: hashOf(numbers, number),
  personId,
  encrypted: encryptNumber(numbers.keys, personId, number),
  kind,
  isInUse,
});
