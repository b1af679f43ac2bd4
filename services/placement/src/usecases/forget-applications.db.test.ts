import { newId } from '@ranselpost/kit/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dismissed, filed } from '../../test/appeals.ts';
import { people, places } from '../../test/families.ts';
import { type RoundOfChildren, overrideOf, roundOf, twoChildren } from '../../test/runs.ts';
import { type World, openTown } from '../../test/world.ts';
import { allocateRound } from './allocate-round.ts';
import { erasePerson } from './erase-person.ts';
import { forgetNextApplications } from './forget-applications.ts';
import { withdrawOverride } from './override-round.ts';
import { publishRound } from './publish-round.ts';
import { simulateRound } from './simulate-round.ts';
import { withdrawOffer } from './withdraw-offer.ts';

let world: World;
const { caseWorker } = people;
const keyed = (roundId: string) => ({ roundId, idempotencyKey: newId() });
const finished = new Date('2027-06-01T10:00:00Z');
const at = (day: string) => ({ db: world.deps.db, now: () => new Date(`${day}T03:00:00Z`) });
beforeAll(async () => {
  world = await openTown();
});
afterAll(() => world.close());

const count = async (table: string, roundId: string) =>
  (await world.database.admin`select from ${world.database.admin(table)} where round_id = ${roundId}`).length;
const runsOf = async ({ roundId }: RoundOfChildren) =>
  (
    await world.database.admin<
      { purpose: string }[]
    >`select purpose from run where round_id = ${roundId} order by nth`
  ).map(({ purpose }) => purpose);

/** Four who apply for two seats, simulated twice. */
async function simulated(): Promise<RoundOfChildren> {
  const born = ['2025-02-01', '2025-03-01', '2025-06-01', '2025-07-01'];
  const round = await roundOf(world, {
    children: born.map((one) => ({ born: one, wishes: [places.solhaug, places.fjordbakken] })),
  });
  for (let nth = 0; nth < 2; nth += 1)
    await simulateRound(world.deps, caseWorker, { ...keyed(round.roundId), scenarioId: null });
  return round;
}

describe('what is kept of runs', () => {
  test('a child that is erased takes simulations along, and reasons that were given about it (RET-08)', async () => {
    const { admin } = world.database;
    const [round, other] = [await simulated(), await simulated()];
    const overrideId = await overrideOf(world, round);
    await withdrawOverride(world.deps, caseWorker, { overrideId, reason: 'Feil barn' });
    await world.deps.db.asService((tx) => erasePerson(tx, round.childIds[1]!));
    expect([await runsOf(round), await runsOf(other)]).toEqual([[], ['SIMULATION', 'SIMULATION']]);
    expect(await admin`select kind, reason from round_override where id = ${overrideId}`).toEqual([
      { kind: 'PIN', reason: null },
    ]);
    expect(await admin`select reason from round_override_withdrawal`).toEqual([{ reason: null }]);
    await expect(
      admin`update round_override set reason = 'En annen' where id = ${overrideId}`,
    ).rejects.toThrow(/never changed/);
  });

  test('simulations go when the round is over; what was decided by is kept for good (BHG-23)', async () => {
    const { admin } = world.database;
    const round = await simulated();
    const { roundId } = round;
    await allocateRound(world.deps, caseWorker, keyed(roundId));
    await publishRound(world.deps, caseWorker, { ...keyed(roundId), seen: [] });
    expect(await runsOf(round)).toEqual(['SIMULATION', 'SIMULATION', 'FINAL']);
    for (const { id: offerId } of await admin<{ id: string }[]>`select id from offer where state = 'SENT'`)
      await withdrawOffer(world.deps, caseWorker, { offerId, reason: 'Feil', idempotencyKey: newId() });
    await admin`update admission_round set state = 'FINISHED' where id = ${roundId}`;
    expect(await runsOf(round)).toEqual(['FINAL']);
    await expect(admin`delete from run where round_id = ${roundId}`).rejects.toThrow(/never changed/);
  });
});

describe('applications that came to nothing (RET-12)', () => {
  /** A round that was over on a day, with one who has a place, one who has appealed, and two who got nothing. */
  async function over() {
    const { admin } = world.database;
    const round = await roundOf(world, { children: [...twoChildren, ...twoChildren], state: 'FINISHED' });
    const [placed, appealed, withdrawn, ended] = round.applications as [string, string, string, string];
    await admin`update placement_application set state = 'ENDED' where round_id = ${round.roundId}`;
    await admin`update placement_application set state = 'WITHDRAWN' where id = ${withdrawn}`;
    await admin.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      await sql`
        insert into round_move (round_id, nth, move, from_state, to_state, made_at, idempotency_key)
        values (${round.roundId}, 9, 'FINISH', 'APPEAL', 'FINISHED', ${finished}, ${newId()})`;
      await sql`
        insert into place (id, child_id, care, pool_id, unit_id, seat_number, application_id, from_day, to_day, released_at, source, made_at)
        values (${newId()}, ${round.childIds[0]!}, 'KINDERGARTEN', ${newId()}, ${places.solhaug}, 1, ${placed}, '2027-08-01', '2027-09-01',
          now(), 'OFFER', now())`;
      await sql`
        insert into appeal (id, application_id, child_id, round_id, unit_id, grounds, state, received_at)
        values (${newId()}, ${appealed}, ${round.childIds[1]!}, ${round.roundId}, ${places.solhaug}, 'Klage', 'RECEIVED', now())`;
      await sql`
        insert into offer (id, application_id, child_id, pool_id, unit_id, care, seat_number, made_at, starts_on, deadline, keeps_waiting,
          silence_declines, state)
        values (${newId()}, ${ended}, ${round.childIds[3]!}, ${newId()}, ${places.solhaug}, 'KINDERGARTEN', 1, now(), '2027-08-01', now(), true,
          true, 'DECLINED')`;
    });
    return { ...round, placed, appealed, withdrawn, ended };
  }
  const left = async ({ roundId }: RoundOfChildren) =>
    (
      await world.database.admin<
        { id: string }[]
      >`select id from placement_application where round_id = ${roundId}`
    )
      .map(({ id }) => id)
      .toSorted();

  test('go twelve months after the round was over, with what was offered, and not a day before; appeals and places hold them', async () => {
    const round = await over();
    await forgetNextApplications(at('2028-06-01'));
    expect(await left(round)).toHaveLength(4);
    expect(await forgetNextApplications(at('2028-06-02'), 1)).toBe(true);
    expect(await left(round)).toHaveLength(3);
    expect(await forgetNextApplications(at('2028-06-02'))).toBe(false);
    expect(await left(round)).toEqual([round.placed, round.appealed].toSorted());
    expect(await count('wish', round.roundId)).toBe(4);
    const { admin } = world.database;
    expect(await admin`select from offer where application_id = ${round.ended}`).toEqual([]);
  });

  test('that were appealed about go twelve months after that was decided, and not before the archive has all of it (RET-02, RET-07, ADM-06, ARK-08)', async () => {
    const { admin } = world.database;
    const round = await over();
    const { appealed } = round;
    const isLeftOn = async (day: string) => {
      await forgetNextApplications(at(day));
      return (await left(round)).includes(appealed);
    };
    const [first, second] = await dismissed(world, appealed, new Date('2027-09-01T10:00:00Z'));
    expect(await isLeftOn('2040-01-01')).toBe(true);
    await filed(world, first!);
    expect(await isLeftOn('2040-01-01')).toBe(true);
    await filed(world, second!);
    expect(await isLeftOn('2028-09-01')).toBe(true);
    // An appeal that is upheld late has the child wait again.
    const pool = newId();
    await admin`insert into pool (id, admission_year, unit_id, age_group) values (${pool}, 2099, ${places.solhaug}, 'SMALL')`;
    await admin`
      insert into waiting_entry (application_id, child_id, pool_id, unit_id, care, wish_order, is_active)
      values (${appealed}, ${round.childIds[1]!}, ${pool}, ${places.solhaug}, 'KINDERGARTEN', 1, true)`;
    expect(await isLeftOn('2028-09-02')).toBe(true);
    await admin`update waiting_entry set is_active = false, ended_because = 'DECLINED' where application_id = ${appealed}`;
    expect(await isLeftOn('2028-09-02')).toBe(false);
    expect(await count('appeal', round.roundId)).toBe(0);
    expect(await admin`select sealed, archive_id from archive_entry where entry_id = ${first!}`).toEqual([
      { sealed: null, archive_id: `archive ${first}` },
    ]);
  });

  test('stay while the round is not over, and where they stand', async () => {
    const round = await roundOf(world, { children: twoChildren, state: 'APPEAL' });
    const { admin } = world.database;
    await admin`update placement_application set state = 'ENDED' where id = ${round.applications[0]!}`;
    await forgetNextApplications(at('2040-01-01'));
    expect(await left(round)).toHaveLength(2);
  });
});
