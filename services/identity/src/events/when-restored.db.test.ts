import { newId } from '@ranselpost/kit/ids';
import { fact, tellAll } from '@ranselpost/kit/outbox';
import { seal } from '@ranselpost/kit/seal';
import { staff } from '@ranselpost/kit/testing/actors';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { personRecordedV1 } from '@ranselpost/schema/events/registry/person-recorded.v1';
import { unitChangedV1 } from '@ranselpost/schema/events/identity/unit-changed.v1';
import { describe, expect, test } from 'vitest';
import { type Told, heldBy } from '../testing/harness.ts';
import { type LiveWorld, openLiveWorld } from '../testing/live.ts';
import { type Name, asked, familiarRoster, made } from '../testing/world.ts';
import { atUnit, everywhere, waysToDirect } from '../testing/features.ts';
import { aNumber } from '../testing/numbers.ts';
import { type TestRoster, rosterFile } from '../testing/roster.ts';
import { confirmGrant } from '../usecases/confirm-grant.ts';
import { approveProposal } from '../usecases/decide-proposal.ts';
import { imposeRestriction } from '../usecases/impose-restriction.ts';
import { endRole } from '../usecases/end-role.ts';
import { importRoster } from '../usecases/import-roster.ts';
import { retain } from '../usecases/retain.ts';

const ours = (world: LiveWorld, ...holders: readonly Name[]): Told => ({
  ...{ number: world.number.ours, birthDate: '2018-06-21' },
  responsibilities: heldBy(
    holders.length > 1 ? 'felles' : 'mor',
    ...holders.map((name) => world.number[name]),
  ),
});
const followed = async (world: LiveWorld) =>
  (
    await world.database.admin<{ subject: string }[]>`
      select distinct subject from outbox where type = 'identity.person.followed.v1' and seq > (
        select max(seq) from outbox where type = 'identity.snapshot.started.v1')`
  ).map(({ subject }) => subject);

/** A backup, after which the father loses one child and a teacher the class; then the backup is put back. */
async function restorePastRevocations(world: LiveWorld): Promise<void> {
  await world.database.keep();
  await world.shows('father', 'ours', 'sibling', 'theirs');
  await world.registryTells(ours(world, 'mother'));
  await world.shows('father', 'sibling', 'theirs');
  world.watch('father', 'mother', 'otherMother');
  await eventually(() => expect(world.answers()).toBeGreaterThan(10));
  await world.stop();
  await world.database.putBack();
}

// Each test has a world of its own, and mostly waits for it: they do so side by side.
describe.concurrent('identity, restored to a day before somebody lost access (S-27, S-04)', () => {
  test('opens to nobody what they had lost, before or after the register has been read again', async () => {
    await using world = await openLiveWorld();
    await restorePastRevocations(world);
    const before = await world.position();
    world.forgetAnswers();
    await world.start();
    await eventually(async () => expect(await world.position()).toBeGreaterThan(before + 1), 20_000);
    await eventually(async () => expect(await world.isWhole()).toBe(true), 30_000);
    await world.shows('father', 'sibling', 'theirs');
    await world.shows('mother', 'ours', 'sibling');
    await world.registryTells(ours(world, 'mother'));
    await eventually(async () =>
      expect(await world.grants(world.id.ours)).toEqual({ [world.id.mother]: 'ACTIVE' }),
    );
    await world.shows('father', 'sibling', 'theirs');
    expect(world.wereShown('father')).not.toContain(world.id.ours);
    expect(world.wereShown('mother').length).toBeGreaterThan(0);
  });

  test('gives it back to whoever the register names when staff have looked at it, and not before', async () => {
    await using world = await openLiveWorld();
    await restorePastRevocations(world);
    await world.start();
    await world.shows('father', 'sibling', 'theirs');
    await world.registryTells(ours(world, 'mother', 'father'));
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
    await world.shows('father', 'ours', 'sibling', 'theirs');
    expect(await world.openItems(world.id.ours)).toEqual([]);
  });

  test('takes away again what staff took away since, also from whoever had no access or was not known (GUA-12, S-03)', async () => {
    await using world = await openLiveWorld();
    const { deps, id } = world;
    const stranger = aNumber();
    await world.database.keep();
    await world.shows('father', 'ours', 'sibling', 'theirs');
    const ban = (childId: string, personId: string | null, number?: string) =>
      made(
        imposeRestriction(
          deps,
          staff(id.leader),
          {
            ...{ childId, personId, number, parentsKeepView: false, reviewOn: '2027-02-01', note: null },
            ...{ kind: 'CONTACT_BAN', authority: 'POLICE' },
          },
          asked(null),
        ),
      );
    await ban(id.ours, id.father);
    await ban(id.theirs, null, stranger);
    const roles = async () =>
      await world.database.admin`
        select role_id, to_day::text from municipal_role where person_id = ${id.secondCaseWorker}`;
    const [role] = await roles();
    await made(endRole(deps, staff(id.administrator), role!['role_id'] as string, asked(null)));
    const kept = async () => [
      await roles(),
      await world.database.admin`
        select restriction_id, child_id, person_id, kind, authority, closes_access, review_on, imposed_by, lifted_at
        from restriction order by restriction_id`,
    ];
    const before = await kept();
    expect(before[1]).toHaveLength(2);
    await world.shows('father', 'sibling', 'theirs');
    world.watch('father');
    await eventually(() => expect(world.answers()).toBeGreaterThan(10));
    await world.stop();
    await world.database.putBack();
    expect(await eventually(kept)).not.toEqual(before);
    world.forgetAnswers();
    await world.start();
    await eventually(async () => expect(await world.isWhole()).toBe(true), 30_000);
    await eventually(async () => expect(await kept()).toEqual(before), 20_000);
    await world.registryTells(ours(world, 'mother', 'father'), {
      ...{ number: world.number.theirs, birthDate: '2018-06-21' },
      responsibilities: heldBy('felles', world.number.otherMother, stranger),
    });
    await eventually(async () => expect(await world.personOf(stranger)).toBeDefined());
    await world.registryTells({ number: stranger });
    await eventually(async () => {
      expect((await world.grants(id.ours))[id.father]).toBe('SUSPENDED RESTRICTED,LOST_BEFORE_RESTORE');
      expect((await world.grants(id.theirs))[(await world.personOf(stranger))!]).toMatch(
        /^PENDING RESTRICTED/,
      );
    });
    await world.shows('father', 'sibling');
    expect(world.wereShown('father')).not.toContain(id.ours);
  });

  test('stops and hides again what was stopped and hidden since, and nothing else, until two start it (D02)', async () => {
    await using world = await openLiveWorld();
    const { deps, unit } = world;
    const standing = async () => {
      const rows = await world.copy.admin<
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
    await world.stop();
    await world.database.putBack();
    await world.start();
    await eventually(async () => expect(await world.isWhole()).toBe(true), 30_000);
    await eventually(
      async () =>
        expect(await world.facts()).toContainEqual(
          expect.objectContaining({ type: 'identity.snapshot.completed.v1' }),
        ),
      20_000,
    );
    expect(await standing()).toEqual(stopped);
    const again = await waysToDirect.open(deps, administrator, atUnit(unit['school']!));
    expect(again).toMatchObject({ ok: true, value: { kind: 'proposed' } });
  });

  test('erases again whom it had erased since, before a copy is whole, and asks every service once more (RET-08)', async () => {
    await using world = await openLiveWorld();
    const { deps, database, id } = world;
    await database.admin`update person set known_since = '2026-01-01'`;
    await database.admin`update work_item set closed_at = now(), closed_by = 'test' where closed_at is null`;
    await database.admin`update enrolment set to_day = '2026-11-01' where child_id = ${id.ours}`;
    world.setNow('2027-11-02T08:00:00Z');
    await database.keep();
    await world.shows('mother', 'ours', 'sibling');
    await eventually(() => retain(deps));
    await world.shows('mother', 'sibling');
    const isHere = async () =>
      (await eventually(() => database.admin`select from person_number where person_id = ${id.ours}`))
        .length > 0;
    expect(await isHere()).toBe(false);
    await world.stop();
    await database.putBack();
    expect(await isHere()).toBe(true);
    world.watch('mother', 'father');
    world.forgetAnswers();
    await world.start();
    await eventually(async () => {
      expect(await isHere()).toBe(false);
      expect(await world.isWhole()).toBe(true);
    }, 30_000);
    await world.shows('mother', 'sibling');
    expect([...world.wereShown('mother'), ...world.wereShown('father')]).not.toContain(id.ours);
    const [entry] = await database.admin`select rule, is_again from erasure where person_id = ${id.ours}`;
    expect(entry).toEqual({ rule: 'S-27', is_again: true });
    // The copies hear of it anew in the snapshot, before anything else there.
    await eventually(async () => {
      const told = (await world.facts()).map(({ type }) => type);
      const started = told.lastIndexOf('identity.snapshot.started.v1');
      expect(told[started + 1]).toBe('identity.person.erased.v1');
    }, 30_000);
  });

  test('asks the registry for everybody it follows, once for each restore, and leaves staff a word', async () => {
    await using world = await openLiveWorld();
    await restorePastRevocations(world);
    await world.start();
    await eventually(async () => {
      const people = await world.database.admin`
        select person_id from person where followed_as is not null and merged_into is null`;
      expect((await followed(world)).toSorted()).toEqual(
        people.map(({ person_id }) => person_id as string).toSorted(),
      );
    }, 20_000);
    await world.stop();
    await world.start();
    await world.shows('father', 'sibling', 'theirs');
    const started = (await world.facts()).filter(
      ({ type, data }) => type === 'identity.snapshot.started.v1' && data['hasFollowed'] === true,
    );
    expect(started).toHaveLength(1);
    expect(await world.openItems(null)).toContain('RESTORED');
  });

  test('answers a word about somebody it does not know any more with that it follows nobody of that id (FREG-06)', async () => {
    await using world = await openLiveWorld();
    const forgotten = newId();
    const sealed = await seal(world.deps.numbers.sealKeys, forgotten, null);
    const told = { personId: forgotten, revision: 1, readAt: new Date().toISOString(), sealed };
    await world.registry.db.asService((tx) => tellAll(tx, [fact(personRecordedV1, told)]));
    await eventually(async () =>
      expect(
        await world.database.admin`
          select from outbox where type = 'identity.person.unfollowed.v1' and subject = ${forgotten}`,
      ).toHaveLength(1),
    );
  });

  test('ends what a roster had ended, and widens nothing, until the roster is taken in again', async () => {
    await using world = await openLiveWorld();
    await eventually(
      async () => expect(await world.pupilsOf('teacherOfB')).toEqual(world.sorted('theirs')),
      20_000,
    );
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
        expect(await world.pupilsOf('teacherOfB')).toEqual([]);
        expect(await world.pupilsOf('teacher')).toEqual(world.sorted('ours'));
      }, 20_000);
    await nobody();
    await world.stop();
    await world.database.putBack();
    await world.start();
    await eventually(
      async () =>
        expect(await world.facts()).toContainEqual(
          expect.objectContaining({ type: 'identity.snapshot.completed.v1' }),
        ),
      20_000,
    );
    await eventually(async () => expect(await world.isWhole()).toBe(true), 20_000);
    await nobody();
    const again = await importRoster(world.deps, rosterFile(roster), { mayEndMuch: true });
    expect(again.ok).toBe(true);
    await eventually(
      async () => expect(await world.pupilsOf('teacherOfB')).toEqual(world.sorted('theirs')),
      20_000,
    );
  });
});

describe.concurrent('identity, restored together with a bus that has lost its disk (S-27, S-04)', () => {
  const whatTheRegistersSay = async (world: LiveWorld) => {
    const { number } = world;
    const born = { birthDate: '2018-06-21' };
    await world.registryTells(
      ours(world, 'mother'),
      { number: number.sibling, ...born, responsibilities: heldBy('felles', number.mother, number.father) },
      {
        ...{ number: number.hidden, ...born, protection: 'STRENGT_FORTROLIG' },
        responsibilities: heldBy('felles', number.hiddenMother, number.hiddenFather),
      },
    );
  };

  test('is told so by its copies, and opens nothing by what it remembers until the registers have been read', async () => {
    await using world = await openLiveWorld();
    await restorePastRevocations(world);
    // Nothing of what came after the backup comes again by itself.
    await world.registry.admin`delete from outbox`;
    await world.nats.kill();
    world.forgetAnswers();
    await world.nats.start({ empty: true });
    await world.start(3_000);
    await world.shows('father');
    await world.shows('mother');
    await eventually(async () =>
      expect(await world.pupilsOf('teacher')).toEqual(world.sorted('hidden', 'ours')),
    );
    await whatTheRegistersSay(world);
    await world.shows('mother', 'ours', 'sibling');
    await world.shows('father', 'sibling');
    // What staff had confirmed for a protected child stands.
    await world.shows('hiddenMother', 'hidden');
    expect(world.wereShown('father')).not.toContain(world.id.ours);
  });

  test('is told so by its copies also when it has told as much since as it had forgotten', async () => {
    await using world = await openLiveWorld();
    await restorePastRevocations(world);
    const lost = (await world.position()) - (await world.toldUpTo());
    await world.registry.admin`delete from outbox`;
    await world.nats.kill();
    world.forgetAnswers();
    // As many other facts as it takes to come to the very places that the copy has heard of.
    const unit = { unitId: newId(), revision: 1, kind: 'SCHOOL', isActive: true } as const;
    const facts = Array.from({ length: lost + 1 }, () => fact(unitChangedV1, unit));
    await eventually(() => world.deps.db.asService((tx) => tellAll(tx, facts)));
    await world.nats.start({ empty: true });
    await world.start(3_000);
    await eventually(async () => expect(await world.isWhole()).toBe(false), 40_000);
    await eventually(async () => {
      expect(await world.isWhole()).toBe(true);
      expect(await world.childrenOf('father')).toEqual([]);
    }, 40_000);
    await whatTheRegistersSay(world);
    await world.shows('mother', 'ours', 'sibling');
    await world.shows('father', 'sibling');
    expect(world.wereShown('father')).not.toContain(world.id.ours);
  });
});
