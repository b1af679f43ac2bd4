import { isId } from '@ranselpost/kit/pure/ids';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import * as numbers from '../store/numbers.ts';
import * as persons from '../store/persons.ts';
import { acceptNumber, toStored } from './accept-number.ts';
import type { EventDeps } from './deps.ts';

/** Who is meant by what staff decide: somebody known here, or whoever has a number. */
export type Whom =
  | { readonly kind: 'person'; readonly personId: string }
  | { readonly kind: 'number'; readonly number: string };

export type WhomRefusal = { readonly kind: 'person-unknown' | 'number-not-accepted' };

/** Finds who is meant. Somebody whom nobody here has heard of gets an id, as they would by signing in. */
export async function findAdult(deps: EventDeps, whom: Whom): Promise<Result<string, WhomRefusal>> {
  if (whom.kind === 'person') {
    const person = isId(whom.personId)
      ? (await persons.load(deps.db, [whom.personId])).get(whom.personId)
      : undefined;
    return person === undefined
      ? refuse({ kind: 'person-unknown' })
      : accept(person.mergedInto ?? person.personId);
  }
  const accepted = acceptNumber(deps.numbers, whom.number);
  if (!accepted.ok) return refuse({ kind: 'number-not-accepted' });
  const stored = toStored(deps.numbers, deps.newId(), whom.number, accepted.value);
  const known = (await numbers.ownersOf(deps.db, [stored.hash])).get(stored.hash);
  if (known !== undefined) return accept(known);
  await persons.create(deps.db, [{ personId: stored.personId, isChild: false, followedAs: null }]);
  await numbers.insert(deps.db, [stored]);
  return accept(stored.personId);
}
