import { staff } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { heldBy } from '../testing/harness.ts';
import { aNumber } from '../testing/numbers.ts';
import { outsidersOfUnits } from '../testing/outsiders.ts';
import { type QuarantineStand, decision, openQuarantineStand } from '../testing/quarantine.ts';
import { asked } from '../testing/world.ts';
import { confirmGrant } from '../usecases/confirm-grant.ts';
import { approveProposal } from '../usecases/decide-proposal.ts';
import { letThrough } from '../usecases/let-through.ts';

let stand: QuarantineStand;
beforeAll(async () => (stand = await openQuarantineStand(4)));
afterAll(() => stand.close());

describe('the register’s quarantine, refused (FREG-10, X14)', () => {
  test('refused by one stays held for each child, until two let it through or the register takes it back', async () => {
    for (const at of [0, 1, 2]) await stand.nameFather(at);
    expect([await stand.standing(1, 'father'), await stand.standing(2, 'father')]).toEqual([
      'ACTIVE',
      'PENDING QUARANTINED',
    ]);
    await stand.nameFather(3);
    const { id } = (await stand.newest())!;
    for (const [, actorOf] of outsidersOfUnits.filter(([who]) => !who.includes('protection officer'))) {
      const input = { quarantineId: id, reason: 'x', idempotencyKey: 'k' };
      const { data } = await stand.service.ask(actorOf(stand.world), decision('refuse'), { input });
      expect(data).toBeNull();
    }
    expect(await stand.by('officer', 'refuse', id)).toMatchObject({ proposal: { state: 'APPLIED' } });
    expect(await letThrough(stand.world.deps)).toBe(0);
    await stand.nameFather(2);
    expect(await stand.standing(2, 'father')).toBe('PENDING REFUSED');
    expect(await stand.world.openItems(stand.families[2]!.child)).toEqual(['REFUSED_IN_QUARANTINE']);
    await stand.says(3, 'mor', stand.families[3]!.mother);
    expect(await stand.standing(3, 'father')).toBe('none');
    expect(await stand.world.openItems(stand.families[3]!.child)).toEqual([]);
    const father = await stand.world.personOf(stand.families[2]!.father);
    const [grant] = await stand.world.database.admin<{ grant_id: string }[]>`
      select grant_id from access_grant where person_id = ${father!} and state = 'PENDING'`;
    const proposed = await confirmGrant(
      stand.world.deps,
      staff(stand.world.id.leader),
      grant!.grant_id,
      asked(),
    );
    expect(proposed).toMatchObject({ value: { outcome: null } });
    await approveProposal(
      stand.world.deps,
      staff(stand.world.id.caseWorker),
      proposed.ok ? proposed.value.proposalId : '',
    );
    expect(await stand.standing(2, 'father')).toBe('ACTIVE');
    await stand.nameFather(2);
    expect(await stand.standing(2, 'father')).toBe('ACTIVE');
  });

  test('does not count those whom it names for the first time, however many a roster brings (FREG-10)', async () => {
    for (let at = 0; at < 4; at += 1) {
      const [number, mother] = [aNumber(), aNumber()];
      const child = await stand.world.child(number);
      await stand.world.register({
        number,
        birthDate: '2019-01-01',
        responsibilities: heldBy('mor', mother),
      });
      await stand.world.register({ number: mother });
      expect(Object.values(await stand.world.grants(child))).toEqual(['ACTIVE']);
    }
    expect((await stand.newest())!.state).toBe('REFUSED');
  });
});
