import { newId } from '@ranselpost/kit/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Desk, openDesk, outcome } from '../testing/information.ts';

let desk: Desk;
beforeAll(async () => (desk = await openDesk()));
afterAll(() => desk.close());

const answer = (actor: Parameters<Desk['change']>[0], requestId: string, text = 'Han trives.') =>
  desk.change(actor, 'answerInformationRequest', { requestId, text });

describe('writing an answer (GUA-07)', () => {
  test('is for nobody who does not handle the request (S-06)', async () => {
    const requestId = await desk.checked();
    expect(outcome(await answer(desk.asker, requestId))).toBe('FORBIDDEN');
    for (const name of ['teacher', 'otherLeader', 'officer', 'administrator'] as const) {
      const actor = desk.staff(name);
      expect(await answer(actor, requestId), name).toEqual(await answer(actor, newId()));
      expect(outcome(await answer(actor, requestId)), name).toBe('NOT_FOUND');
    }
  });

  test('comes after the check, and is refused by what was found there (GUA-08)', async () => {
    const worker = desk.staff('caseWorker');
    expect(outcome(await answer(worker, await desk.asked()))).toBe(
      'InformationHandlingRefused INFORMATION_NOT_CHECKED',
    );
    const actor = await desk.stranger();
    const requestId = await desk.asked(actor);
    for (const found of [
      { childId: null },
      { childId: desk.id.ours },
      { childId: desk.id.ours, proof: 'Attest', isHarmful: true },
      { childId: desk.id.ours, proof: 'Attest', isSecret: true },
      { childId: desk.id.ours, proof: 'Attest', voidBy: 'CHILD_WELFARE' },
      { childId: desk.id.ours, proof: 'Attest', voidBy: 'COUNTY_GOVERNOR' },
    ]) {
      await desk.change(worker, 'checkInformationRequest', { requestId, ...found });
      expect(outcome(await answer(worker, requestId)), JSON.stringify(found)).toBe(
        'InformationHandlingRefused INFORMATION_NOT_CARRIED',
      );
    }
  });

  test('is for a case worker and the leader of the unit; the last one written counts, and the asker sees none', async () => {
    const requestId = await desk.checked();
    await answer(desk.staff('caseWorker'), requestId, 'Første.');
    const again = await answer(desk.staff('leader'), requestId, 'Andre.');
    expect(again.data.result.request.handling.draft).toEqual({ ground: null, text: 'Andre.', isMine: true });
    const seen = await desk.read(desk.staff('caseWorker'), requestId);
    expect(seen.data.informationRequest.handling.draft).toMatchObject({ text: 'Andre.', isMine: false });
    expect(JSON.stringify(await desk.read(desk.asker, requestId))).not.toContain('Andre');
  });

  test('falls with a new check', async () => {
    const actor = await desk.stranger();
    const requestId = await desk.asked(actor);
    const worker = desk.staff('caseWorker');
    const checked = { requestId, childId: desk.id.ours, proof: 'Attest' };
    await desk.change(worker, 'checkInformationRequest', checked);
    await answer(worker, requestId);
    const again = await desk.change(worker, 'checkInformationRequest', { ...checked, isHarmful: true });
    expect(again.data.result.request.handling.draft).toBeNull();
    expect(outcome(await desk.change(worker, 'releaseInformationDecision', { requestId }))).toBe(
      'InformationHandlingRefused INFORMATION_NOTHING_WRITTEN',
    );
  });
});
