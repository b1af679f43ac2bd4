import { connectBus } from '@ranselpost/kit/bus';
import { newId } from '@ranselpost/kit/ids';
import { createLog } from '@ranselpost/kit/log';
import { testActors } from '@ranselpost/kit/testing/actors';
import { testBus } from '@ranselpost/kit/testing/bus';
import { testDatabase } from '@ranselpost/kit/testing/database';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { identityFacts } from '@ranselpost/kit/testing/identity-facts';
import { personErasedV1 } from '@ranselpost/schema/events/identity/person-erased.v1';
import { expect, test } from 'vitest';
import { migrations } from '../src/migrations.ts';
import { children, people, places, tellFamilies } from './families.ts';
import { childAbsences, inputOf, reportAbsence, startService } from './service.ts';
import { copyHas, tomorrow } from './world.ts';

test(
  'a backup that still knows somebody who was erased serves nobody before it has erased them again (S-27, RET-08)',
  { timeout: 120_000 },
  async () => {
    const [actors, bus, database] = await Promise.all([
      testActors(),
      testBus(),
      testDatabase('attendance', migrations),
    ]);
    const identity = await identityFacts(bus.url);
    const start = () => startService({ databaseUrl: database.url, busUrl: bus.url, actors });
    let service = await start();
    const absences = async () =>
      (await database.admin<{ child_id: string }[]>`select child_id from absence`).map(
        ({ child_id }) => child_id,
      );
    const acknowledgements = async () => {
      const reader = await connectBus(bus.url, 'reader', createLog('reader', 'error'));
      const { state } = await (await reader.manager()).streams.info('attendance', { subjects_filter: '>' });
      await reader.connection.close();
      return state.subjects?.['attendance.erasure.acknowledged.v1'] ?? 0;
    };
    try {
      await tellFamilies(identity, database);
      identity.beat();
      await copyHas(database.db, identity);
      for (const [who, childId] of [
        [people.mother, children.ours],
        [people.otherGuardian, children.theirs],
      ] as const) {
        const input = {
          childId,
          unitId: places.school,
          day: tomorrow,
          cause: 'SICK',
          idempotencyKey: newId(),
        };
        expect((await service.ask(who, reportAbsence, { input: inputOf(input) })).codes).toEqual([]);
      }
      await database.keep();
      await eventually(async () =>
        expect((await service.ask(people.mother, childAbsences, { id: children.ours })).codes).toEqual([]),
      );

      for (const personId of [children.ours, people.mother.personId]) {
        identity.forget(personId);
        await identity.tell(personErasedV1, { personId, acknowledgeBy: new Date().toISOString() });
      }
      await eventually(async () => expect(await acknowledgements()).toBe(2), 20_000);
      expect(await absences()).toEqual([children.theirs]);

      await service.kill();
      await database.putBack();
      expect(await absences()).toHaveLength(2);
      service = await start();
      const wish = await identity.snapshotRequested();
      expect(wish.wants).toBe('access');
      const asked = await service.ask(people.otherGuardian, childAbsences, { id: children.theirs });
      expect(asked.codes.join()).toContain('UNAVAILABLE');
      await identity.snapshot();
      await eventually(async () => expect(await acknowledgements()).toBe(4), 20_000);
      expect(await absences()).toEqual([children.theirs]);
      await eventually(async () => {
        const again = await service.ask(people.otherGuardian, childAbsences, { id: children.theirs });
        expect(again.codes).toEqual([]);
      }, 20_000);
    } finally {
      await service.kill();
      await identity.close();
      await Promise.all([actors.close(), bus.close(), database.close()]);
    }
  },
);
