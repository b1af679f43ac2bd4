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
import type { Name } from '../testing/world.ts';

let c: Cases;
let restrictionId: string;
let proposalId: string;
beforeAll(async () => {
  c = await openCases();
  restrictionId = await c.banned(c.id.ours, c.id.father, 'POLICE');
  const input = keyed({ restrictionId, reason: 'Opphevet' });
  proposalId = proposalOf(await c.decide('leader', 'liftRestriction', input)).id;
});
afterAll(() => c.close());

const waitsFor = async (name: Name) => {
  const query = `{ proposals { nodes { id kind isOwn case { child { id } } } } }`;
  return (await c.ask(name, query)).data?.proposals?.nodes ?? null;
};

describe('approving a proposal is refused', () => {
  test.each(bystanders.filter(([who]) => !/officer|case worker/.test(who)))(
    'to %s, as for one that does not exist (S-06)',
    async (_who, actorOf) => {
      const before = await c.counts();
      const answer = await c.decide(actorOf(c), 'approveProposal', { proposalId });
      expect(answer).toMatchObject(notFound);
      expect(answer).toEqual(await c.decide(actorOf(c), 'approveProposal', { proposalId: newId() }));
      expect(await c.counts()).toEqual(before);
    },
  );

  test.each(['nonsense', '', newId()])('of the id %j', async (id) => {
    for (const name of ['leader', 'officer', 'administrator'] as const)
      expect(await c.decide(name, 'approveProposal', { proposalId: id })).toMatchObject(notFound);
  });

  test('to those who may only propose it', async () => {
    for (const name of ['leader', 'caseWorker'] as const)
      expect(refusalOf(await c.decide(name, 'approveProposal', { proposalId }))).toBe('DECISION_NOT_YOURS');
  });

  test('to whoever proposed it', async () => {
    await c.decide('officer', 'rejectProposal', { proposalId });
    const own = proposalOf(
      await c.decide('officer', 'liftRestriction', keyed({ restrictionId, reason: 'x' })),
    );
    expect(refusalOf(await c.decide('officer', 'approveProposal', { proposalId: own.id }))).toBe(
      'PROPOSAL_OWN',
    );
    expect(refusalOf(await c.decide('secondOfficer', 'approveProposal', { proposalId }))).toBe(
      'PROPOSAL_DECIDED',
    );
    proposalId = own.id;
  });
});

describe('a proposal', () => {
  test('waits for those who may decide it, and is shown to nobody else (S-06)', async () => {
    const waiting = { id: proposalId, kind: 'LIFT_RESTRICTION', case: { child: { id: c.id.ours } } };
    expect(await waitsFor('secondOfficer')).toEqual([{ ...waiting, isOwn: false }]);
    expect(await waitsFor('officer')).toEqual([{ ...waiting, isOwn: true }]);
    for (const name of ['otherLeader', 'administrator'] as const) expect(await waitsFor(name)).toEqual([]);
    for (const name of ['teacher', 'office', 'former'] as const) expect(await waitsFor(name)).toBeNull();
  });

  test('that is approved is done, and answered so once more when the case has left whoever approved it', async () => {
    for (let times = 0; times < 2; times += 1)
      expect(proposalOf(await c.decide('secondOfficer', 'approveProposal', { proposalId })).state).toBe(
        'APPLIED',
      );
    expect(await c.active(c.id.ours)).toContain(c.id.father);
    expect(await waitsFor('secondOfficer')).toEqual([]);
  });

  test('is decided once, whoever answers first (S-22)', async () => {
    const id = await c.banned(c.id.ours, c.id.father, 'COURT');
    const input = keyed({ restrictionId: id, reason: 'x' });
    const proposed = proposalOf(await c.decide('leader', 'liftRestriction', input)).id;
    const answers = await Promise.all([
      c.decide('officer', 'approveProposal', { proposalId: proposed }),
      c.decide('secondOfficer', 'rejectProposal', { proposalId: proposed }),
    ]);
    const done = answers.filter(({ data }) => data?.it?.proposal !== undefined);
    expect(done).toHaveLength(1);
    const [count] = await c.database
      .admin`select count(*)::int as count from proposal where proposal_id = ${proposed} and outcome is not null`;
    expect(count).toEqual({ count: 1 });
  });
});
