import { decryptNumber } from '@ranselpost/kit/numbers';
import { type Fact, fact } from '@ranselpost/kit/outbox';
import { seal } from '@ranselpost/kit/seal';
import { type FollowedPerson, personFollowedV1 } from '@ranselpost/schema/events/identity/person-followed.v1';
import * as numbers from '../store/numbers.ts';
import * as persons from '../store/persons.ts';
import type { FollowReason } from '../store/persons.ts';
import type { EventDeps } from './deps.ts';

export interface Followed {
  readonly personId: string;
  readonly reason: FollowReason;
  /** The registry says again what it said last, also when nothing is new. */
  readonly tellAgain?: boolean;
}

/**
 * The facts that ask the registry to follow some people, each with the number they have in use, sealed (S-10); and to ask where
 * those live for whom a place is to be applied for.
 */
export async function toFollowedFacts(
  { db, numbers: { keys, sealKeys } }: EventDeps,
  people: readonly Followed[],
): Promise<readonly Fact[]> {
  const ids = people.map(({ personId }) => personId);
  const stored = await numbers.of(db, ids);
  const applied = await persons.appliedFor(db, ids);
  const facts = await Promise.all(
    people.map(async ({ personId, reason, tellAgain = false }) => {
      const first = stored.find((number) => number.personId === personId);
      if (first === undefined) return [];
      const content: FollowedPerson = { number: decryptNumber(keys, personId, first.encrypted) };
      const sealed = await seal(sealKeys, personId, content);
      const more = {
        ...(tellAgain ? { tellAgain } : {}),
        ...(applied.has(personId) ? { withResidence: true } : {}),
      };
      return [fact(personFollowedV1, { personId, reason, sealed, ...more })];
    }),
  );
  return facts.flat();
}
