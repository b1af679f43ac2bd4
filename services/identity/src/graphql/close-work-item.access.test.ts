import { newId } from '@ranselpost/kit/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Cases,
  type Given,
  bystanders,
  keyed,
  notFound,
  openCases,
  proposalOf,
  refusalOf,
} from '../testing/cases.ts';
import { heldBy } from '../testing/harness.ts';
import { aNumber } from '../testing/numbers.ts';
import { noteInterruption } from '../usecases/note-interruption.ts';

let c: Cases;
let given: Given;
beforeAll(async () => {
  c = await openCases();
  given = await c.given();
});
afterAll(() => c.close());

const close = (workItemId: string, reason = 'Venter på papirer') => keyed({ workItemId, reason });

describe('closing a work item is refused', () => {
  test.each(bystanders.filter(([who]) => !/case worker/.test(who)))(
    'to %s, as for one that does not exist (S-06)',
    async (_who, actorOf) => {
      const before = await c.counts();
      const answer = await c.decide(actorOf(c), 'closeWorkItem', close(given.itemId));
      expect(answer).toMatchObject(notFound);
      expect(answer).toEqual(await c.decide(actorOf(c), 'closeWorkItem', close(newId())));
      expect(await c.counts()).toEqual(before);
    },
  );

  test('to a leader where it is about protection, and to all but case workers where it is about no child', async () => {
    const number = aNumber();
    const [childId, mother] = [await c.pupil(number), aNumber()];
    await c.register({
      ...{ number, birthDate: '2018-06-21', protection: 'FORTROLIG' as const },
      responsibilities: heldBy('mor', mother),
    });
    await c.register({ number: mother });
    const [item] = await c.database.admin`select work_item_id from work_item where child_id = ${childId}`;
    const protection = item!['work_item_id'] as string;
    expect(await c.decide('caseWorker', 'closeWorkItem', close(protection))).toMatchObject(notFound);
    expect(refusalOf(await c.decide('leader', 'closeWorkItem', close(protection)))).toBe(
      'DECISION_NOT_YOURS',
    );
    expect(proposalOf(await c.decide('officer', 'closeWorkItem', close(protection))).state).toBe('APPLIED');
    // To leave it as it is opens nothing.
    expect(await c.active(childId)).toEqual([]);

    await c.deps.db.asService((tx) => noteInterruption({ ...c.deps, db: tx }));
    const [general] = await c.database
      .admin`select work_item_id from work_item where child_id is null and closed_at is null`;
    const generalId = general!['work_item_id'] as string;
    for (const name of ['leader', 'officer', 'teacher'] as const)
      expect(await c.decide(name, 'closeWorkItem', close(generalId))).toMatchObject(notFound);
    expect(proposalOf(await c.decide('caseWorker', 'closeWorkItem', close(generalId))).state).toBe('APPLIED');
  });

  test('without a reason, and a second time', async () => {
    const { itemId } = await c.given();
    expect(refusalOf(await c.decide('leader', 'closeWorkItem', close(itemId, '')))).toBe(
      'DECISION_REASON_MISSING',
    );
    await c.decide('leader', 'closeWorkItem', close(itemId));
    expect(refusalOf(await c.decide('leader', 'closeWorkItem', close(itemId)))).toBe('WORK_ITEM_CLOSED');
  });
});

test('a work item that is closed stays closed until the register says something new, and then opens again', async () => {
  const { childId, itemId, grandmother, grandmotherId } = await c.given();
  expect(proposalOf(await c.decide('leader', 'closeWorkItem', close(itemId)))).toMatchObject({
    ...{ kind: 'CLOSE_WORK_ITEM', state: 'APPLIED', reason: 'Venter på papirer' },
  });
  expect(await c.openItems(childId)).toEqual([]);
  // The same word once more is nothing new.
  await c.registerAs(grandmotherId, { number: grandmother }, 5);
  expect(await c.openItems(childId)).toEqual([]);
  await c.registerAs(grandmotherId, { number: grandmother, hasFalseIdentity: true }, 6);
  expect(await c.openItems(childId)).toEqual(['FALSE_IDENTITY', 'GIVEN_TO_OTHERS']);
});
