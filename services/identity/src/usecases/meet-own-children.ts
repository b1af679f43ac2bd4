import type { PersonRecord } from '@ranselpost/schema/events/registry/person-record';
import { ownChildrenOf } from '../domain/applicant.ts';
import * as applicants from '../store/applicants.ts';
import * as numbers from '../store/numbers.ts';
import * as persons from '../store/persons.ts';
import { acceptNumber, hashOf, toStored } from './accept-number.ts';
import { type EventDeps, today } from './deps.ts';
import type { Followed } from './tell-followed.ts';

/** The register's word about somebody: null where it knows nobody by the number. */
export interface Word {
  readonly personId: string;
  readonly record: PersonRecord | null;
}

/**
 * Gets to know the children of those who want to apply for a place, and answers whom to follow for it. They are followed as children
 * of a roster are, so that their own documents say who has access to them, to both who are responsible alike (GUA-02, GUA-03);
 * and asked is where they live (BHG-03).
 */
export async function meetOwnChildren(deps: EventDeps, words: readonly Word[]): Promise<readonly Followed[]> {
  const { db } = deps;
  const asking = await applicants.open(
    db,
    words.map(({ personId }) => personId),
  );
  if (asking.size === 0) return [];
  await applicants.answer(db, asking, deps.now());
  const found = words.flatMap(({ personId, record }) =>
    record !== null && asking.has(personId) ? ownChildrenOf(record) : [],
  );
  const ids = await idsOf(deps, [...new Set(found)]);
  const known = await persons.load(db, ids);
  const before = await persons.appliedFor(db, ids);
  const children = [...known.values()].filter(({ mergedInto }) => mergedInto === null);
  await persons.follow(
    db,
    children.map(({ personId, followedAs }) => ({
      ...({ personId, isChild: true, followedAs: followedAs === 'guardian' ? 'guardian' : 'child' } as const),
    })),
  );
  await persons.applyFor(
    db,
    children.map(({ personId }) => personId),
    today(deps),
  );
  return children
    .filter(({ personId, isChild }) => !isChild || !before.has(personId))
    .map(({ personId, isChild, followedAs }) => ({
      ...({ personId, reason: followedAs === 'guardian' ? 'guardian' : 'child' } as const),
      tellAgain: !isChild,
    }));
}

/** Whose some numbers are; one that nobody here has heard of gets an id. */
async function idsOf(deps: EventDeps, found: readonly string[]): Promise<readonly string[]> {
  const { db } = deps;
  const accepted = found.flatMap((number) => {
    const kind = acceptNumber(deps.numbers, number);
    return kind.ok ? [{ number, kind: kind.value, hash: hashOf(deps.numbers, number) }] : [];
  });
  const owners = await numbers.ownersOf(
    db,
    accepted.map(({ hash }) => hash),
  );
  const met = accepted
    .filter(({ hash }) => !owners.has(hash))
    .map(({ number, kind }) => toStored(deps.numbers, deps.newId(), number, kind));
  await persons.create(
    db,
    met.map(({ personId }) => ({ personId, isChild: false, followedAs: null })),
  );
  await numbers.insert(db, met);
  return [...new Set([...owners.values(), ...met.map(({ personId }) => personId)])];
}
