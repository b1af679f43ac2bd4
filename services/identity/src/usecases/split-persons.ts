import { decryptNumber, encryptNumber } from '@ranselpost/kit/numbers';
import type { PersonRecord } from '@ranselpost/schema/events/registry/person-record';
import * as families from '../store/families.ts';
import * as numbers from '../store/numbers.ts';
import * as persons from '../store/persons.ts';
import * as unreadable from '../store/unreadable.ts';
import { hashOf } from './accept-number.ts';
import type { EventDeps } from './deps.ts';
import type { Followed } from './tell-followed.ts';

/** A record of a person, read under the id they have here; null when it was read under one that has been merged since. */
export interface ReadPerson {
  readonly person: persons.StoredPerson;
  readonly revision: number | null;
  readonly record: PersonRecord;
}

/**
 * Finds people whom the register has split in two: it does not list a number any more that was theirs, or it says so
 * itself. The number goes to a person of its own, both are marked, and the children that either is named for are asked
 * about again: their entries mean one of two people now (FREG-09). `owners` is put right. Answers whom to follow.
 */
export async function splitPersons(
  deps: EventDeps,
  read: readonly ReadPerson[],
  owners: Map<string, string>,
): Promise<readonly Followed[]> {
  const { db, newId } = deps;
  const { keys } = deps.numbers;
  const own = read.filter(({ revision }) => revision !== null);
  const bound = Map.groupBy(
    await numbers.of(
      db,
      own.map(({ person }) => person.personId),
    ),
    ({ personId }) => personId,
  );
  const split: string[] = [];
  const created: (persons.NewPerson & { readonly followedAs: persons.FollowReason })[] = [];
  const freed: numbers.StoredNumber[] = [];
  for (const { person, record } of own) {
    const listed = new Set(record.numbers.map(({ number }) => hashOf(deps.numbers, number)));
    const lost = (bound.get(person.personId) ?? []).filter(({ hash }) => !listed.has(hash));
    if (lost.length > 0 || record.wasSplit === true) split.push(person.personId);
    for (const number of lost) {
      const personId = newId();
      const plain = decryptNumber(keys, person.personId, number.encrypted);
      freed.push({ ...number, personId, encrypted: encryptNumber(keys, personId, plain) });
      created.push({ personId, isChild: person.isChild, followedAs: person.followedAs ?? 'guardian' });
      owners.set(number.hash, personId);
    }
  }
  if (split.length === 0) return [];
  await persons.create(db, created);
  await numbers.update(db, freed);
  await unreadable.markSplit(db, [...split, ...created.map(({ personId }) => personId)]);
  const children = (await families.concernedBy(db, split)).filter((childId) => !split.includes(childId));
  return [
    ...created.map(({ personId, followedAs }) => ({ personId, reason: followedAs })),
    ...children.map((personId) => ({ personId, reason: 'child' as const, tellAgain: true })),
  ];
}
