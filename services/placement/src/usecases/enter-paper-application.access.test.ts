import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  aRound,
  draftFor,
  drafted,
  moveRound,
  sent,
  toldAtHome,
  wishesFor,
  withoutApplications,
} from '../../test/applications.ts';
import { applicants, children, machine, people, places } from '../../test/families.ts';
import { outcomeOf, storing } from '../../test/outsiders.ts';
import { type World, openTown } from '../../test/world.ts';
import { changeApplication } from './change-application.ts';
import { type PaperApplication, enterPaperApplication } from './enter-paper-application.ts';

const { mother, father, caseWorker, secondCaseWorker } = people;
const others: readonly (readonly [string, Actor])[] = [
  ['a stranger', people.stranger],
  ['the child’s own guardian', mother],
  ['a case worker who is signed in as a guardian (GUA-24)', guardian(caseWorker.personId)],
  ['a case worker who is the child’s guardian (GUA-24)', staff(father.personId)],
  ['a protection officer', people.officer],
  ['the leader of a unit that is wished for', people.leaderOfSolhaug],
  ['an administrator of the municipality', people.administrator],
  ['a machine', machine],
];

async function open(options = {}): Promise<World & { readonly roundId: string }> {
  const world = await openTown(options);
  await world.identity.roles(father.personId, [], ['CASE_WORKER']);
  await world.settled();
  return { ...world, roundId: await aRound(world, { deadline: '2026-03-01' }) };
}
let world: World & { readonly roundId: string };
let bare: World & { readonly roundId: string };
beforeAll(async () => {
  world = await open();
  bare = await open({ isSecondLockOff: true });
});
afterAll(() => Promise.all([world.close(), bare.close()]));
beforeEach(() => Promise.all([withoutApplications(world), withoutApplications(bare)]));

const paperFor = ({ roundId }: { readonly roundId: string }, more: Partial<PaperApplication> = {}) => ({
  ...{ childId: applicants.ada, roundId, wishes: wishesFor(places.solhaug), wantedStart: null },
  ...{ guardianIds: [mother.personId, father.personId], receivedAt: new Date('2026-02-27T12:00:00.5Z') },
  idempotencyKey: newId(),
  ...more,
});
const enter = (actor: Actor, more: Partial<PaperApplication> = {}, of = world) =>
  outcomeOf(enterPaperApplication(of.deps, actor, paperFor(of, more)));
const said = async (more: Partial<PaperApplication>) => {
  const result = await enterPaperApplication(world.deps, caseWorker, paperFor(world, more));
  return result.ok ? result.value.state : result.refusal.kind;
};

describe('entering what came on paper (P26)', () => {
  test.each(others)('is refused to %s, as for a child that does not exist (S-06)', async (_who, actor) => {
    for (const childId of [applicants.ada, children.hidden])
      expect(await enter(actor, { childId })).toBe('NOT_FOUND');
    expect(await enter(actor, {}, bare)).toBe('NOT_FOUND');
    for (const { database } of [world, bare])
      expect(await database.admin`select from placement_application`).toEqual([]);
  });

  test('is refused to a case worker for a protected child, with either lock alone as well (ADR-04)', async () => {
    for (const of of [world, bare])
      expect(await enter(caseWorker, { childId: children.hidden }, of)).toBe('NOT_FOUND');
  });

  test('makes it the child’s application, from the time that it came; all its guardians are told (BHG-05, GUA-03)', async () => {
    const paper = paperFor(world);
    const before = (await toldAtHome(world)).length;
    const entered = await enterPaperApplication(world.deps, caseWorker, paper);
    expect(entered).toMatchObject({
      value: {
        state: 'submitted',
        origin: 'PAPER',
        submittedAt: new Date('2026-02-27T12:00:00Z'),
        version: 2,
      },
    });
    expect((await toldAtHome(world)).slice(before)).toEqual([[mother.personId, father.personId].toSorted()]);
    expect(await enterPaperApplication(world.deps, caseWorker, paper)).toEqual(entered);
    expect(await enter(secondCaseWorker)).toBe('refused');
    const mothers = await drafted(
      { ...world.deps, now: () => new Date('2026-02-28T12:00:00Z') },
      mother,
      draftFor(world.roundId),
    );
    expect(mothers.state).toBe('draft');
    if (!entered.ok) throw new Error('it was refused');
    const changed = await changeApplication(
      { ...world.deps, now: () => new Date('2026-03-01T12:00:00Z') },
      mother,
      {
        ...{ applicationId: entered.value.id, version: 2, wishes: wishesFor(places.fjordbakken) },
        ...{ wantedStart: null, idempotencyKey: newId() },
      },
    );
    expect(changed).toMatchObject({ value: { version: 3, origin: 'PAPER' } });
  });

  test('goes by the same rules: in time by when it came, all guardians, wishes, one for a child (BHG-04, BHG-05)', async () => {
    expect(await said({ receivedAt: new Date('2026-03-01T22:59:59.9Z') })).toBe('submitted');
    expect(await said({})).toBe('E_HAS_APPLICATION');
    await withoutApplications(world);
    expect(await said({ receivedAt: new Date('2026-03-01T23:00:00Z') })).toBe('E_DEADLINE');
    expect(await said({ receivedAt: new Date(Date.now() + 60_000) })).toBe('E_RECEIPT_AHEAD');
    expect(await said({ guardianIds: [mother.personId] })).toBe('E_GUARDIANS');
    expect(await said({ wishes: [] })).toBe('E_WISHES');
    expect(await said({ wantedStart: '2030-08-01' })).toBe('E_START');
    expect(await said({ wishes: wishesFor(...Array.from({ length: 60 }, newId)) })).toBe('E_WISHES');
    // It has a place (BHG-06).
    expect(await said({ childId: children.small })).toBe('E_OTHER_ROUND');
    await moveRound(world, world.roundId, 'CLOSED');
    expect(await said({})).toBe('E_ROUND_NOT_OPEN');
    await moveRound(world, world.roundId, 'OPEN');
    // A child that the register does not have has nobody to name (BHG-04).
    expect(await said({ childId: newId(), guardianIds: [] })).toBe('submitted');
  });
});

describe('with the first lock off, row-level security still (S-12)', () => {
  const insert = (actor: Actor, { childId = applicants.ada, by = newId(), origin = 'PAPER' } = {}) =>
    storing(
      lookAs(world.deps.db, actor, (tx) =>
        tx.execute(sql`
          insert into placement_application (id, child_id, round_id, round_kind, origin, written_by)
          values (${newId()}, ${childId}, ${world.roundId}, 'MAIN', ${origin}, ${by}) returning 1`),
      ),
    );

  test('takes none of anybody else, nor in another’s name, nor as if it had come in the portal (S-20)', async () => {
    for (const [, actor] of others)
      expect(await insert(actor, { by: 'personId' in actor ? actor.personId : newId() })).toBe('barred');
    const by = caseWorker.personId;
    expect(await insert(caseWorker)).toBe('barred');
    expect(await insert(caseWorker, { by, childId: children.hidden })).toBe('barred');
    expect(await insert(caseWorker, { by, origin: 'PORTAL' })).toBe('barred');
    expect(await insert(caseWorker, { by })).toBe('stored');
  });

  test('lets no case worker change what guardians sent, nor what was entered once (S-20)', async () => {
    const received = (id: string, version: number, origin: string) =>
      storing(
        lookAs(world.deps.db, caseWorker, async (tx) => {
          await tx.execute(sql`
            insert into application_receipt (application_id, version, child_id, origin, received_at, received_by, wishes, guardian_ids,
              idempotency_key)
            values (${id}, ${version}, ${applicants.ada}, ${origin}, '2026-02-01T12:00:00Z', ${caseWorker.personId},
              ${JSON.stringify([{ rank: 1, unitId: places.solhaug }])}::jsonb, '{}', ${newId()})`);
          return [1];
        }),
      );
    const portal = await sent(
      { ...world.deps, now: () => new Date('2026-02-28T12:00:00Z') },
      mother,
      draftFor(world.roundId),
    );
    expect(await received(portal.id, 4, 'PORTAL')).toBe('barred');
    expect(await received(portal.id, 4, 'PAPER')).toBe('barred');
    await withoutApplications(world);
    const entered = await enterPaperApplication(world.deps, caseWorker, paperFor(world));
    expect(await received(entered.ok ? entered.value.id : '', 3, 'PAPER')).toBe('barred');
  });
});
