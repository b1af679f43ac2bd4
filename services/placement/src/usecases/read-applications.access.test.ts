import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { staff } from '@ranselpost/kit/testing/actors';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aRound, draftFor, moveRound, sent, wishesFor } from '../../test/applications.ts';
import { describeChild } from '../../test/children.ts';
import { applicants, children, people, places } from '../../test/families.ts';
import { notResponsible } from '../../test/outsiders.ts';
import { type World, openTown } from '../../test/world.ts';
import { readApplications, readChildApplications, readRoundApplications } from './read-applications.ts';

const { mother, father, otherGuardian, caseWorker, officer, leaderOfSolhaug, leaderOfFjordbakken } = people;
/** A case worker who applies for their own child, as the mother. */
const ownAtWork = staff(mother.personId);
const page = { first: 20, after: null };

interface Sent {
  readonly roundId: string;
  /** Of the mother’s child, for both kindergartens. */
  readonly ours: string;
  /** Of another guardian’s, for one of them. */
  readonly theirs: string;
  /** Of a protected child. */
  readonly hidden: string;
}

async function openWithApplications(options = {}): Promise<World & Sent> {
  const world = await openTown(options);
  await world.identity.roles(mother.personId, [], ['CASE_WORKER']);
  await world.settled();
  const roundId = await aRound(world);
  const { deps } = world;
  const ours = await sent(deps, mother, draftFor(roundId));
  const theirs = await sent(
    deps,
    otherGuardian,
    draftFor(roundId, { childId: applicants.bo, guardianIds: [], wishes: wishesFor(places.fjordbakken) }),
  );
  const hidden = await sent(deps, mother, draftFor(roundId, { childId: children.hidden, guardianIds: [] }));
  return { ...world, roundId, ours: ours.id, theirs: theirs.id, hidden: hidden.id };
}

let world: World & Sent;
let bare: World & Sent;
beforeAll(async () => {
  world = await openWithApplications();
  bare = await openWithApplications({ isSecondLockOff: true });
});
afterAll(() => Promise.all([world.close(), bare.close()]));

const seen = async (actor: Actor, of: World & Sent = world) => {
  const found = await readApplications(of.deps, actor, [of.ours, of.theirs, of.hidden, newId()]);
  return (['ours', 'theirs', 'hidden'] as const).filter((name) => found.has(of[name]));
};
const listed = async (actor: Actor, unitId: string | null = null, of: World & Sent = world) => {
  const list = await readRoundApplications(of.deps, actor, { roundId: of.roundId, unitId, ...page });
  return list === null || list === 'hidden'
    ? list
    : (['ours', 'theirs', 'hidden'] as const).filter((name) => list.some(({ id }) => id === of[name]));
};
const strangers = notResponsible.filter(
  ([, actor]) => ![caseWorker, officer, otherGuardian, leaderOfSolhaug].some((one) => one === actor),
);

describe.each(['with both locks', 'with row-level security switched off (S-12)'])('%s', (locks) => {
  const of = () => (locks === 'with both locks' ? world : bare);

  test.each(strangers)('%s sees none, and no list (S-06)', async (_who, actor) => {
    const isOwnAtWork = 'personId' in actor && actor.personId === ownAtWork.personId;
    expect(await seen(actor, of())).toEqual(isOwnAtWork ? ['theirs'] : []);
    if (isOwnAtWork) return;
    expect(await listed(actor, null, of())).toBeNull();
    expect(await listed(actor, places.solhaug, of())).toBeNull();
    for (const childId of [applicants.ada, newId()])
      expect(await readChildApplications(of().deps, actor, { childId, ...page })).toBeNull();
  });

  test('guardians see those of their own children (GUA-03)', async () => {
    for (const actor of [mother, father]) expect(await seen(actor, of())).toEqual(['ours', 'hidden']);
    expect(await seen(otherGuardian, of())).toEqual(['theirs']);
    expect(await listed(mother, null, of())).toBeNull();
    const list = await readChildApplications(of().deps, father, { childId: applicants.ada, ...page });
    expect(list).toMatchObject([{ id: of().ours }]);
  });

  test('case workers see all but of protected children and of their own (ADR-04, GUA-24)', async () => {
    expect(await seen(caseWorker, of())).toEqual(['ours', 'theirs']);
    expect(await listed(caseWorker, null, of())).toEqual(['ours', 'theirs']);
    expect(await listed(caseWorker, places.solhaug, of())).toEqual(['ours']);
    expect(await seen(ownAtWork, of())).toEqual(['theirs']);
    expect(await listed(ownAtWork, null, of())).toEqual(['theirs']);
    // A protected child looks like one for whom nobody has applied.
    for (const childId of [children.hidden, newId()])
      expect(await readChildApplications(of().deps, caseWorker, { childId, ...page })).toEqual([]);
  });

  test('protection officers see those of protected children alone (ADR-04)', async () => {
    expect(await seen(officer, of())).toEqual(['hidden']);
    expect(await listed(officer, null, of())).toEqual(['hidden']);
  });

  test('a leader sees what wishes for the own unit, of it alone, and once the round is closed', async () => {
    const one = of();
    expect(await seen(leaderOfSolhaug, one)).toEqual([]);
    expect(await listed(leaderOfSolhaug, places.solhaug, one)).toEqual([]);
    await moveRound(one, one.roundId, 'CLOSED');
    expect(await seen(leaderOfSolhaug, one)).toEqual(['ours']);
    expect(await listed(leaderOfSolhaug, places.solhaug, one)).toEqual(['ours']);
    expect(await listed(leaderOfFjordbakken, places.fjordbakken, one)).toEqual(['ours', 'theirs']);
    expect(await listed(leaderOfSolhaug, places.fjordbakken, one)).toBeNull();
    expect(await listed(leaderOfSolhaug, null, one)).toBeNull();
    const shown = (await readApplications(one.deps, leaderOfFjordbakken, [one.ours])).get(one.ours);
    expect(shown).toMatchObject({
      wishes: [{ rank: 2, kindergarten: places.fjordbakken }],
      ...{ guardianIds: [], receipts: [] },
    });
    await moveRound(one, one.roundId, 'OPEN');
  });
});

describe('with the first lock off, row-level security still (S-12)', () => {
  const count = async (actor: Actor, table: string) =>
    (await lookAs(world.deps.db, actor, (tx) => tx.execute(sql`select from ${sql.raw(table)}`))).length;
  const tables = ['placement_application', 'wish', 'application_guardian', 'application_receipt'];

  test('shows each of them their own rows', async () => {
    const rows = async (actor: Actor) => Promise.all(tables.map((table) => count(actor, table)));
    for (const [, actor] of strangers.filter(
      ([, one]) => !('personId' in one) || one.personId !== mother.personId,
    ))
      expect(await rows(actor)).toEqual([0, 0, 0, 0]);
    // Two applications with two wishes each. Of the protected one each reads of themself alone (ADR-11).
    expect(await rows(mother)).toEqual([2, 4, 3, 2]);
    expect(await rows(father)).toEqual([2, 4, 2, 1]);
    expect(await rows(otherGuardian)).toEqual([1, 1, 1, 1]);
    expect(await rows(caseWorker)).toEqual([2, 3, 3, 2]);
    expect(await rows(ownAtWork)).toEqual([1, 1, 1, 1]);
    expect(await rows(officer)).toEqual([1, 2, 1, 1]);
    expect(await rows(leaderOfFjordbakken)).toEqual([0, 0, 0, 0]);
    await moveRound(world, world.roundId, 'CLOSED');
    expect(await rows(leaderOfFjordbakken)).toEqual([2, 2, 0, 0]);
    await moveRound(world, world.roundId, 'OPEN');
  });
});

test('each read of staff is a line of the access log, and none of guardians is (S-11)', async () => {
  const lines = () =>
    world.deps.db.asService((tx) =>
      tx.execute<{ reads: unknown }>(
        sql`select data->'reads' as reads from outbox where type = 'placement.child.read.v1'`,
      ),
    );
  const before = (await lines()).length;
  await seen(mother);
  await listed(mother);
  expect(await lines()).toHaveLength(before);
  await seen(caseWorker);
  await seen(officer);
  const read = { kind: 'PLACEMENT', unitId: null };
  expect((await lines()).slice(before).map(({ reads }) => reads)).toEqual([
    [applicants.ada, applicants.bo].map((childId) => ({
      ...read,
      childId,
      role: 'CASE_WORKER',
      rule: 'S-02',
    })),
    [{ ...read, childId: children.hidden, role: 'PROTECTION_OFFICER', rule: 'ADR-04' }],
  ]);
});

test('a list that would tell of a hidden unit is hidden, and never shorter (X07, S-26)', async () => {
  const { identity, settled } = world;
  await identity.features(places.solhaug, [{ feature: 'PLACEMENT', state: 'SUSPENDED', isReadable: false }]);
  await settled();
  expect(await listed(caseWorker)).toBe('hidden');
  expect(await seen(mother)).toEqual([]);
  const ofAda = { childId: applicants.ada, ...page };
  expect(await readChildApplications(world.deps, mother, ofAda)).toBe('hidden');
  const ofBo = { childId: applicants.bo, ...page };
  expect(await readChildApplications(world.deps, otherGuardian, ofBo)).toHaveLength(1);
  await identity.features(places.solhaug, [{ feature: 'PLACEMENT', state: 'OPEN' }]);
  await settled();
});

test('a child whom identity says is protected is kept apart before it has any place, and by both locks (ADR-03, ADR-04)', async () => {
  for (const { deps, identity, settled, ...one } of [world, bare]) {
    const found = async (actor: Actor) => (await readApplications(deps, actor, [one.theirs])).size;
    expect([await found(caseWorker), await found(officer)]).toEqual([1, 0]);
    await describeChild(identity, applicants.bo, { isProtected: true });
    await settled();
    expect([await found(caseWorker), await found(officer), await found(otherGuardian)]).toEqual([0, 1, 1]);
    await describeChild(identity, applicants.bo);
    await settled();
    expect([await found(caseWorker), await found(officer)]).toEqual([1, 0]);
  }
});
