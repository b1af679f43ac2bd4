import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { notDeciding } from '../../test/claim-outsiders.ts';
import { type Claimed, named, withClaims } from '../../test/claims.ts';
import { applicants, children, people } from '../../test/families.ts';
import { outcomeOf, storing } from '../../test/outsiders.ts';
import { type World, openTown } from '../../test/world.ts';
import { decideClaim } from './decide-claim.ts';
import { readClaims } from './read-claims.ts';

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

const decide = (actor: Actor, claimId: string, { deps }: World) =>
  outcomeOf(
    decideClaim(deps, actor, { claimId, verdict: 'refused', reason: 'Nei', idempotencyKey: newId() }),
  );

describe.each(['with both locks', 'with row-level security switched off (S-12)'])('%s', (locks) => {
  const of = () => (locks === 'with both locks' ? world : bare);

  test.each(notDeciding)('%s decides nothing, as if there were no claim (S-06)', async (_who, actor) => {
    const { ours } = of();
    for (const id of [ours.general, ours.sensitive, newId()])
      expect(await decide(actor, id, of())).toBe('NOT_FOUND');
  });

  test('of priority by law nobody but who was named decides, or reads that it is claimed (BHG-09, P24)', async () => {
    const { ours, deps } = of();
    expect(await decide(secondCaseWorker, ours.sensitive, of())).toBe('NOT_FOUND');
    expect((await readClaims(deps, secondCaseWorker, [ours.sensitive])).size).toBe(0);
    expect((await readClaims(deps, caseWorker, [ours.sensitive])).size).toBe(1);
    expect(await decide(caseWorker, ours.sensitive, of())).toBe('permitted');
  });

  test('any case worker decides on the rest, and a protection officer for protected children (ADR-04)', async () => {
    const { ours } = of();
    for (const actor of [caseWorker, secondCaseWorker])
      expect(await decide(actor, ours.hidden, of())).toBe('NOT_FOUND');
    expect(await decide(secondCaseWorker, ours.general, of())).toBe('permitted');
    expect(await decide(officer, ours.hidden, of())).toBe('permitted');
  });
});

describe('with the first lock off, row-level security still (S-12)', () => {
  const insert = (
    actor: Actor,
    {
      claimId,
      childId = applicants.ada,
      isSensitive,
      by = 'personId' in actor ? actor.personId : newId(),
    }: { claimId: string; childId?: string; isSensitive: boolean; by?: string },
  ) =>
    storing(
      lookAs(world.deps.db, actor, async (tx) => {
        await tx.execute(sql`
          insert into claim_verdict (id, claim_id, child_id, round_id, is_sensitive, verdict, reason, decided_by, idempotency_key)
          values (${newId()}, ${claimId}, ${childId}, ${world.ours.roundId}, ${isSensitive}, 'REFUSED', 'Nei', ${by}, ${newId()})`);
        return [1];
      }),
    );

  test('keeps no verdict of anybody else, nor in another’s name', async () => {
    const { general, sensitive, hidden } = world.ours;
    for (const [, actor] of notDeciding)
      for (const [claimId, isSensitive] of [
        [general, false],
        [sensitive, true],
      ] as const)
        expect(await insert(actor, { claimId, isSensitive })).toBe('barred');
    expect(await insert(secondCaseWorker, { claimId: sensitive, isSensitive: true })).toBe('barred');
    expect(await insert(caseWorker, { claimId: general, isSensitive: false, by: newId() })).toBe('barred');
    const ofHidden = { claimId: hidden, childId: children.hidden, isSensitive: true };
    expect(await insert(caseWorker, ofHidden)).toBe('barred');
    // What is said of a claim has to be so: it is no less sensitive for being called so.
    expect(await insert(secondCaseWorker, { claimId: sensitive, isSensitive: false })).toBe('failed');
    expect(await insert(caseWorker, { claimId: sensitive, isSensitive: true })).toBe('stored');
  });

  test('shows claims and verdicts to those alone who may read them', async () => {
    const { admin } = world.database;
    const all = (await admin`select from claim`).length;
    const rows = async (actor: Actor, table: string) =>
      (await lookAs(world.deps.db, actor, (tx) => tx.execute(sql`select from ${sql.raw(table)}`))).length;
    expect(all).toBe(3);
    expect(await rows(people.mother, 'claim')).toBe(3);
    expect(await rows(caseWorker, 'claim')).toBe(2);
    expect(await rows(secondCaseWorker, 'claim')).toBe(1);
    expect(await rows(officer, 'claim')).toBe(1);
    for (const [, actor] of notDeciding.filter(([, one]) => one !== people.mother && one !== officer))
      for (const table of ['claim', 'claim_verdict', 'claim_proof']) expect(await rows(actor, table)).toBe(0);
  });
});
