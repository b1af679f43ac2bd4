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
  readonly tellAgain: boolean;
  readonly withResidence: boolean;
}

/** Puts people on the list of those whom the registers are read about; they are due at once. */
export async function followPersons(tx: Tx, deps: FollowDeps, wishes: readonly FollowWish[]): Promise<void> {
  const rows = await Promise.all(wishes.map((wish) => toRow(deps, wish)));
  // The newest word about each of them: those before it have had no time to matter.
  const newest = rows.toSorted((one, other) => one.toldAt.localeCompare(other.toldAt));
  const again = new Set(rows.filter(({ tellAgain }) => tellAgain).map(({ personId }) => personId));
  const people = [...new Map(newest.map((row) => [row.personId, row])).values()];
  await followedPersons.put(
    tx,
    people.map((row) => ({ ...row, tellAgain: again.has(row.personId) })),
  );
}

async function toRow(
  { keys, series }: FollowDeps,
  { personId, reason, sealed, toldAt, tellAgain, withResidence }: FollowWish,
): Promise<followedPersons.FollowedPersonRow> {
  const { number } = await open(keys.seals, personId, sealed, followedPersonSchema);
  if (!isOfSeries(number, series))
    throw new AppError('BAD_USER_INPUT', 'the number is not one of the series that may be held here');
  return {
    personId,
    reason,
    number: encryptNumber(keys.numbers, personId, number),
    lookupHash: lookupHash(keys.lookup, number),
    toldAt,
    tellAgain,
    withResidence,
  };
}
