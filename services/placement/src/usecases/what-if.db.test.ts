import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applicants, people, places } from '../../test/families.ts';
import { notCaseWorkers } from '../../test/offer-town.ts';
import { type RoundOfChildren, roundOf } from '../../test/runs.ts';
import { type World, openTown } from '../../test/world.ts';
import { simulateRound } from './simulate-round.ts';
import { readWhatIf } from './what-if.ts';

const { solhaug, fjordbakken } = places;
const hidden = newId();
let world: World;
let round: RoundOfChildren;
let runId: string;
beforeAll(async () => {
  world = await openTown();
  await world.identity.guardians(hidden, [people.mother.personId]);
  await world.identity.enrolments(
    hidden,
    [{ unitId: solhaug }],
    [{ personId: people.leaderOfFjordbakken.personId, from: '2020-01-01', to: '2099-01-01' }],
  );
  await world.settled();
  round = await roundOf(world, {
    children: [
      { id: applicants.ada, born: '2025-06-01', wishes: [solhaug] },
      { id: applicants.bo, born: '2025-02-01', wishes: [solhaug] },
      { id: hidden, born: '2025-09-01', wishes: [solhaug] },
    ],
  });
  const run = await simulateRound(world.deps, people.caseWorker, {
    ...{ roundId: round.roundId, scenarioId: null, idempotencyKey: newId() },
  });
  if (!run.ok) throw new Error(run.refusal.kind);
  runId = run.value.id;
});
afterAll(() => world.close());

const ask = async (unitIds: readonly string[], nth = 0, actor: Actor = people.caseWorker) =>
  readWhatIf(world.deps, actor, { runId, applicationId: round.applications[nth]!, unitIds });
const refusedFor = async (unitIds: readonly string[]) => {
  const found = await ask(unitIds);
  if (found.ok) return found.value.placement.place;
  return found.refusal.kind === 'E_INVALID'
    ? found.refusal.problems.map(({ code }) => code)
    : found.refusal.kind;
};

describe('what one application would get with another list (placement § 14)', () => {
  test('is what the engine gives when all else is as it was, and changes nothing', async () => {
    const before = await world.database.admin`select * from run`;
    expect(await ask([solhaug])).toMatchObject({ ok: true, value: { placement: { place: null } } });
    expect(await ask([solhaug, fjordbakken])).toMatchObject({
      value: {
        placement: { place: { unitId: fjordbakken, group: 'small', via: 'WISH', wish: 2 } },
        outcomes: [
          { k: solhaug, outcome: 'rejected' },
          { k: fjordbakken, outcome: 'offered' },
        ],
      },
    });
    expect(await refusedFor([])).toBeNull();
    expect(await world.database.admin`select * from run`).toEqual(before);
    expect(
      await world.database.admin`select from wish where application_id = ${round.applications[0]!}`,
    ).toHaveLength(1);
  });

  test('is refused for a list that no round takes', async () => {
    expect(await refusedFor([solhaug, solhaug])).toEqual(['E_DUP_WISH']);
    expect(await refusedFor([newId()])).toEqual(['E_UNKNOWN_K']);
    expect(await refusedFor(Array.from({ length: 6 }, () => solhaug))).toContain('E_TOO_MANY_WISHES');
  });

  test.each(notCaseWorkers)('is not there for %s (S-06)', async (_who, actor) => {
    await expect(ask([fjordbakken], 0, actor)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('is not there for a protected child, or for one of another round (ADR-03)', async () => {
    await expect(ask([fjordbakken], 2)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const other = await roundOf(world, { state: 'DRAFT', children: [] });
    expect(other.roundId).not.toBe(round.roundId);
    const asked = { runId: newId(), applicationId: round.applications[0]!, unitIds: [solhaug] };
    await expect(readWhatIf(world.deps, people.caseWorker, asked)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('is a line of the access log (S-11)', async () => {
    const lines = await world.database.admin`
      select from outbox, jsonb_array_elements(data->'reads') as read
      where type = 'placement.child.read.v1' and read->>'childId' = ${applicants.ada} and read->>'rule' = 'S-02'`;
    expect(lines.length).toBeGreaterThan(0);
  });
});
