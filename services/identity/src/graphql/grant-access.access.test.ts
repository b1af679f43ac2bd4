import { newId } from '@ranselpost/kit/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Cases,
  type Given,
  bystanders,
  keyed,
  notFound,
  openCases,
  proposalOf,
  refusalOf,
} from '../testing/cases.ts';
import { aNumber, aNumberOfTheOtherSeries } from '../testing/numbers.ts';

let c: Cases;
let given: Given;
beforeAll(async () => {
  c = await openCases();
  given = await c.given();
});
afterAll(() => c.close());

const document = (more: object = {}) =>
  keyed({
    ...{
      childId: given.childId,
      ground: 'APPOINTED_GUARDIAN',
      endsOn: '2026-12-24',
      proof: 'Vedtak fra Statsforvalteren',
    },
    ...more,
  });

describe('giving access by documents is refused', () => {
  test.each(bystanders.filter(([who]) => !/case worker/.test(who)))(
    'to %s, as for a child that does not exist (S-06)',
    async (_who, actorOf) => {
      const before = await c.counts();
      const answer = await c.decide(actorOf(c), 'grantAccess', document({ adultId: c.id.otherMother }));
      expect(answer).toMatchObject(notFound);
      const unknown = document({ adultId: c.id.otherMother, childId: newId() });
      expect(answer).toEqual(await c.decide(actorOf(c), 'grantAccess', unknown));
      expect(await c.counts()).toEqual(before);
    },
  );

  test.each<[string, () => object]>([
    ['NUMBER_NOT_ACCEPTED', () => ({ nationalNumber: aNumberOfTheOtherSeries() })],
    ['NUMBER_NOT_ACCEPTED', () => ({ nationalNumber: '123' })],
    ['PERSON_UNKNOWN', () => ({ adultId: newId() })],
    ['PERSON_UNKNOWN', () => ({ adultId: 'nonsense' })],
    ['PERSON_UNKNOWN', () => ({ adultId: given.childId })],
    ['DECISION_REASON_MISSING', () => ({ adultId: c.id.mother, proof: '' })],
    ['GRANT_END_INVALID', () => ({ adultId: c.id.mother, endsOn: '2027-03-01' })],
    ['GRANT_END_INVALID', () => ({ adultId: c.id.mother, endsOn: '2026-11-21' })],
    ['CARE_ORDER_MISSING', () => ({ adultId: c.id.mother, ground: 'DAILY_CARER' })],
    ['REGISTER_SETTLES', () => ({ adultId: c.id.mother, ground: 'DOCUMENTED_RESPONSIBILITY' })],
    ['DECISION_FOR_ONESELF', () => ({ adultId: c.id.leader })],
  ])('as %s where the rules say so', async (code, more) => {
    const before = await c.counts();
    const answer = await c.decide('leader', 'grantAccess', document(more()));
    expect(answer).toEqual({ data: { it: { code, message: expect.stringMatching(/^[A-ZÅ].+\.$/) } } });
    expect(await c.counts()).toEqual(before);
  });

  test('as PERSON_RESTRICTED to whom a restriction is about', async () => {
    const { childId, grandmotherId } = await c.given();
    await c.banned(childId, grandmotherId);
    expect(
      refusalOf(await c.decide('leader', 'grantAccess', document({ childId, adultId: grandmotherId }))),
    ).toBe('PERSON_RESTRICTED');
  });

  test.each([
    ['both an id and a number', { adultId: newId(), nationalNumber: '0' }],
    ['neither', {}],
    ['too long a text', { adultId: newId(), proof: 'x'.repeat(2_001) }],
  ])('where it names %s', async (_what, more) => {
    expect(await c.decide('leader', 'grantAccess', document(more))).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });
});

test('giving access by documents waits for a second person, by id or by number (GUA-05, GUA-16)', async () => {
  const number = aNumber();
  for (const whom of [{ adultId: c.id.otherMother }, { nationalNumber: number }])
    expect(proposalOf(await c.decide('leader', 'grantAccess', document(whom)))).toMatchObject({
      ...{ kind: 'GRANT_ACCESS', state: 'WAITING', needsSecondPerson: true },
    });
  expect(await c.active(given.childId)).toEqual([]);
  const stored = await c.database
    .admin`select payload, idempotency_key, encode(request_hash, 'hex') as hash from proposal`;
  expect(JSON.stringify(stored)).not.toContain(number);
});
