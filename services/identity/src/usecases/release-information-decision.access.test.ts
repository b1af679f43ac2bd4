import { newId } from '@ranselpost/kit/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Desk, openDesk, outcome } from '../testing/information.ts';

let desk: Desk;
beforeAll(async () => (desk = await openDesk()));
afterAll(() => desk.close());

const release = (actor: Parameters<Desk['change']>[0], requestId: string, idempotencyKey = newId()) =>
  desk.change(actor, 'releaseInformationDecision', { requestId, idempotencyKey });

/** A request about the hidden child, with a parent by proof, checked by an officer. */
async function aboutTheHidden(): Promise<{ requestId: string; actor: Parameters<Desk['change']>[0] }> {
  const actor = await desk.stranger();
  const requestId = await desk.asked(actor, { childNumber: desk.number.hidden });
  await desk.change(desk.staff('officer'), 'checkInformationRequest', {
    ...{ requestId, childId: desk.id.hidden, proof: 'Dom' },
  });
  return { requestId, actor };
}

const ofDecisions = async () =>
  (await desk.told()).filter(({ type }) => type.startsWith('identity.decision.'));

describe('releasing a decision', () => {
  test('tells whoever sends that there is something to read, of an answer as of a refusal, and once (GUA-20, MSG-14)', async () => {
    await desk.told();
    const requestId = await desk.checked();
    const worker = desk.staff('caseWorker');
    await desk.change(worker, 'answerInformationRequest', { requestId, text: 'Bra.' });
    expect(await ofDecisions()).toEqual([]);
    const key = newId();
    for (const _press of [1, 2]) await release(worker, requestId, key);
    const about = { personId: desk.asker.personId, decisionId: requestId };
    const releasedAt = desk.deps.now().toISOString();
    const released = { type: 'identity.decision.released.v1', subject: requestId };
    expect(await ofDecisions()).toEqual([{ ...released, data: { ...about, releasedAt } }]);
    const refused = await desk.decided('REFUSAL');
    expect(await ofDecisions()).toEqual([
      { ...released, subject: refused, data: { ...about, decisionId: refused, releasedAt } },
    ]);
    for (const _reading of [1, 2])
      await desk.change(desk.asker, 'openInformationDecision', { requestId: refused });
    expect(await ofDecisions()).toEqual([
      {
        ...{ type: 'identity.decision.opened.v1', subject: refused },
        data: { ...about, decisionId: refused, openedAt: releasedAt },
      },
    ]);
  });

  test('is for nobody who does not handle the request (S-06)', async () => {
    const requestId = await desk.checked();
    await desk.change(desk.staff('caseWorker'), 'answerInformationRequest', { requestId, text: 'Bra.' });
    expect(outcome(await release(desk.asker, requestId))).toBe('FORBIDDEN');
    for (const name of ['teacher', 'otherLeader', 'officer', 'administrator'] as const) {
      const actor = desk.staff(name);
      expect(await release(actor, requestId), name).toEqual(await release(actor, newId()));
      expect(outcome(await release(actor, requestId)), name).toBe('NOT_FOUND');
    }
  });

  test('tells the asker, once, and nothing of it can be changed then (ADM-10)', async () => {
    const requestId = await desk.checked();
    const worker = desk.staff('caseWorker');
    await desk.change(worker, 'answerInformationRequest', { requestId, text: 'Bra.' });
    const key = newId();
    const first = await release(worker, requestId, key);
    expect(first.data.result.request).toMatchObject({
      status: 'ANSWERED',
      handling: {
        state: 'ANSWERED',
        letter: 'Svar på spørsmål etter barnelova § 47\n\nBra.',
        isArchived: false,
      },
    });
    expect(await release(worker, requestId, key)).toEqual(first);
    const decided = 'InformationHandlingRefused INFORMATION_ALREADY_DECIDED';
    expect(outcome(await release(worker, requestId))).toBe(decided);
    for (const [name, input] of [
      ['checkInformationRequest', { childId: null }],
      ['answerInformationRequest', { text: 'Nei.' }],
      ['refuseInformationRequest', { ground: 'HARM', reasons: 'Nei.' }],
    ] as const)
      expect(outcome(await desk.change(worker, name, { requestId, ...input }))).toBe(decided);
    await expect(
      desk.database.admin`update information_request set state = 'REFUSED' where request_id = ${requestId}`,
    ).rejects.toThrow('a decision is not changed');
    await expect(
      desk.database.admin`delete from information_history where request_id = ${requestId}`,
    ).rejects.toThrow('never changed');
  });

  test('of a protected child takes a second officer, and the database holds that too (ADR-04, GUA-08)', async () => {
    const { requestId, actor } = await aboutTheHidden();
    const [officer, second, worker] = (['officer', 'secondOfficer', 'caseWorker'] as const).map(desk.staff);
    // No case worker, and no leader of the school, gets to know of it.
    expect(outcome(await release(worker!, requestId))).toBe('NOT_FOUND');
    expect(outcome(await release(desk.staff('leader'), requestId))).toBe('NOT_FOUND');
    const written = { requestId, text: 'Det går bra på Paraplyen skole.' };
    expect(outcome(await desk.change(officer!, 'answerInformationRequest', written))).toBe(
      'InformationHandlingRefused INFORMATION_REVEALS_PLACE',
    );
    await desk.change(officer!, 'answerInformationRequest', { requestId, text: 'Det går bra.' });
    expect(outcome(await release(officer!, requestId))).toBe(
      'InformationHandlingRefused INFORMATION_SECOND_PERSON_NEEDED',
    );
    await expect(
      desk.database.admin`
        update information_request set state = 'ANSWERED', closed_at = now(), released_by = drafted_by
        where request_id = ${requestId}`,
    ).rejects.toThrow('check constraint');
    expect(outcome(await release(second!, requestId))).toBe('InformationRequestHandled');
    const opened = await desk.change(actor, 'openInformationDecision', { requestId });
    expect(opened.data.result.text).toBe('Svar på spørsmål etter barnelova § 47\n\nDet går bra.');
  });

  test('keeps each step with who did it, by what law (GUA-06, GUA-27)', async () => {
    const requestId = await desk.decided('REFUSAL');
    const steps = await desk.database.admin<{ step: string; actor_id: string | null; codes: object }[]>`
      select step, actor_id, codes from information_history where request_id = ${requestId} order by id`;
    const worker = desk.id.caseWorker;
    expect(steps.map(({ step, actor_id }) => [step, actor_id])).toEqual([
      ['RECEIVED', desk.asker.personId],
      ['ROUTED', null],
      ['CHECKED', worker],
      ['REFUSAL_WRITTEN', worker],
      ['RELEASED', worker],
    ]);
    expect(steps.at(-1)?.codes).toEqual({
      state: 'REFUSED',
      laws: ['BARNELOVA_1981', 'FORVALTNINGSLOVEN_1967'],
    });
  });
});
