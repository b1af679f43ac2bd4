import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { lookAs } from '@ranselpost/kit/testing/look';
import { type SQL, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { applicants, people, places } from '../../test/families.ts';
import { permitEverything } from '../../test/permit-everything.ts';
import { barOf, notCaseWorkers, peopleNotCaseWorkers } from '../../test/round-access.ts';
import { type RoundOfChildren, allocatedRound, overrideOf, roundOf, twoChildren } from '../../test/runs.ts';
import { type World, openTown } from '../../test/world.ts';
import { allocateRound, discardAllocation } from './allocate-round.ts';
import { decideRight } from './decide-right.ts';
import { approveOverride, overrideRound, withdrawOverride } from './override-round.ts';
import { publishRound } from './publish-round.ts';
import {
  compareRuns,
  readCheckPage,
  readOverrides,
  placementsIn,
  readKeptRuns,
  readRuns,
  readScenarios,
} from './read-runs.ts';
import { saveScenario } from './save-scenario.ts';
import { simulateRound } from './simulate-round.ts';

vi.mock('../domain/policy.ts', () => permitEverything);

const { caseWorker, secondCaseWorker, mother, father, otherGuardian } = people;
let world: World;
let closed: RoundOfChildren;
let allocated: string;
let published: string;
let overrideId: string;
let runId: string;
beforeAll(async () => {
  world = await openTown();
  const { deps } = world;
  closed = await roundOf(world, { children: twoChildren });
  overrideId = await overrideOf(world, closed);
  allocated = await allocatedRound(deps, world);
  const [first, second] = [
    { ...twoChildren[0]!, id: applicants.ada },
    { ...twoChildren[1]!, id: applicants.bo },
  ];
  const round = await roundOf(world, { children: [first, second], showRank: false });
  published = round.roundId;
  await allocateRound(deps, caseWorker, { roundId: published, idempotencyKey: newId() });
  await publishRound(deps, caseWorker, { roundId: published, seen: [], idempotencyKey: newId() });
  const [run] = await world.database.admin<
    { id: string }[]
  >`select id from run where round_id = ${allocated}`;
  runId = run!.id;
});
afterAll(() => world.close());

const key = () => ({ idempotencyKey: newId() });

describe('with the first lock off, row-level security still (S-12)', () => {
  test.each(peopleNotCaseWorkers)('lets %s compute, decide and publish nothing', async (_who, actor) => {
    const { deps, database } = world;
    const everything = () => database.admin`
      select (select jsonb_agg(r order by id) from admission_round r) as rounds, (select count(*) from round_move) as moves,
        (select count(*) from run) as runs, (select count(*) from scenario) as scenarios, (select count(*) from round_override) as overrides,
        (select count(*) from round_override_approval) as approved, (select count(*) from round_override_withdrawal) as withdrawn,
        (select count(*) from right_decision) as rights, (select count(*) from round_publishing) as asked, (select count(*) from wish_outcome) as outcomes`;
    const before = await everything();
    const { roundId, applications } = closed;
    const seats = { kind: 'SEATS', unitId: places.solhaug, group: 'small', seats: 9 } as const;
    for (const attempt of [
      () => simulateRound(deps, actor, { roundId, scenarioId: null, ...key() }),
      () => simulateRound(deps, actor, { roundId: allocated, scenarioId: null, ...key() }),
      () =>
        saveScenario(deps, actor, {
          ...{ roundId, name: 'x', seed: null, changes: { rules: [], overrides: [] }, ...key() },
        }),
      () => overrideRound(deps, actor, { roundId, override: seats, reason: 'x', ...key() }),
      () => approveOverride(deps, actor, { overrideId }),
      () => withdrawOverride(deps, actor, { overrideId, reason: 'x' }),
      () =>
        decideRight(deps, actor, { applicationId: applications[0]!, hasRight: true, reason: 'x', ...key() }),
      () => allocateRound(deps, actor, { roundId, ...key() }),
      () => discardAllocation(deps, actor, { roundId: allocated, reason: 'x', ...key() }),
      () => publishRound(deps, actor, { roundId: allocated, seen: [], ...key() }),
    ])
      expect(await barOf(attempt()), attempt.toString()).toMatch(/^(NOT_FOUND|42501)$/);
    expect(await everything()).toEqual(before);
  });

  test.each(notCaseWorkers)('shows %s no run, no scenario and no decision', async (_who, actor) => {
    const { deps } = world;
    const { roundId } = closed;
    const nothing = (read: Promise<readonly unknown[] | null>) => expect(read).resolves.toEqual([]);
    await nothing(readRuns(deps, actor, { roundId: allocated, first: 20, after: null }));
    await nothing(readScenarios(deps, actor, roundId));
    await nothing(readOverrides(deps, actor, roundId));
    const isNotFound = { code: 'NOT_FOUND' };
    expect((await readKeptRuns(deps, actor, [runId])).size).toBe(0);
    await expect(compareRuns(deps, actor, { first: runId, second: runId })).rejects.toMatchObject(isNotFound);
    expect(['NOT_FOUND', null]).toContain(
      await readCheckPage(deps, actor, allocated).catch(({ code }: { code?: string }) => code),
    );
    const [row] = await lookAs(deps.db, actor, (tx) =>
      tx.execute<{ facts: unknown }>(sql`select round_facts(${roundId}) as facts`),
    );
    expect(row!.facts).toBeNull();
  });

  const stored = (actor: Actor, statement: SQL) =>
    lookAs(world.deps.db, actor, (tx) => tx.execute(statement)).then(
      () => 'stored',
      (error: { cause?: { code?: string } }) => error.cause?.code,
    );

  test('lets nobody decide in another’s name, approve their own, or be about who is nobody’s to meet (GUA-24, ADR-03)', async () => {
    const { roundId, applications, childIds } = closed;
    const override = (by: string, applicationId: string | null = applications[0]!) => sql`
      insert into round_override (id, round_id, kind, application_id, unit_id, reason, decided_by, decided_at, idempotency_key)
      values (${newId()}, ${roundId}, 'BAR', ${applicationId}, ${places.solhaug}, 'x', ${by}, now(), ${newId()})`;
    expect(await stored(caseWorker, override(secondCaseWorker.personId))).toBe('42501');
    expect(await stored(caseWorker, override(caseWorker.personId, newId()))).toBe('42501');
    const approve = (by: string) => sql`
      insert into round_override_approval (override_id, approved_by, approved_at) values (${overrideId}, ${by}, now())`;
    expect(await stored(caseWorker, approve(caseWorker.personId))).toBe('42501');
    expect(await stored(caseWorker, approve(secondCaseWorker.personId))).toBe('42501');
    // From when a child is protected, its application is not there for case workers, nor is what was decided of it.
    await world.identity.enrolments(
      childIds[1]!,
      [{ unitId: places.school }],
      [{ personId: people.leader.personId, from: '2020-01-01', to: '2099-01-01' }],
    );
    await world.settled();
    expect(await readOverrides(world.deps, caseWorker, roundId)).toEqual([]);
    const simulated = await simulateRound(world.deps, caseWorker, { roundId, scenarioId: null, ...key() });
    if (!simulated.ok) throw new Error(simulated.refusal.kind);
    const wanted = { onlyRightWithout: false, first: 20, after: null };
    const read = (await readKeptRuns(world.deps, caseWorker, [simulated.value.id])).get(simulated.value.id)!;
    expect(placementsIn(read, wanted).map((one) => one.applicationId)).toEqual([applications[0]]);
    const [kept] = await world.database.admin<
      { snapshot: string }[]
    >`select snapshot from run where id = ${simulated.value.id}`;
    expect(kept!.snapshot).not.toContain(applications[1]);
  });

  test('lets nobody ask to publish in another’s name, nor beside somebody who has asked (S-20)', async () => {
    const ask = (by: string) => sql`
      insert into round_publishing (round_id, asked_by, asked_at, idempotency_key, seen, next_at)
      values (${allocated}, ${by}, now(), ${newId()}, '[]', now())
      on conflict (round_id) do update set asked_by = excluded.asked_by, refusal = null`;
    expect(await stored(mother, ask(mother.personId))).toBe('42501');
    expect(await stored(caseWorker, ask(secondCaseWorker.personId))).toBe('42501');
    await world.database.admin`
      insert into round_publishing (round_id, asked_by, asked_at, idempotency_key, seen, next_at)
      values (${allocated}, ${secondCaseWorker.personId}, now(), 'asked', '[]', now())`;
    expect(await stored(caseWorker, ask(caseWorker.personId))).toBe('42501');
    await world.database.admin`delete from round_publishing`;
  });

  test('shows what became of wishes to the child’s guardians, and ranks to none where the unit does not tell (BHG-20)', async () => {
    const seen = async (actor: typeof mother, table: string) =>
      (await lookAs(world.deps.db, actor, (tx) => tx.execute(sql`select from ${sql.raw(table)}`))).length;
    for (const actor of [mother, father]) expect(await seen(actor, 'wish_outcome')).toBe(2);
    expect(await seen(otherGuardian, 'wish_outcome')).toBe(2);
    expect(await seen(people.stranger, 'wish_outcome')).toBe(0);
    for (const actor of [mother, otherGuardian]) expect(await seen(actor, 'wish_rank')).toBe(0);
    await world.database.admin`alter table wish_rank disable trigger wish_rank_is_kept`;
    await world.database.admin`update wish_rank set is_shown = true`;
    expect(await seen(mother, 'wish_rank')).toBe(0);
    expect(await seen(otherGuardian, 'wish_rank')).toBe(1);
    await world.database.admin`alter table wish_rank enable trigger wish_rank_is_kept`;
  });

  test('gives no request what a run was given, and keeps all of it for good', async () => {
    const as = (statement: SQL) => lookAs(world.deps.db, caseWorker, (tx) => tx.execute(statement));
    const isRefused = { cause: { code: '42501' } };
    for (const statement of [
      sql`select snapshot from run`,
      sql`select result from run`,
      sql`update run set digest = digest`,
      sql`delete from run`,
    ])
      await expect(as(statement)).rejects.toMatchObject(isRefused);
    const { admin } = world.database;
    for (const change of [
      admin`update run set digest = ${'0'.repeat(64)}`,
      admin`delete from run`,
      admin`update round_override set reason = 'y'`,
      admin`update wish_outcome set outcome = 'BY_HAND'`,
      admin`update wish_rank set queue = 9`,
    ])
      await expect(change).rejects.toThrow(/never changed/);
  });
});
