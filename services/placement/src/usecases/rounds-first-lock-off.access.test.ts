import { newId } from '@ranselpost/kit/ids';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { people, places } from '../../test/families.ts';
import { permitEverything } from '../../test/permit-everything.ts';
import { barOf, notCaseWorkers, peopleNotCaseWorkers } from '../../test/round-access.ts';
import {
  adoptAll,
  at,
  closedRound,
  inJanuary,
  inMarch,
  keyed,
  moveOnTo,
  must,
  openedRound,
  preparedRound,
  somePlan,
  someSeats,
} from '../../test/rounds.ts';
import { type World, openTown } from '../../test/world.ts';
import type { StoredRound } from '../domain/round-record.ts';
import { changeRoundStatutes } from './change-round-statutes.ts';
import { decideSeats } from './decide-seats.ts';
import { finishRound } from './finish-round.ts';
import { closeRound, grantGrace, openAppeals } from './move-round.ts';
import { openRound } from './open-round.ts';
import { changeRound, planRound } from './plan-round.ts';
import { readRecords, readRounds, readSeats, readSeeds } from './read-rounds.ts';
import { approveReopening, proposeReopening } from './reopen-round.ts';

vi.mock('../domain/policy.ts', () => permitEverything);

const { caseWorker, secondCaseWorker, leaderOfSolhaug } = people;
let world: World;
let rounds: Readonly<Record<'draft' | 'open' | 'closed' | 'published' | 'appeal', StoredRound>>;
let reopeningId: string;
beforeAll(async () => {
  world = await openTown();
  const { deps } = world;
  await adoptAll(deps);
  rounds = {
    draft: await preparedRound(deps),
    open: await openedRound(deps),
    closed: await closedRound(deps),
    published: await moveOnTo(deps, await closedRound(deps), 'published'),
    appeal: await moveOnTo(deps, await closedRound(deps), 'appeal'),
  };
  const proposed = { ...keyed(rounds.closed.id), reason: 'Feil' };
  reopeningId = must(await proposeReopening(deps, caseWorker, proposed)).id;
});
afterAll(() => world.close());

describe('with the first lock off, row-level security still (S-12)', () => {
  test.each(peopleNotCaseWorkers)('lets %s do nothing with a round', async (_who, actor) => {
    const { deps, database } = world;
    const { draft, open, closed, published, appeal } = rounds;
    const everything = () => database.admin`
      select (select jsonb_agg(r order by id) from admission_round r) as rounds, (select count(*) from round_move) as moves,
        (select count(*) from seat_decision) as seats, (select count(*) from round_reopening) as proposed`;
    const before = await everything();
    const until = new Date('2027-03-03T11:00:00Z');
    for (const attempt of [
      () => planRound(deps, actor, somePlan()),
      () => changeRound(deps, actor, { ...somePlan(), ...keyed(draft.id), version: draft.version }),
      () => openRound(at(deps, inJanuary), actor, keyed(draft.id)),
      () => closeRound(at(deps, inMarch), actor, keyed(open.id)),
      () => grantGrace(deps, actor, { ...keyed(open.id), until, reason: 'Nede' }),
      () => proposeReopening(deps, actor, { ...keyed(closed.id), reason: 'Feil' }),
      () => approveReopening(deps, actor, { reopeningId, idempotencyKey: newId() }),
      () =>
        changeRoundStatutes(deps, actor, {
          ...{ ...keyed(open.id), unitId: places.solhaug, reason: 'Feil' },
          statuteId: open.statuteOf[places.solhaug]!,
        }),
      () => openAppeals(deps, actor, keyed(published.id)),
      () => finishRound(deps, actor, keyed(appeal.id)),
      () => decideSeats(deps, actor, someSeats(draft.id)),
      () => decideSeats(deps, actor, someSeats(open.id, { reason: 'Flere' })),
    ])
      expect(await barOf(attempt()), attempt.toString()).toMatch(/^(NOT_FOUND|42501)$/);
    expect(await everything()).toEqual(before);
  });

  test.each(notCaseWorkers)(
    'shows %s nothing of a draft, of what was done and of who reads what',
    async (_who, actor) => {
      const { deps } = world;
      const { draft, open, closed } = rounds;
      const listed = await readRounds(deps, actor, { admissionYear: null, first: 100, after: null });
      expect(listed?.map(({ state }) => state)).not.toContain('draft');
      expect([...(await readRecords(deps, actor, [open.id])).values()].flatMap(({ moves }) => moves)).toEqual(
        [],
      );
      expect((await readSeeds(deps, actor, [open.id, closed.id])).size).toBe(0);
      const seen = async (table: string) =>
        (await lookAs(deps.db, actor, (tx) => tx.execute(sql`select from ${sql.raw(table)}`))).length;
      const isPerson = 'personId' in actor;
      for (const table of ['round_move', 'round_reopening']) expect(await seen(table), table).toBe(0);
      expect(await seen('seat_decision')).toBe(actor === leaderOfSolhaug ? 4 : 0);
      expect(await seen('admission_round')).toBe(isPerson ? 4 : 0);
      expect(await seen('round_unit')).toBe(isPerson ? 8 : 0);
      // Of the two of which the result is published.
      expect(await seen('round_seed')).toBe(isPerson ? 2 : 0);
      const [ofDraft] = await readSeats(deps, actor, [{ roundId: draft.id, unitId: draft.unitIds[0]! }]);
      expect(ofDraft?.decisions ?? []).toEqual([]);
    },
  );

  test('moves a round in nobody else’s name, and reopens it by no decision of one (placement § 8)', async () => {
    const { deps } = world;
    const { open, closed } = rounds;
    const insert = (who: typeof caseWorker, columns: string, values: ReturnType<typeof sql>) =>
      lookAs(deps.db, who, (tx) =>
        tx.execute(sql`insert into round_move (round_id, nth, move, from_state, to_state, made_at, idempotency_key, ${sql.raw(columns)})
          values (${values})`),
      ).then(
        () => 'stored',
        (error: { cause?: { code?: string } }) => error.cause?.code,
      );
    const close = (by: string) =>
      sql`${open.id}, ${open.version + 1}, 'CLOSE', 'OPEN', 'CLOSED', now(), ${newId()}, ${by}`;
    expect(await insert(caseWorker, 'made_by', close(secondCaseWorker.personId))).toBe('42501');
    const reopen = (by: string, approvedBy: string | null, reason = 'Feil') =>
      sql`${closed.id}, ${closed.version + 1}, 'REOPEN', 'CLOSED', 'OPEN', now(), ${newId()}, ${reason}, ${reopeningId}, ${by}, ${approvedBy}`;
    const columns = 'reason, reopening_id, made_by, approved_by';
    const [one, other] = [caseWorker.personId, secondCaseWorker.personId];
    expect(await insert(caseWorker, columns, reopen(one, null))).toBe('42501');
    expect(await insert(caseWorker, columns, reopen(one, one))).toMatch(/42501|23514/);
    // Whoever approves it proposed nothing; and it is for the reason that was approved.
    expect(await insert(caseWorker, columns, reopen(other, one))).toBe('42501');
    expect(await insert(secondCaseWorker, columns, reopen(one, other, 'En annen'))).toBe('42501');
    expect(await insert(secondCaseWorker, columns, reopen(one, other))).toBe('stored');
  });

  test('keeps a round in its state but by a move, and what was done for good', async () => {
    const { deps, database } = world;
    const as = (statement: ReturnType<typeof sql>) =>
      lookAs(deps.db, caseWorker, (tx) => tx.execute(statement));
    const isRefused = { cause: { code: '42501' } };
    await expect(as(sql`update admission_round set state = 'FINISHED'`)).rejects.toMatchObject(isRefused);
    await expect(as(sql`update admission_round set seed_commitment = null`)).rejects.toMatchObject(isRefused);
    await expect(
      as(sql`insert into round_seed values (${rounds.draft.id}, ${'x'.repeat(64)}, now())`),
    ).rejects.toMatchObject(isRefused);
    await expect(as(sql`update seat_decision set seats = 0`)).rejects.toMatchObject(isRefused);
    // Of a round that is open, nothing is planned.
    expect(
      await as(sql`update admission_round set title = 'Noe annet' where id = ${rounds.open.id} returning id`),
    ).toHaveLength(0);
    expect(
      await as(sql`delete from round_unit where round_id = ${rounds.open.id} returning unit_id`),
    ).toHaveLength(0);
    for (const table of ['round_move', 'seat_decision', 'round_seed', 'round_reopening'])
      await expect(database.admin.unsafe(`delete from ${table}`), table).rejects.toThrow(/never changed/);
    await expect(database.admin`update round_seed set seed = ${'y'.repeat(64)}`).rejects.toThrow(
      /never changed/,
    );
  });
});
