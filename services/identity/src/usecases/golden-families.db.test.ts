import { addDays } from '@ranselpost/kit/pure/dates';
import { staff } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { heldBy } from '../testing/harness.ts';
import { aDNumber, aNumber } from '../testing/numbers.ts';
import { type Name, type World, asked, made, openWorld } from '../testing/world.ts';
import { confirmGrant } from './confirm-grant.ts';
import { approveProposal, rejectProposal } from './decide-proposal.ts';
import { endByDay } from './end-by-day.ts';
import type { Whom } from './find-adult.ts';
import { grantAccess } from './grant-access.ts';
import { imposeRestriction } from './impose-restriction.ts';
import { liftRestriction } from './lift-restriction.ts';
import { releaseProtection } from './release-protection.ts';

let w: World;
beforeAll(async () => (w = await openWorld()));
afterAll(() => w.close());

const today = '2026-11-21';
const born = { birthDate: '2018-06-21' };
const as = (name: Name) => staff(w.id[name]);

/** A child at the school, by its number. */
async function pupil(number: string): Promise<string> {
  const childId = await w.child(number);
  await w.database.admin`
    insert into enrolment values (gen_random_uuid(), ${childId}, ${w.unit['school']!}, '{}', '2026-08-01', null)`;
  return childId;
}

/** A child at the school, with these adults read and named by one word. */
async function family(word: string, ...adults: readonly string[]) {
  const number = aNumber();
  const childId = await pupil(number);
  const say = (value: string, ...holders: readonly string[]) =>
    w.register({ number, ...born, responsibilities: heldBy(value, ...holders) });
  await say(word, ...adults);
  for (const adult of adults)
    if ((await w.personOf(adult)) !== undefined) await w.register({ number: adult });
  const ids = await Promise.all(adults.map(async (adult) => (await w.personOf(adult))!));
  await w.told();
  return { childId, number, ids, say };
}
const grantOf = async (childId: string, personId: string): Promise<string> => {
  const [row] = await w.database.admin`
    select grant_id from access_grant where child_id = ${childId} and person_id = ${personId} and state <> 'ENDED'`;
  return row!['grant_id'] as string;
};
const ban = (childId: string, personId: string, by: Name = 'leader') =>
  made(
    imposeRestriction(
      w.deps,
      as(by),
      {
        ...{ childId, personId, kind: 'CONTACT_BAN', authority: 'POLICE', parentsKeepView: false },
        ...{ reviewOn: '2027-05-01', note: 'Decision of the police of 20 November' },
      },
      asked(null),
    ),
  );
const careOrder = (childId: string, parentsKeepView = false) =>
  made(
    imposeRestriction(
      w.deps,
      as('leader'),
      {
        ...{ childId, personId: null, kind: 'CARE_ORDER', authority: 'CHILD_WELFARE', parentsKeepView },
        ...{ reviewOn: '2027-05-01', note: null },
      },
      asked(null),
    ),
  );
const wish = (
  childId: string,
  whom: Whom,
  basis: 'DAILY_CARER' | 'DOCUMENTED_RESPONSIBILITY' | 'APPOINTED_GUARDIAN',
  days = 90,
) => ({
  ...{ childId, whom, basis, endsOn: addDays(today, days) },
});
const byTwo = async (proposal: Promise<{ proposalId: string }>, second: Name) =>
  made(approveProposal(w.deps, as(second), (await proposal).proposalId));
const reasons = async (childId: string, personId: string) =>
  (
    await w.database.admin`
      select to_state, reason, actor from grant_history join access_grant using (grant_id)
      where child_id = ${childId} and person_id = ${personId} order by id`
  ).map(
    ({ to_state, reason, actor }) =>
      `${to_state} ${reason} ${actor === 'registry' || actor === 'timer' ? actor : 'staff'}`,
  );

describe('F2: sole responsibility', () => {
  test('gives the father nothing, however well he is known, and a restriction gives nobody anything (GUA-01, S-03)', async () => {
    const [mother, father] = [aNumber(), aNumber()];
    const { childId, ids, say } = await family('felles', mother, father);
    await say('mor', mother);
    expect(await w.active(childId)).toEqual([ids[0]]);
    await ban(childId, ids[1]!);
    expect(await w.active(childId)).toEqual([ids[0]]);
  });
});

describe('F4: responsibility given to a grandmother', () => {
  test('opens the child to her alone, when one member of staff has seen the proof (GUA-04)', async () => {
    const grandmother = aNumber();
    const { childId, ids } = await family('andre', grandmother);
    const grantId = await grantOf(childId, ids[0]!);
    expect(await w.grants(childId)).toEqual({ [ids[0]!]: 'PENDING GIVEN_TO_OTHERS' });
    expect(await w.openItems(childId)).toEqual(['GIVEN_TO_OTHERS']);
    expect(await confirmGrant(w.deps, as('leader'), grantId, asked('  '))).toEqual({
      ok: false,
      refusal: { kind: 'proof-missing' },
    });
    const proposal = await made(
      confirmGrant(w.deps, as('caseWorker'), grantId, asked('Court order of May 2025')),
    );
    expect(proposal).toMatchObject({ outcome: 'APPLIED', needsTwo: false });
    expect(await w.active(childId)).toEqual(ids);
    expect(await w.openItems(childId)).toEqual([]);
    expect(await w.told()).toMatchObject([
      { type: 'identity.guardians.changed.v1', data: { guardians: [{ personId: ids[0] }] } },
    ]);
    expect(await reasons(childId, ids[0]!)).toEqual([
      'PENDING AWAITING_REGISTER registry',
      'ACTIVE CONFIRMED_BY_STAFF staff',
    ]);
    expect(await confirmGrant(w.deps, as('leader'), grantId, asked())).toEqual({
      ok: false,
      refusal: { kind: 'not-held' },
    });
  });
});

describe('F5: an organisation is responsible', () => {
  test('lets nobody log in; a guardian appointed by document has access as decided by two, until a day (GUA-16, GUA-17)', async () => {
    const verge = aNumber();
    const { childId, number } = await family('mor');
    await w.register({
      number,
      ...born,
      responsibilities: [
        { value: 'andre', responsible: { kind: 'organisation', organisation: '310990020' } },
      ],
    });
    expect(await w.active(childId)).toEqual([]);
    expect(await w.openItems(childId)).toEqual(['ORGANISATION_RESPONSIBLE']);
    const proposal = await made(
      grantAccess(
        w.deps,
        as('caseWorker'),
        wish(childId, { kind: 'number', number: verge }, 'APPOINTED_GUARDIAN'),
        asked(),
      ),
    );
    expect(proposal).toMatchObject({ outcome: null, needsTwo: true });
    const vergeId = (await w.personOf(verge))!;
    expect(await w.active(childId)).toEqual([]);
    await made(approveProposal(w.deps, as('leader'), proposal.proposalId));
    // Until the register has said who this is, nobody knows whether they live or are protected.
    expect(await w.grants(childId)).toEqual({ [vergeId]: 'PENDING AWAITING_REGISTER' });
    expect((await w.told()).map(({ type, subject }) => [type, subject])).toContainEqual([
      'identity.person.followed.v1',
      vergeId,
    ]);
    await w.register({ number: verge });
    expect(await w.active(childId)).toEqual([vergeId]);
  });
});

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

describe('F9: sole, joint, annulled within a week', () => {
  test('is right at each time, beside a restriction too', async () => {
    const [mother, father] = [aNumber(), aNumber()];
    const { childId, ids, say } = await family('mor', mother);
    const motherId = ids[0]!;
    await say('felles', mother, father);
    await w.register({ number: father });
    const fatherId = (await w.personOf(father))!;
    expect(await w.active(childId)).toEqual([motherId, fatherId].toSorted());
    await ban(childId, fatherId);
    await say('mor', mother);
    await say('felles', mother, father);
    expect(await w.active(childId)).toEqual([motherId]);
    await say('mor', mother);
    expect(await w.grants(childId)).toEqual({ [motherId]: 'ACTIVE' });
  });
});

describe('F10: repeated entries, and a D-number joined to a national one', () => {
  test('are one grant, which a restriction of either id closes (GUA-26, FREG-09)', async () => {
    const [mother, father, former] = [aNumber(), aNumber(), aDNumber()];
    const { childId, number, ids } = await family('felles', mother, former);
    const [motherId, ghostId] = ids as [string, string];
    await ban(childId, ghostId);
    await w.registerAs(ghostId, {
      number: father,
      numbers: [
        { number: father, isInUse: true, kind: 'NATIONAL' },
        { number: former, isInUse: false, kind: 'D_NUMBER' },
      ],
    });
    await w.register({ number, ...born, responsibilities: heldBy('felles', mother, father, mother, father) });
    expect(await w.active(childId)).toEqual([motherId]);
    expect(
      Object.values(await w.grants(childId)).filter((grant) => grant.includes('RESTRICTED')),
    ).toHaveLength(1);
  });
});

describe('F13: a pupil turns fifteen, then eighteen', () => {
  test('keeps guardians until eighteen and no day longer, whatever staff decided (GUA-14, AGE-05)', async () => {
    const [mother, foster] = [aNumber(), aNumber()];
    const { childId, number, ids } = await family('mor', mother);
    await w.register({ number, birthDate: '2008-12-01', responsibilities: heldBy('mor', mother) });
    expect(await w.active(childId)).toEqual(ids);
    await careOrder(childId, true);
    const carer = (days: number) => wish(childId, { kind: 'number', number: foster }, 'DAILY_CARER', days);
    expect(await grantAccess(w.deps, as('leader'), carer(11), asked())).toMatchObject({
      refusal: { kind: 'end-wrong' },
    });
    await byTwo(made(grantAccess(w.deps, as('leader'), carer(10), asked())), 'caseWorker');
    await w.register({ number: foster });
    expect(await w.active(childId)).toHaveLength(2);
    w.setNow('2026-11-30T23:00:00Z');
    await endByDay(w.deps);
    expect(await w.active(childId)).toEqual([]);
    w.setNow('2026-11-21T08:00:00Z');
  });
});

describe('a child without a national number (GUA-05)', () => {
  const arrived = async () => {
    const [former, mother] = [aDNumber(), aNumber()];
    const childId = await pupil(former);
    await w.registerAs(childId, {
      ...{ number: former, ...born, numbers: [{ number: former, isInUse: true, kind: 'D_NUMBER' as const }] },
      responsibilities: heldBy('mor', mother),
    });
    await w.register({ number: mother });
    const motherId = (await w.personOf(mother))!;
    return { childId, motherId };
  };

  test('opens to a mother whom two have let through with proof, until ninety days later', async () => {
    const { childId, motherId } = await arrived();
    expect(await w.grants(childId)).toEqual({ [motherId]: 'PENDING D_NUMBER' });
    const grantId = await grantOf(childId, motherId);
    await byTwo(
      made(confirmGrant(w.deps, as('caseWorker'), grantId, asked('Passport and birth record'))),
      'leader',
    );
    expect(await w.active(childId)).toEqual([motherId]);
    const [grant] = await w.database
      .admin`select ends_on::text from access_grant where grant_id = ${grantId}`;
    expect(grant).toEqual({ ends_on: '2027-02-19' });
    w.setNow('2027-02-18T23:00:00Z');
    await endByDay(w.deps);
    expect(await w.grants(childId)).toEqual({ [motherId]: 'SUSPENDED D_NUMBER' });
    expect(await w.openItems(childId)).toContain('D_NUMBER');
    w.setNow('2026-11-21T08:00:00Z');
  });

  test('is left as it is by whoever says no, or takes the proposal back', async () => {
    const { childId, motherId } = await arrived();
    const grantId = await grantOf(childId, motherId);
    const propose = () => made(confirmGrant(w.deps, as('caseWorker'), grantId, asked()));
    const first = await propose();
    expect((await made(rejectProposal(w.deps, as('leader'), first.proposalId))).outcome).toBe('REJECTED');
    expect((await made(rejectProposal(w.deps, as('leader'), first.proposalId))).outcome).toBe('REJECTED');
    expect(await approveProposal(w.deps, as('secondCaseWorker'), first.proposalId)).toMatchObject({
      refusal: { kind: 'already-decided' },
    });
    const second = await propose();
    expect((await made(rejectProposal(w.deps, as('caseWorker'), second.proposalId))).outcome).toBe(
      'REJECTED',
    );
    expect(await w.active(childId)).toEqual([]);
  });

  test('waits for nobody longer than two weeks, nor for whoever proposed it and may not any more', async () => {
    const { childId, motherId } = await arrived();
    const grantId = await grantOf(childId, motherId);
    const first = await made(confirmGrant(w.deps, as('caseWorker'), grantId, asked()));
    w.setNow('2026-12-05T08:00:00Z');
    for (const answer of [approveProposal, rejectProposal])
      expect(await answer(w.deps, as('leader'), first.proposalId)).toMatchObject({
        refusal: { kind: 'proposal-expired' },
      });
    w.setNow('2026-11-21T08:00:00Z');
    await made(rejectProposal(w.deps, as('caseWorker'), first.proposalId));
    const second = await made(confirmGrant(w.deps, as('secondCaseWorker'), grantId, asked()));
    const [role] = await w.database.admin`
      select role_id, to_day from municipal_role where person_id = ${w.id.secondCaseWorker}`;
    await w.database.admin`alter table municipal_role disable trigger municipal_role_is_kept`;
    await w.database
      .admin`update municipal_role set to_day = '2026-11-21' where role_id = ${role!['role_id']}`;
    expect(await approveProposal(w.deps, as('leader'), second.proposalId)).toMatchObject({
      refusal: { kind: 'proposer-role-ended' },
    });
    await w.database
      .admin`update municipal_role set to_day = '2027-08-01' where role_id = ${role!['role_id']}`;
    await w.database.admin`alter table municipal_role enable trigger municipal_role_is_kept`;
    await made(approveProposal(w.deps, as('leader'), second.proposalId));
    expect(await w.active(childId)).toEqual([motherId]);
  });

  test('opens by document to nobody whom the register, once it is clear, does not name: it says so itself (GUA-01)', async () => {
    const { childId, number } = await family('mor', aNumber());
    const stranger = wish(childId, { kind: 'number', number: aNumber() }, 'DOCUMENTED_RESPONSIBILITY');
    expect(await grantAccess(w.deps, as('leader'), stranger, asked())).toMatchObject({
      refusal: { kind: 'register-settles-it' },
    });
    await w.register({ number, ...born, responsibilities: [] });
    await byTwo(made(grantAccess(w.deps, as('leader'), stranger, asked())), 'caseWorker');
    await w.register({ number: stranger.whom.kind === 'number' ? stranger.whom.number : '' });
    expect(await w.active(childId)).toHaveLength(1);
    await w.register({ number, ...born, responsibilities: heldBy('mor', aNumber()) });
    expect(await w.openItems(childId)).toContain('REGISTER_DISAGREES');
  });
});
