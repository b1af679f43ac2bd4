import { newId } from '@ranselpost/kit/ids';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Desk, openDesk, outcome } from '../testing/information.ts';

let desk: Desk;
beforeAll(async () => (desk = await openDesk()));
afterAll(() => desk.close());

const text = 'Barnet er ikke redd.';
const complain = (actor: Parameters<Desk['change']>[0], requestId: string, idempotencyKey = newId()) =>
  desk.change(actor, 'complainAboutInformationRequest', { requestId, text, idempotencyKey });

describe('complaining about a refusal (GUA-08)', () => {
  test('is not for staff, nor for anybody whose question it is not (S-06)', async () => {
    const requestId = await desk.decided('REFUSAL');
    for (const actor of [staff(desk.asker.personId), desk.staff('caseWorker')])
      expect(outcome(await complain(actor, requestId))).toBe('FORBIDDEN');
    for (const actor of [guardian(), guardian(desk.id.mother)]) {
      expect(await complain(actor, requestId)).toEqual(await complain(actor, newId()));
      expect(outcome(await complain(actor, requestId))).toBe('NOT_FOUND');
    }
  });

  test('is about a refusal, and about nothing else', async () => {
    for (const requestId of [await desk.asked(), await desk.decided('ANSWER')])
      expect(outcome(await complain(desk.asker, requestId))).toBe(
        'InformationComplaintRefused INFORMATION_NOTHING_REFUSED',
      );
  });

  test('is received once, also long after its time, and seen by those who handle it (ADM-06)', async () => {
    desk.setNow('2026-11-23T08:00:00Z');
    const requestId = await desk.decided('REFUSAL');
    await desk.change(desk.asker, 'openInformationDecision', { requestId });
    desk.setNow('2027-03-01T08:00:00Z');
    const key = newId();
    const first = await complain(desk.asker, requestId, key);
    expect(first.data.result.request.complainedAt).toBe('2027-03-01T08:00:00.000Z');
    expect(await complain(desk.asker, requestId, key)).toEqual(first);
    expect(outcome(await complain(desk.asker, requestId))).toBe(
      'InformationComplaintRefused INFORMATION_ALREADY_COMPLAINED',
    );
    const nodes = (await desk.queue(desk.staff('caseWorker'), 'COMPLAINED')).data.informationRequests.nodes;
    expect(nodes).toMatchObject([{ id: requestId, handling: { complaint: text, isArchived: false } }]);
    const [step] = await desk.database.admin`
      select codes from information_history where request_id = ${requestId} and step = 'COMPLAINED'`;
    expect(step!['codes']).toEqual({ isLate: true });
  });
});
