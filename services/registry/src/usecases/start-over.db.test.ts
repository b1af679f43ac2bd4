import { newId } from '@ranselpost/kit/ids';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { personRecordedV1 } from '@ranselpost/schema/events/registry/person-recorded.v1';
import { personErasedV1 } from '@ranselpost/schema/events/identity/person-erased.v1';
import { snapshotStartedV1 } from '@ranselpost/schema/events/identity/snapshot-started.v1';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Stand, startStand } from '../../test/stand.ts';

let stand: Stand;
beforeEach(async () => {
  stand = await startStand();
});
afterEach(() => stand.close());

const told = (personId: string, count: number) =>
  eventually(async () => expect(await stand.records(personId)).toHaveLength(count), 60_000);
const revisions = async (personId: string) =>
  (await stand.told())
    .filter(({ type, subject }) => type === personRecordedV1.type && subject === personId)
    .map(({ data }) => (data as { revision: number }).revision);
const isQuiet = () =>
  eventually(async () => {
    expect(
      await stand.database.admin`select from reading where register = 'freg' and due_at <= now()`,
    ).toHaveLength(0);
    expect(await stand.database.admin`select from outbox where published_at is null`).toHaveLength(0);
  }, 60_000);
const unitsAreTold = () =>
  eventually(async () => {
    expect(await stand.database.admin`select from unit_poll where done_at is null`).toHaveLength(0);
  }, 60_000);
const snapshot = (hasFollowed?: true) => {
  const snapshotId = newId();
  return stand.identity.tell(
    snapshotStartedV1,
    hasFollowed === undefined ? { snapshotId } : { snapshotId, hasFollowed },
  );
};

describe('when identity tells of everybody it follows (S-27)', () => {
  test('everybody is told of again as news, whatever the registers say', async () => {
    const personId = await stand.follow(stand.registers.number('F1.older'));
    await stand.startWorker();
    await told(personId, 1);
    await snapshot(true);
    await told(personId, 2);
    const [first, second] = await revisions(personId);
    expect(second).toBeGreaterThan(first!);
    const [one, other] = await stand.records(personId);
    expect(other).toEqual(one);
  });

  test('nobody is told of again for a snapshot that is for copies alone', async () => {
    const personId = await stand.follow(stand.registers.number('F1.older'));
    await stand.startWorker();
    await told(personId, 1);
    await snapshot();
    const next = await stand.follow(stand.registers.number('F1.mother'), 'guardian');
    await told(next, 1);
    await isQuiet();
    await told(personId, 1);
  });
});

describe('a registry that was restored to an earlier day (S-27, S-04)', () => {
  test(
    'asks whom identity follows until it is told, and tells of all of them again, wherever it is killed',
    { timeout: 180_000 },
    async () => {
      const [older, mother] = [stand.registers.number('F1.older'), stand.registers.number('F1.mother')];
      const child = await stand.follow(older);
      const before = await stand.startWorker();
      await told(child, 1);
      await unitsAreTold();
      const gone = await stand.follow(stand.registers.number('F1.father'), 'guardian');
      await told(gone, 1);
      await isQuiet();
      await stand.database.keep();
      const erase = () =>
        stand.identity.tell(personErasedV1, { personId: gone, acknowledgeBy: new Date().toISOString() });
      const isForgotten = async (): Promise<boolean> =>
        (await stand.database.admin`select from followed_person where person_id = ${gone}`).length === 0;
      await erase();
      await eventually(async () => expect(await isForgotten()).toBe(true), 60_000);
      const given = (await stand.records(child))[0]!.name!.given;
      const guardian = await stand.follow(mother, 'guardian');
      await told(guardian, 1);
      await stand.registers.freg.control('/life-events', {
        kind: 'name',
        person: 'F1.older',
        given: 'IMENS',
      });
      await told(child, 2);
      await isQuiet();
      await before.kill();
      // Back to what the register said at the time of the backup: to the restored database that is no news.
      await stand.registers.freg.control('/life-events', {
        kind: 'name',
        person: 'F1.older',
        given: 'KULERUND',
      });
      const places = (await stand.told()).map(({ seq }) => seq);
      await stand.database.putBack();
      expect(await isForgotten()).toBe(false);

      const asked = stand.identity.snapshotRequested();
      for (const after of [0, 80]) {
        const worker = await stand.startWorker();
        await sleep(after);
        await worker.kill();
      }
      await stand.startWorker();
      expect(await asked).toEqual({ wants: 'followed', heard: { place: 0, eventId: null } });
      await eventually(
        async () => expect((await stand.records(child)).length).toBeGreaterThanOrEqual(3),
        60_000,
      );
      expect((await stand.records(child)).at(-1)?.name?.given).toBe(given);
      const later = (await stand.told()).slice(places.length).map(({ seq }) => seq);
      expect(later[0]).toBe(places.at(-1)! + 2);

      await snapshot(true);
      // First of all identity tells who was erased since (RET-08).
      await erase();
      await eventually(async () => expect(await isForgotten()).toBe(true), 60_000);
      await stand.follow(older, 'child', child);
      await stand.follow(mother, 'guardian', guardian);
      await told(guardian, 2);
      await isQuiet();
      for (const personId of [child, guardian])
        expect(await revisions(personId)).toEqual(
          (await revisions(personId)).toSorted((one, two) => one - two),
        );
      let isAskedAgain = false;
      void stand.identity.snapshotRequested().then(
        () => (isAskedAgain = true),
        () => {},
      );
      await sleep(4_500);
      expect(isAskedAgain).toBe(false);
    },
  );
});
