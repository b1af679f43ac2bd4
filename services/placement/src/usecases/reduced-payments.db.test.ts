import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { applicants, children, people } from '../../test/families.ts';
import {
  applied,
  grantedTo,
  namedFor,
  openPayingTown,
  someReduction,
  someVerdict,
  withoutReductions,
} from '../../test/reduced-payments.ts';
import { type World, today } from '../../test/world.ts';
import { applyForReducedPayment } from './apply-for-reduced-payment.ts';
import { readReductionsToAssign } from './assign-reduced-payment.ts';
import { decideReducedPayment } from './decide-reduced-payment.ts';
import { openDecision } from './open-decision.ts';
import { readChildDecisions } from './read-decisions.ts';
import { writeDueLetters } from './write-letters.ts';
import { erasePerson } from './erase-person.ts';
import { readChildReductions, readReductionsToDecide } from './read-reduced-payments.ts';

let world: World;
beforeAll(async () => {
  world = await openPayingTown();
});
afterAll(() => world.close());
beforeEach(() => withoutReductions(world));

const { mother, father, caseWorker, secondCaseWorker, officer } = people;
const page = { first: 20, after: null };
const said = (one: { readonly ok: boolean; readonly refusal?: { readonly kind: string } }) =>
  one.ok ? 'done' : one.refusal?.kind;
const seenBy = async (actor: Actor, childId = applicants.ada) =>
  (await readChildReductions(world.deps, actor, [childId]))[0];

describe('applying for reduced payment (P17)', () => {
  test('is once for a household, whichever child and guardian, also at once (PAY-04)', async () => {
    const both = await Promise.all(
      [mother, father].map((actor) => applyForReducedPayment(world.deps, actor, someReduction())),
    );
    expect(new Set(both.map(said))).toEqual(new Set(['done', 'E_HAS_REDUCTION']));
    const sibling = someReduction({ childId: children.ours });
    expect(said(await applyForReducedPayment(world.deps, mother, sibling))).toBe('E_HAS_REDUCTION');
    const afterSchool = someReduction({ care: 'afterSchool' });
    expect(said(await applyForReducedPayment(world.deps, mother, afterSchool))).toBe('done');
  });

  test('is the same under the same key, and possible again once it is decided (S-22, PAY-08)', async () => {
    const wanted = someReduction();
    const again = await Promise.all([1, 2].map(() => applyForReducedPayment(world.deps, mother, wanted)));
    expect(new Set(again.map((one) => one.ok && one.value.id)).size).toBe(1);
    await grantedTo(world.deps, (again[0]!.ok && again[0]!.value.id) || '');
    expect(said(await applyForReducedPayment(world.deps, mother, someReduction()))).toBe('done');
  });
});

describe('what a household earns', () => {
  test('is for whoever applied; the other guardian sees that it did, and for which months', async () => {
    const id = await applied(world.deps, mother);
    const income = { kind: 'stated', yearlyIncome: 300_000 };
    expect(await seenBy(mother)).toMatchObject([{ id, isByViewer: true, income, appliedOn: today }]);
    expect(await seenBy(father)).toMatchObject([{ id, isByViewer: false, income: null, state: 'open' }]);
    await grantedTo(world.deps, id);
    expect(await seenBy(mother)).toMatchObject([{ state: 'granted', decision: { countedIncome: 310_000 } }]);
    expect(await seenBy(father)).toMatchObject([{ state: 'granted', income: null, decision: null }]);
  });

  test('is for the one case worker who was named, while it is open (S-11)', async () => {
    const lines = async () =>
      (
        await world.deps.db.asService((tx) =>
          tx.execute(sql`
            select from outbox, jsonb_array_elements(data->'reads') as read
            where type = 'placement.child.read.v1' and read->>'childId' = ${applicants.ada} and read->>'rule' = 'PAY-06'
              and read->>'role' = 'CASE_WORKER'`),
        )
      ).length;
    const before = await lines();
    const id = await applied(world.deps, mother);
    expect(await readReductionsToAssign(world.deps, caseWorker, page)).toEqual([
      { id, care: 'kindergarten', appliedAt: expect.any(Date) },
    ]);
    expect(await readReductionsToDecide(world.deps, caseWorker, page)).toEqual([]);
    await namedFor(world.deps, id);
    expect(await readReductionsToDecide(world.deps, caseWorker, page)).toMatchObject([
      { id, income: { yearlyIncome: 300_000 } },
    ]);
    expect(await readReductionsToDecide(world.deps, secondCaseWorker, page)).toEqual([]);
    expect(await lines()).toBe(before + 1);
    expect(said(await decideReducedPayment(world.deps, caseWorker, someVerdict(id)))).toBe('done');
    expect(await readReductionsToDecide(world.deps, caseWorker, page)).toEqual([]);
    expect(await seenBy(caseWorker)).toBeNull();
  });

  test('of a protected family is for protection officers, and each guardian sees their own (ADR-04, ADR-11)', async () => {
    const id = await applied(world.deps, mother, { childId: children.hidden });
    expect(await readReductionsToAssign(world.deps, caseWorker, page)).toEqual([]);
    expect(await readReductionsToDecide(world.deps, officer, page)).toMatchObject([{ id }]);
    expect(said(await decideReducedPayment(world.deps, officer, someVerdict(id)))).toBe('done');
    expect(await seenBy(mother, children.hidden)).toMatchObject([{ state: 'granted' }]);
    await expect(seenBy(officer, children.hidden)).resolves.toBeNull();
  });

  test('is forgotten with whoever applied, and what was decided stands (RET-08)', async () => {
    const id = await applied(world.deps, mother);
    await grantedTo(world.deps, id);
    await world.deps.db.asService((tx) => erasePerson(tx, mother.personId));
    expect(await world.database.admin`select from reduced_payment_income`).toHaveLength(0);
    expect(await world.database.admin`select applied_by, state from reduced_payment`).toEqual([
      { applied_by: null, state: 'GRANTED' },
    ]);
    await world.deps.db.asService((tx) => erasePerson(tx, applicants.ada));
    expect(await world.database.admin`select from reduced_payment_decision`).toHaveLength(0);
  });
});

describe('a decision', () => {
  test('is a letter to whoever applied, with how to appeal, and to nobody else (PAY-10, ADM-02, ADR-11)', async () => {
    const id = await applied(world.deps, mother);
    await grantedTo(world.deps, id);
    await writeDueLetters({ ...world.deps, maxStaleness: 60 });
    const lettersOf = async (actor: Actor) =>
      (await readChildDecisions(world.deps, actor, [applicants.ada]))[0]?.filter(
        ({ kind }) => kind === 'REDUCED_PAYMENT',
      );
    const [letter] = (await lettersOf(mother))!;
    expect(await openDecision(world.deps, mother, letter!.id)).toMatchObject({
      text: expect.stringMatching(/310 000 kroner(.|\n)*Begrunnelse: Etter skattemeldingen(.|\n)*klage/),
      complaintUntil: expect.any(String),
    });
    expect([await lettersOf(father), await lettersOf(caseWorker)]).toEqual([[], []]);
    for (const actor of [father, caseWorker])
      await expect(openDecision(world.deps, actor, letter!.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('is for good, one of two at once, and the same under the same key (ADM-10, S-22)', async () => {
    const id = await applied(world.deps, mother);
    await namedFor(world.deps, id);
    const outcomes = await Promise.allSettled(
      [1, 2].map(() => decideReducedPayment(world.deps, caseWorker, someVerdict(id))),
    );
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const [decided] = await world.database.admin<{ idempotency_key: string }[]>`
      select idempotency_key from reduced_payment_decision`;
    const again = someVerdict(id, { idempotencyKey: decided!.idempotency_key });
    expect(said(await decideReducedPayment(world.deps, caseWorker, again))).toBe('done');
    await expect(
      world.database.admin`update reduced_payment_decision set counted_income = 1`,
    ).rejects.toThrow(/never changed/);
  });

  test('grants nothing to whoever does not say what they earn, and refuses with reasons (PAY-06, ADM-02)', async () => {
    const id = await applied(world.deps, mother, { income: { kind: 'refused' }, idempotencyKey: newId() });
    await namedFor(world.deps, id);
    const decide = async (more: Parameters<typeof someVerdict>[1]) =>
      said(await decideReducedPayment(world.deps, caseWorker, someVerdict(id, more)));
    expect(await decide({})).toBe('E_NO_INCOME');
    expect(await decide({ verdict: 'refused', reason: null })).toBe('E_NO_REASON');
    expect(await decide({ verdict: 'refused' })).toBe('done');
  });
});
