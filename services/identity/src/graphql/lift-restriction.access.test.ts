import { newId } from '@ranselpost/kit/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Cases,
  bystanders,
  keyed,
  notFound,
  openCases,
  proposalOf,
  refusalOf,
} from '../testing/cases.ts';

let c: Cases;
let own: string;
let polices: string;
beforeAll(async () => {
  c = await openCases();
  own = await c.banned(c.id.ours, c.id.father);
  polices = await c.banned(c.id.ours, c.id.father, 'POLICE');
});
afterAll(() => c.close());

const lift = (restrictionId: string, reason = 'Opphevet') => keyed({ restrictionId, reason });

describe('lifting a restriction is refused', () => {
  // With a restriction in force the child is a case of the officers' and the case workers'.
  test.each(bystanders.filter(([who]) => !/officer|case worker/.test(who)))(
    'to %s, as for one that does not exist (S-06)',
    async (_who, actorOf) => {
      const before = await c.counts();
      for (const id of [own, polices]) {
        const answer = await c.decide(actorOf(c), 'liftRestriction', lift(id));
        expect(answer).toMatchObject(notFound);
        expect(answer).toEqual(await c.decide(actorOf(c), 'liftRestriction', lift(newId())));
      }
      expect(await c.counts()).toEqual(before);
    },
  );

  test.each(['nonsense', '', newId()])('of the id %j', async (id) => {
    for (const name of ['leader', 'officer', 'caseWorker'] as const)
      expect(await c.decide(name, 'liftRestriction', lift(id))).toMatchObject(notFound);
  });

  test('to a case worker where it is the unit’s own, and to anybody without a reason', async () => {
    expect(refusalOf(await c.decide('caseWorker', 'liftRestriction', lift(own)))).toBe('DECISION_NOT_YOURS');
    expect(refusalOf(await c.decide('leader', 'liftRestriction', lift(own, ' ')))).toBe(
      'DECISION_REASON_MISSING',
    );
  });
});

describe('a restriction', () => {
  test('of the unit’s own is lifted by its leader, once', async () => {
    expect(proposalOf(await c.decide('leader', 'liftRestriction', lift(own)))).toMatchObject({
      ...{ kind: 'LIFT_RESTRICTION', state: 'APPLIED', needsSecondPerson: false, reason: 'Opphevet' },
    });
    expect(refusalOf(await c.decide('leader', 'liftRestriction', lift(own)))).toBe('RESTRICTION_LIFTED');
    expect(refusalOf(await c.decide('officer', 'liftRestriction', lift(own)))).toBe('RESTRICTION_LIFTED');
    // The other one still closes what it closes.
    expect(await c.active(c.id.ours)).toEqual([c.id.mother]);
  });

  test.each(['leader', 'caseWorker', 'officer'] as const)(
    'that the police ordered waits for a second person, whom %s is not (GUA-12)',
    async (name) => {
      const proposed = proposalOf(await c.decide(name, 'liftRestriction', lift(polices)));
      expect(proposed).toMatchObject({ state: 'WAITING', needsSecondPerson: true, isOwn: true });
      const again = await c.decide('leader', 'liftRestriction', lift(polices));
      expect(again.data.it).toMatchObject({ code: 'PROPOSAL_STANDS', proposal: { id: proposed.id } });
      expect(await c.active(c.id.ours)).toEqual([c.id.mother]);
      await c.decide(name, 'rejectProposal', { proposalId: proposed.id });
    },
  );
});
