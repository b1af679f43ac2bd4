import { describe, expect, test } from 'vitest';
import {
  w,
  born,
  as,
  pupil,
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
import { aDNumber, aNumber } from '../testing/numbers.ts';
import { asked, made } from '../testing/world.ts';
import { confirmGrant } from './confirm-grant.ts';
import { approveProposal, rejectProposal } from './decide-proposal.ts';
import { endByDay } from './end-by-day.ts';
import { grantAccess } from './grant-access.ts';

openGolden();

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
