import { newId } from '@ranselpost/kit/ids';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { people, places } from '../../test/families.ts';
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
  plainConfig,
  preparedRound,
  somePlan,
  someSeats,
} from '../../test/rounds.ts';
import { someStatutes } from '../../test/statutes.ts';
import { type World, openTown } from '../../test/world.ts';
import { endOf } from '../domain/deadline.ts';
import { commitmentOf } from '../domain/snapshot.ts';
import { adoptStatutes } from './adopt-statutes.ts';
import { carryOut } from './carry-out-move.ts';
import { changeRoundStatutes } from './change-round-statutes.ts';
import { decideSeats } from './decide-seats.ts';
import { finishRound } from './finish-round.ts';
import { closeRound, grantGrace, openAppeals } from './move-round.ts';
import { openRound } from './open-round.ts';
import { changeRound, planRound } from './plan-round.ts';
import { readRecords, readRounds, readRoundsById, readSeeds } from './read-rounds.ts';
import { approveReopening, proposeReopening } from './reopen-round.ts';

const { caseWorker, secondCaseWorker, mother } = people;
let world: World;
beforeAll(async () => {
  world = await openTown();
  await adoptAll(world.deps);
});
afterAll(() => world.close());

/** What was done, or why it was not. */
const said = (result: { ok: true; value: { state: string } } | { ok: false; refusal: { kind: string } }) =>
  result.ok ? result.value.state : result.refusal.kind;

describe('planning a round', () => {
  test('is done once for a key, and anew as a whole by whoever has read it last', async () => {
    const { deps } = world;
    const wanted = somePlan({ wishLimit: 3 });
    const both = await Promise.all([1, 2].map(() => planRound(deps, caseWorker, wanted)));
    const [round, again] = both.map(must);
    expect(again).toEqual(round);
    expect(round).toMatchObject({ state: 'draft', version: 1, wishLimit: 3, config: plainConfig });
    const plan = {
      ...somePlan({ title: 'Opptak', wishLimit: 3, unitIds: [places.solhaug] }),
      roundId: round!.id,
    };
    const changed = must(await changeRound(deps, caseWorker, { ...plan, version: 1 }));
    expect(changed).toMatchObject({ title: 'Opptak', version: 2, unitIds: [places.solhaug] });
    // The same once more, and somebody who read it before.
    expect(must(await changeRound(deps, caseWorker, { ...plan, version: 1 }))).toEqual(changed);
    await expect(
      changeRound(deps, secondCaseWorker, { ...plan, ...keyed(round!.id), version: 1 }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    const record = (await readRecords(deps, caseWorker, [round!.id])).get(round!.id)!;
    expect(record.moves.map(({ move, plan: made }) => [move, made?.title])).toEqual([
      ['PLAN', 'Hovedopptak 2027'],
      ['CHANGE', 'Opptak'],
    ]);
    expect(record.warnings).toEqual([{ code: 'W_FEW_WISHES', unitId: null }]);
  });

  test('is refused without a deadline where all apply at once, for units that do not admit so, and with rules that make no sense', async () => {
    const { deps } = world;
    const plan = async (more: object) => {
      const result = await planRound(deps, caseWorker, somePlan(more));
      return result.ok ? result.value.state : result.refusal;
    };
    expect(await plan({ deadline: null })).toEqual({ kind: 'E_NO_DEADLINE' });
    expect(await plan({ deadline: null, kind: 'continuous' })).toBe('draft');
    const stranger = newId();
    expect(await plan({ unitIds: [places.solhaug, places.school, stranger] })).toEqual({
      ...{ kind: 'E_UNKNOWN_K', unitIds: [places.school, stranger] },
    });
    expect(await plan({ kind: 'sfo' })).toMatchObject({ kind: 'E_UNKNOWN_K' });
    expect(await plan({ kind: 'sfo', unitIds: [places.afterSchool] })).toBe('draft');
    const convert = { from: 'sfo', to: 'small', ratio: [2, 1] };
    expect(await plan({ config: { ...plainConfig, convert } })).toEqual({
      ...{ kind: 'E_BAD_GROUP', places: ['config.convert.from'] },
    });
    expect(await plan({ config: { ...plainConfig, markets: ['small', 'small'] } })).toMatchObject({
      kind: 'E_FORMAT',
    });
  });
});

describe('opening a round', () => {
  test('needs units, each with statutes and seats, and time to apply (BHG-10)', async () => {
    const { deps } = world;
    const open = async (id: string, when = inJanuary) => {
      const result = await openRound(at(deps, when), caseWorker, keyed(id));
      return result.ok ? result.value.state : result.refusal;
    };
    const empty = must(await planRound(deps, caseWorker, somePlan({ unitIds: [] })));
    expect(await open(empty.id)).toEqual({ kind: 'E_NO_UNITS' });
    const units = [places.solhaug, places.unopened];
    const lawless = must(await planRound(deps, caseWorker, somePlan({ unitIds: units })));
    expect(await open(lawless.id)).toEqual({ kind: 'E_NO_STATUTES', unitIds: [places.unopened] });
    const seatless = must(await planRound(deps, caseWorker, somePlan()));
    must(await decideSeats(deps, caseWorker, someSeats(seatless.id)));
    expect(await open(seatless.id)).toEqual({ kind: 'E_NO_SEATS', unitIds: [places.fjordbakken] });
    const late = await preparedRound(deps);
    expect(await open(late.id, inMarch)).toEqual({ kind: 'E_DEADLINE', deadline: endOf('2027-03-01') });
    expect(await open(late.id)).toBe('open');
    expect(await open(late.id)).toEqual({ kind: 'E_STATE', state: 'open' });
  });

  test('publishes the hash of a seed that nobody reads before the result is out (placement § 4)', async () => {
    const { deps, database } = world;
    const drawn: string[] = [];
    const seeing = {
      ...at(deps, inJanuary),
      newSeed: () => {
        drawn.push(deps.newSeed());
        return drawn.at(-1)!;
      },
    };
    const { id } = await preparedRound(deps);
    const round = must(await openRound(seeing, caseWorker, keyed(id)));
    expect(drawn).toHaveLength(1);
    expect(round.seedCommitment).toBe(commitmentOf(drawn[0]!));
    expect(JSON.stringify(round)).not.toContain(drawn[0]);
    const readBy = async (who: typeof caseWorker | typeof mother) => ({
      first: (await readSeeds(deps, who, [id])).get(id),
      second: await lookAs(deps.db, who, (tx) =>
        tx.execute(sql`select seed from round_seed where round_id = ${id}`),
      ),
    });
    for (const who of [caseWorker, mother])
      expect(await readBy(who)).toEqual({ first: undefined, second: [] });
    must(await closeRound(at(deps, inMarch), caseWorker, keyed(id)));
    await moveOnTo(deps, round, 'allocated');
    for (const who of [caseWorker, mother])
      expect(await readBy(who)).toEqual({ first: undefined, second: [] });
    const other = await closedRound(deps);
    await moveOnTo(deps, other, 'published');
    expect((await readSeeds(deps, mother, [other.id])).get(other.id)).toMatch(/^[0-9a-f]{64}$/);
    const [told] = await database.admin`
      select string_agg(data::text, ' ') as texts from outbox where type = 'placement.round.moved.v1'`;
    expect(told!['texts']).not.toContain(drawn[0]);
  });

  test('keeps to the statutes of that day, whatever is adopted later, and lets anybody check by them (BHG-08, BHG-10)', async () => {
    const { deps } = world;
    const round = await openedRound(deps);
    const pinned = round.statuteOf[places.solhaug];
    expect(pinned).toEqual(expect.any(String));
    must(await adoptStatutes(deps, caseWorker, someStatutes({ answerDays: 8 })));
    const later = await openedRound(deps);
    expect(later.statuteOf[places.solhaug]).not.toBe(pinned);
    const seen = (await readRoundsById(deps, mother, [round.id])).get(round.id)!;
    expect(seen.statuteOf[places.solhaug]).toBe(pinned);
    const read = await lookAs(deps.db, mother, (tx) =>
      tx.execute(sql`select id from statute where id = ${pinned!}`),
    );
    expect(read).toHaveLength(1);
  });

  test('may be of other statutes until it is allocated, for a reason that stays to be read (placement § 8)', async () => {
    const { deps } = world;
    const round = await openedRound(deps);
    const { id } = round;
    const { id: statuteId } = must(await adoptStatutes(deps, caseWorker, someStatutes({ answerDays: 9 })));
    const change = async (more: object = {}) =>
      said(
        await changeRoundStatutes(deps, caseWorker, {
          ...{ ...keyed(id), unitId: places.solhaug, statuteId, reason: 'Skrivefeil i vedtektene', ...more },
        }),
      );
    expect(await change({ reason: ' ' })).toBe('E_NO_REASON');
    expect(await change({ unitId: places.unopened })).toBe('E_UNKNOWN_K');
    for (const other of [newId(), round.statuteOf[places.fjordbakken]!])
      expect(await change({ statuteId: other })).toBe('E_NO_STATUTES');
    expect(await change()).toBe('open');
    expect((await readRoundsById(deps, mother, [id])).get(id)!.statuteOf).toEqual({
      ...{ ...round.statuteOf, [places.solhaug]: statuteId },
    });
    must(await closeRound(at(deps, inMarch), caseWorker, keyed(id)));
    expect(await change({ statuteId: round.statuteOf[places.solhaug] })).toBe('closed');
    await moveOnTo(deps, round, 'allocated');
    expect(await change()).toBe('E_STATE');
    const draft = await preparedRound(deps);
    expect(await change({ roundId: draft.id })).toBe('E_STATE');
    const { moves } = (await readRecords(deps, caseWorker, [id])).get(id)!;
    expect(moves.filter(({ move }) => move === 'CHANGE_STATUTES')).toMatchObject([
      { unitId: places.solhaug, statuteId, reason: 'Skrivefeil i vedtektene', from: 'open' },
      { unitId: places.solhaug, statuteId: round.statuteOf[places.solhaug], from: 'closed' },
    ]);
  });

  test('does not ask what else is open at a unit: whoever is closed for messages admits (P12)', async () => {
    const { deps, identity, database } = world;
    await identity.features(places.solhaug, [
      { feature: 'PLACEMENT', state: 'OPEN' },
      { feature: 'MESSAGING', state: 'SUSPENDED', isReadable: false },
      { feature: 'NEWS', state: 'CLOSED' },
    ]);
    await world.settled();
    expect(
      await database.admin`select state from access.feature where unit_id = ${places.solhaug} and feature = 'MESSAGING'`,
    ).toEqual([{ state: 'SUSPENDED' }]);
    expect((await openedRound(deps)).state).toBe('open');
  });
});

describe('closing a round', () => {
  test.each([
    ['2027-03-28', 'the night in which clocks go forward'],
    ['2027-10-31', 'the night in which clocks go back'],
    ['2028-02-29', 'a leap day'],
    ['2027-11-30', 'the last day of November'],
    ['2027-12-31', 'the last day of a year'],
  ])('waits for the last second of %s, %s (BHG-05)', async (deadline) => {
    const { deps } = world;
    const { id } = await openedRound(deps, { deadline });
    const end = endOf(deadline).getTime();
    const close = async (after: number) => {
      const result = await closeRound(at(deps, new Date(end + after).toISOString()), caseWorker, keyed(id));
      return result.ok ? result.value.state : result.refusal;
    };
    expect(new Date(end).toLocaleString('sv', { timeZone: 'Europe/Oslo' })).toBe(`${deadline} 23:59:59`);
    expect(await close(999)).toEqual({ kind: 'E_BEFORE_DEADLINE', deadline: new Date(end) });
    expect(await close(1000)).toBe('closed');
  });

  test('waits for what was given besides, which is never less and needs a reason (BHG-05)', async () => {
    const { deps } = world;
    const { id } = await openedRound(deps);
    const grant = async (until: string, reason = 'ID-porten var nede') =>
      said(
        await grantGrace(at(deps, '2027-03-01T22:00:00Z'), caseWorker, {
          ...{ ...keyed(id), until: new Date(until), reason },
        }),
      );
    expect(await grant('2027-03-03T11:00:00Z', ' ')).toBe('E_NO_REASON');
    expect(await grant('2027-03-01T22:30:00Z')).toBe('E_BAD_GRACE');
    expect(await grant('2027-03-03T11:00:00.400Z')).toBe('open');
    expect(await grant('2027-03-03T10:00:00Z')).toBe('E_BAD_GRACE');
    const close = async (now: string) => said(await closeRound(at(deps, now), caseWorker, keyed(id)));
    expect(await close(inMarch)).toBe('E_BEFORE_DEADLINE');
    expect(await close('2027-03-03T11:00:01Z')).toBe('closed');
    expect(await grant('2027-03-05T11:00:00Z')).toBe('E_STATE');
    const round = (await readRoundsById(deps, mother, [id])).get(id)!;
    expect(round.grace).toEqual({ until: new Date('2027-03-03T11:00:00Z'), reason: 'ID-porten var nede' });
    expect(round.closesAt).toEqual(new Date('2027-03-03T11:00:00Z'));
    const record = (await readRecords(deps, caseWorker, [id])).get(id)!;
    expect(record.moves.map(({ move }) => move)).toEqual(['PLAN', 'OPEN', 'GRANT_GRACE', 'CLOSE']);
  });

  test('is undone by two, who are two, and for what they have looked at (placement § 8)', async () => {
    const { deps } = world;
    const { id } = await closedRound(deps);
    const propose = (reason: string, who = caseWorker) =>
      proposeReopening(at(deps, inMarch), who, { ...keyed(id), reason });
    expect((await propose(' ')).ok).toBe(false);
    const proposed = must(await propose('Skjemaet tok ikke imot'));
    // Whoever proposes it too is told of what waits.
    expect(must(await propose('En annen grunn', secondCaseWorker))).toEqual(proposed);
    const approve = (who: typeof caseWorker, idempotencyKey = newId()) =>
      approveReopening(at(deps, inMarch), who, { reopeningId: proposed.id, idempotencyKey });
    expect(said(await approve(caseWorker))).toBe('E_NO_APPROVER');
    const key = newId();
    const commitment = (await readRoundsById(deps, caseWorker, [id])).get(id)!.seedCommitment;
    expect(must(await approve(secondCaseWorker, key))).toMatchObject({
      state: 'open',
      seedCommitment: commitment,
    });
    expect(said(await approve(secondCaseWorker, key))).toBe('open');
    must(await closeRound(at(deps, inMarch), caseWorker, keyed(id)));
    expect(said(await approve(secondCaseWorker))).toBe('E_STATE');
    const { moves } = (await readRecords(deps, caseWorker, [id])).get(id)!;
    expect(moves.find(({ move }) => move === 'REOPEN')).toMatchObject({
      ...{ madeBy: caseWorker.personId, approvedBy: secondCaseWorker.personId },
      reason: 'Skjemaet tok ikke imot',
    });
  });

  test('and then being allocated, published and appealed against ends for good', async () => {
    const { deps } = world;
    const round = await closedRound(deps);
    const { id } = round;
    expect(said(await openAppeals(deps, caseWorker, keyed(id)))).toBe('E_STATE');
    await moveOnTo(deps, round, 'published');
    expect(said(await finishRound(deps, caseWorker, keyed(id)))).toBe('E_STATE');
    expect(said(await openAppeals(deps, caseWorker, keyed(id)))).toBe('appeal');
    expect(said(await finishRound(deps, caseWorker, keyed(id)))).toBe('finished');
    const told = await world.database.admin`
      select data from outbox where type = 'placement.round.moved.v1' and subject = ${id} order by id`;
    const states = ['OPEN', 'CLOSED', 'ALLOCATED', 'PUBLISHED', 'APPEAL', 'FINISHED'];
    expect(told.map(({ data }) => data as object)).toEqual(
      states.map((state) => ({ roundId: id, kind: 'MAIN', state })),
    );
  });
});

describe('of two who move a round at once', () => {
  test.each([
    ['opens', () => preparedRound(world.deps), openRound, inJanuary, 'open'],
    ['closes', () => openedRound(world.deps), closeRound, inMarch, 'closed'],
  ] as const)(
    'one %s it and the others are told where it stands (E_STATE)',
    async (_how, prepare, move, when, state) => {
      const { deps, database } = world;
      for (let round = 0; round < 5; round += 1) {
        const { id } = await prepare();
        const tries = [caseWorker, secondCaseWorker, caseWorker, secondCaseWorker];
        const results = await Promise.all(tries.map((who) => move(at(deps, when), who, keyed(id))));
        expect(results.filter(({ ok }) => ok)).toHaveLength(1);
        for (const result of results)
          if (!result.ok) expect(result.refusal).toEqual({ kind: 'E_STATE', state });
        const name = state === 'open' ? 'OPEN' : 'CLOSE';
        expect(
          await database.admin`select from round_move where round_id = ${id} and move = ${name}`,
        ).toHaveLength(1);
        expect(await database.admin`select from round_seed where round_id = ${id}`).toHaveLength(1);
      }
    },
  );

  test('and of one who opens it while another plans it anew, the second is told', async () => {
    const { deps } = world;
    for (let nth = 0; nth < 5; nth += 1) {
      const { id, version } = await preparedRound(deps);
      const plan = { ...somePlan({ unitIds: [places.solhaug] }), ...keyed(id), version };
      const [opened, changed] = await Promise.allSettled([
        openRound(at(deps, inJanuary), caseWorker, keyed(id)),
        changeRound(deps, secondCaseWorker, plan),
      ]);
      const after = (await readRoundsById(deps, caseWorker, [id])).get(id)!;
      const isOpened = opened.status === 'fulfilled' && opened.value.ok;
      expect(isOpened).toBe(after.state === 'open');
      // What it opened with is what there was, be it before or after the change.
      if (changed.status === 'fulfilled' && changed.value.ok) expect(after.unitIds).toEqual([places.solhaug]);
      else expect(after.unitIds).toHaveLength(2);
      if (isOpened) expect(Object.values(after.statuteOf)).not.toContain(null);
    }
  });

  test('and of one who closes it while another gives more time, nobody is told both', async () => {
    const { deps } = world;
    for (let nth = 0; nth < 5; nth += 1) {
      const { id } = await openedRound(deps);
      const grace = { ...keyed(id), until: new Date('2027-03-03T11:00:00Z'), reason: 'Nede' };
      const [closed, granted] = await Promise.all([
        closeRound(at(deps, inMarch), caseWorker, keyed(id)),
        grantGrace(at(deps, inMarch), secondCaseWorker, grace),
      ]);
      expect([said(closed), said(granted)]).toEqual(
        closed.ok ? ['closed', 'E_STATE'] : ['E_BEFORE_DEADLINE', 'open'],
      );
    }
  });

  test('the database lets one do it, whatever both have looked at before (placement § 8)', async () => {
    const { deps, database } = world;
    for (let nth = 0; nth < 5; nth += 1) {
      const round = await openedRound(deps);
      const results = await Promise.allSettled(
        [caseWorker, secondCaseWorker].map((who) => {
          const close = { move: 'CLOSE', madeBy: who.personId, idempotencyKey: newId() } as const;
          return lookAs(deps.db, who, (tx) => carryOut(deps, tx, round, 'closed', close));
        }),
      );
      expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      const told = await database.admin`
        select from outbox where subject = ${round.id} and data ->> 'state' = 'CLOSED'`;
      expect(told).toHaveLength(1);
    }
  });

  test('and of many who have units ranked by other statutes, all are heard', async () => {
    const { deps } = world;
    const { id, statuteOf, version } = await openedRound(deps);
    const unitIds = Array.from({ length: 8 }, (_, at) =>
      at % 2 === 0 ? places.solhaug : places.fjordbakken,
    );
    const results = await Promise.all(
      unitIds.map((unitId) => {
        const wanted = { ...keyed(id), unitId, statuteId: statuteOf[unitId]!, reason: 'Feil' };
        return changeRoundStatutes(deps, caseWorker, wanted);
      }),
    );
    expect(results.map(said)).toEqual(unitIds.map(() => 'open'));
    expect((await readRoundsById(deps, caseWorker, [id])).get(id)!.version).toBe(version + 8);
  });

  test('the same key does the same once (S-22)', async () => {
    const { deps, database } = world;
    const { id } = await preparedRound(deps);
    const wanted = keyed(id);
    const results = await Promise.all(
      [1, 2, 3, 4, 5].map(() => openRound(at(deps, inJanuary), caseWorker, wanted)),
    );
    expect(results.map(said)).toEqual(Array(5).fill('open'));
    expect(
      await database.admin`select from round_move where round_id = ${id} and move = 'OPEN'`,
    ).toHaveLength(1);
    await expect(closeRound(at(deps, inMarch), caseWorker, wanted)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });
});

describe('rounds', () => {
  test('are listed to whoever is signed in from when they are open, page by page', async () => {
    const { deps } = world;
    const admissionYear = 2040;
    const draft = await preparedRound(deps, { admissionYear });
    const open = [await openedRound(deps, { admissionYear }), await openedRound(deps, { admissionYear })];
    const page = async (who: typeof mother | typeof caseWorker, first: number, after: string | null = null) =>
      (
        await readRounds(deps, who, {
          ...{ admissionYear, first, after: after === null ? null : { admissionYear, id: after } },
        })
      )?.map(({ id }) => id);
    const ids = open.map(({ id }) => id).toReversed();
    expect(await page(mother, 10)).toEqual(ids);
    expect(await page(caseWorker, 10)).toEqual([...ids, draft.id]);
    expect(await page(caseWorker, 1)).toEqual(ids);
    expect(await page(caseWorker, 1, ids[1])).toEqual([draft.id]);
  });

  test('stand when whoever ran them is erased (RET-08)', async () => {
    const { deps, database } = world;
    const before = await database.admin`select count(*)::int as rows from round_move`;
    await deps.db.asService((tx) => tx.execute(sql`select erase_person_from_rounds(${caseWorker.personId})`));
    for (const [table, column] of [
      ...[
        ['admission_round', 'planned_by'],
        ['round_move', 'made_by'],
        ['round_move', 'approved_by'],
      ],
      ...[
        ['round_reopening', 'proposed_by'],
        ['seat_decision', 'decided_by'],
      ],
    ] as const)
      expect(
        await database.admin.unsafe(`select from ${table} where ${column} = '${caseWorker.personId}'`),
        table,
      ).toEqual([]);
    expect(await database.admin`select count(*)::int as rows from round_move`).toEqual(before);
  });
});
