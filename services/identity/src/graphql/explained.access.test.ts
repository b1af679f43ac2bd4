import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestService, startService } from '../testing/service.ts';
import { type Name, type World, openWorld } from '../testing/world.ts';
import { sealReads } from '../usecases/keep-access-log.ts';

let world: World;
let service: TestService;
beforeAll(async () => {
  world = await openWorld();
  service = await startService(world.deps);
  const { admin } = world.database;
  const { id, unit, group } = world;
  // Names come with rosters; here some have one.
  await admin`update person set given = 'GLATT', family = 'KRITTAVLE' where person_id = ${id.teacher}`;
  await admin`
    update person set given = 'SKJULT', family = 'KRITTAVLE', protection = 'FORTROLIG' where person_id = ${id.assistant}`;
  // A protected mother works where her child goes to school, in the child's own class.
  await admin`
    insert into staff_role (role_id, person_id, role, unit_id, group_id, from_day)
    values (${newId()}, ${id.otherMother}, 'TEACHER', ${unit['school']!}, ${group['3B']!}, '2026-08-01')`;
  await admin`
    insert into municipal_role (role_id, person_id, role, from_day, to_day, source)
    values (${newId()}, ${id.subject}, 'PRIVACY_OFFICER', '2026-08-01', null, 'roster'),
           (${newId()}, ${id.mother}, 'PRIVACY_OFFICER', '2026-08-01', null, 'roster'),
           (${newId()}, ${id.former}, 'PRIVACY_OFFICER', '2026-08-01', '2026-11-21', 'roster'),
           (${newId()}, ${id.office}, 'MUNICIPAL_ADMINISTRATOR', '2026-08-01', null, 'roster')`;
});
afterAll(async () => {
  await service.close();
  await world.close();
});

const childQuery = `query ($id: ID!) { child(id: $id) { id name { given } } }`;
/** Reads a child as somebody does who looks at it, and has it sealed. */
async function read(actor: Actor, childId: string): Promise<void> {
  expect((await service.ask(actor, childQuery, { id: childId })).errors).toBeUndefined();
  await sealReads(world.deps);
}

const logQuery = `query ($id: ID!, $first: Int, $after: String) { child(id: $id) { accessLog(first: $first, after: $after) {
  nodes { readAt kind role unit { name } staff { id name { given family } } } pageInfo { hasNextPage endCursor } } } }`;
type Entry = {
  readonly readAt: string;
  readonly kind: string;
  readonly role: string;
  readonly unit: { readonly name: string } | null;
  readonly staff: { readonly id: string; readonly name: { readonly given: string } | null };
};
const logOf = async (actor: Actor, childId: string): Promise<readonly Entry[] | null | undefined> => {
  const { data } = await service.ask(actor, logQuery, { id: childId });
  return data.child?.accessLog === null ? null : data.child?.accessLog.nodes;
};
const readersOf = async (actor: Actor, childId: string) =>
  (await logOf(actor, childId))?.filter(({ kind }) => kind === 'CHILD').map((entry) => entry.staff.id);

const explainQuery = `query ($id: ID!) { child(id: $id) { accessExplained {
  guardians { id guardian { id name { given } } ground since endsOn record { id version fetchedAt } }
  staff { id role unit { name } group { name } from to staff { id name { given } } } } } }`;
const explained = async (actor: Actor, childId: string) =>
  (await service.ask(actor, explainQuery, { id: childId })).data?.child?.accessExplained;

const reviewQuery = `query ($id: ID!, $first: Int, $after: String) { unit(id: $id) { accessReview(first: $first, after: $after) {
  nodes { __typename
    ... on ReviewedStaff { access { id role group { name } staff { id name { given } } } }
    ... on ReviewedGuardian { child { id } access { id ground guardian { id } record { version } } } }
  pageInfo { hasNextPage endCursor } } } }`;
const review = async (actor: Actor, unit: string, page: object = { first: 100 }) =>
  (await service.ask(actor, reviewQuery, { id: unit, ...page })).data?.unit?.accessReview;

const as = (kind: 'guardian' | 'staff', name: Name): Actor =>
  (kind === 'guardian' ? guardian : staff)(world.id[name]);

describe('the log of who has read of a child (S-11, V04)', () => {
  test('tells both guardians which staff did, in what role and where, newest first', async () => {
    const { id } = world;
    await read(as('staff', 'teacher'), id.ours);
    await read(as('staff', 'afterSchool'), id.ours);
    for (const name of ['mother', 'father'] as const)
      expect(await logOf(as('guardian', name), id.ours)).toEqual([
        {
          ...{ kind: 'CHILD', role: 'AFTER_SCHOOL', unit: { name: 'Paraplyen SFO' } },
          ...{ staff: { id: id.afterSchool, name: null }, readAt: expect.any(String) },
        },
        {
          ...{ kind: 'CHILD', role: 'CONTACT_TEACHER', unit: { name: 'Paraplyen skole' } },
          staff: { id: id.teacher, name: { given: 'GLATT', family: 'KRITTAVLE' } },
          readAt: expect.any(String),
        },
      ]);
  });

  test('has nothing of guardians reading their own child', async () => {
    const { id } = world;
    const before = await logOf(as('guardian', 'mother'), id.ours);
    await service.ask(as('guardian', 'father'), childQuery, { id: id.ours });
    await sealReads(world.deps);
    expect(await logOf(as('guardian', 'mother'), id.ours)).toEqual(before);
  });

  test('is null for staff, and the child is nobody to whoever has no access to it (GUA-20)', async () => {
    const { id } = world;
    expect(await logOf(as('staff', 'teacher'), id.ours)).toBeNull();
    expect(await explained(as('staff', 'leader'), id.ours)).toBeNull();
    for (const query of [logQuery, explainQuery]) {
      const hidden = await service.ask(as('guardian', 'otherMother'), query, { id: id.ours });
      expect(hidden).toEqual(await service.ask(as('guardian', 'otherMother'), query, { id: newId() }));
      expect(hidden).toMatchObject({ data: { child: null } });
    }
  });

  test('comes in pages', async () => {
    const { id } = world;
    const page = async (after: string | null) =>
      (await service.ask(as('guardian', 'mother'), logQuery, { id: id.ours, first: 1, after })).data.child
        .accessLog;
    const first = await page(null);
    expect(first).toMatchObject({ nodes: [{ role: 'AFTER_SCHOOL' }], pageInfo: { hasNextPage: true } });
    const second = await page(first.pageInfo.endCursor);
    expect(second).toMatchObject({ nodes: [{ role: 'CONTACT_TEACHER' }], pageInfo: { hasNextPage: false } });
    const answer = await service.ask(as('guardian', 'mother'), logQuery, {
      id: id.ours,
      after: 'bm9uc2Vuc2U',
    });
    expect(answer.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test('names nobody whose address is protected, and still says that staff have read (ADR-02)', async () => {
    const { id } = world;
    await read(as('staff', 'assistant'), id.ours);
    const [entry] = (await logOf(as('guardian', 'mother'), id.ours))!;
    expect(entry).toMatchObject({ role: 'ASSISTANT', staff: { name: null } });
  });

  test('does not tell one guardian when the other was up, who is staff as well; and tells that one (ADR-11, F11)', async () => {
    const { id } = world;
    const before = await readersOf(as('guardian', 'mother'), id.ours);
    await read(as('staff', 'father'), id.ours);
    expect(await readersOf(as('guardian', 'mother'), id.ours)).toEqual(before);
    expect((await readersOf(as('guardian', 'father'), id.ours))?.[0]).toBe(id.father);
  });

  test('does not tell a guardian that the other, protected one works there (ADR-11, ADR-19)', async () => {
    const { id } = world;
    // Nobody names a party to the child (ADR-10): it turned out later that she is one.
    await world.database.admin.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`insert into staff_naming
        select gen_random_uuid(), child_id, ${id.otherMother}, level, from_day, to_day, decision_id
        from staff_naming where child_id = ${id.theirs}`;
    });
    await read(as('staff', 'otherMother'), id.theirs);
    expect(await readersOf(as('guardian', 'father'), id.theirs)).toEqual([]);
    expect(await readersOf(as('guardian', 'otherMother'), id.theirs)).toEqual([id.otherMother]);
    const text = JSON.stringify(await explained(as('guardian', 'father'), id.theirs));
    expect(text).not.toContain(id.otherMother);
    expect(text).not.toMatch(/hidden|count/i);
  });
});

describe('who can see a child (GUA-25)', () => {
  test('is told its guardians: each other by ground and since when, and the register’s record to its holder alone', async () => {
    const { id } = world;
    const holder = (name: Name, given: string, isOwn: boolean) => ({
      id: expect.any(String),
      guardian: { id: id[name], name: { given } },
      ...{ ground: 'PARENTAL_RESPONSIBILITY', endsOn: '2036-06-21', since: expect.any(String) },
      record: isOwn ? { id: id.ours, version: 1, fetchedAt: '2026-11-21T08:00:00.000Z' } : null,
    });
    for (const own of ['mother', 'father'] as const) {
      const { guardians } = await explained(as('guardian', own), id.ours);
      expect(guardians).toEqual([
        holder('mother', 'BRED', own === 'mother'),
        holder('father', 'SINDIG', own === 'father'),
      ]);
    }
  });

  test('is told the staff in charge of it today, by role, unit and group, and nobody else', async () => {
    const { id } = world;
    const { staff: found } = await explained(as('guardian', 'mother'), id.ours);
    expect(new Set(found.map((one: any) => `${one.role} ${one.unit.name} ${one.group?.name ?? ''}`))).toEqual(
      new Set([
        'LEADER Paraplyen skole ',
        'ADMINISTRATOR Paraplyen skole ',
        'CONTACT_TEACHER Paraplyen skole 3A',
        'CONTACT_TEACHER Paraplyen skole 3A-1',
        'ASSISTANT Paraplyen skole 3A',
        'TEACHER Paraplyen skole 3A',
        'AFTER_SCHOOL Paraplyen SFO ',
      ]),
    );
    const ids = found.map((one: any) => one.staff.id);
    for (const name of ['teacherOfB', 'former', 'subject', 'otherLeader', 'pedagogue'] as const)
      expect(ids).not.toContain(id[name]);
    const named = found.filter((one: any) => one.staff.name !== null);
    // The father is known here by the register; the assistant's address is protected.
    expect(new Set(named.map((one: any) => one.staff.id))).toEqual(new Set([id.teacher, id.father]));
  });

  test('says of everybody just what the child itself answers to them', async () => {
    const { id } = world;
    for (const childId of [id.ours, id.theirs, id.sibling, id.hidden]) {
      const everybody = Object.entries(id).filter(
        ([name]) => name !== 'otherMother' || childId !== id.theirs,
      );
      const { guardians, staff: found } = await explained(
        as(
          'guardian',
          childId === id.hidden ? 'hiddenMother' : childId === id.theirs ? 'otherMother' : 'mother',
        ),
        childId,
      );
      for (const [, personId] of everybody) {
        const sees = async (actor: Actor) =>
          (await service.ask(actor, childQuery, { id: childId })).data.child !== null;
        expect(await sees(guardian(personId))).toBe(
          guardians.some((one: any) => one.guardian.id === personId),
        );
        expect(await sees(staff(personId))).toBe(found.some((one: any) => one.staff.id === personId));
      }
    }
  });

  test('does not show a guardian the other, protected one, nor that there is one (ADR-19)', async () => {
    const { id } = world;
    const { guardians } = await explained(as('guardian', 'father'), id.theirs);
    expect(guardians.map((one: any) => one.guardian.id)).toEqual([id.father]);
    const hers = await explained(as('guardian', 'otherMother'), id.theirs);
    expect(hers.guardians).toHaveLength(2);
  });
});

describe('the review of who can see the children of a unit (D09)', () => {
  const idsOf = (found: any) =>
    found.nodes.map((node: any) => node.access.staff?.id ?? node.access.guardian.id);

  test('lists staff by role and guardians child by child to its leader, and leaves a line for each child', async () => {
    const { id, unit } = world;
    const found = await review(as('staff', 'leader'), unit['school']!);
    const people = idsOf(found);
    for (const name of ['leader', 'office', 'teacher', 'mother', 'father'] as const)
      expect(people).toContain(id[name]);
    for (const name of ['former', 'subject', 'afterSchool', 'otherLeader', 'grownMother'] as const)
      expect(people).not.toContain(id[name]);
    // The leader is named for neither of the protected children (ADR-10).
    expect(people).not.toContain(id.hiddenMother);
    for (const hidden of [id.theirs, id.hidden]) expect(JSON.stringify(found)).not.toContain(hidden);
    expect(
      found.nodes.filter((node: any) => node.child?.id === id.ours).map((node: any) => node.access.record),
    ).toEqual([null, null]);
    await sealReads(world.deps);
    const [entry] = (await logOf(as('guardian', 'mother'), id.ours))!.filter(({ kind }) => kind === 'ACCESS');
    expect(entry).toMatchObject({
      role: 'LEADER',
      staff: { id: id.leader },
      unit: { name: 'Paraplyen skole' },
    });
  });

  test('comes in pages that leave nobody out and show nobody twice', async () => {
    const { unit } = world;
    const whole = idsOf(await review(as('staff', 'leader'), unit['school']!));
    const pieces: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const page = await review(as('staff', 'leader'), unit['school']!, { first: 3, after });
      pieces.push(...idsOf(page));
      [after, more] = [page.pageInfo.endCursor, page.pageInfo.hasNextPage];
    }
    expect(pieces).toEqual(whole);
  });

  test.each<['guardian' | 'staff', Name]>([
    ['staff', 'teacher'],
    ['staff', 'office'],
    ['guardian', 'mother'],
    ['guardian', 'leader'],
  ])('is null for a %s: %s', async (kind, name) => {
    expect((await review(as(kind, name), world.unit['school']!)) ?? null).toBeNull();
  });

  test('is no unit at all for the leader of another one', async () => {
    const answer = await service.ask(as('staff', 'otherLeader'), reviewQuery, { id: world.unit['school'] });
    expect(answer).toMatchObject({ data: { unit: null }, errors: [{ extensions: { code: 'NOT_FOUND' } }] });
  });
});

describe('the privacy officer (GUA-25)', () => {
  const query = `query ($id: ID!) { childAccess(childId: $id) { childId
    explained { guardians { guardian { id name { given } } record { id version fetchedAt } } staff { unitId unit { name } staff { id } } }
    log(first: 100) { nodes { kind role rule unitId unit { name } staff { id } } } } }`;
  const audit = (actor: Actor, childId: string) => service.ask(actor, query, { id: childId });

  test('sees who can see any child, in ids and grounds, and who did, the other guardian’s reading too', async () => {
    const { id, unit } = world;
    const { data, errors } = await audit(as('staff', 'subject'), id.theirs);
    expect(errors).toBeUndefined();
    expect(data.childAccess.childId).toBe(id.theirs);
    const { guardians, staff: found } = data.childAccess.explained;
    expect(guardians.map((one: any) => one.guardian.id).toSorted()).toEqual(
      [id.father, id.otherMother].toSorted(),
    );
    for (const one of guardians)
      expect(one).toMatchObject({ guardian: { name: null }, record: { id: id.theirs, version: 1 } });
    expect(found.map((one: any) => one.staff.id)).toContain(id.otherMother);
    for (const one of found) expect(one).toMatchObject({ unitId: unit['school'], unit: null });
    expect(data.childAccess.log.nodes).toContainEqual({
      ...{ kind: 'CHILD', role: 'TEACHER', rule: 'ADR-10', unitId: unit['school'], unit: null },
      staff: { id: id.otherMother },
    });
  });

  test('leaves a line by looking, which guardians see', async () => {
    await audit(as('staff', 'subject'), world.id.sibling);
    await sealReads(world.deps);
    expect((await logOf(as('guardian', 'father'), world.id.sibling))![0]).toMatchObject({
      ...{ kind: 'ACCESS', role: 'PRIVACY_OFFICER', unit: null, staff: { id: world.id.subject } },
    });
  });

  test.each<['guardian' | 'staff', Name, Name, string]>([
    ['staff', 'former', 'ours', 'whose role has ended'],
    ['staff', 'office', 'ours', 'an administrator of the municipality'],
    ['staff', 'leader', 'ours', 'the leader of the child’s school'],
    ['staff', 'teacher', 'ours', 'the child’s teacher'],
    ['guardian', 'subject', 'ours', 'the officer, signed in as a guardian'],
    ['guardian', 'otherMother', 'ours', 'a guardian of another child'],
    ['staff', 'mother', 'ours', 'an officer, whose own child it is (GUA-24)'],
    ['staff', 'subject', 'father', 'the officer, asking for somebody who is no child'],
  ])('is nobody else: to a %s, %s, %s there is no such child, %s (S-06)', async (kind, name, childId) => {
    const hidden = await audit(as(kind, name), world.id[childId]);
    expect(hidden).toEqual(await audit(as(kind, name), newId()));
    expect(hidden).toMatchObject({
      data: { childAccess: null },
      errors: [{ extensions: { code: 'NOT_FOUND' } }],
    });
  });

  test('has no other child by it, and guardians have their own by it as well', async () => {
    const { id } = world;
    expect((await service.ask(as('staff', 'subject'), childQuery, { id: id.ours })).data.child).toBeNull();
    expect(
      (await audit(as('guardian', 'mother'), id.ours)).data.childAccess.explained.guardians,
    ).toHaveLength(2);
    expect((await audit(as('staff', 'mother'), id.theirs)).data.childAccess.childId).toBe(id.theirs);
  });

  test('is told of staff who read unusually much, and nobody else is (V07)', async () => {
    const alarms = `{ readingAlarms { nodes { staffId children budget raisedAt } pageInfo { hasNextPage } } }`;
    for (const [n, name] of (['teacher', 'leader'] as const).entries())
      await world.database.admin`
        insert into reading_alarm values (${newId()}, ${world.id[name]}, ${n + 401}, 400, ${`2026-11-2${n}T08:00:00Z`})`;
    const { data } = await service.ask(as('staff', 'subject'), alarms);
    expect(data.readingAlarms.nodes).toMatchObject([
      { staffId: world.id.leader, children: 402, budget: 400, raisedAt: '2026-11-21T08:00:00.000Z' },
      { staffId: world.id.teacher },
    ]);
    for (const actor of [as('staff', 'leader'), as('staff', 'former'), as('guardian', 'subject'), guardian()])
      expect(await service.ask(actor, alarms)).toEqual({ data: { readingAlarms: null } });
  });
});

test('what somebody read who has lost access since is shown to the guardian who has it (GUA-10)', async () => {
  const { id, number } = world;
  await world.register({
    ...{
      number: number.ours,
      birthDate: '2018-06-21',
      name: { given: 'KULERUND', middle: null, family: 'SYKKELPUMPE' },
    },
    responsibilities: [{ value: 'mor', responsible: { kind: 'person', number: number.mother } }],
  });
  expect(await logOf(as('guardian', 'father'), id.ours)).toBeUndefined();
  expect(await readersOf(as('guardian', 'mother'), id.ours)).toContain(id.father);
});
