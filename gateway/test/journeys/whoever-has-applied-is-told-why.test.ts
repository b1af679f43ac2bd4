import { commonStatutes, continuousRound } from '@ranselpost/infra/visitor/admission';
import { goldenByName } from '@ranselpost/infra/simulators/population/index';
import type { Visitor } from '@ranselpost/infra/visitor/visitor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  admissionOf,
  answer,
  codeOf,
  done,
  inOrder,
  outcomesOf,
  poolOf,
  publish,
  read,
  viewerOf,
} from './admission.ts';
import { anotherCaseWorker } from './officers.ts';
import { soon } from './rights.ts';
import { openTown } from './town.ts';

// Whoever applies has one child more, and units have children who are to come: this comes after the journeys that count them.
const town = openTown();
afterAll(() => town.close());

/** The year of which the golden children are one year old in the autumn. */
const year = 2027;

interface Family {
  readonly mother: Visitor;
  readonly father: Visitor;
  readonly fatherId: string;
  readonly childId: string;
}
/** Both guardians, once the register has told them and placement of the child that they want a place for (GUA-01). */
async function family(name: string): Promise<Family> {
  const [mother, father] = [
    await town.visit('guardian', `apply.${name}.mother`),
    await town.visit('guardian', `apply.${name}.father`),
  ];
  await done(mother, 'prepareApplication', {});
  const { given } = goldenByName.get(`apply.${name}.child`)!;
  return soon(async () => {
    const [hers, his] = [await viewerOf(mother), await viewerOf(father)];
    const child = hers.children.find((one) => one.name?.given === given);
    expect(his.children.map(({ id }) => id)).toContain(child!.id);
    return { mother, father, fatherId: his.id, childId: child!.id };
  });
}

describe('a round at two kindergartens with a seat each', () => {
  let caseWorker: Visitor;
  let wanted: string;
  let other: string;
  let roundId: string;
  let commitment: string;
  let first: Family;
  let away: Family;
  let sibling: Family;
  const applications = { first: '', away: '', sibling: '' };
  let claimId: string;

  beforeAll(async () => {
    caseWorker = await town.visit('staff', 'staff.caseWorker');
    [first, away, sibling] = [await family('first'), await family('away'), await family('sibling')];
    const { children } = await viewerOf(sibling.father);
    wanted = children
      .flatMap(({ enrolments }) => enrolments)
      .find(({ unit }) => unit.kind === 'KINDERGARTEN')!.unit.id;
    const { unitDirectory } = await read<{
      unitDirectory: { nodes: readonly { id: string; ownership: string }[] };
    }>(caseWorker, '{ unitDirectory(kind: KINDERGARTEN, first: 100) { nodes { id ownership } } }');
    // A private owner adopts the statutes of the own unit.
    other = unitDirectory.nodes.find(({ id, ownership }) => id !== wanted && ownership !== 'PRIVATE')!.id;
  });

  /** A draft, which is the writer's alone: once placement has heard of the child. */
  const draft = (one: Family, wishes: readonly object[]): Promise<string> =>
    soon(async () => {
      const { application } = await done(one.mother, 'savePlacementApplication', {
        ...{ childId: one.childId, roundId, guardianIds: [one.fatherId], wishes },
      });
      return application!.id;
    });
  const send = async (one: Family, wishes: readonly object[]): Promise<string> => {
    const applicationId = await draft(one, wishes);
    await done(one.mother, 'submitPlacementApplication', { applicationId });
    return applicationId;
  };

  test('opens where statutes and seats are, and publishes what nobody can change of its draw (BHG-10, BHG-25)', async () => {
    const { round } = await done(caseWorker, 'planAdmissionRound', {
      ...continuousRound('En plass hvert sted', year, [wanted, other]),
    });
    roundId = round!.id;
    expect(await codeOf(caseWorker, 'openAdmissionRound', { roundId })).toBe('E_NO_STATUTES');
    for (const unitId of [wanted, other])
      await done(caseWorker, 'adoptStatutes', { unitId, ...commonStatutes(localDateAt(new Date())) });
    const seats = { roundId, group: 'SMALL', seats: 1, occupied: 8 };
    const { isOverCapacity } = await done(caseWorker, 'decideSeats', {
      ...{ ...seats, unitId: wanted, area: 60, adults: 4 },
    });
    expect(isOverCapacity).toBe(false);
    const beyond = await done(caseWorker, 'decideSeats', { ...seats, unitId: other, area: 40, adults: 4 });
    expect(beyond.isOverCapacity).toBe(true);
    const { round: opened } = await done(caseWorker, 'openAdmissionRound', { roundId });
    expect(opened).toMatchObject({ state: 'OPEN', seed: null });
    commitment = opened!.seedCommitment!;
  });

  test('is applied to by guardians together, and by nobody for the child of others (BHG-04, BHG-05, S-20)', async () => {
    applications.first = await draft(first, inOrder(wanted));
    const standing = `query ($id: ID!) { placementApplication(id: $id) { version state isByViewer } }`;
    const seenBy = (who: Visitor) => who.ask(standing, { id: applications.first });
    expect((await seenBy(first.father)).codes).toEqual(['NOT_FOUND']);
    await done(first.mother, 'submitPlacementApplication', { applicationId: applications.first });
    const seen = await seenBy(first.father);
    expect(seen.data).toMatchObject({ placementApplication: { state: 'SUBMITTED', isByViewer: false } });
    const { version } = (seen.data as { placementApplication: { version: number } }).placementApplication;
    const change = { applicationId: applications.first, version, wishes: inOrder(wanted, other) };
    await done(first.father, 'changePlacementApplication', change);
    expect(await codeOf(first.mother, 'changePlacementApplication', change)).toBe('E_STALE');

    const another = { childId: first.childId, roundId, wishes: inOrder(wanted) };
    expect(await codeOf(away.mother, 'savePlacementApplication', another)).toBe('NOT_FOUND');
    expect(await codeOf(away.mother, 'changePlacementApplication', { ...change, version: 3 })).toBe(
      'NOT_FOUND',
    );

    applications.away = await send(away, inOrder(wanted, other));
    const brother = await town.idOf('F3.fathersOther');
    applications.sibling = await send(sibling, [{ unitId: wanted, rank: 1, siblingId: brother }]);
    const { claim } = await done(first.mother, 'claimPlacementPriority', {
      ...{ applicationId: applications.first, flag: 'law18' },
    });
    claimId = claim!.id;
  });

  test('names to a case worker who has applied, whom nobody here has in their charge yet (RET-09, S-02)', async () => {
    const asked = `query ($id: ID!) { placementApplication(id: $id) { child { name { given } guardians { id } enrolments { id } } } }`;
    await soon(async () =>
      expect(await read(caseWorker, asked, { id: applications.away })).toEqual({
        placementApplication: {
          child: {
            name: { given: goldenByName.get('apply.away.child')!.given },
            guardians: [],
            enrolments: [],
          },
        },
      }),
    );
  });

  test('is closed, and one who was named for it decides on priority by law (BHG-09, ADM-02, P24)', async () => {
    const { round } = await done(caseWorker, 'closeAdmissionRound', { roundId });
    expect(round!.state).toBe('CLOSED');
    expect(
      await codeOf(first.mother, 'changePlacementApplication', {
        ...{ applicationId: applications.first, version: 3, wishes: inOrder(other) },
      }),
    ).toBe('E_ROUND_NOT_OPEN');
    const named = await anotherCaseWorker(town);
    const { id: personId } = await viewerOf(named);
    const refusal = { claimId, verdict: 'REFUSED', reason: 'Det er ikke lagt fram noen vurdering.' };
    expect(await codeOf(named, 'decidePlacementClaim', refusal)).toBe('NOT_FOUND');
    await done(caseWorker, 'assignPlacementClaim', { claimId, personId });
    expect(await codeOf(caseWorker, 'decidePlacementClaim', refusal)).toBe('NOT_FOUND');
    expect((await done(named, 'decidePlacementClaim', refusal)).claim!.verdict).toBe('REFUSED');
  });

  test('is simulated, allocated, looked at and published, to all at once (BHG-23, BHG-25)', async () => {
    const { run } = await done(caseWorker, 'simulateRound', { roundId });
    expect(run!.summary).toEqual({ children: 3, byWish: [1, 1], none: 1, emptySeats: 0 });
    await done(caseWorker, 'allocateRound', { roundId });
    expect((await outcomesOf(sibling.mother, applications.sibling)).outcomes).toBeNull();
    const { kinds, round } = await publish(caseWorker, roundId);
    expect(kinds).toEqual(['OVER_CAPACITY']);
    expect(createHash('sha256').update(round.seed!).digest('hex')).toBe(commitment);
  });

  test('tells each family what became of its wishes, and why (BHG-15, BHG-20)', async () => {
    const told = async (one: Family, id: string) => {
      const { outcomes } = await outcomesOf(one.mother, id);
      expect((await outcomesOf(one.father, id)).outcomes).toEqual(outcomes);
      return outcomes!;
    };
    expect((await told(sibling, applications.sibling)).map(({ outcome }) => outcome)).toEqual(['OFFERED']);
    expect((await told(away, applications.away)).map(({ outcome }) => outcome)).toEqual([
      ...['REJECTED', 'OFFERED'],
    ]);
    const [atWanted, atOther] = await told(first, applications.first);
    expect(atWanted).toMatchObject({ outcome: 'REJECTED' });
    expect(atWanted!.reason).toMatch(/had 1 place for small children.*children with a higher priority\.$/);
    expect(atOther!.reason).toMatch(/to a child who is older\.$/);
    const { codes } = await away.mother.ask(
      'query ($id: ID!) { placementApplication(id: $id) { outcomes { reason } } }',
      { id: applications.first },
    );
    expect(codes).toEqual(['NOT_FOUND']);
  });

  test('is appealed against by who may, and who is right is next at the unit (BHG-16 to BHG-18)', async () => {
    expect(await answer(away.father, away.childId, 'ACCEPT_KEEP')).toBe('ACCEPTED_KEEP');
    expect((await poolOf(caseWorker, wanted, year)).next).toEqual({ id: applications.away });
    await done(caseWorker, 'openAppeals', { roundId });
    const grounds = { unitId: wanted, grounds: 'Vurderingen var sendt i posten.' };
    expect(
      await codeOf(away.mother, 'appealPlacementDecision', { applicationId: applications.away, ...grounds }),
    ).toBe('E_NO_RIGHT_OF_APPEAL');
    const { appeal } = await done(first.father, 'appealPlacementDecision', {
      ...{ applicationId: applications.first, ...grounds },
    });
    const move = (how: string) => ({ appealId: appeal!.id, move: how, reason: 'Vurderingen er funnet.' });
    expect(await codeOf(caseWorker, 'movePlacementAppeal', move('UPHOLD'))).toBe('E_OWNER_UNHEARD');
    await done(caseWorker, 'movePlacementAppeal', move('HEAR_OWNER'));
    const upheld = await done(caseWorker, 'movePlacementAppeal', move('UPHOLD'));
    expect(upheld.appeal).toMatchObject({ state: 'UPHELD', isUpheld: true });
    expect((await poolOf(caseWorker, wanted, year)).next).toEqual({ id: applications.first });
  });

  test('is answered: a seat that somebody declines goes to who is next, and a better one frees the other (BHG-12, S-23)', async () => {
    const { id: poolId } = await poolOf(caseWorker, wanted, year);
    const offer = (applicationId: string) => ({ applicationId, poolId });
    expect(await codeOf(caseWorker, 'makePlacementOffer', offer(applications.first))).toBe('E_FULL');
    expect(await answer(sibling.mother, sibling.childId, 'DECLINE')).toBe('DECLINED');
    expect(await codeOf(caseWorker, 'makePlacementOffer', offer(applications.away))).toBe('E_NOT_NEXT');
    await done(caseWorker, 'makePlacementOffer', offer(applications.first));
    expect(await answer(first.father, first.childId, 'ACCEPT')).toBe('ACCEPTED');
    const { places } = await admissionOf(first.mother, first.childId);
    expect(places).toMatchObject([{ unit: { id: wanted }, from: `${year}-08-01`, to: null }]);

    // The family gives it up again, and who has waited on moves: their other seat is free in the same instant.
    await done(first.mother, 'resignPlace', { placeId: places[0]!.id, endsOn: places[0]!.from });
    await done(caseWorker, 'makePlacementOffer', offer(applications.away));
    expect(await answer(away.mother, away.childId, 'ACCEPT')).toBe('ACCEPTED');
    expect(
      (await admissionOf(away.father, away.childId)).waitingEntries.map(({ isActive }) => isActive),
    ).not.toContain(true);
    expect(await poolOf(caseWorker, wanted, year)).toMatchObject({ seats: 1, committed: 1 });
    expect(await poolOf(caseWorker, other, year)).toMatchObject({ seats: 1, committed: 0 });
    const { round } = await done(caseWorker, 'finishAdmissionRound', { roundId });
    expect(round!.state).toBe('FINISHED');
  });
});
