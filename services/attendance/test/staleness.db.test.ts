import { newId } from '@ranselpost/kit/ids';
import { type TestActors, testActors } from '@ranselpost/kit/testing/actors';
import { type TestBus, testBus } from '@ranselpost/kit/testing/bus';
import { type TestDatabase, testDatabase } from '@ranselpost/kit/testing/database';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { type IdentityFacts, identityFacts } from '@ranselpost/kit/testing/identity-facts';
import { guardiansChangedV1 } from '@ranselpost/schema/events/identity/guardians-changed.v1';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { migrations } from '../src/migrations.ts';
import { children, people, places, tellFamilies } from './families.ts';
import { type Service, childAbsences, inputOf, reportAbsence, startService } from './service.ts';
import { copyHas, today } from './world.ts';

/** Seconds; short, so that a test can wait for it. */
const maxStaleness = 3;

let actors: TestActors;
let bus: TestBus;
let database: TestDatabase;
let identity: IdentityFacts;
let service: Service;
beforeAll(async () => {
  [actors, bus, database] = await Promise.all([
    testActors(),
    testBus(),
    testDatabase('attendance', migrations),
  ]);
  identity = await identityFacts(bus.url);
  service = await startService({ databaseUrl: database.url, busUrl: bus.url, actors, maxStaleness });
  await tellFamilies(identity, database);
});
afterAll(async () => {
  await service.kill();
  await identity.close();
  await Promise.all([actors.close(), bus.close(), database.close()]);
});

const read = async (actor: Actor, id: string) => {
  const { data, codes } = await service.ask(actor, childAbsences, { id });
  if (codes.length > 0) return codes[0]!.split(' ')[0];
  return (data!['_entities'] as { absences: unknown }[])[0]!.absences === null ? 'null' : 'answered';
};
const becomes = (actor: Actor, id: string, outcome: string) =>
  eventually(async () => expect(await read(actor, id)).toBe(outcome), 20_000);
const settled = () => copyHas(database.db, identity);

describe('while the copy of access cannot prove that it is fresh (S-04)', () => {
  beforeEach(async () => {
    if (identity.position() === 0) return;
    identity.silence();
  });

  test('nothing is answered before the first heartbeat: null and UNAVAILABLE, never an empty list (S-26)', async () => {
    await eventually(async () => {
      const [state] = await database.admin`select position from access.copy_state`;
      expect(Number(state?.position)).toBe(identity.position());
    });
    const answer = await service.ask(people.mother, childAbsences, { id: children.ours });
    expect(answer.data).toEqual({ _entities: [{ absences: null }] });
    expect(answer.codes).toEqual(['UNAVAILABLE _entities 0 absences']);
    const input = {
      childId: children.ours,
      unitId: places.school,
      day: today,
      cause: 'SICK',
      idempotencyKey: newId(),
    };
    const report = await service.ask(people.mother, reportAbsence, { input: inputOf(input) });
    expect(report.codes).toEqual(['UNAVAILABLE reportAbsence']);
    expect(await database.admin`select id from absence`).toEqual([]);
    expect(await service.failing()).toEqual(['access copy']);
  });

  test('a child of mine and one that is not are unavailable alike (S-06)', async () => {
    const [mine, masked, unknown] = await Promise.all(
      [children.ours, children.masked, newId()].map((id) =>
        service.ask(people.mother, childAbsences, { id }),
      ),
    );
    expect(masked!.body).toBe(mine!.body);
    expect(unknown!.body).toBe(mine!.body);
  });

  test('answers begin with a heartbeat that names nothing the copy lacks', async () => {
    identity.beat();
    await settled();
    expect(await read(people.mother, children.ours)).toBe('answered');
    expect(await service.failing()).toEqual([]);
  });

  test('answers end when heartbeats do', async () => {
    identity.heartbeat();
    await becomes(people.mother, children.ours, 'UNAVAILABLE');
    expect(await service.failing()).toEqual(['access copy']);
  });

  test('a late heartbeat does not count for the time it was under way', async () => {
    identity.heartbeat({ asOf: new Date(Date.now() - (maxStaleness + 1) * 1000) });
    await sleep(300);
    expect(await read(people.mother, children.ours)).toBe('UNAVAILABLE');
  });

  test('an older heartbeat does not make a copy older or younger', async () => {
    identity.beat();
    await settled();
    identity.silence();
    const old = setInterval(
      () => identity.heartbeat({ asOf: new Date(Date.now() - 2 * maxStaleness * 1000) }),
      100,
    );
    try {
      expect(await read(people.mother, children.ours)).toBe('answered');
      await becomes(people.mother, children.ours, 'UNAVAILABLE');
    } finally {
      clearInterval(old);
    }
  });

  test('a heartbeat that overtook a revocation counts only once the revocation is committed', async () => {
    const { mother, father } = people;
    identity.beat();
    await settled();
    expect(await read(father, children.ours)).toBe('answered');
    identity.silence();
    const ahead = setInterval(() => identity.heartbeat({ position: identity.position() + 1 }), 100);
    try {
      await becomes(father, children.ours, 'UNAVAILABLE');
      await sleep(500);
      expect(await read(mother, children.ours)).toBe('UNAVAILABLE');
    } finally {
      clearInterval(ahead);
    }
    await identity.guardians(children.ours, [mother.personId]);
    identity.beat();
    await settled();
    expect(await read(father, children.ours)).toBe('NOT_FOUND');
    expect(await read(mother, children.ours)).toBe('answered');
  });

  test('a revocation refuses the next request after it is committed, and a new grant permits again', async () => {
    const { mother, father } = people;
    identity.beat();
    await identity.guardians(children.ours, [mother.personId, father.personId]);
    await becomes(father, children.ours, 'answered');
    await identity.guardians(children.ours, [mother.personId]);
    await settled();
    expect(await read(father, children.ours)).toBe('NOT_FOUND');
    expect(await read(mother, children.ours)).toBe('answered');
    await identity.guardians(children.ours, [mother.personId, father.personId]);
    await becomes(father, children.ours, 'answered');
  });

  test('from a gap until a snapshot nothing is answered, however many heartbeats come', async () => {
    identity.beat();
    await settled();
    const requested = identity.snapshotRequested();
    identity.leaveGap();
    await identity.unit(newId(), 'SCHOOL');
    await becomes(people.mother, children.ours, 'UNAVAILABLE');
    await sleep(500);
    expect(await read(people.mother, children.ours)).toBe('UNAVAILABLE');
    expect(await service.failing()).toEqual(['access copy']);
    await requested;
    await identity.snapshot();
    await settled();
    expect(await read(people.mother, children.ours)).toBe('answered');
  });

  test('a snapshot takes away what it no longer tells', async () => {
    const child = newId();
    identity.beat();
    await identity.guardians(child, [people.mother.personId]);
    await becomes(people.mother, child, 'answered');
    identity.forget(child);
    identity.leaveGap();
    await identity.unit(newId(), 'SCHOOL');
    await becomes(people.mother, child, 'UNAVAILABLE');
    await identity.snapshot();
    await settled();
    expect(await read(people.mother, child)).toBe('NOT_FOUND');
    expect(await read(people.mother, children.ours)).toBe('answered');
  });
});

describe('a change by staff who have seen more of identity than the copy has heard (S-05)', () => {
  const asStaff = async (query: string, variables: object, seen: string) =>
    service.send(
      {
        'content-type': 'application/json',
        authorization: `Bearer ${await actors.sign(people.teacher, 'attendance', seen)}`,
      },
      JSON.stringify({ query, variables }),
    );
  const input = () => ({
    ...{ childId: children.ours, unitId: places.school, day: today, cause: 'SICK', idempotencyKey: newId() },
  });

  test('waits until the block that its author has seen counts here; a read does not, and tells less', async () => {
    identity.beat();
    await settled();
    identity.silence();
    const seen = new Date().toISOString();
    let isAnswered = false;
    const change = asStaff(reportAbsence, { input: inputOf(input()) }, seen).then((answer) => {
      isAnswered = true;
      return answer;
    });
    await asStaff(childAbsences, { id: children.ours }, seen);
    await service.ask(people.mother, reportAbsence, { input: inputOf({ ...input(), unitId: newId() }) });
    expect(isAnswered).toBe(false);
    // The block of identity, and only then the proof that it is all.
    await identity.guardians(children.ours, [people.mother.personId]);
    await eventually(async () => {
      const rows = await database.admin`select from access.guardian where child_id = ${children.ours}`;
      expect(rows).toHaveLength(1);
    });
    expect(isAnswered).toBe(false);
    identity.beat();
    expect((await change).codes).toEqual([]);
    expect(await read(people.father, children.ours)).toBe('NOT_FOUND');
    await tellFamilies(identity, database);
  });
});

describe('an event that cannot be taken in', () => {
  test.each([
    ['broken data', guardiansChangedV1.type],
    ['a version that nobody here knows (S-24)', 'identity.guardians.changed.v9'],
  ])('with %s closes the child it is about and no other', async (_what, type) => {
    identity.beat();
    await settled();
    expect(await read(people.mother, children.ours)).toBe('answered');
    await identity.publish({
      type,
      subject: children.ours,
      data: { childId: children.ours, guardians: 'many' },
    });
    await becomes(people.mother, children.ours, 'NOT_FOUND');
    expect(await read(people.mother, children.small)).toBe('answered');
    expect(await read(people.otherGuardian, children.theirs)).toBe('answered');
    const dead = await database.admin`select type, cause from dead_letter where type = ${type}`;
    expect(dead).toHaveLength(1);
    await identity.guardians(children.ours, [people.mother.personId, people.father.personId]);
    await becomes(people.mother, children.ours, 'answered');
  });

  test('that no envelope can be read from closes everything until a snapshot', async () => {
    identity.beat();
    await settled();
    const requested = identity.snapshotRequested();
    await identity.publish({ type: guardiansChangedV1.type, subject: '', data: null });
    await becomes(people.mother, children.ours, 'UNAVAILABLE');
    await requested;
    await identity.snapshot();
    await becomes(people.mother, children.ours, 'answered');
  });
});

test('an older word on a child never overwrites a newer one (S-24)', async () => {
  identity.beat();
  await identity.guardians(children.small, [people.mother.personId]);
  await becomes(people.father, children.small, 'NOT_FOUND');
  const older = { childId: children.small, revision: identity.revision(children.small) - 1 };
  await identity.publish({
    type: guardiansChangedV1.type,
    subject: children.small,
    data: {
      ...older,
      guardians: [{ personId: people.father.personId, grantId: newId(), ground: 'PARENTAL_RESPONSIBILITY' }],
    },
  });
  await settled();
  expect(await read(people.father, children.small)).toBe('NOT_FOUND');
  expect(await read(people.mother, children.small)).toBe('answered');
});

describe('when the bus is lost', () => {
  test('nothing is answered from an old copy; when it is back, all recovers and nothing was lost (S-04, S-21)', async () => {
    const { mother, father } = people;
    identity.beat();
    await identity.guardians(children.ours, [mother.personId, father.personId]);
    await becomes(father, children.ours, 'answered');

    await bus.kill();
    const lost = Date.now();
    const revoked = identity.guardians(children.ours, [mother.personId]);
    let answeredAt = lost;
    await eventually(async () => {
      const asked = Date.now();
      const outcome = await read(father, children.ours);
      if (outcome === 'answered') answeredAt = asked;
      expect(outcome).toBe('UNAVAILABLE');
    }, 20_000);
    // However slow the machine is, nothing that was asked later than that is answered.
    expect(answeredAt - lost).toBeLessThanOrEqual(maxStaleness * 1000);
    expect(await read(mother, children.ours)).toBe('UNAVAILABLE');
    expect((await service.failing()).toSorted()).toEqual(['access copy', 'bus']);

    await bus.start();
    await revoked;
    const seen = new Set<string | undefined>();
    await eventually(async () => {
      const outcome = await read(father, children.ours);
      seen.add(outcome);
      expect(outcome).toBe('NOT_FOUND');
    }, 20_000);
    expect([...seen].filter((outcome) => outcome === 'answered')).toEqual([]);
    expect(await read(mother, children.ours)).toBe('answered');
    expect(await service.failing()).toEqual([]);
  });

  test('many facts in a row survive it being killed in their midst, without a snapshot', async () => {
    identity.beat();
    await settled();
    const family = Array.from({ length: 300 }, () => newId());
    const told = (async () => {
      for (const child of family) await identity.guardians(child, [people.mother.personId]);
    })();
    for (let kill = 0; kill < 3; kill += 1) {
      await sleep(100);
      await bus.kill();
      await bus.start();
    }
    await told;
    await becomes(people.mother, family.at(-1)!, 'answered');
    for (const child of family) await becomes(people.mother, child, 'answered');
  });

  test('a bus that lost its disk loses nothing that is told from then on', async () => {
    const { mother, father } = people;
    identity.beat();
    await identity.guardians(children.ours, [mother.personId, father.personId]);
    await becomes(father, children.ours, 'answered');
    await bus.kill();
    await bus.start({ empty: true });
    await identity.restore();
    await identity.guardians(children.ours, [mother.personId]);
    await becomes(father, children.ours, 'NOT_FOUND');
    await becomes(mother, children.ours, 'answered');
  });
});
