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
let restrictionId: string;
let proposalId: string;
const propose = async () =>
  proposalOf(await c.decide('leader', 'liftRestriction', keyed({ restrictionId, reason: 'Opphevet' }))).id;
beforeAll(async () => {
  c = await openCases();
  restrictionId = await c.banned(c.id.ours, c.id.father, 'POLICE');
  proposalId = await propose();
});
afterAll(() => c.close());

describe('rejecting a proposal is refused', () => {
  test.each(bystanders.filter(([who]) => !/officer|case worker/.test(who)))(
    'to %s, as for one that does not exist (S-06)',
    async (_who, actorOf) => {
      const answer = await c.decide(actorOf(c), 'rejectProposal', { proposalId });
      expect(answer).toMatchObject(notFound);
      expect(answer).toEqual(await c.decide(actorOf(c), 'rejectProposal', { proposalId: newId() }));
    },
  );

  test('to those who may only propose, and did not propose it', async () => {
    expect(refusalOf(await c.decide('caseWorker', 'rejectProposal', { proposalId }))).toBe(
      'DECISION_NOT_YOURS',
    );
  });
});

test('a proposal is rejected by whoever may decide it, and taken back by whoever made it', async () => {
  for (const name of ['officer', 'leader'] as const) {
    for (let times = 0; times < 2; times += 1)
      expect(proposalOf(await c.decide(name, 'rejectProposal', { proposalId })).state).toBe('REJECTED');
    expect(refusalOf(await c.decide('secondOfficer', 'rejectProposal', { proposalId }))).toBe(
      'PROPOSAL_DECIDED',
    );
    proposalId = await propose();
  }
  expect(await c.active(c.id.ours)).toEqual([c.id.mother]);
});
