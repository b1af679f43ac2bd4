import { aboutNobody } from '@ranselpost/kit/answer';
import { newId } from '@ranselpost/kit/ids';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { applicants, people, places } from '../../test/families.ts';
import { type TownRound, aRound, anApplication, publish } from '../../test/offers.ts';
import { type World, openTown } from '../../test/world.ts';
import { lockAll } from '../store/offer-locks.ts';
import * as runs from '../store/runs.ts';
import { answerOffer } from './answer-offer.ts';
import { expireOffer } from './expire-offers.ts';
import { makeOffer } from './make-offer.ts';
import { withdrawApplication } from './withdraw-application.ts';

let world: World;
let round: TownRound;
let applicationId: string;
let poolId: string;
const name = `${places.solhaug}/small`;
beforeAll(async () => {
  world = await openTown();
});
afterAll(() => world.close());

/** Ada waits for a seat, and is asked already or not. */
async function stage(isAsked: boolean): Promise<void> {
  const { admin } = world.database;
  await admin`truncate admission_round, pool cascade`;
  round = await aRound(world, [places.solhaug]);
  applicationId = await anApplication(world, round, applicants.ada);
  await publish(world, round, {
    ...{ pools: { [name]: 1 }, ranking: { [name]: [applicationId] }, wishes: { [applicationId]: [name] } },
    offers: isAsked ? { [applicationId]: name } : {},
  });
  poolId = (await admin<{ id: string }[]>`select id from pool`)[0]!.id;
}
beforeEach(() => stage(true));

type Act = () => Promise<{ readonly ok: boolean; readonly refusal?: unknown }>;
const outcome = async (act: Act): Promise<string> => {
  const answer = await act();
  if (answer.ok) return 'ok';
  const { refusal } = answer;
  return typeof refusal === 'string' ? refusal : (refusal as { readonly kind: string }).kind;
};
const withdraw: Act = () => withdrawApplication(world.deps, people.mother, applicationId);
const offerId = async () => (await world.database.admin<{ id: string }[]>`select id from offer`)[0]!.id;
const accept: Act = async () =>
  answerOffer(world.deps, people.mother, {
    say: 'accept',
    offerId: await offerId(),
    idempotencyKey: newId(),
  });
const expire: Act = async () =>
  expireOffer({ ...world.deps, now: () => new Date('2099-01-01') }, await offerId());
const offer: Act = () =>
  makeOffer(world.deps, people.caseWorker, {
    ...{ applicationId, poolId, reason: null, idempotencyKey: newId() },
  });

/** Both at once, and the first one comes first: each waits for the child in the order in which they came. */
async function inOrder(first: Act, second: Act): Promise<readonly [string, string]> {
  const { admin } = world.database;
  const waitFor = async (count: number): Promise<void> => {
    for (let tries = 0; tries < 150; tries += 1) {
      const rows = await admin`
        select from pg_locks where locktype = 'advisory' and not granted
          and database = (select oid from pg_database where datname = current_database())`;
      if (rows.length >= count) return;
      await sleep(10);
    }
    throw new Error('they do not wait for each other');
  };
  const [one, other] = await admin.begin(async (holding) => {
    await holding`select pg_advisory_xact_lock(hashtextextended(${`offers of child ${applicants.ada}`}, 0))`;
    const begun = [outcome(first)];
    await waitFor(1);
    begun.push(outcome(second));
    await waitFor(2);
    // Only now may they begin; a transaction answers when it is over.
    return begun.map((promise) => () => promise);
  });
  return [await one!(), await other!()];
}

/** How all stands: the application, its offers, who holds a seat, what is waited for. */
async function standing() {
  const [row] = await world.database.admin<{ found: unknown }[]>`
    select jsonb_build_object('application', (select state from placement_application),
      'offers', (select coalesce(jsonb_agg(state), '[]') from offer), 'places', (select count(*) from place where released_at is null),
      'held', (select count(*) from seat_hold), 'waits', (select count(*) from waiting_entry where is_active)) as found`;
  return row!.found;
}
const withdrawn = { application: 'WITHDRAWN', places: 0, held: 0, waits: 0 };

describe('withdrawing an application (BHG-07), of two at once', () => {
  test('against who accepts: the first one counts (BHG-12, S-23)', async () => {
    expect(await inOrder(withdraw, accept)).toEqual(['ok', 'E_STATE']);
    expect(await standing()).toEqual({ ...withdrawn, offers: ['WITHDRAWN'] });
    await stage(true);
    expect(await inOrder(accept, withdraw)).toEqual(['ok', 'E_STATE']);
    expect(await standing()).toEqual({
      ...{ application: 'PLACED', offers: ['ACCEPTED'], places: 1, held: 1, waits: 0 },
    });
  });

  test('against who offers: nothing stays to be answered, and no seat is held (S-23)', async () => {
    await stage(false);
    expect(await inOrder(withdraw, offer)).toEqual(['ok', 'E_NOT_WAITING']);
    expect(await standing()).toEqual({ ...withdrawn, offers: [] });
    await stage(false);
    expect(await inOrder(offer, withdraw)).toEqual(['ok', 'ok']);
    expect(await standing()).toEqual({ ...withdrawn, offers: ['WITHDRAWN'] });
  });

  test('against the clock: an offer ends once, and not with a failure', async () => {
    expect(await inOrder(withdraw, expire)).toEqual(['ok', 'E_STATE']);
    expect(await standing()).toEqual({ ...withdrawn, offers: ['WITHDRAWN'] });
    await stage(true);
    expect(await inOrder(expire, withdraw)).toEqual(['ok', 'E_STATE']);
    expect(await standing()).toEqual({ ...withdrawn, application: 'ENDED', offers: ['EXPIRED'] });
  });

  test('against who publishes: it waits before it holds anything that publishing wants', async () => {
    const began = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const publishing = world.deps.db.decide(
      people.caseWorker,
      () => Promise.resolve(),
      async (tx) => {
        await runs.hold(tx, round.id);
        began.resolve();
        await goOn.promise;
        await lockAll(tx);
        return aboutNobody('published');
      },
    );
    await began.promise;
    const withdrawing = outcome(withdraw);
    await sleep(100);
    goOn.resolve();
    await expect(Promise.all([publishing, withdrawing])).resolves.toEqual(['published', 'ok']);
  });
});

describe('the second lock', () => {
  test('keeps no offer by an application that was withdrawn, whoever makes it (S-12, S-23)', async () => {
    await stage(false);
    await withdraw();
    const { admin } = world.database;
    const insert = admin`
      insert into offer (id, application_id, child_id, pool_id, unit_id, care, seat_number, made_at, starts_on, deadline, keeps_waiting,
        silence_declines)
      select ${newId()}, ${applicationId}, ${applicants.ada}, id, unit_id, care, 1, now(), current_date, now(), true, true from pool`;
    await expect(insert).rejects.toMatchObject({ code: '42501', message: expect.stringContaining('over') });
    expect(await admin`select from offer`).toEqual([]);
  });
});
