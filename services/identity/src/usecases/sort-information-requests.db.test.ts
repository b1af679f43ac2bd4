import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { merge } from '../store/persons.ts';
import { heldBy } from '../testing/harness.ts';
import { type Desk, aQuestion, openDesk, outcome } from '../testing/information.ts';
import { asked } from '../testing/world.ts';
import { imposeRestriction } from './impose-restriction.ts';

let desk: Desk;
beforeAll(async () => (desk = await openDesk()));
afterAll(() => desk.close());

const named = (childName: string, childBirthDate = '2018-06-21') => ({
  ...{ childNumber: null, childName, childBirthDate },
});
const lie = async (requestId: string): Promise<string | null> => {
  const [row] = await desk.database.admin`
    select route from information_request where request_id = ${requestId}`;
  return row!['route'] as string;
};
const candidates = async (requestId: string): Promise<readonly string[]> =>
  (
    await desk.database.admin<{ child_id: string }[]>`
      select child_id from information_candidate where request_id = ${requestId}`
  ).map(({ child_id }) => child_id);

describe('sorting requests for information (GUA-20)', () => {
  test('happens where no answer waits: until then a request lies on nobody’s table', async () => {
    const actor = await desk.stranger();
    const answer = await desk.change(actor, 'requestInformation', aQuestion(desk.number.ours));
    const { id } = answer.data.result.request;
    expect(await lie(id)).toBe('UNSORTED');
    for (const name of ['caseWorker', 'officer', 'leader'] as const)
      expect((await desk.read(desk.staff(name), id)).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect(await desk.sort()).toBe(1);
    expect(await lie(id)).toBe('DESK');
    expect(await desk.sort()).toBe(0);
  });

  test('finds whom a number means, also an old one, and nobody of age (GUA-14)', async () => {
    expect(await candidates(await desk.asked(await desk.stranger()))).toEqual([desk.id.ours]);
    const grown = await desk.asked(await desk.stranger(), { childNumber: desk.number.grown });
    expect(await candidates(grown)).toEqual([]);
    expect(await lie(grown)).toBe('DESK');
    // Adults are no children, whoever asks about them.
    const adult = await desk.asked(await desk.stranger(), { childNumber: desk.number.mother });
    expect(await candidates(adult)).toEqual([]);
  });

  test('finds whom a name means among those born that day, by a word of it', async () => {
    const requestId = await desk.asked(await desk.stranger(), named('Kulerund'));
    expect(await candidates(requestId)).toEqual([desk.id.ours]);
    const [candidate] = (await desk.read(desk.staff('caseWorker'), requestId)).data.informationRequest
      .handling.candidates;
    expect(candidate).toMatchObject({ id: desk.id.ours, birthDate: '2018-06-21', isAskerParent: false });
    expect(
      await candidates(await desk.asked(await desk.stranger(), named('Kulerund', '2018-06-22'))),
    ).toEqual([]);
    expect(await candidates(await desk.asked(await desk.stranger(), named('Noen Andre')))).toEqual([]);
  });

  test('finds the asker’s own children by their birthday, whatever name they give', async () => {
    await desk.makeRoom();
    expect(await candidates(await desk.asked(desk.asker, named('Petter')))).toEqual([desk.id.ours]);
    const holder = guardian(desk.id.grownMother);
    expect(await candidates(await desk.asked(holder, named('Petter')))).toEqual([]);
  });

  test('lays whatever may be about a protected family before the protection officers alone (ADR-01, ADR-04)', async () => {
    // The child itself; and a child whose mother is protected.
    for (const childNumber of [desk.number.hidden, desk.number.theirs]) {
      const requestId = await desk.asked(await desk.stranger(), { childNumber });
      expect(await lie(requestId)).toBe('PROTECTION');
      for (const name of ['caseWorker', 'leader', 'teacher', 'teacherOfB'] as const)
        expect((await desk.read(desk.staff(name), requestId)).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
      expect((await desk.read(desk.staff('officer'), requestId)).data.informationRequest).toMatchObject({
        handling: { isProtected: true },
      });
    }
    // A name that may mean several, of whom one is hidden.
    const several = await desk.asked(await desk.stranger(), named('Myk Kulerund'));
    expect((await candidates(several)).toSorted()).toEqual([desk.id.hidden, desk.id.ours].toSorted());
    expect(await lie(several)).toBe('PROTECTION');
  });

  test('shows the officers who is restricted (GUA-12)', async () => {
    const wish = {
      ...({
        childId: desk.id.theirs,
        personId: desk.id.father,
        kind: 'CONTACT_BAN',
        authority: 'COURT',
      } as const),
      ...{ reviewOn: '2027-02-01', note: null, parentsKeepView: false },
    };
    const officer = { kind: 'staff', personId: desk.id.officer, level: 'high' } as const;
    expect((await imposeRestriction(desk.deps, officer, wish, asked())).ok).toBe(true);
    const requestId = await desk.asked(guardian(desk.id.father), { childNumber: desk.number.theirs });
    const { handling } = (await desk.read(desk.staff('officer'), requestId)).data.informationRequest;
    expect(handling.candidates).toMatchObject([{ isAskerHolder: true, isAskerRestricted: true }]);
  });
});

describe('a family that is protected while a request is open (ADR-12)', () => {
  test('is off the desk, with what was found and written, and the desk cannot release it meanwhile', async () => {
    await desk.makeRoom();
    const requestId = await desk.checked();
    const worker = desk.staff('caseWorker');
    await desk.change(worker, 'answerInformationRequest', { requestId, text: 'Går på Paraplyen skole.' });
    await desk.register({
      number: desk.number.ours,
      birthDate: '2018-06-21',
      protection: 'FORTROLIG',
      responsibilities: heldBy('mor', desk.number.mother),
      otherParents: [{ number: desk.askerNumber, role: 'far' }],
    });
    // Before the desk has been sorted again the child is shown to nobody there, and nothing can be released.
    const { handling } = (await desk.read(worker, requestId)).data.informationRequest;
    expect(handling.candidates).toEqual([]);
    expect(outcome(await desk.change(worker, 'releaseInformationDecision', { requestId }))).toBe('CONFLICT');

    expect(await desk.sort()).toBeGreaterThan(0);
    for (const name of ['caseWorker', 'leader'] as const)
      expect((await desk.read(desk.staff(name), requestId)).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect(
      (await desk.read(desk.staff('officer'), requestId)).data.informationRequest.handling,
    ).toMatchObject({
      ...{ state: 'RECEIVED', isProtected: true, findings: null, draft: null },
    });
    const texts = await desk.database.admin`
      select kind from information_text where request_id = ${requestId} order by kind`;
    expect(texts.map(({ kind }) => kind as string)).toEqual(['ASKER', 'CHILD', 'QUESTION']);
    // It does not come back by itself (ADR-13).
    await expect(
      desk.database.admin`update information_request set route = 'DESK' where request_id = ${requestId}`,
    ).rejects.toThrow('stays with the protection officers');
  });
});

describe('two ids that are one human (FREG-09)', () => {
  test('have the questions of both, and what was asked about either', async () => {
    const ids = [(await desk.stranger()).personId, (await desk.stranger()).personId];
    const [one, other] = ids.toSorted();
    const requestId = await desk.asked(guardian(other), { childNumber: desk.number.sibling });
    await desk.deps.db.asService((tx) =>
      merge(tx, { merged: other!, survivor: one!, readAt: '2026-11-21T08:00:00Z' }),
    );
    expect((await desk.read(guardian(one), requestId)).data.informationRequest.status).toBe('RECEIVED');
    expect((await desk.read(staff(one), requestId)).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });
});
