import { type Fact, fact, tellAll } from '@ranselpost/kit/outbox';
import { personUnfollowedV1 } from '@ranselpost/schema/events/identity/person-unfollowed.v1';
import type { PersonRecord, Responsibility } from '@ranselpost/schema/events/registry/person-record';
import type { Entry, Holder } from '../domain/responsibility.ts';
import { isRepresentedMinor } from '../domain/representation.ts';
import * as families from '../store/families.ts';
import * as numbers from '../store/numbers.ts';
import * as persons from '../store/persons.ts';
import * as registerParents from '../store/register-parents.ts';
import { takeTurn } from '../store/turn.ts';
import { acceptNumber, hashOf, toStored } from './accept-number.ts';
import type { EventDeps } from './deps.ts';
import { deriveFamilies } from './derive-families.ts';
import { meetOwnChildren } from './meet-own-children.ts';
import { mergePersons } from './merge-persons.ts';
import { splitPersons } from './split-persons.ts';
import { type Followed, toFollowedFacts } from './tell-followed.ts';

/** One word of the register about one person we follow. A null record: it does not know the number. */
export interface Reading {
  readonly personId: string;
  readonly revision: number;
  readonly readAt: string;
  readonly record: PersonRecord | null;
}

/** A reading that counts, with the person it is about. `revision` is null when it was read under an id since merged. */
interface News {
  readonly person: persons.StoredPerson;
  readonly revision: number | null;
  readonly readAt: string;
  readonly record: PersonRecord;
}

/**
 * Takes in what the register says of people: stores it, gets to know the adults that children's entries name, and the children of
 * those who want to apply for a place, joins two people whose numbers show that they are one, and works out anew who has access to every child concerned. All of it in
 * the caller's transaction, so that nobody ever sees half of it (GUA-10).
 */
export async function recordPersons(deps: EventDeps, readings: readonly Reading[]): Promise<void> {
  await takeTurn(deps.db);
  const { fresh, strangers } = await readingsThatCount(deps, readings);
  const unknown = fresh.filter(({ reading }) => reading.record === null).map(({ reading }) => reading);
  await persons.saveUnknown(deps.db, unknown);

  // The registry follows somebody whom nobody here has a case for: one of the two was restored to an earlier day.
  const told: Fact[] = strangers.map((personId) => fact(personUnfollowedV1, { personId }));
  const { news, owners, mergedIds } = await joinDuplicates(
    deps,
    fresh.flatMap(({ reading: { record, ...reading }, person }) =>
      record === null ? [] : [{ ...reading, person, record }],
    ),
    told,
  );
  const parted = await splitPersons(deps, news, owners);
  const followed = await storeNews(deps, news, owners);
  const children = await meetOwnChildren(deps, [
    ...unknown.map(({ personId }) => ({ personId, record: null })),
    ...news.map(({ person, record }) => ({ personId: person.personId, record })),
  ]);
  const concerned = [
    ...unknown.map(({ personId }) => personId),
    ...news.map(({ person }) => person.personId),
    ...mergedIds,
  ];
  const changed = await deriveFamilies(deps, await families.concernedBy(deps.db, concerned), 'registry');
  await tellAll(deps.db, [
    ...told,
    ...(await toFollowedFacts(deps, [...followed, ...parted, ...children])),
    ...changed,
  ]);
}

/**
 * Of each person the newest reading, and only when it is newer than what is known and about somebody followed (S-24); and
 * who is not followed (FREG-06).
 */
async function readingsThatCount(
  { db }: EventDeps,
  readings: readonly Reading[],
): Promise<{
  fresh: readonly { reading: Reading; person: persons.StoredPerson }[];
  strangers: readonly string[];
}> {
  const newest = new Map<string, Reading>();
  for (const reading of readings) {
    const before = newest.get(reading.personId);
    if (before === undefined || before.revision < reading.revision) newest.set(reading.personId, reading);
  }
  const known = await persons.load(db, [...newest.keys()]);
  const isFollowed = (person: persons.StoredPerson | undefined): person is persons.StoredPerson =>
    person !== undefined && person.followedAs !== null && person.mergedInto === null;
  const fresh = [...newest.values()].flatMap((reading) => {
    const person = known.get(reading.personId);
    if (!isFollowed(person)) return [];
    const isOld =
      reading.revision <= person.revision ||
      (person.readingsFrom !== null && Date.parse(reading.readAt) < Date.parse(person.readingsFrom));
    return isOld ? [] : [{ reading, person }];
  });
  return { fresh, strangers: [...newest.keys()].filter((id) => !isFollowed(known.get(id))) };
}

/** Finds whose the numbers are, and joins those that one record shows to be the same human (FREG-08, FREG-09). */
async function joinDuplicates(
  deps: EventDeps,
  news: readonly News[],
  told: Fact[],
): Promise<{ news: readonly News[]; owners: Map<string, string>; mergedIds: readonly string[] }> {
  const owners = await numbers.ownersOf(deps.db, [
    ...new Set(news.flatMap(({ record }) => numbersIn(record)).map((number) => hashOf(deps.numbers, number))),
  ]);
  const survivors = new Map<string, string>();
  const mergedIds: string[] = [];
  for (const { person, record, readAt } of news) {
    const ids = record.numbers.flatMap(({ number }) => owners.get(hashOf(deps.numbers, number)) ?? []);
    const same = [...new Set([person.personId, ...ids].map((id) => survivors.get(id) ?? id))].toSorted();
    // Ids sort by age: whoever was known first stays, in whatever order the readings come.
    const [survivor, ...others] = same;
    for (const merged of others) {
      told.push(...(await mergePersons(deps, { merged, survivor: survivor!, readAt })));
      told.push(fact(personUnfollowedV1, { personId: merged }));
      mergedIds.push(merged);
      for (const [id, to] of survivors) if (to === merged) survivors.set(id, survivor!);
      survivors.set(merged, survivor!);
      for (const [hash, owner] of owners) if (owner === merged) owners.set(hash, survivor!);
    }
  }
  if (mergedIds.length === 0) return { news, owners, mergedIds };
  const known = await persons.load(deps.db, [...new Set(survivors.values())]);
  const moved = news.map(({ person, revision, ...rest }): News => {
    const survivor = survivors.get(person.personId);
    const own = known.get(survivor ?? person.personId) ?? person;
    return { ...rest, person: own, revision: survivor === undefined ? revision : null };
  });
  return { news: newestOfEach(moved), owners, mergedIds };
}

/** Two readings of one human: the later one counts, under the count of the id that stays. */
function newestOfEach(news: readonly News[]): readonly News[] {
  const byPerson = Map.groupBy(news, ({ person }) => person.personId);
  return [...byPerson.values()].map((several) => {
    const latest = several.reduce((one, other) =>
      Date.parse(other.readAt) > Date.parse(one.readAt) ? other : one,
    );
    return { ...latest, revision: several.find(({ revision }) => revision !== null)?.revision ?? null };
  });
}

/** Stores the facts, the numbers and the entries, and answers who is to be followed from now on or under a new number. */
async function storeNews(
  deps: EventDeps,
  news: readonly News[],
  owners: Map<string, string>,
): Promise<readonly Followed[]> {
  const { db } = deps;
  const followed = new Map<string, Followed>();
  const fresh: numbers.StoredNumber[] = [];
  const created: persons.NewPerson[] = [];

  for (const { person, record } of news) {
    for (const { number, isInUse } of record.numbers) {
      const accepted = acceptNumber(deps.numbers, number);
      const hash = hashOf(deps.numbers, number);
      if (!accepted.ok || owners.has(hash)) continue;
      owners.set(hash, person.personId);
      fresh.push(toStored(deps.numbers, person.personId, number, accepted.value, isInUse));
      if (isInUse) followed.set(person.personId, { personId: person.personId, reason: person.followedAs! });
    }
  }
  const children = news
    .filter(({ person }) => person.isChild)
    .map(({ person, record }) => ({
      childId: person.personId,
      entries: entriesAbout(record).map(({ value, since, responsible }) => ({
        value,
        since,
        holder: resolve(deps, responsible, owners, (personId, stored) => {
          created.push({ personId, isChild: false, followedAs: 'guardian' });
          fresh.push(stored);
          followed.set(personId, { personId, reason: 'guardian' });
        }),
      })),
    }));

  await persons.create(db, created);
  await numbers.insert(db, fresh);
  await families.replaceEntries(db, children);
  await registerParents.replace(
    db,
    news
      .filter(({ person }) => person.isChild)
      .map(({ person, record }) => ({
        childId: person.personId,
        parents: (record.otherParents ?? []).map(({ number, role }) => ({
          hash: hashOf(deps.numbers, number),
          role,
        })),
      })),
  );
  await persons.saveFacts(db, news.map(toFacts(deps)));
  await numbers.setInUse(
    db,
    news.map(({ person, record }) => ({
      personId: person.personId,
      inUse: record.numbers
        .filter(({ isInUse }) => isInUse)
        .map(({ number }) => hashOf(deps.numbers, number)),
    })),
  );
  const named = personsIn(children.flatMap(({ entries }) => entries));
  for (const person of (await persons.load(db, named)).values()) {
    if (person.followedAs !== null && person.followedAs !== 'staff') continue;
    await persons.follow(db, [{ personId: person.personId, isChild: false, followedAs: 'guardian' }]);
    followed.set(person.personId, { personId: person.personId, reason: 'guardian' });
  }
  return [...followed.values()];
}

/** Entries about the person themself: the same document also has those about a person's own children. */
const entriesAbout = ({ numbers: own, responsibilities }: PersonRecord): readonly Responsibility[] =>
  responsibilities.filter(({ childNumber }) => own.some(({ number }) => number === childNumber));

const numbersIn = (record: PersonRecord): readonly string[] => [
  ...record.numbers.map(({ number }) => number),
  ...entriesAbout(record).flatMap(({ responsible }) =>
    responsible.kind === 'person' ? [responsible.number] : [],
  ),
];

const personsIn = (entries: readonly Entry[]): readonly string[] => [
  ...new Set(entries.flatMap(({ holder }) => (holder.kind === 'person' ? [holder.personId] : []))),
];

/** Says which person an entry names; somebody nobody has met gets an id. */
function resolve(
  deps: EventDeps,
  responsible: Responsibility['responsible'],
  owners: Map<string, string>,
  meet: (personId: string, stored: numbers.StoredNumber) => void,
): Holder {
  if (responsible.kind === 'organisation') return { kind: 'organisation' };
  if (responsible.kind !== 'person') return responsible;
  const accepted = acceptNumber(deps.numbers, responsible.number);
  if (!accepted.ok) return { kind: 'refused' };
  const hash = hashOf(deps.numbers, responsible.number);
  const known = owners.get(hash);
  if (known !== undefined) return { kind: 'person', personId: known };
  const personId = deps.newId();
  owners.set(hash, personId);
  meet(personId, toStored(deps.numbers, personId, responsible.number, accepted.value));
  return { kind: 'person', personId };
}

const toFacts =
  (deps: EventDeps) =>
  ({ person, revision, readAt, record }: News): persons.PersonFacts => ({
    personId: person.personId,
    revision,
    readAt,
    given: record.name?.given ?? null,
    middle: record.name?.middle ?? null,
    family: record.name?.family ?? null,
    birthDate: record.birthDate,
    deathDate: record.deathDate,
    isDead: record.isDead,
    status: record.status,
    hasFalseIdentity: record.hasFalseIdentity,
    hasNationalNumber: record.numbers.some(({ number, isInUse }) => {
      const accepted = acceptNumber(deps.numbers, number);
      return isInUse && accepted.ok && accepted.value === 'NATIONAL';
    }),
    isRepresented: isRepresentedMinor(record.representations),
    protection: record.protection,
    livesHere: record.livesHere ?? null,
  });
