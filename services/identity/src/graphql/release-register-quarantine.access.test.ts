import { newId } from '@ranselpost/kit/ids';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { heldBy } from '../testing/harness.ts';
import { aNumber } from '../testing/numbers.ts';
import { outsidersOfUnits } from '../testing/outsiders.ts';
import { type QuarantineStand, decision, listed, openQuarantineStand } from '../testing/quarantine.ts';
import type { Name } from '../testing/world.ts';
import { approveProposal } from '../usecases/decide-proposal.ts';
import { letThrough } from '../usecases/let-through.ts';

let stand: QuarantineStand;
beforeAll(async () => (stand = await openQuarantineStand(4)));
afterAll(() => stand.close());
const itemsOf = async (who: Name) =>
  (
    await stand.service.ask(staff(stand.world.id[who]), '{ workItems { nodes { kind } } }')
  ).data.workItems.nodes.map(({ kind }: { kind: string }) => kind) as string[];

describe('the register in quarantine (FREG-10, X14)', () => {
  test('holds what it opens after too many, and closes and protects at once (S-04, ADR-04)', async () => {
    await stand.nameFather(0);
    await stand.nameFather(1);
    expect(await stand.standing(1, 'father')).toBe('ACTIVE');
    expect(await stand.newest()).toBeUndefined();
    await stand.nameFather(2);
    expect(await stand.standing(2, 'father')).toBe('PENDING QUARANTINED');
    expect(await stand.standing(0, 'father')).toBe('ACTIVE');
    expect(await stand.newest()).toMatchObject({
      ...{ cause: 'OPENED', counted: 3, allowed: 2, state: 'OPEN', decidedAt: null },
      // So few that a number would be somebody.
      ...{ heldGrants: null, heldChildren: null },
    });
    await stand.world.told();
    await stand.says(0, 'mor', stand.families[0]!.mother);
    expect(await stand.standing(0, 'father')).toBe('none');
    expect((await stand.world.told()).map(({ type }) => type)).toContain('identity.access.revoked.v1');
    await stand.world.register({ number: stand.families[1]!.father, protection: 'FORTROLIG' });
    expect(await stand.standing(1, 'mother')).toBe('SUSPENDED PROTECTION_FORTROLIG');
    // What is read again, and whoever is new, waits all the same.
    await stand.nameFather(2);
    expect(await stand.standing(2, 'father')).toBe('PENDING QUARANTINED');
    const [number, mother] = [aNumber(), aNumber()];
    const fresh = await stand.world.child(number);
    await stand.world.register({ number, birthDate: '2019-01-01', responsibilities: heldBy('mor', mother) });
    await stand.world.register({ number: mother });
    expect(Object.values(await stand.world.grants(fresh))).toEqual(['PENDING QUARANTINED']);
    expect(await itemsOf('administrator')).toEqual(['REGISTER_QUARANTINE']);
    expect(await itemsOf('officer')).toContain('REGISTER_QUARANTINE');
    expect(await itemsOf('leader')).not.toContain('REGISTER_QUARANTINE');
  });

  test('is held by the database too, whatever the service thinks (S-12)', async () => {
    await expect(
      stand.world.database.admin`
        update access_grant set state = 'ACTIVE', holds = '{}' where child_id = ${stand.families[2]!.child} and state = 'PENDING'`,
    ).rejects.toMatchObject({ code: '23001' });
    await expect(stand.world.database.admin`delete from quarantine`).rejects.toMatchObject({ code: '23001' });
    await expect(
      stand.world.database
        .admin`update quarantine set outcome = 'RELEASED', decided_at = now(), decision_id = (select proposal_id from proposal limit 1), held_grants = 0, held_children = 0`,
    ).rejects.toMatchObject({ code: '23001' });
  });

  test.each(outsidersOfUnits.filter(([who]) => !who.includes('protection officer')))(
    'is nothing to %s',
    async (_who, actorOf) => {
      const actor = actorOf(stand.world);
      expect((await stand.service.ask(actor, listed)).errors).toMatchObject([
        { extensions: { code: 'FORBIDDEN' } },
      ]);
      const ask = (quarantineId: string) =>
        stand.service.ask(actor, decision('refuse'), {
          input: { quarantineId, reason: 'x', idempotencyKey: 'k' },
        });
      const { id } = (await stand.newest())!;
      expect(await ask(id)).toEqual(await ask(newId()));
      expect((await ask(id)).data).toBeNull();
    },
  );

  test('is let go by two, and what else holds somebody holds them still', async () => {
    const { id } = (await stand.newest())!;
    const [item] = (
      await stand.service.ask(staff(stand.world.id.administrator), '{ workItems { nodes { id kind } } }')
    ).data.workItems.nodes;
    const close = `mutation ($input: CloseWorkItemInput!) { closeWorkItem(input: $input) { ... on Refusal { code } } }`;
    const closing = { workItemId: item.id, reason: 'x', idempotencyKey: newId() };
    expect(
      (await stand.service.ask(staff(stand.world.id.caseWorker), close, { input: closing })).data
        .closeWorkItem,
    ).toEqual({
      code: 'DECISION_NOT_YOURS',
    });
    const { proposal } = await stand.by('administrator', 'release', id);
    expect(proposal!.state).toBe('WAITING');
    const approve = (who: Name) =>
      approveProposal(stand.world.deps, staff(stand.world.id[who]), proposal!.id);
    expect(await approve('administrator')).toMatchObject({ refusal: { kind: 'own-proposal' } });
    await expect(approve('caseWorker')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    // Something more was held since it was proposed: the second decides on what the first has seen.
    await stand.nameFather(3);
    expect(await approve('officer')).toMatchObject({ refusal: { kind: 'proposal-outdated' } });
    const waiting = await stand.service.ask(
      staff(stand.world.id.officer),
      '{ proposals { nodes { id kind reason } } }',
    );
    expect(waiting.data.proposals.nodes).toMatchObject([
      { id: proposal!.id, kind: 'RELEASE_QUARANTINE', reason: 'Looked at with the register' },
    ]);
    const reject = `mutation ($input: RejectProposalInput!) { rejectProposal(input: $input) { ... on Decided { proposal { state } } } }`;
    await stand.service.ask(staff(stand.world.id.administrator), reject, {
      input: { proposalId: proposal!.id },
    });
    const again = await stand.by('officer', 'release', id);
    expect(
      await approveProposal(stand.world.deps, staff(stand.world.id.secondAdministrator), again.proposal!.id),
    ).toMatchObject({ ok: true });
    expect(await stand.standing(2, 'father')).toBe('PENDING QUARANTINED');
    expect(await letThrough(stand.world.deps)).toBe(3);
    expect(await letThrough(stand.world.deps)).toBe(0);
    expect([await stand.standing(2, 'father'), await stand.standing(3, 'father')]).toEqual([
      'ACTIVE',
      'ACTIVE',
    ]);
    expect(await stand.standing(1, 'mother')).toBe('SUSPENDED PROTECTION_FORTROLIG');
    expect(await stand.newest()).toMatchObject({
      state: 'RELEASED',
      decidedAt: expect.any(String) as string,
    });
    expect(await stand.world.openItems(null)).not.toContain('REGISTER_QUARANTINE');
    expect(await stand.by('officer', 'refuse', id)).toEqual({ code: 'QUARANTINE_OVER' });
  });

  test('tells guardians nothing', async () => {
    const mother = (await stand.world.personOf(stand.families[2]!.mother))!;
    expect((await stand.service.ask(guardian(mother), listed)).errors).toHaveLength(1);
  });
});
