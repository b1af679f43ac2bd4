import type { Tx } from '@ranselpost/kit/database';
import { encryptNumber, lookupHash } from '@ranselpost/kit/numbers';
import { AppError } from '@ranselpost/kit/pure/errors';
import { open } from '@ranselpost/kit/seal';
import { followedPersonSchema } from '@ranselpost/schema/events/identity/person-followed.v1';
import { isOfSeries } from '../domain/series.ts';
import * as followedPersons from '../store/followed-persons.ts';
import type { FollowDeps } from './deps.ts';

export interface FollowWish {
  readonly personId: string;
  readonly reason: 'child' | 'guardian' | 'staff';
  readonly sealed: string;
  readonly toldAt: string;
}

/** Puts a person on the list of those whom the registers are read about; they are due at once. */
export async function followPerson(tx: Tx, { keys, series }: FollowDeps, wish: FollowWish): Promise<void> {
  const { personId, reason, sealed, toldAt } = wish;
  const { number } = await open(keys.seals, personId, sealed, followedPersonSchema);
  if (!isOfSeries(number, series))
    throw new AppError('BAD_USER_INPUT', 'the number is not one of the series that may be held here');
  const row = {
    personId,
    reason,
    number: encryptNumber(keys.numbers, personId, number),
    lookupHash: lookupHash(keys.lookup, number),
    toldAt,
  };
  await followedPersons.put(tx, row, reason === 'guardian' ? ['freg', 'krr'] : ['freg']);
}
