import { guardiansChangedV1 } from '@ranselpost/schema/events/identity/guardians-changed.v1';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startAccessCopy } from './access-copy.ts';
import { type Bus, connectBus } from './bus.ts';
import { newId } from './ids.ts';
import { accessCopyMigrations, eventMigrations } from './migrate.ts';
import { type TestBus, testBus } from './testing/bus.ts';
import { type TestDatabase, testDatabase } from './testing/database.ts';
import { eventually } from './testing/eventually.ts';
import { type IdentityFacts, identityFacts } from './testing/identity-facts.ts';
import { testLife } from './testing/life.ts';

const life = testLife();
let database: TestDatabase;
let server: TestBus;
let bus: Bus;
let identity: IdentityFacts;
beforeAll(async () => {
  [database, server] = await Promise.all([
    testDatabase('kittest', [eventMigrations, accessCopyMigrations]),
    testBus(),
  ]);
  bus = await connectBus(server.url, 'kittest', life.log);
  identity = await identityFacts(server.url);
  startAccessCopy({ service: 'kittest', db: database.db, bus, life, maxStaleness: 60 });
  identity.beat();
});
afterAll(async () => {
  await life.stop();
  await identity.close();
  await bus.connection.close();
  await Promise.all([database.close(), server.close()]);
});

const settled = () =>
  eventually(async () => {
    const [state] = await database.admin`select position from access.copy_state`;
    expect(Number(state!['position'])).toBe(identity.position());
  });
const guardiansOf = async (childId: string) => {
  await settled();
  const rows =
    await database.admin`select person_id from access.guardian where child_id = ${childId} order by 1`;
  return rows.map(({ person_id }) => person_id as string);
};

test('a fact replaces the whole of what was known: who is not in it has no access (S-02)', async () => {
  const [child, one, two, three] = [newId(), newId(), newId(), newId()];
  await identity.guardians(child, [one, two]);
  await identity.guardians(child, [two, three]);
  expect(await guardiansOf(child)).toEqual([two, three].toSorted());
  await identity.guardians(child, []);
  expect(await guardiansOf(child)).toEqual([]);
});

test('a guardian with two grounds is one guardian, and no dead letter', async () => {
  const [childId, personId] = [newId(), newId()];
  const grant = (ground: 'PARENTAL_RESPONSIBILITY' | 'MANUAL') => ({ personId, grantId: newId(), ground });
  const guardians = [grant('PARENTAL_RESPONSIBILITY'), grant('MANUAL')];
  await identity.tell(guardiansChangedV1, { childId, revision: 1, guardians });
  expect(await guardiansOf(childId)).toEqual([personId]);
  expect(await database.admin`select from dead_letter`).toHaveLength(0);
});

test('enrolments and roles are replaced whole too, and one may move to another child or person', async () => {
  const [child, other, unitId, enrolmentId, roleId, person] = Array.from({ length: 6 }, newId);
  await identity.enrolments(child!, [{ unitId: unitId!, enrolmentId: enrolmentId! }, { unitId: newId() }]);
  await identity.enrolments(child!, []);
  await identity.enrolments(other!, [{ unitId: unitId!, enrolmentId: enrolmentId! }]);
  await identity.roles(person!, [{ role: 'TEACHER', unitId: unitId!, roleId: roleId! }]);
  await identity.roles(person!, [{ role: 'LEADER', unitId: unitId!, roleId: roleId! }]);
  await settled();
  expect(await database.admin`select child_id from access.enrolment`).toEqual([{ child_id: other }]);
  expect(await database.admin`select role from access.staff_role`).toEqual([{ role: 'LEADER' }]);
});

test('readiness fails while the copy is older than it may be', async () => {
  await settled();
  await eventually(async () => expect(await life.failing()).toEqual([]));
  identity.silence();
  await database.admin`update access.copy_state set as_of = now() - interval '2 minutes'`;
  expect(await life.failing()).toEqual(['access copy']);
  identity.beat();
  await eventually(async () => expect(await life.failing()).toEqual([]));
});
