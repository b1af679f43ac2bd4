import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { notDeciding } from '../../test/claim-outsiders.ts';
import { type Claimed, named, withClaims } from '../../test/claims.ts';
import { applicants, people } from '../../test/families.ts';
import { outcomeOf, storing } from '../../test/outsiders.ts';
import { type World, openTown } from '../../test/world.ts';
import { noteProof } from './decide-claim.ts';

const { caseWorker, secondCaseWorker, officer, father } = people;

async function open(options = {}): Promise<World & { readonly ours: Claimed }> {
  const world = await openTown(options);
  await world.identity.roles(father.personId, [], ['CASE_WORKER']);
  await world.settled();
  const ours = await withClaims(world);
  await named(world, ours.sensitive, caseWorker);
  return { ...world, ours };
}
let world: World & { readonly ours: Claimed };
let bare: World & { readonly ours: Claimed };
beforeAll(async () => {
  world = await open();
  bare = await open({ isSecondLockOff: true });
});
afterAll(() => Promise.all([world.close(), bare.close()]));

const note = (actor: Actor, claimId: string, { deps }: World) =>
  outcomeOf(noteProof(deps, actor, { claimId, provenAt: new Date(Date.now() - 60_000) }));

describe.each(['with both locks', 'with row-level security switched off (S-12)'])('%s', (locks) => {
  const of = () => (locks === 'with both locks' ? world : bare);

  test.each(notDeciding)('%s has seen no document, as if there were no claim (S-06)', async (_who, actor) => {
    const { ours } = of();
    for (const id of [ours.general, ours.sensitive, newId()])
      expect(await note(actor, id, of())).toBe('NOT_FOUND');
  });

  test('whoever decides says when it was shown, and nobody else (BHG-09, P05)', async () => {
    const { ours } = of();
    expect(await note(secondCaseWorker, ours.sensitive, of())).toBe('NOT_FOUND');
    expect(await note(caseWorker, ours.sensitive, of())).toBe('permitted');
    expect(await note(secondCaseWorker, ours.general, of())).toBe('permitted');
    expect(await note(officer, ours.hidden, of())).toBe('permitted');
  });
});

test('with the first lock off, row-level security keeps none of anybody else (S-12)', async () => {
  const { sensitive: claimId, roundId } = world.ours;
  const insert = (actor: Actor, by: string) =>
    storing(
      lookAs(world.deps.db, actor, async (tx) => {
        await tx.execute(sql`
          insert into claim_proof (id, claim_id, child_id, round_id, is_sensitive, proven_at, noted_by)
          values (${newId()}, ${claimId}, ${applicants.ada}, ${roundId}, true, now(), ${by})`);
        return [1];
      }),
    );
  for (const [, actor] of [...notDeciding, ['another case worker', secondCaseWorker] as const])
    expect(await insert(actor, 'personId' in actor ? actor.personId : newId())).toBe('barred');
  expect(await insert(caseWorker, secondCaseWorker.personId)).toBe('barred');
  expect(await insert(caseWorker, caseWorker.personId)).toBe('stored');
});
