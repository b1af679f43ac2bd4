import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { notDeciding } from '../../test/claim-outsiders.ts';
import { children, people } from '../../test/families.ts';
import { outcomeOf, storing } from '../../test/outsiders.ts';
import { applied, openPayingTown } from '../../test/reduced-payments.ts';
import type { World } from '../../test/world.ts';
import { assignReducedPayment, readReductionsToAssign } from './assign-reduced-payment.ts';

const { mother, father, caseWorker, secondCaseWorker, officer } = people;

interface Town extends World {
  readonly ours: string;
  readonly hidden: string;
}
async function open(options = {}): Promise<Town> {
  const world = await openPayingTown(options);
  await world.identity.roles(father.personId, [], ['CASE_WORKER']);
  await world.settled();
  const hidden = await applied(world.deps, mother, { childId: children.hidden, care: 'afterSchool' });
  return { ...world, ours: await applied(world.deps, mother), hidden };
}
let world: Town;
let bare: Town;
beforeAll(async () => {
  world = await open();
  bare = await open({ isSecondLockOff: true });
});
afterAll(() => Promise.all([world.close(), bare.close()]));

const assign = (actor: Actor, id: string, { deps }: Town) =>
  outcomeOf(assignReducedPayment(deps, actor, { id, personId: caseWorker.personId }));

describe.each(['with both locks', 'with row-level security switched off (S-12)'])('%s', (locks) => {
  const of = () => (locks === 'with both locks' ? world : bare);

  test.each(notDeciding)('%s names nobody, as if nobody had applied (S-06)', async (_who, actor) => {
    for (const id of [of().ours, of().hidden, newId()])
      expect(await assign(actor, id, of())).toBe('NOT_FOUND');
    const isFather = 'personId' in actor && actor.personId === father.personId;
    const waiting = await readReductionsToAssign(of().deps, actor, { first: 20, after: null });
    expect(waiting).toEqual(isFather ? [] : null);
  });

  test('a case worker names another one, and nobody for a protected child (PAY-06, ADR-04)', async () => {
    const { ours, hidden } = of();
    expect(await assign(secondCaseWorker, hidden, of())).toBe('NOT_FOUND');
    expect(await assign(caseWorker, ours, of())).toBe('refused');
    expect(await assign(officer, ours, of())).toBe('NOT_FOUND');
    expect(await assign(secondCaseWorker, ours, of())).toBe('permitted');
    expect(await assign(secondCaseWorker, ours, of())).toBe('NOT_FOUND');
  });
});

test('with the first lock off, row-level security still lets nobody be named who may not be (S-12)', async () => {
  const { deps, database, hidden } = world;
  await database.admin`update reduced_payment set assigned_to = null`;
  const { ours } = world;
  const insert = (actor: Actor, of: string, to: string, by?: string) =>
    storing(
      lookAs(deps.db, actor, async (tx) => {
        await tx.execute(sql`
          insert into reduced_payment_assignment (id, reduced_payment_id, assigned_to, assigned_by)
          values (${newId()}, ${of}, ${to}, ${by ?? ('personId' in actor ? actor.personId : newId())})`);
        return [1];
      }),
    );
  for (const [, actor] of notDeciding) expect(await insert(actor, ours, caseWorker.personId)).toBe('barred');
  for (const [of, to] of [
    [hidden, caseWorker.personId],
    [ours, father.personId],
    [ours, officer.personId],
  ] as const)
    expect(await insert(secondCaseWorker, of, to)).toBe('barred');
  expect(await insert(secondCaseWorker, ours, caseWorker.personId, father.personId)).toBe('barred');
  expect(await insert(caseWorker, ours, caseWorker.personId, secondCaseWorker.personId)).toBe('barred');
  expect(await insert(secondCaseWorker, ours, caseWorker.personId)).toBe('stored');
});
