import { newId } from '@ranselpost/kit/ids';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Desk, openDesk, outcome } from '../testing/information.ts';

const now = '2026-11-21T08:00:00Z';
let desk: Desk;
beforeAll(async () => (desk = await openDesk()));
beforeEach(() => desk.setNow(now));
afterAll(() => desk.close());

const open = (actor: Parameters<Desk['change']>[0], requestId: string, idempotencyKey = newId()) =>
  desk.change(actor, 'openInformationDecision', { requestId, idempotencyKey });

describe('opening a decision', () => {
  test('is not for staff, nor for anybody whose question it is not (S-06)', async () => {
    const requestId = await desk.decided('ANSWER');
    for (const actor of [staff(desk.asker.personId), desk.staff('caseWorker')])
      expect(outcome(await open(actor, requestId))).toBe('FORBIDDEN');
    for (const actor of [guardian(), guardian(desk.id.mother)]) {
      expect(await open(actor, requestId)).toEqual(await open(actor, newId()));
      expect(outcome(await open(actor, requestId))).toBe('NOT_FOUND');
    }
    // Nobody's attempt has read it.
    expect(outcome(await open(desk.asker, requestId))).toBe('InformationAnswer');
  });

  test('finds nothing before it is released, whatever is written (GUA-20)', async () => {
    const actor = await desk.stranger();
    const requestId = await desk.asked(actor);
    const missing = 'InformationDecisionMissing INFORMATION_NOT_DECIDED';
    const before = await open(actor, requestId);
    expect(outcome(before)).toBe(missing);
    const worker = desk.staff('caseWorker');
    await desk.change(worker, 'checkInformationRequest', { requestId, childId: null });
    await desk.change(worker, 'refuseInformationRequest', {
      ...{ requestId, ground: 'NO_CHILD_HERE', reasons: 'Ikke funnet.' },
    });
    expect(await open(actor, requestId)).toEqual(before);
    expect((await desk.read(actor, requestId)).data.informationRequest).toMatchObject({
      ...{ status: 'RECEIVED', decidedAt: null, handling: null },
    });
  });

  test('shows an answer once; under its own key again while a connection may have broken off (GUA-07)', async () => {
    // Row-level security goes by the clock of the database, so this test goes by it too.
    const start = Date.now();
    desk.setNow(new Date(start).toISOString());
    const requestId = await desk.decided('ANSWER');
    const key = newId();
    const first = await open(desk.asker, requestId, key);
    expect(first.data.result).toMatchObject({
      text: 'Svar på spørsmål etter barnelova § 47\n\nHan trives.',
      request: { status: 'ANSWERED', isOpened: true },
    });
    expect((await open(desk.asker, requestId, key)).data.result.text).toBe(first.data.result.text);
    const gone = 'InformationDecisionMissing INFORMATION_ANSWER_GONE';
    expect(outcome(await open(desk.asker, requestId))).toBe(gone);
    desk.setNow(new Date(start + 15 * 60_000).toISOString());
    expect(outcome(await open(desk.asker, requestId, key))).toBe(gone);
    // Nor is it anywhere else in what the asker can read.
    expect(JSON.stringify(await desk.read(desk.asker, requestId))).not.toContain('Han trives');
  });

  test('is over for an answer after thirty days', async () => {
    const requestId = await desk.decided('ANSWER');
    expect((await desk.read(desk.asker, requestId)).data.informationRequest.answerGoneFrom).toBe(
      '2026-12-21',
    );
    desk.setNow('2026-12-20T23:00:00Z');
    expect(outcome(await open(desk.asker, requestId))).toBe(
      'InformationDecisionMissing INFORMATION_ANSWER_GONE',
    );
  });

  test('shows a refusal as often as wanted, from when the time to complain runs (GUA-08, ADM-03)', async () => {
    const requestId = await desk.decided('REFUSAL');
    expect((await desk.read(desk.asker, requestId)).data.informationRequest.complaintUntil).toBeNull();
    desk.setNow('2026-12-01T08:00:00Z');
    const first = await open(desk.asker, requestId);
    expect(first.data.result).toMatchObject({ complaintUntil: '2026-12-22' });
    for (const part of ['barnelova § 47', 'Barnet er redd for det.', 'Statsforvalteren', '3 uker'])
      expect(first.data.result.text).toContain(part);
    expect(first.data.result.aid).toContain('County Governor');
    desk.setNow('2026-12-05T08:00:00Z');
    const again = await open(desk.asker, requestId);
    expect(again).toEqual(first);
  });
});
