import { describe, expect, test } from 'vitest';
import {
  w,
  born,
  as,
  family,
  grantOf,
  ban,
  careOrder,
  wish,
  byTwo,
  reasons,
  openGolden,
} from '../testing/golden.ts';
import { heldBy } from '../testing/harness.ts';
import { aNumber } from '../testing/numbers.ts';
import { type Name, asked, made } from '../testing/world.ts';
import { confirmGrant } from './confirm-grant.ts';
import { approveProposal } from './decide-proposal.ts';
import { endByDay } from './end-by-day.ts';
import { grantAccess } from './grant-access.ts';
import { liftRestriction } from './lift-restriction.ts';
import { releaseProtection } from './release-protection.ts';

openGolden();

describe('F6: a child and its mother at a strictly protected address, the father not', () => {
  const protectedFamily = async () => {
    const [mother, father] = [aNumber(), aNumber()];
    const it = await family('felles', mother, father);
    await w.register({ number: mother, protection: 'STRENGT_FORTROLIG' });
    await w.told();
    return { ...it, mother, motherId: it.ids[0]!, fatherId: it.ids[1]! };
  };
  const strict = 'SUSPENDED PROTECTION_STRENGT_FORTROLIG';

  test('holds both until two protection officers let one through, and the other stays out (ADR-04)', async () => {
    const { childId, motherId, fatherId } = await protectedFamily();
    expect(await w.grants(childId)).toEqual({ [motherId]: strict, [fatherId]: strict });
    const grantId = await grantOf(childId, motherId);
    expect(await confirmGrant(w.deps, as('leader'), grantId, asked())).toMatchObject({
      refusal: { kind: 'not-yours-to-decide' },
    });
    const proposal = await made(
      confirmGrant(w.deps, as('officer'), grantId, asked('Agreed with child welfare')),
    );
    expect(proposal).toMatchObject({ needsTwo: true, outcome: null });
    expect(await approveProposal(w.deps, as('officer'), proposal.proposalId)).toMatchObject({
      refusal: { kind: 'own-proposal' },
    });
    expect(await approveProposal(w.deps, as('leader'), proposal.proposalId)).toMatchObject({
      refusal: { kind: 'not-yours-to-decide' },
    });
    expect(await w.active(childId)).toEqual([]);
    await made(approveProposal(w.deps, as('secondOfficer'), proposal.proposalId));
    expect(await w.active(childId)).toEqual([motherId]);
    expect(await w.openItems(childId)).toEqual(['NO_STAFF_NAMED', 'PROTECTION']);
  });

  test('re-opens nothing when the register goes down, also not to whoever is named anew, until staff release it (ADR-13)', async () => {
    const { childId, mother, motherId, fatherId, say, number } = await protectedFamily();
    await w.register({ number: mother, protection: 'NONE' });
    expect(await w.active(childId)).toEqual([]);
    // Responsibility ends and begins again: new grants, and what held the child still does.
    await say('ukjent');
    await w.register({ number, ...born, responsibilities: [] });
    await w.register({ number, ...born, responsibilities: heldBy('mor', mother) });
    expect(await w.grants(childId)).toEqual({ [motherId]: 'PENDING PROTECTION_STRENGT_FORTROLIG' });
    expect(await w.active(childId)).toEqual([]);
    const proposal = await made(
      releaseProtection(w.deps, as('officer'), childId, asked('The threat is over')),
    );
    expect(proposal.subject).toMatchObject({ from: 'STRENGT_FORTROLIG', to: 'NONE' });
    await made(approveProposal(w.deps, as('secondOfficer'), proposal.proposalId));
    expect(await w.active(childId)).toEqual([motherId]);
    expect(await w.openItems(childId)).toEqual([]);
    expect(await w.grants(childId)).not.toHaveProperty(fatherId);
    // It is no case of an officer’s any more.
    await expect(releaseProtection(w.deps, as('officer'), childId, asked())).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('tells the officers that there is something to release when all that was held had been let through', async () => {
    const { childId, mother, motherId } = await protectedFamily();
    const [, fatherId] = Object.keys(await w.grants(childId));
    for (const personId of Object.keys(await w.grants(childId)))
      await byTwo(
        made(confirmGrant(w.deps, as('officer'), await grantOf(childId, personId), asked())),
        'secondOfficer',
      );
    expect(await w.openItems(childId)).toEqual(['NO_STAFF_NAMED']);
    await w.register({ number: mother, protection: 'FORTROLIG' });
    expect(await w.openItems(childId)).toEqual(['NO_STAFF_NAMED', 'PROTECTION_LOWERED']);
    await byTwo(made(releaseProtection(w.deps, as('officer'), childId, asked())), 'secondOfficer');
    // What was let through at the stricter level is so at the lesser.
    expect(await w.active(childId)).toEqual([motherId, fatherId!].toSorted());
    // And not at the stricter one again, which is news.
    await w.register({ number: mother, protection: 'STRENGT_FORTROLIG' });
    expect(await w.active(childId)).toEqual([]);
  });

  test('lets nobody approve what has changed since it was proposed', async () => {
    const { childId, mother, motherId } = await protectedFamily();
    await w.register({ number: mother, protection: 'NONE' });
    const release = await made(releaseProtection(w.deps, as('officer'), childId, asked()));
    await w.register({ number: mother, protection: 'FORTROLIG' });
    expect(await approveProposal(w.deps, as('secondOfficer'), release.proposalId)).toMatchObject({
      refusal: { kind: 'proposal-outdated' },
    });
    const grantId = await grantOf(childId, motherId);
    const confirmation = await made(confirmGrant(w.deps, as('officer'), grantId, asked()));
    await w.database.admin`update access_grant set holds = holds || '{D_NUMBER}' where grant_id = ${grantId}`;
    expect(await approveProposal(w.deps, as('secondOfficer'), confirmation.proposalId)).toMatchObject({
      refusal: { kind: 'proposal-outdated' },
    });
  });
});

describe('F7: a father blocked by a contact ban', () => {
  test('loses access in the same transaction and stays out when the register says joint again (GUA-12)', async () => {
    const [mother, father] = [aNumber(), aNumber()];
    const { childId, ids, say } = await family('felles', mother, father);
    const [motherId, fatherId] = ids as [string, string];
    await ban(childId, fatherId);
    expect(await w.told()).toMatchObject([
      { type: 'identity.guardians.changed.v1', data: { guardians: [{ personId: motherId }] } },
      { type: 'identity.access.revoked.v1', data: { personId: fatherId, childId } },
      // Sealed, for a restored database to find (S-27).
      { type: 'identity.safeguard.kept.v1' },
    ]);
    expect(await w.openItems(childId)).toEqual([]);
    for (const word of ['mor', 'felles'] as const)
      await say(word, ...(word === 'mor' ? [mother] : [mother, father]));
    expect(await w.active(childId)).toEqual([motherId]);
    expect(await w.grants(childId)).toMatchObject({ [fatherId]: 'PENDING RESTRICTED' });
    expect(await confirmGrant(w.deps, as('leader'), await grantOf(childId, fatherId), asked())).toMatchObject(
      {
        refusal: { kind: 'cannot-be-let-through' },
      },
    );
    const document = wish(childId, { kind: 'person', personId: fatherId }, 'APPOINTED_GUARDIAN');
    expect(await grantAccess(w.deps, as('leader'), document, asked())).toMatchObject({
      refusal: { kind: 'person-restricted' },
    });
  });

  test('has access again when it is lifted: the unit’s own by one with a reason, another’s by two', async () => {
    const [mother, father] = [aNumber(), aNumber()];
    const { childId, ids } = await family('felles', mother, father);
    const fatherId = ids[1]!;
    const restriction = await ban(childId, fatherId);
    const { restrictionId } = restriction.subject as { restrictionId: string };
    const lift = (by: Name) =>
      liftRestriction(w.deps, as(by), restrictionId, asked('The ban was not prolonged'));
    expect(await liftRestriction(w.deps, as('leader'), restrictionId, asked(null))).toMatchObject({
      refusal: { kind: 'proof-missing' },
    });
    const proposal = await made(lift('leader'));
    expect(await lift('caseWorker')).toMatchObject({
      refusal: { kind: 'already-proposed', proposal: { proposalId: proposal.proposalId } },
    });
    expect(await w.active(childId)).not.toContain(fatherId);
    expect(await approveProposal(w.deps, as('caseWorker'), proposal.proposalId)).toMatchObject({
      refusal: { kind: 'not-yours-to-decide' },
    });
    await made(approveProposal(w.deps, as('officer'), proposal.proposalId));
    expect(await w.active(childId)).toContain(fatherId);
    expect((await reasons(childId, fatherId)).at(-1)).toBe('ACTIVE RESTRICTION_LIFTED staff');
    expect(await liftRestriction(w.deps, as('leader'), restrictionId, asked())).toMatchObject({
      refusal: { kind: 'already-lifted' },
    });
  });
});

describe('F8: a care order with foster parents', () => {
  test('suspends the parents and opens the child to the daily carer, by two, for ninety days at most (GUA-15)', async () => {
    const [mother, father, foster] = [aNumber(), aNumber(), aNumber()];
    const { childId, ids } = await family('felles', mother, father);
    const carer = { kind: 'number', number: foster } as const;
    expect(
      await grantAccess(w.deps, as('leader'), wish(childId, carer, 'DAILY_CARER'), asked()),
    ).toMatchObject({
      refusal: { kind: 'no-care-order' },
    });
    const order = await careOrder(childId);
    expect(await w.active(childId)).toEqual([]);
    for (const days of [0, -1, 91])
      expect(
        await grantAccess(w.deps, as('leader'), wish(childId, carer, 'DAILY_CARER', days), asked()),
      ).toMatchObject({
        refusal: { kind: 'end-wrong' },
      });
    const proposal = made(grantAccess(w.deps, as('leader'), wish(childId, carer, 'DAILY_CARER'), asked()));
    await byTwo(proposal, 'caseWorker');
    await w.register({ number: foster });
    const fosterId = (await w.personOf(foster))!;
    expect(await w.active(childId)).toEqual([fosterId]);
    expect(Object.values(await w.grants(childId)).toSorted()).toEqual([
      'ACTIVE',
      'SUSPENDED RESTRICTED',
      'SUSPENDED RESTRICTED',
    ]);
    // The register’s word about the parents changes nothing of it.
    await w.register({ number: mother }, { number: father });
    expect(await w.active(childId)).toEqual([fosterId]);

    const { restrictionId } = order.subject as { restrictionId: string };
    await byTwo(made(liftRestriction(w.deps, as('caseWorker'), restrictionId, asked())), 'officer');
    expect(await w.active(childId)).toEqual([...ids].toSorted());
    expect((await reasons(childId, fosterId)).at(-1)).toBe('ENDED CARE_ORDER_LIFTED staff');
  });

  test('leaves the parents their view where the authority says so', async () => {
    const mother = aNumber();
    const { childId, ids } = await family('mor', mother);
    await careOrder(childId, true);
    expect(await w.active(childId)).toEqual(ids);
  });

  test('has the carer’s protected address hold everybody until an officer has looked (ADR-01, ADR-04)', async () => {
    const [mother, foster] = [aNumber(), aNumber()];
    const { childId } = await family('mor', mother);
    await careOrder(childId);
    const carer = wish(childId, { kind: 'number', number: foster }, 'DAILY_CARER');
    await byTwo(made(grantAccess(w.deps, as('leader'), carer, asked())), 'caseWorker');
    await w.register({ number: foster, protection: 'FORTROLIG' });
    const fosterId = (await w.personOf(foster))!;
    expect(await w.grants(childId)).toMatchObject({ [fosterId]: 'PENDING PROTECTION_FORTROLIG' });
    await made(confirmGrant(w.deps, as('officer'), await grantOf(childId, fosterId), asked()));
    expect(await w.active(childId)).toEqual([fosterId]);
  });

  test('ends by itself when nobody renews it, and is longer when two do (GUA-05)', async () => {
    const [mother, foster] = [aNumber(), aNumber()];
    const { childId } = await family('mor', mother);
    await careOrder(childId);
    const carer = (days: number) => wish(childId, { kind: 'number', number: foster }, 'DAILY_CARER', days);
    await byTwo(made(grantAccess(w.deps, as('leader'), carer(30), asked())), 'caseWorker');
    await w.register({ number: foster });
    const fosterId = (await w.personOf(foster))!;
    await byTwo(made(grantAccess(w.deps, as('leader'), carer(60), asked())), 'caseWorker');
    expect(await w.active(childId)).toEqual([fosterId]);
    const [grant] = await w.database.admin`
      select ends_on, count(*) over ()::int as count from access_grant where child_id = ${childId} and person_id = ${fosterId}`;
    expect(grant).toEqual({ ends_on: new Date('2027-01-20T00:00:00Z'), count: 1 });
    expect(await reasons(childId, fosterId)).toContain('ACTIVE RENEWED staff');
    w.setNow('2027-01-19T22:59:59Z');
    expect(await endByDay(w.deps)).toBe(0);
    w.setNow('2027-01-19T23:00:00Z');
    await endByDay(w.deps);
    expect(await w.active(childId)).toEqual([]);
    expect((await reasons(childId, fosterId)).at(-1)).toBe('ENDED RAN_OUT timer');
    w.setNow('2026-11-21T08:00:00Z');
  });
});
