import { newId } from '@ranselpost/kit/ids';
import { type TestBus, testBus } from '@ranselpost/kit/testing/bus';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { keepNotice } from '../src/usecases/keep-notice.ts';
import { type Worker, type World, openWorld } from './world.ts';

/** Set by `startSending`: the world, and for each test anew somebody with a child at a unit where everything is open. */
export let world: World;
export let person: string;
export let unitId: string;
export let childId: string;

/** A world with a worker that sends, for all tests of a file. */
export function startSending(): void {
  let nats: TestBus;
  let worker: Worker;
  beforeAll(async () => {
    nats = await testBus();
    world = await openWorld(nats.url);
    worker = world.worker();
  });
  afterAll(async () => {
    await worker.stop();
    await world.close();
    await nats.close();
  });
  beforeEach(async () => {
    world.sink.box.empty();
    world.sink.faults.clear();
    becomeAnother();
    await family([person]);
  });
}

/** From here on the test is about somebody else, of whom nothing is known. */
export function becomeAnother(): void {
  person = newId();
}

/** A child at a unit where everything is open, whose guardians are these. */
export async function family(people: readonly string[]): Promise<void> {
  unitId = newId();
  childId = newId();
  await world.facts.enrolments(childId, [{ unitId }]);
  await world.facts.guardians(childId, people);
  await world.facts.features(
    unitId,
    (['NOTICES', 'MESSAGING', 'NEWS', 'ABSENCE'] as const).map((feature) => ({ feature, state: 'OPEN' })),
  );
  await heard();
}

/** Everything that identity has told is in the copy. */
export const heard = () =>
  eventually(async () => {
    const [row] = await world.database.admin`select position::int as place from access.copy_state`;
    expect(row!['place']).toBe(world.facts.position());
  });

export const due = (recipients: readonly string[], given: object = {}) => {
  const noticeId = newId();
  return world.deps.db
    .asService((tx) =>
      keepNotice(
        tx,
        {
          ...{ noticeId, category: 'MESSAGE', importance: 'ORDINARY', unitId, subjectId: newId() },
          occurredAt: new Date().toISOString(),
          recipients: recipients.map((personId) => ({ personId, capacity: 'guardian', childIds: [childId] })),
          ...given,
        },
        'messaging',
      ),
    )
    .then(() => noticeId);
};

export const states = async (noticeId: string) =>
  (
    await world.database.admin`
      select state, reason from notice where notice_id = ${noticeId} order by person_id`
  ).map(({ state, reason }) => `${state} ${reason}`);
export const becomes = (noticeId: string, ...wanted: string[]) =>
  eventually(async () => expect(await states(noticeId)).toEqual(wanted), 20_000);
/** What was sent to them; text messages and pushes name nobody, and are those of this test. */
export const taken = (channel: string) =>
  world.sink.box.list({ channel }).filter(({ to }) => channel !== 'EMAIL' || to.includes(person));
export const told = async (type: string) =>
  (await world.database.admin`select data from outbox where type = ${type} order by id`).map(
    ({ data }) => data,
  );
