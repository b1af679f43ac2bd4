import { newId } from '@ranselpost/kit/ids';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { people, places } from '../../test/families.ts';
import { anApplication, publish as beginLists, aRound as offerRound } from '../../test/offers.ts';
import { type ChildGiven, roundOf, withoutRounds } from '../../test/runs.ts';
import { type World, openTown } from '../../test/world.ts';
import { commitmentOf } from '../domain/snapshot.ts';
import { answerOffer } from './answer-offer.ts';
import { allocateRound, discardAllocation } from './allocate-round.ts';
import { decideRight } from './decide-right.ts';
import { overrideRound, withdrawOverride } from './override-round.ts';
import { publishDueRounds, publishRound } from './publish-round.ts';
import { readPublishing } from './read-runs.ts';
import { replayRun } from './replay-run.ts';
import { simulateRound } from './simulate-round.ts';

const { solhaug, fjordbakken } = places;
const { caseWorker, secondCaseWorker } = people;
/** W1 of the specification, with one seat each: the older child gets its first wish. */
const older: ChildGiven = { born: '2025-02-01', wishes: [solhaug, fjordbakken] };
const younger: ChildGiven = { born: '2025-06-01', wishes: [solhaug, fjordbakken] };
const youngest: ChildGiven = { born: '2026-12-10', wishes: [solhaug] };

let world: World;
beforeAll(async () => {
  world = await openTown();
});
afterEach(() => withoutRounds(world));
afterAll(() => world.close());

const key = () => ({ idempotencyKey: newId() });
const allocate = (roundId: string) => allocateRound(world.deps, caseWorker, { roundId, ...key() });
const publish = (roundId: string, seen: readonly string[] = [], who = caseWorker) =>
  publishRound(world.deps, who, { roundId, seen, ...key() });
const simulate = (roundId: string) =>
  simulateRound(world.deps, caseWorker, { roundId, scenarioId: null, ...key() });
const barsOf = async (attempt: ReturnType<typeof publish>) => {
  const answer = await attempt;
  if (answer.ok || answer.refusal.kind !== 'E_NOT_PUBLISHABLE') return answer;
  return answer.refusal.bars;
};
const stateOf = async (roundId: string) =>
  (
    await world.database.admin<{ state: string }[]>`select state from admission_round where id = ${roundId}`
  )[0]!.state;

describe('simulating', () => {
  test('changes nothing, and never draws with the seed of the round before it is allocated (placement § 4, § 8)', async () => {
    const { roundId, seed } = await roundOf(world, { children: [older, younger] });
    const simulated = await simulate(roundId);
    expect(simulated).toMatchObject({ ok: true, value: { purpose: 'SIMULATION' } });
    const [row] = await world.database.admin<{ snapshot: string }[]>`select snapshot from run`;
    expect(row!.snapshot).not.toContain(seed);
    expect(await stateOf(roundId)).toBe('CLOSED');
    await expect(
      world.database.admin`
        insert into scenario (id, round_id, name, version, seed, changes, saved_at, idempotency_key)
        values (${newId()}, ${roundId}, 'with the seed', 1, ${seed}, '{}', now(), ${newId()})`,
    ).rejects.toThrow(/nobody's yet/);
  });

  test('is the same under the same key, and is refused once the round is published (S-22)', async () => {
    const { roundId } = await roundOf(world, { children: [older] });
    const wanted = { roundId, scenarioId: null, ...key() };
    const both = await Promise.all([1, 2].map(() => simulateRound(world.deps, caseWorker, wanted)));
    expect(new Set(both.map((one) => one.ok && one.value.id)).size).toBe(1);
    await allocate(roundId);
    expect((await publish(roundId)).ok).toBe(true);
    expect(await simulate(roundId)).toMatchObject({ ok: false, refusal: { kind: 'E_STATE' } });
  });
});

describe('publishing', () => {
  test('keeps what became of each wish, and gives the seed away (placement § 4, § 7)', async () => {
    const { roundId, seed, applications } = await roundOf(world, { children: [older, younger, youngest] });
    expect(await allocate(roundId)).toMatchObject({ ok: true, value: { state: 'allocated' } });
    const { admin } = world.database;
    expect(await admin`select from wish_outcome`).toEqual([]);
    // That the third is in the main round is to be seen (BHG-06).
    expect(await barsOf(publish(roundId))).toMatchObject([
      { what: 'without-right', application: applications[2] },
    ]);
    const seen = [`without-right ${applications[2]!}`];
    expect(await publish(roundId, seen)).toMatchObject({ ok: true, value: { state: 'published' } });
    const rows = await admin`
      select application_id, rank, outcome, seats, decided_by from wish_outcome order by rank, outcome`;
    const of = (at: number) =>
      rows
        .filter((row) => row['application_id'] === applications[at])
        .map((row) => [row['rank'], row['outcome'], row['seats'], row['decided_by']]);
    expect(of(0)).toEqual([
      [1, 'OFFERED', null, null],
      [2, 'NOT_NEEDED', null, null],
    ]);
    expect(of(1)).toEqual([
      [1, 'REJECTED', 1, 'age'],
      [2, 'OFFERED', null, null],
    ]);
    // Who turns one in December has no right, and a vacant place at most (BHG-01).
    expect(of(2)).toEqual([[1, 'REJECTED', 1, 'group']]);
    const [run] = await admin<{ snapshot: string }[]>`select snapshot from run where purpose = 'FINAL'`;
    expect(JSON.parse(run!.snapshot)).toMatchObject({ seed });
    expect(commitmentOf(seed)).toHaveLength(64);
  });

  test('tells of a child that wished for nothing but the place that it has (placement § 7)', async () => {
    const { roundId, childIds } = await roundOf(world, { children: [{ ...older, wishes: [solhaug] }] });
    const { admin } = world.database;
    await admin`
      insert into access.enrolment (enrolment_id, child_id, unit_id, group_ids, from_day)
      values (${newId()}, ${childIds[0]!}, ${solhaug}, '{}', '2026-08-01')`;
    await allocate(roundId);
    expect(await publish(roundId)).toMatchObject({ ok: true });
    expect(await admin`select rank, unit_id, outcome from wish_outcome`).toEqual([
      { rank: 1, unit_id: solhaug, outcome: 'HAS_PLACE' },
    ]);
    expect(await admin`select state from placement_application`).toEqual([{ state: 'PLACED' }]);
    expect(await admin`select content->'outcome'->>'kind' as kind from decision_letter`).toEqual([
      { kind: 'KEEPS_PLACE' },
    ]);
  });

  test('is barred while a child that gets a seat has an offer from elsewhere to answer, and goes ahead once it has (placement § 9)', async () => {
    const elsewhere = await offerRound(world, [places.fjordbakken], {
      kind: 'SUPPLEMENTARY',
      admissionYear: 2090,
    });
    const first = await roundOf(world, { children: [older, younger] });
    const childId = first.childIds[0]!;
    await world.identity.guardians(childId, [people.mother.personId]);
    await world.settled();
    const pool = `${places.fjordbakken}/small`;
    const other = await anApplication(world, elsewhere, childId);
    await beginLists(world, elsewhere, {
      ...{
        pools: { [pool]: 1 },
        ranking: { [pool]: [other] },
        wishes: { [other]: [pool] },
        offers: { [other]: pool },
      },
    });
    await allocate(first.roundId);
    expect(await barsOf(publish(first.roundId))).toEqual([
      { kind: 'answering', application: first.applications[0] },
    ]);
    expect(await stateOf(first.roundId)).toBe('ALLOCATED');
    const [offer] = await world.database.admin<
      { id: string }[]
    >`select id from offer where child_id = ${childId}`;
    const answered = { offerId: offer!.id, say: 'decline', stay: true, idempotencyKey: newId() } as const;
    expect((await answerOffer(world.deps, people.mother, answered)).ok).toBe(true);
    expect(await publish(first.roundId)).toMatchObject({ ok: true, value: { state: 'published' } });
  });

  test('is refused on what has changed since, and goes ahead once it is allocated anew (BHG-23)', async () => {
    const { roundId, applications } = await roundOf(world, { children: [older, younger] });
    await allocate(roundId);
    await world.database
      .admin`update placement_application set state = 'WITHDRAWN' where id = ${applications[0]!}`;
    expect(await barsOf(publish(roundId))).toEqual([{ kind: 'snapshot-changed' }]);
    expect(await stateOf(roundId)).toBe('ALLOCATED');
    expect(await discardAllocation(world.deps, caseWorker, { roundId, reason: ' ', ...key() })).toMatchObject(
      {
        refusal: { kind: 'E_NO_REASON' },
      },
    );
    await discardAllocation(world.deps, caseWorker, { roundId, reason: 'Trukket', ...key() });
    await allocate(roundId);
    expect((await publish(roundId)).ok).toBe(true);
    expect(await world.database.admin`select outcome from wish_outcome where rank = 1`).toEqual([
      { outcome: 'OFFERED' },
    ]);
  });

  test('is refused while priority by law or the right to a place is undecided (placement § 8, BHG-03)', async () => {
    const claims = [{ flag: 'law18', verdict: 'UNDECIDED' }];
    const { roundId, applications } = await roundOf(world, {
      seats: { [solhaug]: 2 },
      children: [
        { ...older, wishes: [solhaug], claims },
        { ...younger, wishes: [solhaug], livesHere: 'UNKNOWN' },
      ],
    });
    await allocate(roundId);
    const undecided = await barsOf(publish(roundId));
    expect(undecided).toEqual([
      { kind: 'undecided', application: applications[0], flag: 'law18' },
      { kind: 'undecided', application: applications[1], flag: 'right' },
    ]);
    await world.database.admin`update claim set verdict = 'REFUSED'`;
    const right = { applicationId: applications[1]!, reason: 'Flyttet hit i januar', ...key() };
    await decideRight(world.deps, caseWorker, { ...right, hasRight: true });
    // Whoever has the right has a flag by it, and that is another round.
    expect(await barsOf(publish(roundId))).toEqual([{ kind: 'snapshot-changed' }]);
  });

  test('is refused until whoever does it says to have seen seats beyond area and staff, and places that changed (BHG-25)', async () => {
    const { roundId, applications } = await roundOf(world, { children: [older, younger] });
    await simulate(roundId);
    const pin = { kind: 'PIN', applicationId: applications[1]!, unitId: solhaug } as const;
    await overrideRound(world.deps, caseWorker, { roundId, override: pin, reason: 'Etter vedtak', ...key() });
    await world.database.admin`
      insert into seat_decision (id, round_id, unit_id, age_group, seats, occupied, reserved, area, adults, decided_at, idempotency_key)
      values (${newId()}, ${roundId}, ${solhaug}, 'SMALL', 1, 9, '[]', 40, 3, now(), ${newId()})`;
    await allocate(roundId);
    const bars = await barsOf(publish(roundId));
    expect(bars).toEqual([
      { kind: 'unseen', what: 'over-capacity', kindergarten: solhaug },
      ...[...applications]
        .toSorted()
        .map((application) => ({ kind: 'unseen', what: 'changed-place', application })),
    ]);
    const seen = [`over-capacity ${solhaug}`, ...applications.map((id) => `changed-place ${id}`)];
    expect(await publish(roundId, seen)).toMatchObject({ ok: true });
    expect(
      await world.database
        .admin`select outcome, is_touched_by_hand from wish_outcome where application_id = ${applications[1]!} order by rank`,
    ).toEqual([
      { outcome: 'OFFERED', is_touched_by_hand: true },
      { outcome: 'NOT_NEEDED', is_touched_by_hand: true },
    ]);
  });

  test('is done by one of two who do it at once (S-23)', async () => {
    const { roundId } = await roundOf(world, { children: [older, younger] });
    await allocate(roundId);
    const both = await Promise.all([publish(roundId), publish(roundId, [], secondCaseWorker)]);
    expect(both.map((one) => (one.ok ? 'published' : one.refusal.kind)).toSorted()).toEqual([
      'E_STATE',
      'published',
    ]);
    const { admin } = world.database;
    expect(await admin`select from round_move where move = 'PUBLISH'`).toHaveLength(1);
    expect(await admin`select from wish_outcome`).toHaveLength(4);
    expect(await admin`select from offer`).toHaveLength(2);
  });

  const underWay = async (roundId: string) =>
    (await readPublishing(world.deps, caseWorker, roundId))?.refusal === null;
  const later = (seconds: number) => ({ ...world.deps, now: () => new Date(Date.now() + seconds * 1000) });
  /** Somebody asks, and what would carry it out is killed in the middle. */
  async function cutOff(roundId: string) {
    const { admin } = world.database;
    await admin.unsafe(`create function cut_off() returns trigger language plpgsql as $$ begin
      perform pg_terminate_backend(pg_backend_pid()); return new; end $$`);
    await admin.unsafe(
      'create trigger cut_off after insert on wish_rank for each statement execute function cut_off()',
    );
    const asked = { roundId, seen: [], ...key() };
    expect(await publishRound(world.deps, caseWorker, asked)).toMatchObject({
      value: { state: 'allocated' },
    });
    await admin.unsafe('drop function cut_off() cascade');
    return asked;
  }

  test('leaves nothing half done where it is cut off, and is done once, a moment later, whoever asks meanwhile (S-22, S-23)', async () => {
    const { roundId } = await roundOf(world, { children: [older, younger] });
    await allocate(roundId);
    const asked = await cutOff(roundId);
    const { admin } = world.database;
    expect(await stateOf(roundId)).toBe('ALLOCATED');
    for (const table of ['wish_outcome', 'offer', 'seat_hold'])
      expect(await admin.unsafe(`select from ${table}`)).toEqual([]);
    expect(await underWay(roundId)).toBe(true);
    expect(await publish(roundId, [], secondCaseWorker)).toMatchObject({
      refusal: { kind: 'E_STATE', state: 'allocated' },
    });
    expect(await publishDueRounds(world.deps)).toBe(false);
    expect(await publishDueRounds(later(16))).toBe(true);
    expect(await publishDueRounds(later(60))).toBe(false);
    expect(await stateOf(roundId)).toBe('PUBLISHED');
    expect(await readPublishing(world.deps, caseWorker, roundId)).toBeNull();
    expect(await publishRound(world.deps, caseWorker, asked)).toMatchObject({
      value: { state: 'published' },
    });
    expect(await admin`select made_by from round_move where move = 'PUBLISH'`).toEqual([
      { made_by: caseWorker.personId },
    ]);
    expect(await admin`select from wish_outcome`).toHaveLength(4);
    expect(await admin`select from offer`).toHaveLength(2);
  });

  test('says on the round why it was not done a moment later, and the round stands where it stood (BHG-23, S-20)', async () => {
    const { roundId, applications } = await roundOf(world, { children: [older, younger] });
    await allocate(roundId);
    await cutOff(roundId);
    await world.database
      .admin`update placement_application set state = 'WITHDRAWN' where id = ${applications[0]!}`;
    await publishDueRounds(later(16));
    expect(await stateOf(roundId)).toBe('ALLOCATED');
    expect(await readPublishing(world.deps, secondCaseWorker, roundId)).toMatchObject({
      ...{ askedBy: caseWorker.personId, seen: [] },
      refusal: { kind: 'E_NOT_PUBLISHABLE', bars: [{ kind: 'snapshot-changed' }] },
    });
    expect(await readPublishing(world.deps, people.mother, roundId)).toBeNull();
    expect(await publishDueRounds(later(60))).toBe(false);
    // Who may not publish any more when it is done has published nothing.
    const next = await roundOf(world, { children: [older] });
    await allocate(next.roundId);
    await cutOff(next.roundId);
    await world.database
      .admin`update access.municipal_role set to_day = '2020-02-01' where person_id = ${caseWorker.personId}`;
    await publishDueRounds(later(16));
    await world.database
      .admin`update access.municipal_role set to_day = null where person_id = ${caseWorker.personId}`;
    expect(await readPublishing(world.deps, caseWorker, next.roundId)).toMatchObject({
      refusal: { kind: 'E_STATE' },
    });
    expect(await publish(next.roundId)).toMatchObject({ value: { state: 'published' } });
  });
});

describe('deciding by hand', () => {
  test('shows whom it displaces, and what comes of taking it back (placement § 10)', async () => {
    const { roundId, applications } = await roundOf(world, { children: [older, younger] });
    const pin = { kind: 'PIN', applicationId: applications[1]!, unitId: solhaug } as const;
    const made = await overrideRound(world.deps, caseWorker, {
      roundId,
      override: pin,
      reason: 'Vedtak',
      ...key(),
    });
    expect(made).toMatchObject({
      ok: true,
      value: { displaced: { gain: [applications[1]], lose: [applications[0]] } },
    });
    const second = { kind: 'PIN', applicationId: applications[0]!, unitId: solhaug } as const;
    const full = await overrideRound(world.deps, caseWorker, {
      roundId,
      override: second,
      reason: 'Vedtak',
      ...key(),
    });
    expect(full).toMatchObject({ ok: false, refusal: { kind: 'E_INVALID', problems: [{ code: 'E_FULL' }] } });
    if (!made.ok) throw new Error(made.refusal.kind);
    const overrideId = made.value.override.id;
    expect(
      await withdrawOverride(world.deps, secondCaseWorker, { overrideId, reason: 'Feil' }),
    ).toMatchObject({
      value: { displaced: { gain: [applications[0]], lose: [applications[1]] } },
    });
    await allocate(roundId);
    expect(
      await overrideRound(world.deps, caseWorker, { roundId, override: pin, reason: 'For sent', ...key() }),
    ).toMatchObject({ refusal: { kind: 'E_STATE' } });
  });
});

describe('a run that is done again years later', () => {
  test('gives the same, and says so of one that does not (BHG-23)', async () => {
    const { roundId } = await roundOf(world, { children: [older, younger, youngest] });
    await simulate(roundId);
    await allocate(roundId);
    await publish(roundId);
    const runs = await world.database.admin<{ id: string }[]>`select id from run`;
    expect(runs).toHaveLength(2);
    for (const { id } of runs) {
      const again = await replayRun(world.deps, id);
      expect(again).toMatchObject({ isSame: true });
      expect(again!.stored).toEqual(again!.again);
    }
    expect(await replayRun(world.deps, newId())).toBeNull();
    await world.database.admin`alter table run disable trigger run_is_kept`;
    await world.database.admin`update run set digest = ${'0'.repeat(64)}`;
    await world.database.admin`alter table run enable trigger run_is_kept`;
    expect(await replayRun(world.deps, runs[0]!.id)).toMatchObject({ isSame: false });
  });
});
