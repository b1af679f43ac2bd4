import { newId } from '@ranselpost/kit/ids';
import { addDays, addMonths, localDateAt } from '@ranselpost/kit/pure/dates';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applicants, people, places } from '../../test/families.ts';
import { type TownRound, aRound, anApplication, offerTerms, publish } from '../../test/offers.ts';
import { withPrices } from '../../test/reduced-payments.ts';
import { type World, openTown, today } from '../../test/world.ts';
import { answerOffer } from './answer-offer.ts';
import { changePlaceHours } from './change-place-hours.ts';
import { endPlacesByAge } from './end-by-age.ts';
import { expireDueOffers } from './expire-offers.ts';
import { finishRound } from './finish-round.ts';
import { makeOffer } from './make-offer.ts';
import { noteSchoolStart } from './note-school-start.ts';
import { resignPlace } from './resign-place.ts';

let world: World;
beforeAll(async () => {
  world = await openTown();
});
afterAll(() => world.close());

const small = { solhaug: `${places.solhaug}/small`, fjordbakken: `${places.fjordbakken}/small` };
const poolsIn = (year: number) =>
  world.database.admin<{ unit_id: string; seats: number; held: number }[]>`
    select p.unit_id, (select count(*)::int from seat s where s.pool_id = p.id) as seats,
      (select count(*)::int from seat_hold h where h.pool_id = p.id) as held
    from pool p where p.admission_year = ${year} order by p.unit_id = ${places.fjordbakken}`;
const placesOf = (childId: string) =>
  world.database.admin<{ unit_id: string; year: number; from_day: string; to_day: string | null }[]>`
    select l.unit_id, p.admission_year as year, l.from_day::text, l.to_day::text from place l join pool p on p.id = l.pool_id
    where l.child_id = ${childId} and (l.to_day is null or l.to_day > l.from_day) order by l.from_day`;
const stateOf = async (applicationId: string) =>
  (
    await world.database.admin<
      { state: string }[]
    >`select state from placement_application where id = ${applicationId}`
  )[0]?.state;
const offersOf = (childId: string) =>
  world.database.admin<{ id: string; state: string; deadline: Date; wish: number; starts_on: string }[]>`
    select id, state, deadline, wish, starts_on::text from offer where child_id = ${childId} order by made_at`;

const both = [places.solhaug, places.fjordbakken];
/** A child who has accepted a place in a year. */
async function aChildAt(year: number, pool: string, round?: TownRound): Promise<string> {
  const childId = newId();
  await world.identity.guardians(childId, [people.mother.personId]);
  await world.settled();
  const first = round ?? (await aRound(world, both, { admissionYear: year }));
  const application = await anApplication(world, first, childId);
  await publish(world, first, {
    ...{ pools: { [pool]: 1 }, ranking: { [pool]: [application] }, wishes: { [application]: [pool] } },
    offers: { [application]: pool },
  });
  const [offer] = await offersOf(childId);
  await answerOffer(world.deps, people.mother, {
    offerId: offer!.id,
    say: 'accept',
    idempotencyKey: newId(),
  });
  return childId;
}

describe('publishing a round', () => {
  test('offers seats with the time that statutes give, and begins lists for all that is wished for (BHG-12, BHG-19)', async () => {
    const round = await aRound(world, both, { admissionYear: 2050 });
    const [ada, bo] = [
      await anApplication(world, round, applicants.ada),
      await anApplication(world, round, applicants.bo, { wantedStart: '2050-10-01' }),
    ];
    for (const [at, unitId] of both.entries())
      await world.database.admin`
        insert into wish (application_id, child_id, round_id, rank, unit_id)
        values (${bo}, ${applicants.bo}, ${round.id}, ${at + 1}, ${unitId})`;
    await publish(world, round, {
      pools: { [small.solhaug]: 1, [small.fjordbakken]: 2 },
      ranking: { [small.solhaug]: [ada, bo], [small.fjordbakken]: [bo] },
      wishes: { [ada]: [small.solhaug], [bo]: [small.solhaug, small.fjordbakken] },
      offers: { [ada]: small.solhaug, [bo]: small.fjordbakken },
    });
    expect(await poolsIn(2050)).toMatchObject([
      { seats: 1, held: 1 },
      { seats: 2, held: 1 },
    ]);
    const [[ofAda], [ofBo]] = [await offersOf(applicants.ada), await offersOf(applicants.bo)];
    expect([ofAda, ofBo]).toMatchObject([
      { state: 'SENT', wish: 1, starts_on: '2050-08-15' },
      { state: 'SENT', wish: 2, starts_on: '2050-10-01' },
    ]);
    const days = (ofAda!.deadline.getTime() - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(offerTerms.answerDays);
    expect(days).toBeLessThan(offerTerms.answerDays + 1.1);
    expect([await stateOf(ada), await stateOf(bo)]).toEqual(['WAITING', 'WAITING']);
    const lists = await world.database.admin`
      select w.application_id, p.unit_id, w.position from waiting_position w join pool p on p.id = w.pool_id
      where p.admission_year = 2050 order by p.unit_id = ${places.fjordbakken}, w.position`;
    expect(lists.map((row) => [row['application_id'], row['position']])).toEqual([
      [ada, 1],
      [bo, 2],
      [bo, 1],
    ]);
    // Each family is to be told of it by a letter (BHG-15).
    const letters = await world.database.admin`
      select subject_id, unit_id, content->'outcome' as outcome from decision_letter where application_id in (${ada}, ${bo})
      order by subject_id = ${bo}`;
    const answerBy = localDateAt(ofAda!.deadline);
    expect(letters).toEqual([
      {
        ...{ subject_id: ada, unit_id: places.solhaug },
        outcome: { kind: 'PLACE', wish: 1, startsOn: '2050-08-15', answerBy },
      },
      {
        ...{ subject_id: bo, unit_id: places.fjordbakken },
        outcome: { kind: 'PLACE', wish: 2, startsOn: '2050-10-01', answerBy },
      },
    ]);
  });

  test('lets a family keep waiting for what it wishes more, and frees the first seat with the second answer', async () => {
    const [bo] = await offersOf(applicants.bo);
    await answerOffer(world.deps, people.otherGuardian, {
      offerId: bo!.id,
      say: 'accept-keep',
      idempotencyKey: newId(),
    });
    const { admin } = world.database;
    const [ada] = await offersOf(applicants.ada);
    await answerOffer(world.deps, people.father, {
      offerId: ada!.id,
      say: 'decline',
      stay: false,
      idempotencyKey: newId(),
    });
    const [solhaug] = await admin<{ id: string }[]>`
      select id from pool where admission_year = 2050 and unit_id = ${places.solhaug}`;
    const [sent] = await admin<{ id: string }[]>`
      select id from placement_application where child_id = ${applicants.bo}`;
    const application = sent!.id;
    const made = await makeOffer(world.deps, people.caseWorker, {
      ...{ applicationId: application, poolId: solhaug!.id, reason: null, idempotencyKey: newId() },
    });
    expect(made.ok).toBe(true);
    const second = (await offersOf(applicants.bo)).at(-1)!;
    expect(second).toMatchObject({ state: 'SENT', wish: 1, starts_on: '2050-10-01' });
    await answerOffer(world.deps, people.otherGuardian, {
      offerId: second.id,
      say: 'accept',
      idempotencyKey: newId(),
    });
    expect(await placesOf(applicants.bo)).toMatchObject([
      { unit_id: places.solhaug, from_day: '2050-10-01', to_day: null },
    ]);
    expect(await poolsIn(2050)).toMatchObject([
      { seats: 1, held: 1 },
      { seats: 2, held: 0 },
    ]);
    expect(await stateOf(application)).toBe('PLACED');
  });

  test('moves whoever gets another place than their own, without a gap, and gives the seat to who comes after them (BHG-13)', async () => {
    const mover = await aChildAt(2020, small.solhaug);
    const newcomer = newId();
    await world.identity.guardians(newcomer, [people.father.personId]);
    await world.settled();
    const round = await aRound(world, both, { admissionYear: 2060, kind: 'TRANSFER' });
    const [moving, coming] = [
      await anApplication(world, round, mover),
      await anApplication(world, round, newcomer),
    ];
    // One of the seats at Solhaug is the one that is left.
    await publish(world, round, {
      pools: { [small.solhaug]: 1, [small.fjordbakken]: 1 },
      ranking: { [small.solhaug]: [coming], [small.fjordbakken]: [moving] },
      wishes: { [moving]: [small.fjordbakken], [coming]: [small.solhaug] },
      ...{ moves: { [moving]: small.fjordbakken }, offers: { [coming]: small.solhaug } },
    });
    expect(await placesOf(mover)).toMatchObject([
      { unit_id: places.solhaug, to_day: '2060-08-15' },
      { unit_id: places.fjordbakken, from_day: '2060-08-15', to_day: null },
    ]);
    // The seat of the year before is not there a second time.
    expect(await poolsIn(2020)).toMatchObject([{ seats: 0, held: 0 }]);
    expect(await poolsIn(2060)).toMatchObject([
      { seats: 1, held: 1 },
      { seats: 1, held: 1 },
    ]);
    expect(await stateOf(moving)).toBe('PLACED');
  });

  test('seats whoever stays in the pool of the year, beside those who are there and take no part', async () => {
    const staying = await aChildAt(2021, small.fjordbakken);
    const round = await aRound(world, both, { admissionYear: 2070, kind: 'TRANSFER' });
    const neighbour = await aChildAt(2070, small.fjordbakken);
    const application = await anApplication(world, round, staying);
    await publish(world, round, {
      pools: { [small.fjordbakken]: 1, [small.solhaug]: 0 },
      ranking: { [small.solhaug]: [application] },
      ...{ wishes: { [application]: [small.solhaug] }, stays: { [application]: small.fjordbakken } },
    });
    expect(await placesOf(staying)).toMatchObject([
      { unit_id: places.fjordbakken, year: 2070, to_day: null },
    ]);
    expect(await placesOf(neighbour)).toMatchObject([{ year: 2070 }]);
    expect(await poolsIn(2021)).toMatchObject([{ seats: 0, held: 0 }]);
    expect(await poolsIn(2070)).toMatchObject([
      { seats: 0, held: 0 },
      { seats: 2, held: 2 },
    ]);
    // And waits for what it wished for.
    expect(await stateOf(application)).toBe('WAITING');
    // Whoever wished for nothing but the place that they have, has it.
    await world.database.admin`update placement_application set state = 'ENDED' where id = ${application}`;
    const next = await aRound(world, both, { admissionYear: 2071, kind: 'TRANSFER' });
    const content = await anApplication(world, next, staying);
    await publish(world, next, {
      ...{ pools: { [small.fjordbakken]: 1 }, wishes: { [content]: [small.fjordbakken] } },
      stays: { [content]: small.fjordbakken },
    });
    expect(await stateOf(content)).toBe('PLACED');
    expect(await placesOf(staying)).toMatchObject([{ year: 2071, to_day: null }]);
  });

  test('is all or nothing: more children than seats is published of nobody', async () => {
    const round = await aRound(world, both, { admissionYear: 2080 });
    const two = await Promise.all([newId(), newId()].map((childId) => anApplication(world, round, childId)));
    const all = Object.fromEntries(two.map((id) => [id, small.solhaug]));
    await expect(publish(world, round, { pools: { [small.solhaug]: 1 }, offers: all })).rejects.toThrow(
      /more seats/,
    );
    expect(await poolsIn(2080)).toEqual([]);
  });
});

describe('the database', () => {
  const { solhaug } = places;
  const broken = (work: string) =>
    world.database.admin.unsafe(work).then(
      () => 'done',
      (error: Error) => error.message,
    );

  test('promises no seat twice, whoever writes in it (S-23)', async () => {
    const child = await aChildAt(2090, small.solhaug);
    const { admin } = world.database;
    const [place] = await admin<
      { id: string; pool_id: string }[]
    >`select id, pool_id from place where child_id = ${child}`;
    const { id, pool_id: pool } = place!;
    const values = `'${newId()}', '${newId()}', 'KINDERGARTEN', '${pool}', '${solhaug}', 1`;
    const insert = `insert into place (id, child_id, care, pool_id, unit_id, seat_number, from_day, to_day, source, made_at, released_at)`;
    // Without a seat; on a seat that has its child; a second place; a seat that nobody holds; a place that leaves its seat held.
    expect(
      await broken(
        `${insert} values (${values.replace(/1$/, '9')}, '2100-01-01', null, 'OFFER', now(), null)`,
      ),
    ).toMatch(/place_holds_its_seat/);
    expect(
      await broken(`${insert} values (${values}, '2091-01-01', '2092-01-01', 'OFFER', now(), now())`),
    ).toMatch(/place_has_its_seat/);
    expect(
      await broken(
        `${insert} values ('${newId()}', '${child}', 'KINDERGARTEN', '${pool}', '${solhaug}', 9, '2100-01-01', '2100-02-01', 'OFFER', now(), now())`,
      ),
    ).toMatch(/place_is_the_only_one/);
    expect(
      await broken(`insert into seat_hold values ('${pool}', 1, '${newId()}', null, '${newId()}')`),
    ).toMatch(/seat_hold_pkey/);
    expect(
      await broken(`update place set to_day = '2099-01-01', released_at = now() where id = '${id}'`),
    ).toMatch(/seat_hold/);
    expect(await broken(`delete from seat where pool_id = '${pool}'`)).toMatch(/seat_hold/);
    expect(await broken(`delete from seat_hold where place_id = '${id}'`)).toMatch(/place_holds_its_seat/);
    expect(await broken(`insert into seat (pool_id, number) values ('${pool}', 2)`)).toBe('done');
    expect(await broken(`insert into seat_hold values ('${pool}', 2, '${child}', null, '${id}')`)).toMatch(
      /seat_hold_pool_id/,
    );
  });

  test('ends an offer once and keeps how', async () => {
    const [offer] = await offersOf(applicants.ada);
    const { admin } = world.database;
    await expect(
      admin`insert into offer_ending (offer_id, child_id, state, ended_at) values (${offer!.id}, ${applicants.ada}, 'EXPIRED', now())`,
    ).rejects.toThrow();
    await expect(
      admin`update offer_ending set state = 'ACCEPTED' where offer_id = ${offer!.id}`,
    ).rejects.toThrow(/never changed/);
  });
});

describe('an offer that nobody answers', () => {
  const timer = (now: Date) => ({ ...world.deps, maxStaleness: 60, now: () => now });
  async function anOffer(year: number, terms = offerTerms) {
    const childId = newId();
    await world.identity.guardians(childId, [people.mother.personId]);
    await world.settled();
    const round = await aRound(world, both, { admissionYear: year, terms });
    const application = await anApplication(world, round, childId);
    await publish(world, round, {
      ...{ pools: { [small.solhaug]: 1 }, ranking: { [small.solhaug]: [application] } },
      ...{ wishes: { [application]: [small.solhaug] }, offers: { [application]: small.solhaug } },
    });
    const [offer] = await offersOf(childId);
    return { childId, application, offer: offer! };
  }

  test('expires by itself once its last second is over, and ends what it was the last of (BHG-12)', async () => {
    const { childId, application, offer } = await anOffer(2100);
    await expireDueOffers(timer(offer.deadline));
    expect(await offersOf(childId)).toMatchObject([{ state: 'SENT' }]);
    const after = new Date(offer.deadline.getTime() + 15_001);
    const late = await answerOffer(timer(after), people.mother, {
      offerId: offer.id,
      say: 'accept',
      idempotencyKey: newId(),
    });
    expect(late).toMatchObject({ refusal: { kind: 'E_DEADLINE' } });
    // What came in time may wait for others still: the clock of the timer is later by some seconds (placement § 8).
    expect(await expireDueOffers(timer(new Date(offer.deadline.getTime() + 15_000)))).toBe(false);
    expect(await expireDueOffers(timer(after))).toBe(true);
    expect(await expireDueOffers(timer(after))).toBe(false);
    expect(await offersOf(childId)).toMatchObject([{ state: 'EXPIRED' }]);
    expect(await stateOf(application)).toBe('ENDED');
    expect(await poolsIn(2100)).toMatchObject([{ seats: 1, held: 0 }]);
  });

  test('stands where silence is no answer, while admission is stopped, and while nobody can answer (S-04, X07)', async () => {
    const patient = await anOffer(2101, { ...offerTerms, silenceDeclines: false });
    const { offer, childId } = await anOffer(2102);
    const after = new Date(Math.max(offer.deadline.getTime(), patient.offer.deadline.getTime()) + 15_001);
    await world.identity.features(places.solhaug, [{ feature: 'PLACEMENT', state: 'SUSPENDED' }]);
    await world.settled();
    await expireDueOffers(timer(after));
    expect(await offersOf(childId)).toMatchObject([{ state: 'SENT' }]);
    await world.identity.features(places.solhaug, [{ feature: 'PLACEMENT', state: 'OPEN' }]);
    await world.settled();
    await expireDueOffers({ ...timer(after), maxStaleness: 0 });
    expect(await offersOf(childId)).toMatchObject([{ state: 'SENT' }]);
    await expireDueOffers(timer(after));
    expect(await offersOf(childId)).toMatchObject([{ state: 'EXPIRED' }]);
    expect(await offersOf(patient.childId)).toMatchObject([{ state: 'SENT' }]);
  });
});

test('an offer has the time again, in whole days, that its unit was hidden (BHG-12, X07)', async () => {
  const { admin } = world.database;
  const [sent, over] = [newId(), newId()];
  const show = async (isReadable: boolean) => {
    const state = isReadable ? 'OPEN' : 'SUSPENDED';
    await world.identity.features(places.solhaug, [{ feature: 'PLACEMENT', state, isReadable }]);
    await world.settled();
  };
  const round = await aRound(world, both, { admissionYear: 2104 });
  const applications = [await anApplication(world, round, sent), await anApplication(world, round, over)];
  const all = Object.fromEntries(applications.map((id) => [id, small.solhaug]));
  await publish(world, round, { pools: { [small.solhaug]: 2 }, offers: all });
  // Two days and a half ago the unit was hidden, a day after the one was over that nobody's silence has ended.
  await admin`update offer set made_at = made_at - interval '10 days' where child_id in (${sent}, ${over})`;
  await admin`update offer set deadline = now() - interval '3 days', silence_declines = false where child_id = ${over}`;
  const [[before], [past]] = [await offersOf(sent), await offersOf(over)];
  await show(false);
  await show(false);
  await admin`update unit_hidden set since = now() - interval '60 hours'`;
  await show(true);
  const [after] = await offersOf(sent);
  expect(localDateAt(after!.deadline)).toBe(addDays(localDateAt(before!.deadline), 3));
  const timeOf = ({ deadline }: { readonly deadline: Date }) =>
    deadline.toLocaleTimeString('nb', { timeZone: 'Europe/Oslo' });
  expect(timeOf(after!)).toBe(timeOf(before!));
  expect((await offersOf(over))[0]).toEqual(past);
  // What was shown all the time has no more of it.
  await show(true);
  expect((await offersOf(sent))[0]).toEqual(after);
  expect(await admin`select from unit_hidden`).toEqual([]);
});

test('an offer is answered while admission is stopped, as its time goes on (BHG-12, X07)', async () => {
  const childId = newId();
  await world.identity.guardians(childId, [people.mother.personId]);
  await world.identity.features(places.solhaug, [{ feature: 'PLACEMENT', state: 'SUSPENDED' }]);
  await world.settled();
  const round = await aRound(world, both, { admissionYear: 2103 });
  const application = await anApplication(world, round, childId);
  await publish(world, round, {
    ...{ pools: { [small.solhaug]: 1 }, ranking: { [small.solhaug]: [application] } },
    ...{ wishes: { [application]: [small.solhaug] }, offers: { [application]: small.solhaug } },
  });
  const [offer] = await offersOf(childId);
  const said = { offerId: offer!.id, say: 'accept', idempotencyKey: newId() } as const;
  expect((await answerOffer(world.deps, people.mother, said)).ok).toBe(true);
  expect(await offersOf(childId)).toMatchObject([{ state: 'ACCEPTED' }]);
  await world.identity.features(places.solhaug, [{ feature: 'PLACEMENT', state: 'OPEN' }]);
  await world.settled();
});

describe('giving up a place', () => {
  test('takes the notice of the statutes, and the seat is the next one’s from that day on (BHG-14)', async () => {
    const round = await aRound(world, both, {
      admissionYear: 2025,
      terms: { ...offerTerms, noticeMonths: 2 },
    });
    const childId = await aChildAt(2025, small.solhaug, round);
    const { admin } = world.database;
    const [place] = await admin<
      { id: string; pool_id: string }[]
    >`select id, pool_id from place where child_id = ${childId}`;
    const resign = (endsOn: string) =>
      resignPlace(world.deps, people.mother, { placeId: place!.id, endsOn, idempotencyKey: newId() });
    const soon = await resign(addDays(today, 10));
    expect(soon).toMatchObject({ refusal: { kind: 'E_NOTICE', earliest: expect.stringMatching(/^20/) } });
    const last = addDays(today, 62);
    expect(await resign(last)).toMatchObject({ ok: true });
    expect(await resign(last)).toMatchObject({ refusal: { kind: 'E_STATE' } });
    expect(await placesOf(childId)).toMatchObject([{ to_day: last }]);
    const waitingChild = newId();
    const application = await anApplication(world, round, waitingChild);
    await admin`insert into waiting_entry select ${application}, ${waitingChild}, id, unit_id, care, 1, true from pool where id = ${place!.pool_id}`;
    await admin`insert into waiting_position values (${application}, ${place!.pool_id}, ${waitingChild}, ${places.solhaug}, 9)`;
    const made = await makeOffer(world.deps, people.caseWorker, {
      ...{ applicationId: application, poolId: place!.pool_id, reason: null, idempotencyKey: newId() },
    });
    expect(made).toMatchObject({ ok: true });
    expect(await offersOf(waitingChild)).toMatchObject([{ starts_on: last }]);
  });
});

describe('a place of a child who begins school', () => {
  test('ends by itself, goes on where that is put off, and not once its seat is promised to somebody else (BHG-14, BHG-22, S-23)', async () => {
    const { admin } = world.database;
    const round = await aRound(world, both, { admissionYear: 2023 });
    const childId = await aChildAt(2023, small.solhaug, round);
    await admin`
      insert into child_facts (child_id, born_on, lives_here, is_protected, revision) values (${childId}, '2021-05-17', 'YES', false, 1)`;
    const { yearBegins } = world.deps;
    const inJune = { ...world.deps, now: () => new Date('2027-06-15T10:00:00Z'), maxStaleness: 600 };
    const defer = (isDeferred: boolean) =>
      noteSchoolStart(inJune, people.caseWorker, {
        ...{ childId, isDeferred, reason: 'Vedtak', idempotencyKey: newId() },
      });
    const [ended, endless] = [[{ to_day: `2027-${yearBegins}` }], [{ to_day: null }]];

    expect(await endPlacesByAge({ ...inJune, now: () => new Date('2027-04-01T10:00:00Z') })).toBe(false);
    expect(await Promise.all([1, 2].map(() => endPlacesByAge(inJune)))).toContain(true);
    expect(await placesOf(childId)).toMatchObject(ended);
    expect(await poolsIn(2023)).toMatchObject([{ held: 0 }]);
    expect(await endPlacesByAge(inJune)).toBe(false);

    expect(await defer(true)).toMatchObject({ ok: true, value: { startsOn: `2028-${yearBegins}` } });
    expect(await placesOf(childId)).toMatchObject(endless);
    expect(await poolsIn(2023)).toMatchObject([{ held: 1 }]);
    expect(await endPlacesByAge(inJune)).toBe(false);

    await defer(false);
    expect(await endPlacesByAge(inJune)).toBe(true);
    const [{ pool_id: poolId } = { pool_id: '' }] = await admin<{ pool_id: string }[]>`
      select pool_id from place where child_id = ${childId}`;
    const waitingChild = newId();
    const application = await anApplication(world, round, waitingChild);
    await admin`insert into waiting_entry select ${application}, ${waitingChild}, id, unit_id, care, 1, true from pool where id = ${poolId}`;
    await admin`insert into waiting_position values (${application}, ${poolId}, ${waitingChild}, ${places.solhaug}, 9)`;
    const offered = await makeOffer(world.deps, people.caseWorker, {
      ...{ applicationId: application, poolId, reason: null, idempotencyKey: newId() },
    });
    expect(offered).toMatchObject({ ok: true });
    expect(await defer(true)).toMatchObject({ ok: true });
    expect(await placesOf(childId)).toMatchObject(ended);
  });
});

describe('changing the hours of a place after school', () => {
  test('keeps the seat, gives each day its hours, and takes the notice of the statutes for fewer (P20, SFO-06, S-23)', async () => {
    const pool = `${places.afterSchool}/sfo`;
    const round = await aRound(world, [places.afterSchool], {
      ...{ kind: 'SFO', admissionYear: 2024, terms: { ...offerTerms, noticeMonths: 2 } },
    });
    const childId = await aChildAt(2024, pool, round);
    const held = () => world.database.admin<
      { id: string; weekly_hours: number | null; from_day: string; to_day: string | null }[]
    >`
      select l.id, l.weekly_hours, l.from_day::text, l.to_day::text from place l join seat_hold h on h.place_id = l.id
      where l.child_id = ${childId}`;
    const [place] = await held();
    const change = (weeklyHours: number, from: string, placeId = place!.id, idempotencyKey = newId()) =>
      changePlaceHours(withPrices(world.deps), people.mother, { placeId, weeklyHours, from, idempotencyKey });
    const next = `${addMonths(`${today.slice(0, 7)}-01`, 1).slice(0, 7)}-01`;
    const later = addMonths(next, 3);
    expect(await change(30, next)).toMatchObject({
      refusal: { kind: 'HOURS_TOO_EARLY', earliest: expect.stringMatching(/-01$/) },
    });
    expect(await change(17, later)).toMatchObject({ refusal: { kind: 'PRICE_HOURS_WRONG' } });
    expect(await change(45, later)).toMatchObject({ refusal: { kind: 'E_STATE' } });
    const key = newId();
    const both = await Promise.all([1, 2].map(() => change(30, later, place!.id, key)));
    expect(both[0]).toMatchObject({ ok: true });
    expect(both[1]).toEqual(both[0]);
    expect(await placesOf(childId)).toMatchObject([{ to_day: later }, { from_day: later, to_day: null }]);
    const [goesOn, ...others] = await held();
    expect([goesOn, others]).toMatchObject([{ weekly_hours: 30, from_day: later }, []]);
    // More hours begin a month later at the latest, and what was to begin later never does.
    expect(await change(45, later, place!.id)).toMatchObject({ refusal: { kind: 'E_STATE' } });
    expect(await change(45, addMonths(later, 1), goesOn!.id)).toMatchObject({ ok: true });
    const application = await stateOf(
      (
        await world.database.admin<
          { id: string }[]
        >`select application_id as id from place where id = ${goesOn!.id}`
      )[0]!.id,
    );
    expect(application).toBe('PLACED');
  });
});

test('who comes with a later round waits behind the others, but for priority by law and upheld appeals (placement § 1, BHG-18, BHG-19)', async () => {
  const { admin } = world.database;
  const inRound = async (kind: string) => {
    const round = await aRound(world, both, { kind, admissionYear: 2074 });
    const ids = [];
    for (let nth = 0; nth < 3; nth += 1) ids.push(await anApplication(world, round, newId()));
    return { round, ids };
  };
  const begin = ({ round, ids }: Awaited<ReturnType<typeof inRound>>) =>
    publish(world, round, {
      ...{ pools: { [small.solhaug]: 0 }, ranking: { [small.solhaug]: ids } },
      wishes: Object.fromEntries(ids.map((id) => [id, [small.solhaug]])),
    });
  const byLaw = async (id: string, { id: roundId }: TownRound) => {
    await admin`update admission_round set state = 'OPEN' where id = ${roundId}`;
    await admin`update placement_application set state = 'SUBMITTED' where id = ${id}`;
    await admin`
      insert into claim (id, application_id, child_id, round_id, unit_id, flag, verdict)
      select ${newId()}, id, child_id, round_id, null, 'law18', 'GRANTED' from placement_application where id = ${id}`;
  };
  const [main, later] = [await inRound('MAIN'), await inRound('SUPPLEMENTARY')];
  await byLaw(main.ids[0]!, main.round);
  await begin(main);
  await byLaw(later.ids[0]!, later.round);
  await begin(later);
  const listed = await admin<{ id: string }[]>`
    select w.application_id as id from waiting_position w join pool p on p.id = w.pool_id
    where p.admission_year = 2074 order by w.position`;
  const [m, l] = [main.ids, later.ids];
  expect(listed.map(({ id }) => id)).toEqual([m[0], l[0], m[1], m[2], l[1], l[2]]);
});

describe('ending a round', () => {
  test('ends its applications and lists, once no offer waits; the year after one applies anew, and places stay (BHG-19, placement § 8)', async () => {
    const { admin } = world.database;
    const round = await aRound(world, both, { admissionYear: 2072 });
    const [placed, waits] = await Promise.all(
      [1, 2].map(async () => {
        const childId = newId();
        await world.identity.guardians(childId, [people.mother.personId]);
        return { childId, id: await anApplication(world, round, childId) };
      }),
    );
    await world.settled();
    const ids = [placed!.id, waits!.id];
    await publish(world, round, {
      ...{
        pools: { [small.solhaug]: 1 },
        ranking: { [small.solhaug]: ids },
        offers: { [placed!.id]: small.solhaug },
      },
      wishes: { [placed!.id]: [small.solhaug], [waits!.id]: [small.solhaug] },
    });
    await admin`update admission_round set state = 'APPEAL', version = 1 where id = ${round.id}`;
    const finish = async () => {
      const result = await finishRound(world.deps, people.caseWorker, {
        roundId: round.id,
        idempotencyKey: newId(),
      });
      return result.ok ? result.value.state : result.refusal.kind;
    };
    expect(await finish()).toBe('E_OPEN_OFFERS');
    // Nor is it with the first lock off.
    await expect(admin`update admission_round set state = 'FINISHED' where id = ${round.id}`).rejects.toThrow(
      /waits/,
    );
    const [offer] = await offersOf(placed!.childId);
    await answerOffer(world.deps, people.mother, {
      offerId: offer!.id,
      say: 'accept',
      idempotencyKey: newId(),
    });
    expect([await stateOf(placed!.id), await stateOf(waits!.id)]).toEqual(['PLACED', 'WAITING']);
    expect(await finish()).toBe('finished');
    expect([await stateOf(placed!.id), await stateOf(waits!.id)]).toEqual(['ENDED', 'ENDED']);
    expect(
      await admin`select is_active, ended_because from waiting_entry where application_id = ${waits!.id}`,
    ).toEqual([{ is_active: false, ended_because: 'ROUND_FINISHED' }]);
    expect(await placesOf(placed!.childId)).toHaveLength(1);
    const told = await admin<{ data: { recipients: { childIds: string[] }[] } }[]>`
      select data from outbox where type = 'placement.notice.due.v1' and data::text like ${`%${round.id}%`} order by seq nulls last, id`;
    expect(told.at(-1)?.data.recipients.flatMap(({ childIds }) => childIds)).toEqual([waits!.childId]);
    const next = await aRound(world, both, { admissionYear: 2073 });
    for (const { childId } of [placed!, waits!]) await anApplication(world, next, childId);
  });
});
