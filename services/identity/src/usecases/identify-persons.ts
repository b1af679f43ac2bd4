import { decryptNumber } from '@ranselpost/kit/numbers';
import { type Fact, fact } from '@ranselpost/kit/outbox';
import { personUnfollowedV1 } from '@ranselpost/schema/events/identity/person-unfollowed.v1';
import { numberMissing } from '../domain/work-items.ts';
import * as known from '../store/roster-known.ts';
import * as numbers from '../store/numbers.ts';
import * as persons from '../store/persons.ts';
import * as staging from '../store/roster-staging.ts';
import * as workItems from '../store/work-items.ts';
import { toStored } from './accept-number.ts';
import type { EventDeps } from './deps.ts';
import { deriveFamilies } from './derive-families.ts';
import { mergePersons } from './merge-persons.ts';

export type Known = staging.StagedCase & { readonly personId: string };

/** Somebody without a post, a place or a login is nobody's case, and gets no id (FREG-06). */
export const isCase = ({ places, posts, login }: staging.StagedCase): boolean =>
  login !== null || [...places, ...posts].some(({ post }) => post !== 'OTHER');

/**
 * Finds out who the people of a file are, and gives an id to whoever is not known. A number outranks a key: only whoever
 * has none is known by the key alone, until a file names the number (GUA-05).
 */
export async function identifyPersons(
  deps: EventDeps,
  source: string,
  staged: readonly staging.StagedCase[],
): Promise<{ known: readonly Known[]; created: number; told: readonly Fact[] }> {
  const { db } = deps;
  const owners = await numbers.ownersOf(
    db,
    staged.flatMap(({ number }) => number?.hash ?? []),
  );
  const byKey = await known.personsBy(
    db,
    source,
    staged.map(({ key }) => key),
  );
  const found: Known[] = [];
  const fresh: Known[] = [];
  const numbered: numbers.StoredNumber[] = [];
  const told: Fact[] = [];
  for (const one of staged) {
    const owner = one.number === null ? undefined : owners.get(one.number.hash);
    const before = byKey.get(one.key);
    const isKnownByKey = before !== undefined && (one.number === null || !before.hasNumber);
    if (owner !== undefined) {
      if (isKnownByKey && before.personId !== owner) told.push(...(await join(deps, before.personId, owner)));
      found.push({ ...one, personId: owner });
    } else if (isKnownByKey) {
      if (one.number !== null) numbered.push(boundTo(deps, before.personId, one.number));
      found.push({ ...one, personId: before.personId });
    } else if (isCase(one)) {
      if (one.number !== null) numbered.push(one.number);
      fresh.push({ ...one, personId: one.candidateId });
    }
  }
  await persons.create(
    db,
    fresh.map(({ personId }) => ({ personId, isChild: false, followedAs: null })),
  );
  await numbers.insert(db, numbered);
  await staging.identifyNew(
    db,
    fresh.map(({ key }) => key),
  );
  const taken = new Map(staged.map(({ key, personId }) => [key, personId]));
  await staging.identify(
    db,
    found.filter(({ key, personId }) => taken.get(key) !== personId),
  );
  return { known: [...found, ...fresh], created: fresh.length, told };
}

/** The key of somebody without a number turns out to be of somebody who is known by theirs (FREG-09). */
async function join(deps: EventDeps, merged: string, survivor: string): Promise<readonly Fact[]> {
  const told = await mergePersons(deps, { merged, survivor, readAt: deps.now().toISOString() });
  const derived = await deriveFamilies(deps, [merged, survivor], 'roster');
  await workItems.close(deps.db, [{ childId: merged, kind: numberMissing }], 'roster');
  return [...told, fact(personUnfollowedV1, { personId: merged }), ...derived];
}

/** The id is bound to the ciphertext, so the number is encrypted anew for the one it turned out to be of. */
const boundTo = (
  { numbers: context }: EventDeps,
  personId: string,
  { personId: candidate, encrypted, kind }: numbers.StoredNumber,
): numbers.StoredNumber =>
  toStored(context, personId, decryptNumber(context.keys, candidate, encrypted), kind);
