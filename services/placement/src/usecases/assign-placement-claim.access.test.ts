import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { notDeciding } from '../../test/claim-outsiders.ts';
import { type Claimed, withClaims } from '../../test/claims.ts';
import { people } from '../../test/families.ts';
import { outcomeOf, storing } from '../../test/outsiders.ts';
import { type World, openTown } from '../../test/world.ts';
import { assignClaim, readClaimsToAssign } from './assign-claim.ts';

const { caseWorker, secondCaseWorker, officer, father } = people;

async function open(options = {}): Promise<World & { readonly ours: Claimed }> {
  const world = await openTown(options);
  await world.identity.roles(father.personId, [], ['CASE_WORKER']);
  await world.settled();
  return { ...world, ours: await withClaims(world) };
}
let world: World & { readonly ours: Claimed };
let bare: World & { readonly ours: Claimed };
beforeAll(async () => {
  world = await open();
  bare = await open({ isSecondLockOff: true });
});
afterAll(() => Promise.all([world.close(), bare.close()]));

const assign = (actor: Actor, claimId: string, { deps }: World) =>
  outcomeOf(assignClaim(deps, actor, { claimId, personId: caseWorker.personId }));

describe.each(['with both locks', 'with row-level security switched off (S-12)'])('%s', (locks) => {
  const of = () => (locks === 'with both locks' ? world : bare);

  test.each(notDeciding)('%s names nobody, as if there were no claim (S-06)', async (_who, actor) => {
    const { ours, deps } = of();
    for (const id of [ours.sensitive, ours.general, newId()])
      expect(await assign(actor, id, of())).toBe('NOT_FOUND');
    const page = { first: 20, after: null };
    const isFather = 'personId' in actor && actor.personId === father.personId;
    expect(await readClaimsToAssign(deps, actor, page)).toEqual(isFather ? [] : null);
  });

  test('a case worker names another one for what waits, and nobody for the rest (BHG-09, ADR-04)', async () => {
    const { ours } = of();
    for (const id of [ours.general, ours.hidden])
      expect(await assign(secondCaseWorker, id, of())).toBe('NOT_FOUND');
    expect(await assign(caseWorker, ours.sensitive, of())).toBe('refused');
    expect(await assign(officer, ours.sensitive, of())).toBe('NOT_FOUND');
    expect(await assign(secondCaseWorker, ours.sensitive, of())).toBe('permitted');
    expect(await assign(secondCaseWorker, ours.sensitive, of())).toBe('NOT_FOUND');
  });
});

test('with the first lock off, row-level security still lets nobody be named who may not be (S-12)', async () => {
  const { sensitive, general, hidden } = world.ours;
  const insert = (actor: Actor, of: string, to: string, by?: string) =>
    storing(
      lookAs(world.deps.db, actor, async (tx) => {
        await tx.execute(sql`
          insert into claim_assignment (id, claim_id, assigned_to, assigned_by)
          values (${newId()}, ${of}, ${to}, ${by ?? ('personId' in actor ? actor.personId : newId())})`);
        return [1];
      }),
    );
  for (const [, actor] of notDeciding)
    expect(await insert(actor, sensitive, caseWorker.personId)).toBe('barred');
  const { personId } = caseWorker;
  for (const [of, to] of [
    [general, personId],
    [hidden, personId],
    [sensitive, father.personId],
    [sensitive, officer.personId],
  ] as const)
    expect(await insert(secondCaseWorker, of, to)).toBe('barred');
  expect(await insert(secondCaseWorker, sensitive, personId, father.personId)).toBe('barred');
  expect(await insert(caseWorker, sensitive, personId, secondCaseWorker.personId)).toBe('barred');
  expect(await insert(secondCaseWorker, sensitive, personId)).toBe('stored');
});
