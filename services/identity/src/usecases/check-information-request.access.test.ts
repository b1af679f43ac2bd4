import { newId } from '@ranselpost/kit/ids';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { heldBy } from '../testing/harness.ts';
import { type Desk, openDesk, outcome } from '../testing/information.ts';
import { sealReads } from './keep-access-log.ts';

let desk: Desk;
beforeAll(async () => (desk = await openDesk()));
beforeEach(() => desk.makeRoom());
afterAll(() => desk.close());

const check = (actor: Parameters<Desk['change']>[0], requestId: string, more: object = {}) =>
  desk.change(actor, 'checkInformationRequest', { requestId, childId: desk.id.ours, ...more });
const findings = async (requestId: string) =>
  (await desk.read(desk.staff('caseWorker'), requestId)).data.informationRequest.handling.findings;

describe('checking a request (GUA-07)', () => {
  test('is for nobody without the role for it, who are told that there is none (S-06)', async () => {
    const requestId = await desk.asked();
    expect(outcome(await check(desk.asker, requestId))).toBe('FORBIDDEN');
    const others = [
      'teacher',
      'leader',
      'otherLeader',
      'officer',
      'administrator',
      'office',
      'former',
    ] as const;
    for (const name of others) {
      const actor = desk.staff(name);
      expect(await check(actor, requestId), name).toEqual(await check(actor, newId()));
      expect(outcome(await check(actor, requestId)), name).toBe('NOT_FOUND');
      expect((await desk.read(actor, requestId)).errors?.[0]?.extensions.code, name).toBe('NOT_FOUND');
    }
    for (const name of ['teacher', 'administrator', 'office'] as const)
      expect((await desk.queue(desk.staff(name))).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  test('is not for somebody to whom the child is anything (GUA-24)', async () => {
    const { id, number, database } = desk;
    const requestId = await desk.asked();
    // The mother of the child is a case worker, and so is the asker.
    await database.admin`
      insert into municipal_role (role_id, person_id, role, from_day, to_day, source)
      values (${newId()}, ${desk.asker.personId}, 'CASE_WORKER', '2026-08-01', null, 'roster')`;
    for (const personId of [id.mother, desk.asker.personId]) {
      const actor = staff(personId);
      expect(outcome(await check(actor, requestId))).toBe('NOT_FOUND');
      expect((await desk.queue(actor)).data.informationRequests.nodes).not.toContainEqual(
        expect.objectContaining({ id: requestId }),
      );
    }
    // Somebody else's question about another child is theirs to handle, but for a parent without responsibility of it too.
    const other = await desk.asked(await desk.stranger(), { childNumber: number.sibling });
    expect(outcome(await check(staff(desk.asker.personId), other, { childId: id.sibling }))).toBe(
      'InformationRequestHandled',
    );
    await desk.register({
      number: number.sibling,
      birthDate: '2018-06-21',
      responsibilities: heldBy('mor', number.mother),
      otherParents: [{ number: desk.askerNumber, role: 'far' }],
    });
    expect(outcome(await check(staff(desk.asker.personId), other, { childId: id.sibling }))).toBe(
      'NOT_FOUND',
    );
  });

  test('is for a case worker: the asker is a parent by the register, and that is all it takes from it (GUA-02)', async () => {
    const requestId = await desk.asked();
    const worker = desk.staff('caseWorker');
    const [candidate] = (await desk.read(worker, requestId)).data.informationRequest.handling.candidates;
    expect(candidate).toMatchObject({
      ...{ id: desk.id.ours, name: { given: 'KULERUND' }, isAskerParent: true, isAskerHolder: false },
      ...{ isAskerRestricted: false, holders: [{ value: 'mor', name: { given: 'BRED' } }] },
    });
    expect((await check(worker, requestId)).data.result.request.handling).toMatchObject({
      state: 'CHECKED',
      findings: { childId: desk.id.ours, standing: 'PARENT_BY_REGISTER' },
    });
    // To the asker nothing has happened (GUA-20).
    expect((await desk.read(desk.asker, requestId)).data.informationRequest.status).toBe('RECEIVED');
    expect(await desk.active(desk.id.ours)).toEqual([desk.id.mother]);
  });

  test('is open to the leader of the unit once it is known to be theirs, and to no other', async () => {
    const requestId = await desk.checked();
    expect(outcome(await check(desk.staff('otherLeader'), requestId))).toBe('NOT_FOUND');
    expect(outcome(await check(desk.staff('leader'), requestId))).toBe('InformationRequestHandled');
    expect((await desk.queue(desk.staff('leader'))).data.informationRequests.nodes).toContainEqual(
      expect.objectContaining({ id: requestId }),
    );
    expect((await desk.queue(desk.staff('otherLeader'))).data.informationRequests.nodes).toEqual([]);
  });

  test('takes proof where the register says nothing, and no child whom nobody asked about', async () => {
    const actor = await desk.stranger();
    const worker = desk.staff('caseWorker');
    const requestId = await desk.asked(actor);
    await check(worker, requestId);
    expect(await findings(requestId)).toMatchObject({ standing: 'NOT_SHOWN' });
    await check(worker, requestId, { proof: 'Fødselsattest, sett i original', note: 'Ringte.' });
    expect(await findings(requestId)).toMatchObject({
      ...{ standing: 'PARENT_BY_PROOF', proof: 'Fødselsattest, sett i original', note: 'Ringte.' },
    });
    expect(outcome(await check(worker, requestId, { childId: desk.id.theirs }))).toBe(
      'InformationHandlingRefused INFORMATION_CHILD_NOT_MEANT',
    );
  });

  test('leaves a line in the access log for the child, in the role that opened it (S-11)', async () => {
    const requestId = await desk.asked(await desk.stranger());
    await check(desk.staff('secondCaseWorker'), requestId);
    const rows = await desk.database.admin<{ reads: object[] }[]>`
      select reads from staff_read where reader_id = ${desk.id.secondCaseWorker}`;
    expect(rows.length).toBeGreaterThan(0);
    for (const { reads } of rows)
      expect(reads).toEqual([
        {
          ...{ childId: desk.id.ours, kind: 'INFORMATION_REQUEST', unitId: null },
          ...{ role: 'CASE_WORKER', rule: 'S-02' },
        },
      ]);
  });

  test('tells the guardians who read it that a case worker has, and not that somebody asked (ADR-11)', async () => {
    const requestId = await desk.asked(await desk.stranger());
    await check(desk.staff('secondCaseWorker'), requestId);
    await sealReads(desk.deps);
    const log = `query ($id: ID!) { child(id: $id) { accessLog { nodes { kind role rule unitId } } } }`;
    const answer = await desk.service.ask(guardian(desk.id.mother), log, { id: desk.id.ours });
    expect(answer.data.child.accessLog.nodes).toContainEqual({
      ...{ kind: 'OTHER', role: 'CASE_WORKER', rule: 'S-02', unitId: null },
    });
    expect(JSON.stringify(answer)).not.toMatch(/INFORMATION|GUA-07/);
  });

  test('is the same step under the same key', async () => {
    const requestId = await desk.asked(guardian((await desk.stranger()).personId));
    const idempotencyKey = newId();
    const worker = desk.staff('caseWorker');
    await check(worker, requestId, { idempotencyKey, isHarmful: true });
    await check(worker, requestId, { isHarmful: false });
    // The first again, as a client does whose answer was lost: it is done already.
    await check(worker, requestId, { idempotencyKey, isHarmful: true });
    expect(await findings(requestId)).toMatchObject({ isHarmful: false });
  });
});
