import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { notDeciding } from '../../test/claim-outsiders.ts';
import { applicants, children, people } from '../../test/families.ts';
import { outcomeOf, storing } from '../../test/outsiders.ts';
import { applied, namedFor, openPayingTown, someVerdict } from '../../test/reduced-payments.ts';
import type { World } from '../../test/world.ts';
import { decideReducedPayment } from './decide-reduced-payment.ts';
import { readReductionsToDecide } from './read-reduced-payments.ts';

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
  const ours = await applied(world.deps, mother);
  await namedFor(world.deps, ours);
  return { ...world, ours, hidden };
}
let world: Town;
let bare: Town;
beforeAll(async () => {
  world = await open();
  bare = await open({ isSecondLockOff: true });
});
afterAll(() => Promise.all([world.close(), bare.close()]));

const decide = (actor: Actor, id: string, { deps }: Town) =>
  outcomeOf(decideReducedPayment(deps, actor, someVerdict(id)));
const outsiders = [...notDeciding, ['a case worker who was not named', secondCaseWorker]] as const;

describe('with the first lock off, row-level security still (S-12)', () => {
  test('takes decisions of nobody but whoever was named, and shows the income to nobody else of the staff', async () => {
    const insert = (actor: Actor, by?: string) =>
      storing(
        lookAs(world.deps.db, actor, async (tx) => {
          await tx.execute(sql`
            insert into reduced_payment_decision (reduced_payment_id, child_id, verdict, counted_income, decided_by, idempotency_key)
            values (${world.ours}, ${applicants.ada}, 'GRANTED', 1, ${by ?? ('personId' in actor ? actor.personId : newId())},
              ${newId()})`);
          return [1];
        }),
      );
    const incomes = async (actor: Actor) =>
      (await lookAs(world.deps.db, actor, (tx) => tx.execute(sql`select from reduced_payment_income`)))
        .length;
    for (const [, actor] of outsiders) {
      expect(await insert(actor)).toBe('barred');
      // The officer reads of the protected child, the mother of both that she applied for.
      expect(await incomes(actor)).toBe(actor === officer ? 1 : actor === mother ? 2 : 0);
    }
    expect(await incomes(caseWorker)).toBe(1);
    expect(await insert(caseWorker, secondCaseWorker.personId)).toBe('barred');
  });
});

describe.each(['with both locks', 'with row-level security switched off (S-12)'])('%s', (locks) => {
  const of = () => (locks === 'with both locks' ? world : bare);

  test.each(outsiders)('%s decides nothing, as if nobody had applied (S-06)', async (_who, actor) => {
    for (const id of [of().ours, newId()]) expect(await decide(actor, id, of())).toBe('NOT_FOUND');
    const seen = await readReductionsToDecide(of().deps, actor, { first: 20, after: null });
    expect((seen ?? []).map(({ id }) => id)).not.toContain(of().ours);
  });

  test('whoever was named decides once, and a protection officer of a protected child (PAY-06, ADR-04)', async () => {
    const { ours, hidden } = of();
    expect(await decide(caseWorker, hidden, of())).toBe('NOT_FOUND');
    expect(await decide(caseWorker, ours, of())).toBe('permitted');
    expect(await decide(caseWorker, ours, of())).toBe('NOT_FOUND');
    expect(await decide(officer, hidden, of())).toBe('permitted');
  });
});
