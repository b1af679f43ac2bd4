import { newId } from '@ranselpost/kit/ids';
import { addDays } from '@ranselpost/kit/pure/dates';
import { type TestActors, testActors } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applicants, people, places } from '../../test/families.ts';
import { type OfferTown, openOfferTown } from '../../test/offer-town.ts';
import { type Service, startService } from '../../test/service.ts';
import { today } from '../../test/world.ts';

let actors: TestActors;
let town: OfferTown;
let service: Service;
beforeAll(async () => {
  [actors, town] = [await testActors(), await openOfferTown(false)];
  service = await startService({
    ...{ databaseUrl: town.world.database.url, busUrl: town.world.busUrl, actors },
  });
});
afterAll(async () => {
  await service.kill();
  await Promise.all([actors.close(), town.world.close()]);
});

const refusal = '... on Refusal { code message } ... on PlacementOfferRefused { earliest }';
const offer = 'id care wish startsOn madeAt deadline state answers endedAt child { id } unit { id }';
const ofChild = `query ($id: ID!) { _entities(representations: [{ __typename: "Child", id: $id }]) { ... on Child {
  placementOffers { ${offer} } places { id care from to child { id } unit { id } } waitingEntries { order isActive endedBecause unit { id } } } } }`;
const pool = `id admissionYear group reserve seats committed unit { id } next { id }
  waitingList(first: 2) { nodes { position isActive isAnswering child { id } application { id } } pageInfo { hasNextPage endCursor } }`;
const ofUnit = `query ($id: ID!) { _entities(representations: [{ __typename: "Unit", id: $id }]) { ... on Unit {
  places(first: 1) { nodes { id child { id } } pageInfo { hasNextPage } } placementPools(admissionYear: 2026) { ${pool} } } } }`;
const change = (
  name: string,
  done: string,
): string => `mutation ($input: ${name[0]!.toUpperCase()}${name.slice(1)}Input!) {
  ${name}(input: $input) { __typename ... on ${done} ${refusal} } }`;
const answer = change('answerPlacementOffer', `PlacementOfferChanged { offer { ${offer} } }`);
const withdraw = change('withdrawPlacementOffer', 'PlacementOfferChanged { offer { state } }');
const make = change('makePlacementOffer', 'PlacementOfferChanged { offer { state child { id } } }');
const seats = change('changePoolSeats', 'PoolSeatsChanged { pool { seats committed } }');
const resign = change('resignPlace', 'PlaceResigned { place { to } }');

describe('offers, places and lists in the graph', () => {
  const act = async (who: (typeof people)[keyof typeof people], query: string, input: object) => {
    const { data, codes } = await service.ask(who, query, { input: { ...input, idempotencyKey: newId() } });
    return codes.length > 0 ? codes : Object.values(data ?? {})[0];
  };
  const childOf = async (who: (typeof people)[keyof typeof people], id: string) =>
    (await service.ask(who, ofChild, { id })).data?.['_entities'];

  test('show a family its own, and nobody else', async () => {
    // Of a protected child, the id of a place says nothing of when the other guardian took it (ADR-11).
    expect(town.hiddenPlaceId).toMatch(/^.{14}4/);
    expect(await childOf(people.mother, applicants.ada)).toMatchObject([
      {
        placementOffers: [
          {
            ...{
              id: town.offerId,
              care: 'KINDERGARTEN',
              wish: 1,
              state: 'SENT',
              answers: ['ACCEPT', 'DECLINE'],
            },
            ...{ child: { id: applicants.ada }, unit: { id: places.solhaug }, endedAt: null },
          },
        ],
        places: [],
        waitingEntries: [{ order: 1, isActive: true, endedBecause: null }],
      },
    ]);
    expect(await childOf(people.stranger, applicants.ada)).toEqual([
      { placementOffers: null, places: null, waitingEntries: null },
    ]);
    const { codes } = await service.ask(
      people.stranger,
      `query ($id: ID!) { placementOffer(id: $id) { id } }`,
      {
        id: town.offerId,
      },
    );
    expect(codes).toEqual(['NOT_FOUND placementOffer']);
  });

  test('show seats and lists to case workers, and seats alone to the leader (BHG-20)', async () => {
    const ask = async (who: (typeof people)[keyof typeof people]) =>
      (await service.ask(who, ofUnit, { id: places.solhaug })).data?.['_entities'];
    expect(await ask(people.secondCaseWorker)).toMatchObject([
      {
        places: {
          nodes: [{ id: town.placeId, child: { id: applicants.bo } }],
          pageInfo: { hasNextPage: false },
        },
        placementPools: [
          {
            ...{
              id: town.poolId,
              admissionYear: 2026,
              group: 'SMALL',
              reserve: null,
              seats: 5,
              committed: 3,
            },
            next: { id: town.apps.ofOwn },
            waitingList: {
              nodes: [
                { position: 1, isActive: true, isAnswering: true, application: { id: town.apps.ada } },
                { position: 2, isActive: false, isAnswering: false },
              ],
              pageInfo: { hasNextPage: true },
            },
          },
        ],
      },
    ]);
    expect(await ask(people.leaderOfSolhaug)).toMatchObject([
      {
        places: { nodes: [{ id: town.placeId }] },
        placementPools: [{ seats: 5, next: null, waitingList: null }],
      },
    ]);
    const { codes } = await service.ask(people.mother, ofUnit, { id: places.solhaug });
    expect(codes).toEqual(['NOT_FOUND _entities 0 places', 'NOT_FOUND _entities 0 placementPools']);
  });

  test('do what is asked, and refuse with the code of the rule', async () => {
    const { offerId, poolId, placeId, apps } = town;
    expect(await act(people.caseWorker, seats, { poolId, seats: 2, reason: 'Rom' })).toMatchObject({
      ...{
        __typename: 'PlacementOfferRefused',
        code: 'E_COMMITTED',
        message: expect.any(String),
        earliest: null,
      },
    });
    expect(await act(people.caseWorker, seats, { poolId, seats: 4, reason: 'Rom' })).toMatchObject({
      pool: { seats: 4, committed: 3 },
    });
    expect(await act(people.caseWorker, withdraw, { offerId, reason: ' ' })).toMatchObject({
      code: 'E_NO_REASON',
    });
    expect(await act(people.caseWorker, make, { applicationId: apps.ada, poolId })).toMatchObject({
      code: 'E_OPEN_OFFER',
    });
    expect(await act(people.secondCaseWorker, make, { applicationId: apps.ofOwn, poolId })).toMatchObject({
      offer: { state: 'SENT', child: { id: town.own } },
    });
    expect(await act(people.mother, answer, { offerId, answer: 'ACCEPT_KEEP' })).toMatchObject({
      code: 'E_NO_HIGHER',
    });
    expect(await act(people.mother, answer, { offerId, answer: 'ACCEPT' })).toMatchObject({
      offer: { state: 'ACCEPTED', answers: [], endedAt: expect.any(String) },
    });
    expect(await act(people.father, answer, { offerId, answer: 'DECLINE', stay: true })).toMatchObject({
      code: 'E_STATE',
    });
    expect(await act(people.otherGuardian, resign, { placeId, endsOn: addDays(today, 1) })).toMatchObject({
      place: { to: addDays(today, 1) },
    });
  });

  test.each([
    ['an answer that stays and accepts', answer, { offerId: newId(), answer: 'ACCEPT', stay: true }],
    ['a reason that nobody reads', withdraw, { offerId: newId(), reason: 'x'.repeat(2001) }],
    ['fewer seats than none', seats, { poolId: newId(), seats: -1, reason: 'Rom' }],
  ])('take no %s', async (_what, query, input) => {
    expect(String(await act(people.caseWorker, query, input))).toMatch(/^BAD_USER_INPUT/);
  });
});
