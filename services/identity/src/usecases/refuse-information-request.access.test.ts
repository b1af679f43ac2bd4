import { newId } from '@ranselpost/kit/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Desk, openDesk, outcome } from '../testing/information.ts';
import { aNumber } from '../testing/numbers.ts';

let desk: Desk;
beforeAll(async () => (desk = await openDesk()));
afterAll(() => desk.close());

const refuse = (actor: Parameters<Desk['change']>[0], requestId: string, ground = 'HARM') =>
  desk.change(actor, 'refuseInformationRequest', { requestId, ground, reasons: 'Derfor.' });

describe('writing a refusal (GUA-08)', () => {
  test('is for nobody who does not handle the request (S-06)', async () => {
    const requestId = await desk.checked({ isHarmful: true });
    expect(outcome(await refuse(desk.asker, requestId))).toBe('FORBIDDEN');
    for (const name of ['teacher', 'otherLeader', 'officer', 'administrator'] as const) {
      const actor = desk.staff(name);
      expect(await refuse(actor, requestId), name).toEqual(await refuse(actor, newId()));
      expect(outcome(await refuse(actor, requestId)), name).toBe('NOT_FOUND');
    }
  });

  test('rests on a ground that was found, and on no other', async () => {
    const requestId = await desk.checked({ isHarmful: true });
    const worker = desk.staff('caseWorker');
    for (const ground of ['NO_CHILD_HERE', 'NOT_A_PARENT', 'RIGHT_VOID', 'SECRECY', 'PROTECTED'])
      expect(outcome(await refuse(worker, requestId, ground)), ground).toBe(
        'InformationHandlingRefused INFORMATION_NOT_CARRIED',
      );
    expect((await refuse(worker, requestId)).data.result.request.handling.draft).toEqual({
      ...{ ground: 'HARM', text: 'Derfor.', isMine: true },
    });
  });

  test('is the same letter for nobody here, for somebody else’s child and for a hidden one (GUA-20, ADR-02, S-06)', async () => {
    const [worker, officer, second] = (['caseWorker', 'officer', 'secondOfficer'] as const).map(desk.staff);
    const rows = [
      { child: aNumber(), found: { childId: null }, ground: 'NO_CHILD_HERE', by: [worker!, worker!] },
      {
        child: desk.number.ours,
        found: { childId: desk.id.ours },
        ground: 'NOT_A_PARENT',
        by: [worker!, worker!],
      },
      {
        child: desk.number.hidden,
        found: { childId: desk.id.hidden },
        ground: 'PROTECTED',
        by: [officer!, second!],
      },
      {
        child: desk.number.hidden,
        found: { childId: desk.id.hidden, isHarmful: true },
        ground: 'HARM',
        by: [officer!, second!],
      },
    ];
    const letters: string[] = [];
    for (const { child, found, ground, by } of rows) {
      const actor = await desk.stranger();
      const requestId = await desk.asked(actor, { childNumber: child });
      await desk.change(by[0]!, 'checkInformationRequest', { requestId, ...found });
      expect(outcome(await refuse(by[0]!, requestId, ground)), ground).toBe('InformationRequestHandled');
      expect(outcome(await desk.change(by[1]!, 'releaseInformationDecision', { requestId })), ground).toBe(
        'InformationRequestHandled',
      );
      const opened = await desk.change(actor, 'openInformationDecision', { requestId });
      letters.push(JSON.stringify(opened).replaceAll(requestId, 'id'));
    }
    expect(new Set(letters).size, letters.join('\n')).toBe(1);
    expect(letters[0]).toContain('sier derfor heller ikke om barnet er kjent');
    expect(letters[0]).not.toContain('Derfor.');
  });
});
