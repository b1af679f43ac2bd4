import { newId } from '@ranselpost/kit/ids';
import { guardian } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cases, ban, bystanders, notFound, openCases, proposalOf, refusalOf } from '../testing/cases.ts';
import { heldBy } from '../testing/harness.ts';
import { aNumber, aNumberOfTheOtherSeries } from '../testing/numbers.ts';
import type { Name } from '../testing/world.ts';

let c: Cases;
beforeAll(async () => (c = await openCases()));
afterAll(() => c.close());

describe('imposing a restriction is refused', () => {
  test.each(bystanders)('to %s, as for a child that does not exist (S-06)', async (_who, actorOf) => {
    const before = await c.counts();
    const answer = await c.decide(actorOf(c), 'imposeRestriction', ban(c.id.ours, c.id.father));
    expect(answer).toMatchObject(notFound);
    expect(answer).toEqual(await c.decide(actorOf(c), 'imposeRestriction', ban(newId(), c.id.father)));
    expect(await c.counts()).toEqual(before);
  });

  test.each<[string, Name, Name]>([
    ['a case worker, of a protected child', 'caseWorker', 'hidden'],
    ['the leader of another school', 'otherLeader', 'theirs'],
  ])('to %s', async (_who, name, child) => {
    expect(await c.decide(name, 'imposeRestriction', ban(c.id[child], c.id.father))).toMatchObject(notFound);
  });

  test.each(['nonsense', '', "' or 1=1 --", newId()])('for a child of the id %j', async (id) => {
    for (const name of ['leader', 'officer', 'caseWorker'] as const)
      expect(await c.decide(name, 'imposeRestriction', ban(id, c.id.father))).toMatchObject(notFound);
  });

  test.each<[string, object]>([
    ['RESTRICTION_INCOHERENT', { kind: 'CARE_ORDER' }],
    ['RESTRICTION_INCOHERENT', { kind: 'CARE_ORDER', adultId: null, authority: 'UNIT' }],
    ['RESTRICTION_INCOHERENT', { kind: 'COURT_ORDER' }],
    ['RESTRICTION_INCOHERENT', { adultId: null }],
    ['RESTRICTION_INCOHERENT', { parentsKeepView: true }],
    ['RESTRICTION_REVIEW_INVALID', { reviewOn: '2026-11-21' }],
    ['RESTRICTION_REVIEW_INVALID', { reviewOn: '2028-01-01' }],
  ])('as %s where it does not hold together: %j', async (code, more) => {
    const before = await c.counts();
    const answer = await c.decide('leader', 'imposeRestriction', ban(c.id.theirs, c.id.father, more));
    expect(answer).toEqual({ data: { it: { code, message: expect.stringMatching(/^[A-ZÅ].+\.$/) } } });
    expect(await c.counts()).toEqual(before);
  });

  test('as PERSON_UNKNOWN for whoever has nothing to do with the child, now or before', async () => {
    for (const adultId of [c.id.mother, newId(), 'nonsense', c.id.theirs])
      expect(refusalOf(await c.decide('leader', 'imposeRestriction', ban(c.id.theirs, adultId)))).toBe(
        'PERSON_UNKNOWN',
      );
  });

  test.each([
    ['NUMBER_NOT_ACCEPTED', () => '12345678901'],
    ['NUMBER_NOT_ACCEPTED', aNumberOfTheOtherSeries],
    ['PERSON_UNKNOWN', () => c.number.theirs],
  ])('as %s for a number that cannot be meant', async (code, number) => {
    const input = ban(c.id.theirs, '', { adultId: null, nationalNumber: number() });
    expect(refusalOf(await c.decide('leader', 'imposeRestriction', input))).toBe(code);
  });

  test('of somebody named by an id and by a number', async () => {
    const input = ban(c.id.theirs, c.id.father, { nationalNumber: c.number.father });
    expect(await c.decide('leader', 'imposeRestriction', input)).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });

  test('of a text that is too long, and under a key that is none', async () => {
    const input = ban(c.id.theirs, c.id.father);
    for (const more of [
      { note: 'x'.repeat(2_001) },
      { idempotencyKey: '' },
      { idempotencyKey: 'x'.repeat(65) },
    ])
      expect(await c.decide('leader', 'imposeRestriction', { ...input, ...more })).toMatchObject({
        errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
      });
  });
});

describe('a leader who was a party', () => {
  test('has no part in the case of their own, and is shown nothing that a colleague decided in it (GUA-20, GUA-24)', async () => {
    const [number, mother] = [aNumber(), aNumber()];
    const childId = await c.pupil(number);
    const say = (value: string, ...holders: readonly string[]) =>
      c.register({ number, birthDate: '2018-06-21', responsibilities: heldBy(value, ...holders) });
    await say('felles', mother, c.number.leader);
    await c.register({ number: mother }, { number: c.number.leader });
    await say('mor', mother);
    await c.database.admin`
      insert into staff_role (role_id, person_id, role, unit_id, from_day)
      values (gen_random_uuid(), ${c.id.subject}, 'LEADER', ${c.unit['school']!}, '2026-11-01')`;
    const banned = await c.decide('subject', 'imposeRestriction', ban(childId, c.id.leader));
    const restrictionId = proposalOf(banned).restriction.id;
    const query = `query ($id: ID!) { child(id: $id) { id restrictions { id } } }`;
    expect(await c.ask('leader', query, { id: childId })).toEqual({
      data: { child: { id: childId, restrictions: [] } },
    });
    expect((await c.ask('subject', query, { id: childId })).data.child.restrictions).toHaveLength(1);
    const lift = { restrictionId, reason: 'x', idempotencyKey: newId() };
    expect(await c.decide('leader', 'liftRestriction', lift)).toMatchObject(notFound);
    expect(await c.decide('leader', 'imposeRestriction', ban(childId, c.id.leader))).toMatchObject(notFound);
    expect(
      await c.ask('leader', `query ($id: ID!) { guardianshipCase(childId: $id) { child { id } } }`, {
        id: childId,
      }),
    ).toMatchObject({
      errors: [{ extensions: { code: 'NOT_FOUND' } }],
    });
  });
});

describe('a restriction', () => {
  test('counts at once, and nobody whom it concerns can tell (GUA-12, GUA-13, GUA-20)', async () => {
    const query = `query ($id: ID!) { child(id: $id) { id name { given } restrictions { id } guardians { id } } viewer { children { id } } }`;
    const [father, mother] = [guardian(c.id.father), guardian(c.id.mother)];
    expect((await c.ask(father, query, { id: c.id.ours })).data.child).not.toBeNull();
    await c.told();
    const imposed = await c.decide('leader', 'imposeRestriction', ban(c.id.ours, c.id.father));
    expect(proposalOf(imposed)).toMatchObject({
      ...{ kind: 'IMPOSE_RESTRICTION', state: 'APPLIED', needsSecondPerson: false, isOwn: true },
      ...{ adult: { id: c.id.father }, restriction: { kind: 'CONTACT_BAN' } },
    });
    expect((await c.told()).map(({ type, data }) => [type, data['personId'] ?? null])).toEqual(
      expect.arrayContaining([
        ['identity.guardians.changed.v1', null],
        ['identity.access.revoked.v1', c.id.father],
      ]),
    );
    const seen = await c.ask(father, query, { id: c.id.ours });
    expect(seen).toEqual(await c.ask(father, query, { id: newId() }));
    expect(seen.data.viewer.children.map(({ id }: { id: string }) => id)).not.toContain(c.id.ours);
    const hers = await c.ask(mother, query, { id: c.id.ours });
    expect(hers.data.child).toMatchObject({ restrictions: [], guardians: [{ id: c.id.mother }] });
    // Staff who have the child in their charge and decide nothing see a child without any.
    const toStaff = `query ($id: ID!) { child(id: $id) { restrictions { kind authority note reviewOn closesAccess adult { id } } } }`;
    for (const name of ['teacher', 'office', 'assistant'] as const)
      expect((await c.ask(name, toStaff, { id: c.id.ours })).data.child.restrictions).toEqual([]);
    expect((await c.ask('leader', toStaff, { id: c.id.ours })).data.child.restrictions).toEqual([
      {
        ...{
          kind: 'CONTACT_BAN',
          authority: 'UNIT',
          note: 'Rang skolen',
          reviewOn: '2027-05-01',
          closesAccess: true,
        },
        adult: { id: c.id.father },
      },
    ]);
    // What was written lies sealed (S-10).
    const texts = await c.database.admin`select sealed from confidential_text`;
    expect(JSON.stringify(texts)).not.toContain('Rang skolen');
  });

  test('is imposed once, however often it is asked for under one key (S-22)', async () => {
    const input = ban(c.id.theirs, c.id.father, { kind: 'MAY_NOT_FETCH' });
    const answers = await Promise.all([1, 2, 3].map(() => c.decide('leader', 'imposeRestriction', input)));
    expect(new Set(answers.map((answer) => proposalOf(answer).id)).size).toBe(1);
    const [count] = await c.database
      .admin`select count(*)::int as count from restriction where child_id = ${c.id.theirs}`;
    expect(count).toEqual({ count: 1 });
    // He may not fetch the child, and sees it as before.
    expect(await c.active(c.id.theirs)).toContain(c.id.father);
    for (const other of [
      { ...input, reviewOn: '2027-06-01' },
      { ...input, note: 'Noe annet' },
    ])
      expect(await c.decide('leader', 'imposeRestriction', other)).toMatchObject({
        errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
      });
  });

  test('is imposed on whoever has a number, before any register names them, and holds when it does (GUA-12)', async () => {
    const [number, mother, stranger] = [aNumber(), aNumber(), aNumber()];
    const childId = await c.pupil(number);
    const input = ban(childId, '', { adultId: null, nationalNumber: stranger });
    const { adult } = proposalOf(await c.decide('leader', 'imposeRestriction', input));
    expect(adult).toEqual({ id: await c.personOf(stranger) });
    const responsibilities = heldBy('felles', mother, stranger);
    await c.register({ number, birthDate: '2018-06-21', responsibilities });
    await c.register({ number: mother }, { number: stranger });
    expect(await c.active(childId)).toEqual([await c.personOf(mother)]);
    expect((await c.grants(childId))[adult.id]).toBe('PENDING RESTRICTED');
  });

  test('is what an officer imposes on a protected child, and a case worker on one with something open', async () => {
    expect(
      proposalOf(await c.decide('officer', 'imposeRestriction', ban(c.id.hidden, c.id.hiddenFather))).state,
    ).toBe('APPLIED');
    const given = await c.given();
    const by = await c.decide('caseWorker', 'imposeRestriction', ban(given.childId, given.grandmotherId));
    expect(proposalOf(by).state).toBe('APPLIED');
  });
});
