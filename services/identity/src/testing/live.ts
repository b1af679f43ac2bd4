import { startAccessCopy } from '@ranselpost/kit/access-copy';
import { type Bus, connectBus } from '@ranselpost/kit/bus';
import { consume } from '@ranselpost/kit/consume';
import { accessCopyMigrations, eventMigrations } from '@ranselpost/kit/migrate';
import { fact, tellAll } from '@ranselpost/kit/outbox';
import { AppError } from '@ranselpost/kit/pure/errors';
import { keepsNothingToPurge } from '@ranselpost/kit/protection';
import { startRelay } from '@ranselpost/kit/relay';
import { seal } from '@ranselpost/kit/seal';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { type TestBus, testBus } from '@ranselpost/kit/testing/bus';
import { type TestDatabase, testDatabase } from '@ranselpost/kit/testing/database';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { lookAs } from '@ranselpost/kit/testing/look';
import { testLife } from '@ranselpost/kit/testing/life';
import { type Envelope, envelopeSchema } from '@ranselpost/schema/events/event';
import { personRecordedV1 } from '@ranselpost/schema/events/registry/person-recorded.v1';
import { streams } from '@ranselpost/schema/events/streams';
import { sql } from 'drizzle-orm';
import { deepStrictEqual } from 'node:assert';
import { setTimeout as sleep } from 'node:timers/promises';
import { sendHeartbeat } from '../events/heartbeat.ts';
import { lostReading } from '../events/lost-reading.ts';
import { onPersonRecorded } from '../events/on-person-recorded.ts';
import { onSnapshotRequested } from '../events/on-snapshot-requested.ts';
import { whenRestored } from '../events/when-restored.ts';
import { type Told, toRecord } from './harness.ts';
import { type Name, type World, openWorld } from './world.ts';

/** One thing that identity told, as its outbox has it. */
export interface ToldFact {
  readonly type: string;
  readonly data: Record<string, unknown>;
}

/** The familiar world with its events on a bus: a registry that tells, and another service's copy that listens. */
export interface LiveWorld extends World, AsyncDisposable {
  readonly nats: TestBus;
  readonly registry: TestDatabase;
  readonly copy: TestDatabase;
  /** Starts identity's part on the bus; it is started when the world opens. */
  start(patienceMs?: number): Promise<void>;
  stop(): Promise<void>;
  /** The children whom the copy shows somebody as a guardian. People are named, or meant by their id. */
  childrenOf(who: string): Promise<readonly string[]>;
  /** The children whom the copy knows to be in somebody's charge as staff. */
  pupilsOf(who: string): Promise<readonly string[]>;
  /** Waits until the copy shows somebody these children and no others. */
  shows(who: string, ...children: readonly string[]): Promise<void>;
  sorted(...names: readonly string[]): readonly string[];
  /** Asks the copy over and over, as people do. */
  watch(...people: readonly string[]): void;
  /** All children whom the copy has answered somebody with since `watch`, or since `forgetAnswers`. */
  wereShown(who: string): readonly string[];
  /** How many answers the copy has given. */
  answers(): number;
  forgetAnswers(): void;
  registryTells(...told: readonly Told[]): Promise<void>;
  position(): Promise<number>;
  toldUpTo(): Promise<number>;
  isWhole(): Promise<boolean>;
  facts(): Promise<readonly ToldFact[]>;
  /** Everything that identity ever told and that the stream still has. */
  heard(): Promise<readonly Envelope[]>;
}

const plan = (name: string) => streams.find((stream) => stream.name === name)!;

export async function openLiveWorld(): Promise<LiveWorld> {
  const others = testLife('fatal');
  const buses: Bus[] = [];
  const answers: { person: string; children: readonly string[] }[] = [];
  const nats = await testBus();
  const world = await openWorld();
  const registry = await testDatabase('registry', [eventMigrations]);
  const copy = await testDatabase('attendance', [eventMigrations, accessCopyMigrations]);
  let identity = testLife('fatal');
  let stopWatching = async (): Promise<void> => {};

  const bus = async (name: string): Promise<Bus> => {
    const made = await connectBus(nats.url, name, others.log);
    buses.push(made);
    return made;
  };
  const idOf = (who: string): string => world.id[who as Name] ?? who;
  const sorted = (...names: readonly string[]) => names.map(idOf).toSorted();
  const askAs = async (who: string, kind: 'guardian' | 'staff'): Promise<readonly string[]> => {
    const actor = kind === 'staff' ? staff(idOf(who)) : guardian(idOf(who));
    const query =
      kind === 'staff'
        ? sql`select distinct child_id from access.enrolment`
        : sql`select child_id from access.guardian`;
    const rows = await lookAs(copy.db, actor, (tx) => tx.execute<{ child_id: string }>(query));
    return rows.map(({ child_id }) => child_id).toSorted();
  };
  const childrenOf = (who: string) => askAs(who, 'guardian');

  const start = async (patienceMs = 600_000): Promise<void> => {
    identity = testLife('fatal');
    const { deps } = world;
    const { db, log } = deps;
    const mine = await bus('identity');
    const relay = startRelay({
      ...{ db, bus: mine, log, plan: plan('identity'), onRestored: whenRestored(deps) },
      onDrained: { everyMs: 100, call: sendHeartbeat(deps, mine) },
    });
    identity.onStop('relay', relay.stop);
    const consumer = consume({
      ...{ db, bus: mine, log, stream: 'registry', consumer: 'identity-registry' },
      handlers: [onPersonRecorded(deps)],
      onDead: lostReading(deps),
    });
    identity.onStop('consumer', consumer.stop);
    onSnapshotRequested(deps, mine, identity, patienceMs);
  };

  const registryRelay = startRelay({
    ...{ db: registry.db, bus: await bus('registry'), log: others.log, plan: plan('registry') },
  });
  others.onStop('registry', registryRelay.stop);
  startAccessCopy({
    ...{ service: 'attendance', db: copy.db, bus: await bus('attendance'), life: others, maxStaleness: 5 },
    purge: keepsNothingToPurge,
  });
  await start();
  await eventually(
    async () => deepStrictEqual(await childrenOf('mother'), sorted('ours', 'sibling')),
    20_000,
  );

  const close = async (): Promise<void> => {
    await stopWatching();
    await identity.stop();
    await others.stop();
    for (const one of buses) await one.close();
    await world.close();
    await registry.close();
    await copy.close();
    await nats.close();
  };
  let revision = Math.floor(Date.now() / 1000);
  return {
    ...world,
    ...{ nats, registry, copy, start, childrenOf, sorted },
    stop: () => identity.stop(),
    pupilsOf: (who) => askAs(who, 'staff'),
    shows: (who, ...children) =>
      eventually(async () => deepStrictEqual(await childrenOf(who), sorted(...children)), 30_000),
    watch: (...people) => {
      let isOver = false;
      const done = (async () => {
        while (!isOver) {
          for (const person of people)
            try {
              answers.push({ person, children: await childrenOf(person) });
            } catch (error) {
              if (!(error instanceof AppError)) throw error;
            }
          await sleep(20);
        }
      })();
      stopWatching = () => {
        isOver = true;
        return done;
      };
    },
    wereShown: (who) => answers.filter(({ person }) => person === who).flatMap(({ children }) => children),
    answers: () => answers.length,
    forgetAnswers: () => void answers.splice(0),
    registryTells: async (...told) => {
      const facts = await Promise.all(
        told.map(async (one) => {
          const personId = (await world.personOf(one.number))!;
          const sealed = await seal(world.deps.numbers.sealKeys, personId, toRecord(one));
          return fact(personRecordedV1, {
            ...{ personId, revision: (revision += 1), readAt: new Date().toISOString(), sealed },
          });
        }),
      );
      await registry.db.asService((tx) => tellAll(tx, facts));
    },
    position: async () => Number((await copy.admin`select position from access.copy_state`)[0]!['position']),
    toldUpTo: async () =>
      Number((await eventually(() => world.database.admin`select seq from outbox_position`))[0]!['seq']),
    isWhole: async () =>
      (await copy.admin`select is_whole from access.copy_state`)[0]!['is_whole'] as boolean,
    facts: async () => [
      ...(await world.database.admin<ToldFact[]>`select type, data from outbox order by id`),
    ],
    heard: async () => {
      const manager = await buses[0]!.manager();
      const { state } = await manager.streams.info('identity');
      const messages = await Promise.all(
        Array.from({ length: state.last_seq - state.first_seq + 1 }, (_none, at) =>
          manager.streams.getMessage('identity', { seq: state.first_seq + at }),
        ),
      );
      return messages.flatMap((message) => (message === null ? [] : envelopeSchema.parse(message.json())));
    },
    ...{ close, [Symbol.asyncDispose]: close },
  };
}
