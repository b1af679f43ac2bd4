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
import { aDNumber, aNumber } from '../testing/numbers.ts';

let c: Cases;
let given: Given;
beforeAll(async () => {
  c = await openCases();
  given = await c.given();
});
afterAll(() => c.close());

const confirm = (grantId: string, reason = 'Rettens avgjørelse av 3. mai') => keyed({ grantId, reason });
const grantOf = async (childId: string): Promise<string> =>
  (
    await c.database.admin`select grant_id from access_grant where child_id = ${childId} and state <> 'ENDED'`
  )[0]!['grant_id'] as string;

describe('letting a held grant through is refused', () => {
  test.each(bystanders.filter(([who]) => !/case worker/.test(who)))(
    'to %s, as for one that does not exist (S-06)',
    async (_who, actorOf) => {
      const before = await c.counts();
      const answer = await c.decide(actorOf(c), 'confirmGrant', confirm(given.grantId));
      expect(answer).toMatchObject(notFound);
      expect(answer).toEqual(await c.decide(actorOf(c), 'confirmGrant', confirm(newId())));
      expect(await c.counts()).toEqual(before);
    },
  );

  test('to a case worker where the child is protected, and to its leader, who has another part in it (ADR-04)', async () => {
    const protectedGrant = await grantOf(c.id.hidden);
    expect(await c.decide('caseWorker', 'confirmGrant', confirm(protectedGrant))).toMatchObject(notFound);
    const number = aNumber();
    const [childId, mother] = [await c.pupil(number), aNumber()];
    await c.register({
      ...{ number, birthDate: '2018-06-21', protection: 'FORTROLIG' as const },
      responsibilities: heldBy('mor', mother),
    });
    await c.register({ number: mother });
    const grantId = await grantOf(childId);
    expect(await c.decide('caseWorker', 'confirmGrant', confirm(grantId))).toMatchObject(notFound);
    expect(refusalOf(await c.decide('leader', 'confirmGrant', confirm(grantId)))).toBe('DECISION_NOT_YOURS');
    expect(proposalOf(await c.decide('officer', 'confirmGrant', confirm(grantId))).state).toBe('APPLIED');
  });

  test('without proof, and of what nothing holds', async () => {
    expect(refusalOf(await c.decide('leader', 'confirmGrant', confirm(given.grantId, '   ')))).toBe(
      'DECISION_REASON_MISSING',
    );
    expect(refusalOf(await c.decide('leader', 'confirmGrant', confirm(await grantOf(c.id.ours))))).toBe(
      'GRANT_NOT_HELD',
    );
  });

  test('of what the register has not said yet (S-02)', async () => {
    const number = aNumber();
    const childId = await c.pupil(number);
    await c.register({ number, birthDate: '2018-06-21', responsibilities: heldBy('mor', aNumber()) });
    expect(refusalOf(await c.decide('leader', 'confirmGrant', confirm(await grantOf(childId))))).toBe(
      'GRANT_CANNOT_BE_LET_THROUGH',
    );
  });
});

describe('a held grant', () => {
  test('given to others is let through by a leader or a case worker alone, with proof (GUA-04)', async () => {
    for (const name of ['leader', 'caseWorker'] as const) {
      const { grantId, childId, grandmotherId } = await c.given();
      const input = confirm(grantId);
      expect(proposalOf(await c.decide(name, 'confirmGrant', input))).toMatchObject({
        ...{ state: 'APPLIED', needsSecondPerson: false, adult: { id: grandmotherId } },
      });
      expect(await c.active(childId)).toEqual([grandmotherId]);
      // The case has left the case worker's table with that; the same question is answered all the same (S-22).
      expect(proposalOf(await c.decide(name, 'confirmGrant', input)).state).toBe('APPLIED');
    }
  });

  test('with a D-number waits for a second person (GUA-05)', async () => {
    const [former, mother] = [aDNumber(), aNumber()];
    const childId = await c.pupil(former);
    await c.registerAs(childId, {
      ...{ number: former, birthDate: '2018-06-21', responsibilities: heldBy('mor', mother) },
      numbers: [{ number: former, isInUse: true, kind: 'D_NUMBER' }],
    });
    await c.register({ number: mother });
    const proposed = await c.decide('caseWorker', 'confirmGrant', confirm(await grantOf(childId)));
    expect(proposalOf(proposed)).toMatchObject({
      state: 'WAITING',
      needsSecondPerson: true,
      grant: { state: 'PENDING' },
    });
    expect(await c.active(childId)).toEqual([]);
  });
});
