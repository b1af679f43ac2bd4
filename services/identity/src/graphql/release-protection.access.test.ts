import { newId } from '@ranselpost/kit/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Cases,
  bystanders,
  keyed,
  notFound,
  openCases,
  proposalOf,
  refusalOf,
} from '../testing/cases.ts';

let c: Cases;
beforeAll(async () => (c = await openCases()));
afterAll(() => c.close());

const released = async () =>
  (await c.told())
    .filter(({ type }) => type === 'identity.protection.released.v1')
    .map(({ subject }) => subject);
const release = (childId: string, reason = 'Trusselen er over') => keyed({ childId, reason });

describe('letting protection go down is refused', () => {
  test.each(bystanders)('to %s, as for a child that does not exist (S-06)', async (_who, actorOf) => {
    const before = await c.counts();
    const answer = await c.decide(actorOf(c), 'releaseProtection', release(c.id.ours));
    expect(answer).toMatchObject(notFound);
    expect(answer).toEqual(await c.decide(actorOf(c), 'releaseProtection', release(newId())));
    expect(await c.counts()).toEqual(before);
  });

  test('to everybody but an officer, also to those who have a part in the case (ADR-13)', async () => {
    await c.register({ number: c.number.otherMother, protection: 'NONE' });
    expect(await c.decide('caseWorker', 'releaseProtection', release(c.id.theirs))).toMatchObject(notFound);
    expect(refusalOf(await c.decide('leader', 'releaseProtection', release(c.id.theirs)))).toBe(
      'DECISION_NOT_YOURS',
    );
  });

  test('without a reason, and where the register still says what is held', async () => {
    expect(refusalOf(await c.decide('officer', 'releaseProtection', release(c.id.theirs, ' ')))).toBe(
      'DECISION_REASON_MISSING',
    );
    expect(refusalOf(await c.decide('officer', 'releaseProtection', release(c.id.hidden)))).toBe(
      'GRANT_NOT_HELD',
    );
  });
});

describe('protection goes down', () => {
  test('by one officer where it is not strict, and the officer is answered once more when the case has left them', async () => {
    const input = release(c.id.theirs);
    await c.told();
    for (let times = 0; times < 2; times += 1)
      expect(proposalOf(await c.decide('officer', 'releaseProtection', input)).state).toBe('APPLIED');
    expect(await c.decide('officer', 'releaseProtection', release(c.id.theirs))).toMatchObject(notFound);
    // The child, and the mother whom it was for: both may be reached again.
    expect(await released()).toEqual([c.id.theirs, c.id.otherMother].toSorted());
  });

  test('by two where it is', async () => {
    await c.register(
      { number: c.number.hiddenMother, protection: 'NONE' },
      { number: c.number.hidden, birthDate: '2018-06-21', protection: 'FORTROLIG', responsibilities: [] },
    );
    expect(proposalOf(await c.decide('officer', 'releaseProtection', release(c.id.hidden)))).toMatchObject({
      ...{ state: 'WAITING', needsSecondPerson: true },
    });
  });
});
