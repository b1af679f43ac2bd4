import { deepStrictEqual } from 'node:assert';
import { startAccessCopy } from '@ranselpost/kit/access-copy';
import { type Bus, connectBus } from '@ranselpost/kit/bus';
import { consume } from '@ranselpost/kit/consume';
import { newId } from '@ranselpost/kit/ids';
import { accessCopyMigrations, eventMigrations } from '@ranselpost/kit/migrate';
import { fact, tellAll } from '@ranselpost/kit/outbox';
import { AppError } from '@ranselpost/kit/pure/errors';
import { startRelay } from '@ranselpost/kit/relay';
import { seal } from '@ranselpost/kit/seal';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { type TestBus, testBus } from '@ranselpost/kit/testing/bus';
import { type TestDatabase, testDatabase } from '@ranselpost/kit/testing/database';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { lookAs } from '@ranselpost/kit/testing/look';
import { testLife } from '@ranselpost/kit/testing/life';
import { personRecordedV1 } from '@ranselpost/schema/events/registry/person-recorded.v1';
import { unitChangedV1 } from '@ranselpost/schema/events/identity/unit-changed.v1';
import { streams } from '@ranselpost/schema/events/streams';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Told, heldBy, toRecord } from '../testing/harness.ts';
import { type Name, type World, asked, familiarRoster, made, openWorld } from '../testing/world.ts';
import { atUnit, everywhere, waysToDirect } from '../testing/features.ts';
import { type TestRoster, rosterFile } from '../testing/roster.ts';
import { confirmGrant } from '../usecases/confirm-grant.ts';
import { approveProposal } from '../usecases/decide-proposal.ts';
import { imposeRestriction } from '../usecases/impose-restriction.ts';
import { importRoster } from '../usecases/import-roster.ts';
import { sendHeartbeat } from './heartbeat.ts';
import { lostReading } from './lost-reading.ts';
import { onPersonRecorded } from './on-person-recorded.ts';
import { onSnapshotRequested } from './on-snapshot-requested.ts';
import { whenRestored } from './when-restored.ts';

let world: World;
let nats: TestBus;
let registry: TestDatabase;
let copy: TestDatabase;
let buses: Bus[];
let identity: ReturnType<typeof testLife>;
let others: ReturnType<typeof testLife>;
/** Every answer that the copy has given since the backup: a person and the children they were shown. */
let answers: { person: string; children: readonly string[] }[];
let watching: NodeJS.Timeout | undefined;
const plan = (name: string) => streams.find((stream) => stream.name === name)!;

const bus = async (name: string): Promise<Bus> => {
  const made = await connectBus(nats.url, name, others.log);
  buses.push(made);
  return made;
};

beforeEach(async () => {
  others = testLife('fatal');
  [buses, answers] = [[], []];
  nats = await testBus();
  world = await openWorld();
  registry = await testDatabase('registry', [eventMigrations]);
  copy = await testDatabase('attendance', [eventMigrations, accessCopyMigrations]);
  const registryRelay = startRelay({
    ...{ db: registry.db, bus: await bus('registry'), log: others.log, plan: plan('registry') },
  });
  others.onStop('registry', registryRelay.stop);
  startAccessCopy({
    ...{ service: 'attendance', db: copy.db, bus: await bus('attendance'), life: others, maxStaleness: 5 },
  });
  await startIdentity();
  await eventually(
    async () => deepStrictEqual(await childrenOf('mother'), sorted('ours', 'sibling')),
    20_000,
  );
});
afterEach(async () => {
  clearInterval(watching);
  await identity.stop();
  await others.stop();
  for (const one of buses) await one.close();
  await world.close();
  await registry.close();
  await copy.close();
  await nats.close();
});

async function startIdentity(patienceMs = 600_000): Promise<void> {
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
}

const sorted = (...names: readonly Name[]) => names.map((name) => world.id[name]).toSorted();
const askAs = async (who: Name, kind: 'guardian' | 'staff'): Promise<readonly string[]> => {
  const actor = kind === 'staff' ? staff(world.id[who]) : guardian(world.id[who]);
  const query =
    kind === 'staff'
      ? sql`select distinct child_id from access.enrolment`
      : sql`select child_id from access.guardian`;
  const rows = await lookAs(copy.db, actor, (tx) => tx.execute<{ child_id: string }>(query));
  return rows.map(({ child_id }) => child_id).toSorted();
};
const childrenOf = (who: Name) => askAs(who, 'guardian');
const pupilsOf = (who: Name) => askAs(who, 'staff');
/** Asks the copy over and over, as people do. */
const watch = (...people: readonly Name[]) => {
  watching = setInterval(() => {
    for (const person of people)
      void childrenOf(person)
        .then((children) => answers.push({ person, children }))
        .catch((error: unknown) => {
          if (!(error instanceof AppError)) throw error;
        });
  }, 20);
};
const shows = (who: Name, ...children: readonly Name[]) =>
  eventually(async () => expect(await childrenOf(who)).toEqual(sorted(...children)), 30_000);

let revision = Math.floor(Date.now() / 1000);
const registryTells = async (...told: readonly Told[]) => {
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
};
const ours = (...holders: readonly Name[]): Told => ({
  ...{ number: world.number.ours, birthDate: '2018-06-21' },
  responsibilities: heldBy(
    holders.length > 1 ? 'felles' : 'mor',
    ...holders.map((name) => world.number[name]),
  ),
});
const position = async () =>
  Number((await copy.admin`select position from access.copy_state`)[0]!['position']);
const toldUpTo = async () =>
  Number((await eventually(() => world.database.admin`select seq from outbox_position`))[0]!['seq']);
const isWhole = async () =>
  (await copy.admin`select is_whole from access.copy_state`)[0]!['is_whole'] as boolean;
const types = async () =>
  await world.database.admin<{ type: string; data: Record<string, unknown> }[]>`
    select type, data from outbox order by id`;
const followed = async () =>
  (
    await world.database.admin<{ subject: string }[]>`
      select distinct subject from outbox where type = 'identity.person.followed.v1' and seq > (
        select max(seq) from outbox where type = 'identity.snapshot.started.v1')`
  ).map(({ subject }) => subject);

/** A backup, after which the father loses one child and a teacher the class; then the backup is put back. */
async function restorePastRevocations(): Promise<void> {
  await world.database.keep();
  await shows('father', 'ours', 'sibling', 'theirs');
  await registryTells(ours('mother'));
  await shows('father', 'sibling', 'theirs');
  watch('father', 'mother', 'otherMother');
  await eventually(() => expect(answers.length).toBeGreaterThan(10));
  await identity.stop();
  await world.database.putBack();
}
const wereShown = (who: Name) =>
  answers.filter(({ person }) => person === who).flatMap(({ children }) => children);

describe('identity, restored to a day before somebody lost access (S-27, S-04)', () => {
  test('opens to nobody what they had lost, before or after the register has been read again', async () => {
    await restorePastRevocations();
    const before = await position();
    answers = [];
    await startIdentity();
    await eventually(async () => expect(await position()).toBeGreaterThan(before + 1), 20_000);
    await eventually(async () => expect(await isWhole()).toBe(true), 30_000);
    await shows('father', 'sibling', 'theirs');
    await shows('mother', 'ours', 'sibling');
    await registryTells(ours('mother'));
    await eventually(async () =>
      expect(await world.grants(world.id.ours)).toEqual({ [world.id.mother]: 'ACTIVE' }),
    );
    await shows('father', 'sibling', 'theirs');
    expect(wereShown('father')).not.toContain(world.id.ours);
    expect(wereShown('mother').length).toBeGreaterThan(0);
  });

  test('gives it back to whoever the register names when staff have looked at it, and not before', async () => {
    await restorePastRevocations();
    await startIdentity();
    await shows('father', 'sibling', 'theirs');
    await registryTells(ours('mother', 'father'));
    await eventually(async () => {
      expect(await world.grants(world.id.ours)).toEqual({
        [world.id.mother]: 'ACTIVE',
        [world.id.father]: 'SUSPENDED LOST_BEFORE_RESTORE',
      });
      expect(await world.openItems(world.id.ours)).toEqual(['LOST_BEFORE_RESTORE']);
    });
    const [grant] = await world.database.admin<{ grant_id: string }[]>`
      select grant_id from access_grant where child_id = ${world.id.ours} and person_id = ${world.id.father}`;
    const proposal = await made(
      confirmGrant(world.deps, staff(world.id.leader), grant!.grant_id, asked('Spoken with both')),
    );
    expect(proposal.outcome).toBeNull();
    await made(approveProposal(world.deps, staff(world.id.caseWorker), proposal.proposalId));
    await shows('father', 'ours', 'sibling', 'theirs');
    expect(await world.openItems(world.id.ours)).toEqual([]);
  });

  test('knows no restriction that came after the backup, and opens nothing in spite of it (GUA-12)', async () => {
    await world.database.keep();
    await shows('father', 'ours', 'sibling', 'theirs');
    const ban = {
      ...{ childId: world.id.ours, personId: world.id.father, parentsKeepView: false },
      ...{ reviewOn: '2027-02-01', note: null },
      kind: 'CONTACT_BAN' as const,
      authority: 'POLICE' as const,
    };
    await made(imposeRestriction(world.deps, staff(world.id.leader), ban, asked(null)));
    await shows('father', 'sibling', 'theirs');
    watch('father');
    await eventually(() => expect(answers.length).toBeGreaterThan(10));
    await identity.stop();
    await world.database.putBack();
    answers = [];
    await startIdentity();
    await eventually(async () => expect(await isWhole()).toBe(true), 30_000);
    await registryTells(ours('mother', 'father'));
    await eventually(async () =>
      expect((await world.grants(world.id.ours))[world.id.father]).toBe('SUSPENDED LOST_BEFORE_RESTORE'),
    );
    await shows('father', 'sibling', 'theirs');
    expect(wereShown('father')).not.toContain(world.id.ours);
  });

  test('stops and hides again what was stopped and hidden since, and nothing else, until two start it (D02)', async () => {
    const { deps, unit } = world;
    const standing = async () => {
      const rows = await copy.admin<
        { feature: string; unit_id: string; state: string; is_readable: boolean }[]
      >`
        select * from access.feature`;
      const keys = Object.entries(unit);
      return Object.fromEntries(
        rows.map((row) => [
          `${row.feature} ${keys.find(([, id]) => id === row.unit_id)?.[0]}`,
          `${row.state}${row.is_readable ? '' : ' hidden'}`,
        ]),
      );
    };
    world.setNow('2026-11-24T08:00:00Z');
    const administrator = staff(world.id.administrator);
    await waysToDirect.open(deps, administrator, everywhere);
    const open = Object.fromEntries(
      ['school', 'sfo', 'other', 'nursery'].map((key) => [`ABSENCE ${key}`, 'OPEN']),
    );
    await eventually(async () => expect(await standing()).toEqual(open), 20_000);
    await world.database.keep();
    await waysToDirect.hide(deps, administrator, atUnit(unit['school']!));
    await waysToDirect.stop(deps, staff(world.id.otherLeader), atUnit(unit['other']!));
    const stopped = { ...open, 'ABSENCE school': 'CLOSED hidden', 'ABSENCE other': 'SUSPENDED' };
    await eventually(async () => expect(await standing()).toEqual(stopped), 20_000);
    await identity.stop();
    await world.database.putBack();
    await startIdentity();
    await eventually(async () => expect(await isWhole()).toBe(true), 30_000);
    await eventually(
      async () =>
        expect(await types()).toContainEqual(
          expect.objectContaining({ type: 'identity.snapshot.completed.v1' }),
        ),
      20_000,
    );
    expect(await standing()).toEqual(stopped);
    const again = await waysToDirect.open(deps, administrator, atUnit(unit['school']!));
    expect(again).toMatchObject({ ok: true, value: { kind: 'proposed' } });
  });

  test('asks the registry for everybody it follows, once for each restore, and leaves staff a word', async () => {
    await restorePastRevocations();
    await startIdentity();
    await eventually(async () => {
      const people = await world.database.admin`
        select person_id from person where followed_as is not null and merged_into is null`;
      expect((await followed()).toSorted()).toEqual(
        people.map(({ person_id }) => person_id as string).toSorted(),
      );
    }, 20_000);
    await identity.stop();
    await startIdentity();
    await shows('father', 'sibling', 'theirs');
    const started = (await types()).filter(
      ({ type, data }) => type === 'identity.snapshot.started.v1' && data['hasFollowed'] === true,
    );
    expect(started).toHaveLength(1);
    expect(await world.openItems(null)).toContain('RESTORED');
  });

  test('answers a word about somebody it does not know any more with that it follows nobody of that id (FREG-06)', async () => {
    const forgotten = newId();
    const sealed = await seal(world.deps.numbers.sealKeys, forgotten, null);
    const told = { personId: forgotten, revision: 1, readAt: new Date().toISOString(), sealed };
    await registry.db.asService((tx) => tellAll(tx, [fact(personRecordedV1, told)]));
    await eventually(async () =>
      expect(
        await world.database.admin`
          select from outbox where type = 'identity.person.unfollowed.v1' and subject = ${forgotten}`,
      ).toHaveLength(1),
    );
  });

  test('ends what a roster had ended, and widens nothing, until the roster is taken in again', async () => {
    await eventually(async () => expect(await pupilsOf('teacherOfB')).toEqual(sorted('theirs')), 20_000);
    await world.database.keep();
    const roster = familiarRoster(world.number);
    const without = (person: Name, target?: string): TestRoster => ({
      ...roster,
      places: roster.places.filter(
        (place) => place.person !== person || (target !== undefined && place.target !== target),
      ),
    });
    const imported = await importRoster(
      world.deps,
      rosterFile({
        ...roster,
        places: [...without('teacherOfB').places.filter(({ person }) => person !== 'hidden')],
      }),
      { mayEndMuch: true },
    );
    expect(imported.ok).toBe(true);
    const nobody = () =>
      eventually(async () => {
        expect(await pupilsOf('teacherOfB')).toEqual([]);
        expect(await pupilsOf('teacher')).toEqual(sorted('ours'));
      }, 20_000);
    await nobody();
    await identity.stop();
    await world.database.putBack();
    await startIdentity();
    await eventually(
      async () =>
        expect(await types()).toContainEqual(
          expect.objectContaining({ type: 'identity.snapshot.completed.v1' }),
        ),
      20_000,
    );
    await eventually(async () => expect(await isWhole()).toBe(true), 20_000);
    await nobody();
    const again = await importRoster(world.deps, rosterFile(roster), { mayEndMuch: true });
    expect(again.ok).toBe(true);
    await eventually(async () => expect(await pupilsOf('teacherOfB')).toEqual(sorted('theirs')), 20_000);
  });
});

describe('identity, restored together with a bus that has lost its disk (S-27, S-04)', () => {
  const whatTheRegistersSay = async () => {
    const { number } = world;
    const born = { birthDate: '2018-06-21' };
    await registryTells(
      ours('mother'),
      { number: number.sibling, ...born, responsibilities: heldBy('felles', number.mother, number.father) },
      {
        ...{ number: number.hidden, ...born, protection: 'STRENGT_FORTROLIG' },
        responsibilities: heldBy('felles', number.hiddenMother, number.hiddenFather),
      },
    );
  };

  test('is told so by its copies, and opens nothing by what it remembers until the registers have been read', async () => {
    await restorePastRevocations();
    // Nothing of what came after the backup comes again by itself.
    await registry.admin`delete from outbox`;
    await nats.kill();
    answers = [];
    await nats.start({ empty: true });
    await startIdentity(3_000);
    await shows('father');
    await shows('mother');
    await eventually(async () => expect(await pupilsOf('teacher')).toEqual(sorted('hidden', 'ours')));
    await whatTheRegistersSay();
    await shows('mother', 'ours', 'sibling');
    await shows('father', 'sibling');
    // What staff had confirmed for a protected child stands.
    await shows('hiddenMother', 'hidden');
    expect(wereShown('father')).not.toContain(world.id.ours);
  });

  test('is told so by its copies also when it has told as much since as it had forgotten', async () => {
    await restorePastRevocations();
    const lost = (await position()) - (await toldUpTo());
    await registry.admin`delete from outbox`;
    await nats.kill();
    answers = [];
    // As many other facts as it takes to come to the very places that the copy has heard of.
    const unit = { unitId: newId(), revision: 1, kind: 'SCHOOL', isActive: true } as const;
    const facts = Array.from({ length: lost + 1 }, () => fact(unitChangedV1, unit));
    await eventually(() => world.deps.db.asService((tx) => tellAll(tx, facts)));
    await nats.start({ empty: true });
    await startIdentity(3_000);
    await eventually(async () => expect(await isWhole()).toBe(false), 40_000);
    await eventually(async () => {
      expect(await isWhole()).toBe(true);
      expect(await childrenOf('father')).toEqual([]);
    }, 40_000);
    await whatTheRegistersSay();
    await shows('mother', 'ours', 'sibling');
    await shows('father', 'sibling');
    expect(wereShown('father')).not.toContain(world.id.ours);
  });
});
