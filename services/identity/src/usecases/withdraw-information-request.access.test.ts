import { newId } from '@ranselpost/kit/ids';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Desk, openDesk, outcome } from '../testing/information.ts';

let desk: Desk;
beforeAll(async () => (desk = await openDesk()));
afterAll(() => desk.close());

describe('taking a question back', () => {
  test('is not for staff, nor for anybody whose question it is not (S-06, GUA-24)', async () => {
    const requestId = await desk.asked();
    const withdraw = (actor: Parameters<Desk['change']>[0], id = requestId) =>
      desk.change(actor, 'withdrawInformationRequest', { requestId: id });
    for (const actor of [staff(desk.asker.personId), desk.staff('caseWorker')])
      expect(outcome(await withdraw(actor))).toBe('FORBIDDEN');
    for (const actor of [guardian(), guardian(desk.id.mother)])
      expect(await withdraw(actor)).toEqual(await withdraw(actor, newId()));
    expect(outcome(await withdraw(guardian()))).toBe('NOT_FOUND');
  });

  test('is for its asker, once for a key, and makes room for another', async () => {
    const actor = await desk.stranger();
    const ids = [await desk.asked(actor), await desk.asked(actor), await desk.asked(actor)];
    const input = { requestId: ids[0], idempotencyKey: newId() };
    const first = await desk.change(actor, 'withdrawInformationRequest', input);
    expect(first.data.result.request).toMatchObject({ id: ids[0], status: 'WITHDRAWN' });
    expect(await desk.change(actor, 'withdrawInformationRequest', input)).toEqual(first);
    expect(
      outcome(await desk.change(actor, 'withdrawInformationRequest', { ...input, requestId: ids[1] })),
    ).toBe('BAD_USER_INPUT');
    await desk.asked(actor);
    expect((await desk.queue(desk.staff('caseWorker'))).data.informationRequests.nodes).not.toContainEqual(
      expect.objectContaining({ id: ids[0] }),
    );
  });

  test('is too late when it is decided', async () => {
    const requestId = await desk.decided('REFUSAL');
    const answer = await desk.change(desk.asker, 'withdrawInformationRequest', { requestId });
    expect(outcome(answer)).toBe('InformationAlreadyDecided INFORMATION_ALREADY_DECIDED');
  });
});
