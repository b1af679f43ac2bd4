import { openDatabase } from '@ranselpost/kit/database';
import { newId } from '@ranselpost/kit/ids';
import type { OpeningKeys } from '@ranselpost/kit/keys';
import { sealPair } from '@ranselpost/kit/testing/seal-pair';
import { type TestDatabase, testDatabase } from '@ranselpost/kit/testing/database';
import { createLog } from '@ranselpost/kit/log';
import type { PersonRecord, Responsibility } from '@ranselpost/schema/events/registry/person-record';
import { randomBytes } from 'node:crypto';
import { migrations } from '../migrations.ts';
import { toStored } from '../usecases/accept-number.ts';
import type { GraphDeps } from '../usecases/deps.ts';
import { recordPersons } from '../usecases/record-persons.ts';
import { keepRead } from '../store/access-log.ts';
import * as numbers from '../store/numbers.ts';
import * as persons from '../store/persons.ts';
import { aNumber } from './numbers.ts';

const ring = () => ({ current: 'k1', keys: new Map([['k1', randomBytes(32)]]) });

/** Whoever the register knows, as a test says it. What is not said is ordinary: alive, born 1985, not protected. */
export interface Told extends Partial<Omit<PersonRecord, 'numbers' | 'responsibilities'>> {
  readonly number: string;
  readonly numbers?: PersonRecord['numbers'];
  readonly responsibilities?: readonly Partial<Responsibility>[];
}

export interface Harness {
  readonly database: TestDatabase;
  readonly deps: GraphDeps;
  /** What opens what is sealed for the archive. */
  readonly archiveKeys: OpeningKeys;
  /** What opens what is sealed for placement. */
  readonly placementKeys: OpeningKeys;
  /** The day it is for everything under test. */
  setNow(instant: string): void;
  /** How many children the register may change in an hour. */
  setFuse(count: number): void;
  /** A child on a roster, followed, with a number; answers its id. */
  child(number?: string): Promise<string>;
  /** The id of whoever has a number; undefined for nobody. */
  personOf(number: string): Promise<string | undefined>;
  /** The register's word about one person or more, taken in as one batch. Revisions and instants count up. */
  register(...told: readonly (Told | null)[]): Promise<void>;
  /** The same, for a person by id. */
  registerAs(personId: string, told: Told | null, revision?: number): Promise<void>;
  /** Who has access to a child by the tables, sorted. */
  active(childId: string): Promise<readonly string[]>;
  /** Every grant of a child that has not ended, as `state hold,hold`, by person. */
  grants(childId: string): Promise<Readonly<Record<string, string>>>;
  openItems(childId: string | null): Promise<readonly string[]>;
  /** What was told since the last time this was asked. */
  told(): Promise<readonly { type: string; subject: string; data: Record<string, unknown> }[]>;
  close(): Promise<void>;
}

/** A database of its own and everything a use case needs, with keys made for the occasion. */
export async function harness(): Promise<Harness> {
  const archive = sealPair();
  const placement = sealPair();
  const database = await testDatabase('identity', migrations);
  const db = openDatabase({ service: 'identity', url: database.url, connections: 4, keepReads: keepRead });
  await database.admin`update register_state set followed_up_to = now()`;
  let now = new Date('2026-11-21T08:00:00Z');
  // Nothing is too much for a test that does not say so.
  let fuse = { share: 1, count: 1_000_000, windowMs: 3_600_000 };
  const deps: GraphDeps = {
    db,
    log: createLog('identity', 'warn'),
    newId,
    now: () => now,
    numbers: { series: 'synthetic', keys: ring(), lookupKey: randomBytes(32), sealKeys: ring() },
    get fuse() {
      return fuse;
    },
    archiveKey: archive.publicKey,
    placementKey: placement.publicKey,
    pushKey: 'B'.repeat(87),
  };
  const revisions = new Map<string, number>();
  let lastTold = 0;
  const personOf: Harness['personOf'] = async (number) =>
    deps.db.asService(async (tx) => {
      const { hash } = toStored(deps.numbers, newId(), number, 'NATIONAL');
      return (await numbers.ownersOf(tx, [hash])).get(hash);
    });
  const next = (personId: string): number => {
    revisions.set(personId, (revisions.get(personId) ?? 0) + 1);
    return revisions.get(personId)!;
  };
  const record = (readings: Parameters<typeof recordPersons>[1]) =>
    deps.db.asService((tx) => recordPersons({ ...deps, db: tx }, readings));

  return {
    database,
    deps,
    archiveKeys: archive.privateKeys,
    placementKeys: placement.privateKeys,
    personOf,
    setNow: (instant) => (now = new Date(instant)),
    setFuse: (count) => (fuse = { ...fuse, share: 0, count }),
    child: async (number = aNumber()) => {
      const personId = newId();
      await deps.db.asService(async (tx) => {
        await persons.create(tx, [{ personId, isChild: true, followedAs: 'child' }]);
        await numbers.insert(tx, [toStored(deps.numbers, personId, number, 'NATIONAL')]);
      });
      return personId;
    },
    register: async (...told) => {
      const readings = await Promise.all(
        told.map(async (one) => {
          const personId = one === null ? undefined : await personOf(one.number);
          if (one === null || personId === undefined) throw new Error('nobody has this number');
          return { personId, revision: next(personId), readAt: now.toISOString(), record: toRecord(one) };
        }),
      );
      await record(readings);
    },
    registerAs: async (personId, told, revision = next(personId)) =>
      record([
        { personId, revision, readAt: now.toISOString(), record: told === null ? null : toRecord(told) },
      ]),
    active: async (childId) =>
      (
        await database.admin<{ person_id: string }[]>`
          select person_id from access_grant where child_id = ${childId} and state = 'ACTIVE' order by person_id`
      ).map(({ person_id }) => person_id),
    grants: async (childId) =>
      Object.fromEntries(
        (
          await database.admin<{ person_id: string; state: string; holds: string[] }[]>`
            select person_id, state, holds from access_grant where child_id = ${childId} and state <> 'ENDED'`
        ).map(({ person_id, state, holds }) => [person_id, `${state} ${holds.join()}`.trim()]),
      ),
    openItems: async (childId) =>
      (
        await database.admin<{ kind: string }[]>`
          select kind from work_item where child_id is not distinct from ${childId} and closed_at is null order by kind`
      ).map(({ kind }) => kind),
    told: async () => {
      const rows = await database.admin<
        { id: string; type: string; subject: string; data: Record<string, unknown> }[]
      >`select id, type, subject, data from outbox where id > ${lastTold} order by id`;
      lastTold = Number(rows.at(-1)?.id ?? lastTold);
      return rows.map(({ type, subject, data }) => ({ type, subject, data }));
    },
    close: async () => {
      await db.close();
      await database.close();
    },
  };
}

/** A record as the registry worker would send it. */
export const toRecord = (told: Told): PersonRecord => {
  const { number, responsibilities = [], ...rest } = told;
  return {
    numbers: [{ number, isInUse: true, kind: 'NATIONAL' }],
    name: { given: 'BRED', middle: null, family: 'SYKKELPUMPE' },
    birthDate: '1985-05-17',
    deathDate: null,
    isDead: false,
    status: 'bosatt',
    hasFalseIdentity: false,
    protection: 'NONE',
    representations: [],
    ...rest,
    responsibilities: responsibilities.map((entry) => ({
      value: 'felles',
      childNumber: number,
      responsible: { kind: 'nobody' },
      since: '2018-06-21T00:00:00+02:00',
      ...entry,
    })),
  };
};

/** Entries of a child's document that name these people by number, all with one word. */
export const heldBy = (value: string, ...holders: readonly string[]): readonly Partial<Responsibility>[] =>
  holders.map((number) => ({ value, responsible: { kind: 'person', number } }));
