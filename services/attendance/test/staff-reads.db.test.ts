import { newId } from '@ranselpost/kit/ids';
import { compiled } from '@ranselpost/kit/testing/compiled';
import { type TestActors, testActors } from '@ranselpost/kit/testing/actors';
import { type TestBus, testBus } from '@ranselpost/kit/testing/bus';
import { type TestDatabase, testDatabase } from '@ranselpost/kit/testing/database';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { type IdentityFacts, identityFacts } from '@ranselpost/kit/testing/identity-facts';
import { accessLogSealedV1 } from '@ranselpost/schema/events/identity/access-log-sealed.v1';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrations } from '../src/migrations.ts';
import { children, people, places, tellFamilies } from './families.ts';
import { type Service, childAbsences, inputOf, reportAbsence, startService } from './service.ts';
import { copyHas, today } from './world.ts';

let actors: TestActors;
let bus: TestBus;
let database: TestDatabase;
let identity: IdentityFacts;
let service: Service;
const start = () => startService({ databaseUrl: database.url, busUrl: bus.url, actors });
beforeAll(async () => {
  [actors, bus, database] = await Promise.all([
    testActors(),
    testBus(),
    testDatabase('attendance', migrations),
  ]);
  identity = await identityFacts(bus.url);
  service = await start();
  await tellFamilies(identity, database);
  identity.beat();
  await copyHas(database.db, identity);
  for (const childId of [children.ours, children.theirs]) {
    const input = { childId, unitId: places.school, day: today, cause: 'SICK', idempotencyKey: newId() };
    const who = childId === children.ours ? people.mother : people.otherGuardian;
    const { codes } = await service.ask(who, reportAbsence, { input: inputOf(input) });
    if (codes.length > 0) throw new Error(codes.join());
  }
});
afterAll(async () => {
  await service.kill();
  await identity.close();
  await Promise.all([actors.close(), bus.close(), database.close()]);
});

const board = `query ($id: ID!, $day: Date!) { _entities(representations: [{ __typename: "Unit", id: $id }]) {
  ... on Unit { absences(day: $day) { nodes { id child { id } } } } } }`;
const absenceById = `query ($id: ID!) { _entities(representations: [{ __typename: "Absence", id: $id }]) {
  ... on Absence { day } } }`;

type Line = { childId: string; kind: string; unitId: string; role: string; rule: string };
/** What is in the log about somebody's reading since the last time this was asked. */
const seen = new Set<string>();
async function linesOf(readerId: string): Promise<readonly Line[]> {
  const rows = await database.admin<{ event_id: string; reads: Line[] }[]>`
    select event_id, data->'reads' as reads from outbox
    where type = 'attendance.child.read.v1' and data->>'readerId' = ${readerId} order by id`;
  const fresh = rows.filter(({ event_id }) => !seen.has(event_id));
  for (const { event_id } of fresh) seen.add(event_id);
  return fresh.flatMap(({ reads }) => reads);
}
const line = (childId: string, role: string) => ({
  ...{ childId, kind: 'ABSENCE', unitId: places.school, role, rule: 'S-02' },
});

describe('what staff read of absences (S-11)', () => {
  test('is a line for each child in the answer, with the role and the unit that opened it', async () => {
    const { leader, teacher } = people;
    expect((await service.ask(leader, board, { id: places.school, day: today })).codes).toEqual([]);
    expect(await linesOf(leader.personId)).toEqual(
      expect.arrayContaining([line(children.ours, 'LEADER'), line(children.theirs, 'LEADER')]),
    );
    await service.ask(teacher, board, { id: places.school, day: today });
    expect(await linesOf(teacher.personId)).toEqual([line(children.ours, 'CONTACT_TEACHER')]);
    await service.ask(teacher, childAbsences, { id: children.ours });
    expect(await linesOf(teacher.personId)).toEqual([line(children.ours, 'CONTACT_TEACHER')]);
    const [absence] = await database.admin`select id from absence where child_id = ${children.ours}`;
    await service.ask(teacher, absenceById, { id: absence!['id'] });
    expect(await linesOf(teacher.personId)).toEqual([line(children.ours, 'CONTACT_TEACHER')]);
  });

  test('that a child was never away is read as well', async () => {
    await service.ask(people.kindergartenStaff, childAbsences, { id: children.small });
    expect(await linesOf(people.kindergartenStaff.personId)).toEqual([
      { ...line(children.small, 'KINDERGARTEN'), unitId: places.kindergarten },
    ]);
  });

  test('has no line of a child that was not shown, of a unit without absences, or of guardians', async () => {
    await service.ask(people.teacherOfB, childAbsences, { id: children.ours });
    await service.ask(people.otherLeader, board, { id: places.otherSchool, day: today });
    await service.ask(people.mother, childAbsences, { id: children.ours });
    for (const { personId } of [people.teacherOfB, people.otherLeader, people.mother])
      expect(await linesOf(personId)).toEqual([]);
  });

  test('holds no cause and nothing else of what was read', async () => {
    const rows = await database.admin`select data::text from outbox where type = 'attendance.child.read.v1'`;
    expect(rows.length).toBeGreaterThan(3);
    for (const { data } of rows) expect(data as string).not.toMatch(/SICK|\d{4}-\d\d-\d\d/);
  });

  test('is in the database before it is answered: kill -9 loses no line of an answer', async () => {
    const { assistant } = people;
    let answers = 0;
    const oneAfterAnother = async () => {
      for (;;) {
        const { data } = await service.ask(assistant, childAbsences, { id: children.ours });
        if (data != null) answers += 1;
      }
    };
    const asking = Promise.allSettled(Array.from({ length: 8 }, oneAfterAnother));
    await eventually(() => expect(answers).toBeGreaterThan(40));
    await service.kill();
    await asking;
    const lines = await linesOf(assistant.personId);
    expect(lines.length).toBeGreaterThanOrEqual(answers);
    expect(lines.length - answers).toBeLessThanOrEqual(8);
    service = await start();
  });
});

describe('hashes of the access log', () => {
  const printed = () => {
    const { stdout } = spawnSync(
      process.execPath,
      [fileURLToPath(new URL('../src/print-log-heads.ts', import.meta.url))],
      { env: { ...compiled, DATABASE_URL: database.url }, encoding: 'utf8' },
    );
    return stdout
      .split('\n')
      .filter((text) => text !== '')
      .map((text) => JSON.parse(text) as object);
  };
  const hash = (digit: string) => digit.repeat(64);

  test('are kept as identity told them, printed by command, and not changed by telling them differently', async () => {
    await identity.tell(accessLogSealedV1, { block: 7, hash: hash('a') });
    await identity.tell(accessLogSealedV1, { block: 67, hash: hash('b') });
    await copyHas(database.db, identity);
    const kept = [
      { block: 7, hash: hash('a'), heardAt: expect.any(String) },
      { block: 67, hash: hash('b'), heardAt: expect.any(String) },
    ];
    expect(printed()).toEqual(kept);
    await identity.tell(accessLogSealedV1, { block: 7, hash: hash('c') });
    await eventually(
      async () =>
        expect(await database.admin`select cause from dead_letter`).toMatchObject([
          { cause: expect.stringContaining('told differently') },
        ]),
      20_000,
    );
    expect(printed()).toEqual(kept);
  });

  test('may be changed by nobody, and forgotten only when they are old', async () => {
    await expect(database.admin`update access_log_head set hash = ${hash('d')}`).rejects.toThrow(
      /never changed/,
    );
    await database.db.asService((tx) => tx.execute(sql`delete from access_log_head`));
    expect(printed()).toHaveLength(2);
  });
});
