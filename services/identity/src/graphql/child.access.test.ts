import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type TestService, startService } from '../testing/service.ts';
import { considers } from '../testing/considered.ts';
import { type Name, type World, openWorld } from '../testing/world.ts';

let world: World;
let service: TestService;
beforeAll(async () => {
  world = await openWorld();
  service = await startService(world.deps);
});
afterAll(async () => {
  await service.close();
  await world.close();
});

const as =
  (name: Name, kind: 'guardian' | 'staff'): (() => Actor) =>
  () =>
    kind === 'guardian' ? guardian(world.id[name]) : staff(world.id[name]);
const machine: Actor = {
  kind: 'machine',
  clientId: 'integrator',
  organisation: '310001236',
  scopes: ['ranselpost:ranselpost/identity.read'],
};
const query = `query ($id: ID!) { child(id: $id) { id name { given } guardians { id name { given } } enrolments { unit { name } groups { name } } } }`;
const byReference = `query ($id: ID!) { _entities(representations: [{ __typename: "Child", id: $id }]) { ... on Child { id name { given } guardians { id } enrolments { unit { id } } } } }`;
const ask = (actor: Actor, id: string): Promise<Answer> => service.ask(actor, query, { id });

describe('a child', () => {
  const outsiders: [string, () => Actor, Name][] = [
    ['a stranger', () => guardian(), 'ours'],
    ['a guardian of another child (GUA-01)', as('otherMother', 'guardian'), 'ours'],
    ['a guardian signed in as staff (GUA-24)', as('mother', 'staff'), 'ours'],
    ['a teacher, also of this child, signed in as a guardian (GUA-24)', as('teacher', 'guardian'), 'ours'],
    ['a guardian whose child came of age this morning (GUA-14)', as('grownMother', 'guardian'), 'grown'],
    ['the leader of another school', as('otherLeader', 'staff'), 'ours'],
    ['a teacher of another class', as('teacherOfB', 'staff'), 'ours'],
    ['a teacher of the school without a class (security § 2)', as('subject', 'staff'), 'ours'],
    ['a teacher whose role has ended (S-02)', as('former', 'staff'), 'ours'],
    ['staff of the after-school unit, of a child that is not there', as('afterSchool', 'staff'), 'theirs'],
    ['kindergarten staff, of a child at school', as('pedagogue', 'staff'), 'ours'],
    ['a machine', () => machine, 'ours'],
    ['one of our own services', () => ({ kind: 'service', name: 'gateway' }), 'ours'],
  ];

  test.each(outsiders)(
    'is to %s as one that does not exist, by query and by reference (GUA-20, S-06)',
    async (_who, actor, name) => {
      const hidden = await ask(actor(), world.id[name]);
      expect(hidden).toEqual(await ask(actor(), newId()));
      expect(hidden).toMatchObject({
        data: { child: null },
        errors: [{ extensions: { code: 'NOT_FOUND' } }],
      });
      const reference = await service.ask(actor(), byReference, { id: world.id[name] });
      expect(reference).toEqual(await service.ask(actor(), byReference, { id: newId() }));
      expect(reference).toEqual({ data: { _entities: [null] } });
    },
  );

  test.each(['', '1', 'x'.repeat(500), "' or 1=1 --"])(
    'is not found by the malformed id %j either',
    async (id) => {
      expect(await ask(guardian(world.id.mother), id)).toEqual(await ask(guardian(world.id.mother), newId()));
      expect(await service.ask(guardian(world.id.mother), byReference, { id })).toEqual({
        data: { _entities: [null] },
      });
    },
  );

  test.each<Name>(['mother', 'father'])(
    'shows its %s the same: both guardians and every place (GUA-03)',
    async (name) => {
      const { data } = await ask(guardian(world.id[name]), world.id.ours);
      expect(data.child).toEqual({
        id: world.id.ours,
        name: { given: 'KULERUND' },
        guardians: [
          { id: world.id.mother, name: { given: 'BRED' } },
          { id: world.id.father, name: { given: 'SINDIG' } },
        ],
        enrolments: expect.arrayContaining([
          {
            unit: { name: 'Paraplyen skole' },
            groups: expect.arrayContaining([{ name: '3A' }, { name: '3A-1' }]),
          },
          { unit: { name: 'Paraplyen SFO' }, groups: [] },
        ]),
      });
    },
  );

  test('does not show a guardian that there is another, protected one (ADR-11, ADR-19)', async () => {
    const { data } = await ask(guardian(world.id.father), world.id.theirs);
    expect(data.child.guardians.map(({ id }: { id: string }) => id)).toEqual([world.id.father]);
    const hers = await ask(guardian(world.id.otherMother), world.id.theirs);
    expect(hers.data.child.guardians.map(({ id }: { id: string }) => id).toSorted()).toEqual(
      [world.id.father, world.id.otherMother].toSorted(),
    );
  });

  test('shows staff in charge who its guardians are, and its place at their own unit alone', async () => {
    for (const name of ['leader', 'teacher', 'assistant', 'office', 'father'] as const) {
      const { data } = await ask(staff(world.id[name]), world.id.ours);
      expect(data.child.guardians).toHaveLength(2);
      expect(data.child.enrolments.map((enrolment: any) => enrolment.unit.name)).toEqual(['Paraplyen skole']);
    }
    const atSfo = await ask(staff(world.id.afterSchool), world.id.ours);
    expect(atSfo.data.child.enrolments).toEqual([{ unit: { name: 'Paraplyen SFO' }, groups: [] }]);
  });

  test('at a strictly protected address shows its unit to its own guardians and staff, and to nobody else (ADR-04)', async () => {
    for (const actor of [
      guardian(world.id.hiddenMother),
      guardian(world.id.hiddenFather),
      staff(world.id.teacher),
    ]) {
      const { data } = await ask(actor, world.id.hidden);
      expect(data.child.enrolments).toMatchObject([{ unit: { name: 'Paraplyen skole' } }]);
    }
    for (const actor of [guardian(world.id.mother), staff(world.id.teacherOfB), staff(world.id.afterSchool)])
      expect((await ask(actor, world.id.hidden)).data.child).toBeNull();
  });

  test('that admission considers is a name to case workers, which the access log says, and nothing else; for as long as that stands (S-02, S-06, S-11)', async () => {
    const { database, id, deps } = world;
    const read = async () => (await ask(staff(id.caseWorker), id.sibling)).data.child;
    expect(await read()).toBeNull();
    await considers(world, ['sibling', 'grown'], { revision: 4 });
    const seen = { id: id.sibling, name: { given: 'PRIKKETE' }, guardians: [], enrolments: [] };
    expect(await read()).toEqual(seen);
    expect((await service.ask(staff(id.caseWorker), byReference, { id: id.sibling })).data).toEqual({
      _entities: [seen],
    });
    const [logged] = await database.admin<{ reads: unknown }[]>`
      select reads from staff_read where reader_id = ${id.caseWorker} order by read_at desc limit 1`;
    expect(logged?.reads).toEqual([
      { childId: id.sibling, kind: 'CHILD', unitId: null, role: 'CASE_WORKER', rule: 'S-02' },
    ]);
    for (const actor of [
      staff(id.officer),
      staff(id.administrator),
      staff(id.teacher),
      guardian(id.caseWorker),
    ])
      expect((await ask(actor, id.sibling)).data.child).toBeNull();
    const considered = { isWaiting: false, hasPlace: false };
    // An older word, and one that came before, change nothing (S-24).
    for (const revision of [3, 4]) await considers(world, ['sibling'], { ...considered, revision });
    expect(await read()).toEqual(seen);
    await considers(world, ['sibling'], { ...considered, hasPlace: true, revision: 5 });
    expect(await read()).toEqual(seen);
    await considers(world, ['sibling'], { ...considered, revision: 6 });
    expect(await read()).toBeNull();
    // What placement does not say again was lost on its way.
    const longAgo = new Date(Date.now() - 31 * 24 * 3_600_000);
    await considers(world, ['sibling'], { revision: 7, heardAt: longAgo });
    expect(await read()).toBeNull();
    await considers(world, ['sibling'], { revision: 8 });
    expect(await read()).toEqual(seen);
    // Placement may know a child by an id that does not count any more (FREG-09).
    await considers(world, ['sibling'], { ...considered, revision: 9 });
    expect(await read()).toBeNull();
    const former = newId();
    await database.admin`
      insert into person (person_id, is_child, merged_into) values (${former}, true, ${id.sibling})`;
    await database.admin`insert into considered_child values (${former}, 1, true, false, now(), now())`;
    expect(await read()).toEqual(seen);
    // Who is protected meanwhile is so with the next question (ADR-04).
    await considers(world, ['ours']);
    const readOurs = async () => (await ask(staff(id.caseWorker), id.ours)).data.child;
    expect(await readOurs()).toMatchObject({ name: { given: 'KULERUND' } });
    await deps.db.asService((tx) =>
      tx.execute(sql`update person set held_protection = 'FORTROLIG' where person_id = ${id.ours}`),
    );
    expect(await readOurs()).toBeNull();
  });

  test('is gone with the next question once its guardian’s grant has ended (S-02, S-04)', async () => {
    const { number } = world;
    const sole = {
      number: number.sibling,
      birthDate: '2018-06-21',
      name: { given: 'PRIKKETE', middle: null, family: 'SYKKELPUMPE' },
    };
    expect((await ask(guardian(world.id.father), world.id.sibling)).data.child).not.toBeNull();
    await world.register({
      ...sole,
      responsibilities: [{ value: 'mor', responsible: { kind: 'person', number: number.mother } }],
    });
    expect((await ask(guardian(world.id.father), world.id.sibling)).errors).toMatchObject([
      { extensions: { code: 'NOT_FOUND' } },
    ]);
    expect((await ask(guardian(world.id.mother), world.id.sibling)).data.child.guardians).toHaveLength(1);
  });
});
