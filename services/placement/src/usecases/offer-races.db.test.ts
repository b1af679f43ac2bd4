import { newId } from '@ranselpost/kit/ids';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { guardian } from '@ranselpost/kit/testing/actors';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { people, places } from '../../test/families.ts';
import { aRound, anApplication, publish } from '../../test/offers.ts';
import { type World, openTown } from '../../test/world.ts';
import { namesIn } from '../domain/publication.ts';
import { type Played, runScenario } from '../domain/scenario.ts';
import { answerOffer } from './answer-offer.ts';
import { changePoolSeats } from './change-pool-seats.ts';
import { expireOffer } from './expire-offers.ts';
import { makeOffer } from './make-offer.ts';
import type { CommandAnswer } from './offer-command.ts';
import { readPoolList } from './read-pools.ts';
import { resignPlace } from './resign-place.ts';
import { withdrawOffer } from './withdraw-offer.ts';

const tries = Number(process.env['PLACEMENT_TRIES'] ?? 1);
const parent = guardian();
const childNames = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
const childOf = Object.fromEntries(childNames.map((name) => [name, newId()]));
const poolOf: Readonly<Record<string, string>> = {
  P: `${places.solhaug}/small`,
  Q: `${places.fjordbakken}/small`,
  R: `${places.solhaug}/large`,
};

let world: World;
beforeAll(async () => {
  world = await openTown();
  for (const childId of Object.values(childOf)) await world.identity.guardians(childId, [parent.personId]);
  await world.settled();
});
afterAll(() => world.close());

interface Step {
  readonly cmd: string;
  readonly app?: string;
  readonly pool?: string;
  readonly offer?: string;
  readonly n?: number;
  readonly at?: string;
  readonly deadline?: string;
  readonly stay?: boolean;
  readonly reason?: string | null;
  readonly key?: string | null;
}

const start = Date.now();
const instant = (minute: number): string => new Date(start + minute * 60_000).toISOString();

/** Streams of commands, of which many are refused: children and offers are few, and time goes back and forth. */
const scenarios = fc
  .record({
    pools: fc.record({
      P: fc.integer({ min: 0, max: 2 }),
      Q: fc.integer({ min: 1, max: 2 }),
      R: fc.integer({ min: 0, max: 2 }),
    }),
    wishes: fc.record(
      Object.fromEntries(
        childNames.map((name) => [name, fc.shuffledSubarray(['P', 'Q', 'R'], { minLength: 1 })]),
      ),
    ),
    order: fc.shuffledSubarray([...childNames], { minLength: 6 }),
    placed: fc.subarray(['A', 'B'] as const),
    steps: fc.array(
      fc.record({
        cmd: fc.constantFrom(
          'offer',
          'offer',
          'next',
          'accept',
          'accept-keep',
          'decline',
          'expire',
          'withdraw',
          'resign',
          'seats',
        ),
        app: fc.constantFrom(...childNames),
        pool: fc.constantFrom('P', 'Q', 'R'),
        offer: fc.integer({ min: 1, max: 6 }).map((n) => `O${n}`),
        n: fc.integer({ min: 0, max: 3 }),
        at: fc.integer({ min: 0, max: 20 }).map(instant),
        deadline: fc.integer({ min: 5, max: 20 }).map(instant),
        stay: fc.boolean(),
        reason: fc.constantFrom(null, 'because'),
      }),
      { minLength: 12, maxLength: 30 },
    ),
  })
  .map(({ pools, wishes, order, placed, steps }) => {
    const room = { ...pools };
    const taken: Record<string, 'P' | 'Q' | 'R'> = {};
    for (const name of placed) {
      const pool = (['Q', 'P', 'R'] as const).find((one) => room[one] > 0);
      if (pool === undefined) continue;
      room[pool] -= 1;
      taken[name] = pool;
    }
    const listed = order.filter((name) => !(name in taken));
    const wanted = Object.fromEntries(Object.entries(wishes).filter(([name]) => !(name in taken)));
    const ranking = Object.fromEntries(
      ['P', 'Q', 'R'].map((pool) => [pool, listed.filter((name) => wanted[name]!.includes(pool))]),
    );
    const setup = { pools, ranking, wishes: wanted, placed: taken };
    const listedSteps: readonly Step[] = steps;
    return { format: 'placement-scenario/1', setup, steps: listedSteps };
  });
type Scenario = (typeof scenarios extends fc.Arbitrary<infer One> ? One : never) & object;

/** A town in which a scenario is played: applications by the children's names, pools and offers by theirs. */
async function stage({ setup }: Scenario) {
  const { admin } = world.database;
  await admin`truncate placement_application, pool, seat, seat_change, offer, offer_ending, place, seat_hold, resignation, waiting_entry,
    waiting_position, offer_command, wish, application_guardian, application_receipt, application_withdrawal, claim, claim_assignment,
    claim_proof, claim_verdict cascade`;
  const round = await aRound(world, [places.solhaug, places.fjordbakken]);
  const apps = Object.fromEntries(
    await Promise.all(
      childNames.map(async (name) => [name, await anApplication(world, round, childOf[name]!)] as const),
    ),
  );
  const named = (list: readonly string[]) => list.map((name) => apps[name]!);
  const entries = <Value>(of: Readonly<Record<string, Value>>) => Object.entries(of);
  await publish(world, round, {
    pools: Object.fromEntries(entries(setup.pools).map(([pool, seats]) => [poolOf[pool]!, seats])),
    ranking: Object.fromEntries(entries(setup.ranking).map(([pool, list]) => [poolOf[pool]!, named(list)])),
    wishes: Object.fromEntries(
      entries(setup.wishes).map(([name, list]) => [apps[name]!, list.map((pool) => poolOf[pool]!)]),
    ),
    moves: Object.fromEntries(entries(setup.placed).map(([name, pool]) => [apps[name]!, poolOf[pool]!])),
  });
  const rows = await admin<
    { id: string; unit_id: string; age_group: string }[]
  >`select id, unit_id, age_group from pool`;
  const idOf = (pool: string): string => {
    const { unitId, group } = namesIn(poolOf[pool]!);
    return rows.find((row) => row.unit_id === unitId && row.age_group === group.toUpperCase())!.id;
  };
  return { apps, idOf: Object.fromEntries(Object.keys(poolOf).map((pool) => [pool, idOf(pool)])) };
}
type Stage = Awaited<ReturnType<typeof stage>>;

const codeOf = (answer: CommandAnswer): string => (answer.ok ? 'ok' : answer.refusal.kind);

/** Does one step by the use case that people do it with. */
async function perform({ apps, idOf }: Stage, step: Step, offers: string[]): Promise<string> {
  const deps = { ...world.deps, now: () => (step.at === undefined ? new Date() : new Date(step.at)) };
  const idempotencyKey = step.key ?? newId();
  const offerId = offers[Number(step.offer?.slice(1)) - 1];
  switch (step.cmd) {
    case 'offer': {
      const wanted = {
        applicationId: apps[step.app!]!,
        poolId: idOf[step.pool!]!,
        reason: step.reason ?? null,
      };
      const answer = await makeOffer(deps, people.caseWorker, { ...wanted, idempotencyKey });
      if (answer.ok && !offers.includes(answer.value)) {
        offers.push(answer.value);
        await world.database.admin`update offer set deadline = ${step.deadline!} where id = ${answer.value}`;
      }
      return codeOf(answer);
    }
    case 'accept':
    case 'accept-keep':
      if (offerId === undefined) return 'E_STATE';
      return codeOf(await answerOffer(deps, parent, { say: step.cmd, offerId, idempotencyKey }));
    case 'decline':
      if (offerId === undefined) return 'E_STATE';
      return codeOf(
        await answerOffer(deps, parent, {
          say: 'decline',
          stay: step.stay ?? false,
          offerId,
          idempotencyKey,
        }),
      );
    case 'expire': {
      const ended = offerId === undefined ? null : await expireOffer(deps, offerId);
      return ended === null ? 'E_STATE' : ended.ok ? 'ok' : ended.refusal;
    }
    case 'withdraw':
      if (offerId === undefined) return 'E_STATE';
      return codeOf(
        await withdrawOffer(deps, people.caseWorker, { offerId, reason: step.reason ?? '', idempotencyKey }),
      );
    case 'resign': {
      const [place] = await world.database.admin<{ id: string }[]>`
        select id from place where child_id = ${childOf[step.app!]!} and released_at is null`;
      if (place === undefined) return 'E_STATE';
      const today = localDateAt(deps.now());
      return codeOf(await resignPlace(deps, parent, { placeId: place.id, endsOn: today, idempotencyKey }));
    }
    case 'seats':
      return codeOf(
        await changePoolSeats(deps, people.caseWorker, {
          poolId: idOf[step.pool!]!,
          seats: step.n!,
          reason: 'as it is told',
          idempotencyKey,
        }),
      );
    default: {
      const list = await readPoolList(deps, people.caseWorker, idOf[step.pool!]!, { first: 100, after: 0 });
      const next = list === null || list === 'hidden' ? null : list.next;
      return next === null ? '-' : Object.entries(apps).find(([, id]) => id === next)![0];
    }
  }
}

/** How all stands, in the words of a scenario. */
async function standing({ idOf }: Stage, offers: readonly string[]): Promise<Played['final']> {
  const { admin } = world.database;
  const nameOf = (names: Readonly<Record<string, string>>, id: string) =>
    Object.entries(names).find(([, one]) => one === id)![0];
  const placed = await admin<{ child_id: string; pool_id: string }[]>`
    select child_id, pool_id from place where released_at is null`;
  const made = await admin<{ id: string; state: string }[]>`select id, state from offer`;
  const waits = await admin<{ child_id: string; pool_id: string }[]>`
    select child_id, pool_id from waiting_entry where is_active order by wish_order`;
  const waiting: Record<string, string[]> = {};
  for (const { child_id: child, pool_id: pool } of waits)
    (waiting[nameOf(childOf, child)] ??= []).push(nameOf(idOf, pool));
  return {
    placed: Object.fromEntries(
      placed.map((one) => [nameOf(childOf, one.child_id), nameOf(idOf, one.pool_id)]),
    ),
    offers: Object.fromEntries(
      made.map(({ id, state }) => [
        `O${offers.indexOf(id) + 1}`,
        state.toLowerCase().replace('_', '-') as Played['final']['offers'][string],
      ]),
    ),
    waiting,
  };
}

describe('commands one after the other', () => {
  test('are answered as the rules answer them, and leave what the rules leave (placement § 9)', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        const played = runScenario(scenario) as Played;
        const staged = await stage(scenario);
        const offers: string[] = [];
        const steps = [];
        for (const step of scenario.steps) steps.push(await perform(staged, step, offers));
        expect({ steps, final: await standing(staged, offers) }).toEqual(played);
      }),
      { numRuns: 12 * tries, endOnFailure: true },
    );
  }, 240_000);

  test('with a key are done once, and answered the same for ever (placement § 9, S-22)', async () => {
    await fc.assert(
      fc.asyncProperty(
        scenarios,
        fc.array(fc.nat({ max: 30 }), { maxLength: 8 }),
        async (scenario, again) => {
          const staged = await stage(scenario);
          const offers: string[] = [];
          const keyed = scenario.steps.map((step) => ({ ...step, key: newId() }));
          const asked: { readonly step: Step; readonly answer: string }[] = [];
          for (const step of keyed) {
            const isThere = step.offer === undefined || Number(step.offer.slice(1)) <= offers.length;
            const answer = await perform(staged, step, offers);
            // What nobody asked the service for has no first answer.
            if (isThere && !['next', 'expire', 'resign'].includes(step.cmd)) asked.push({ step, answer });
          }
          const before = await standing(staged, offers);
          for (const nth of asked.length === 0 ? [] : again) {
            const { step, answer } = asked[nth % asked.length]!;
            expect(await perform(staged, step, offers)).toBe(answer);
          }
          expect(await standing(staged, offers)).toEqual(before);
        },
      ),
      { numRuns: 4 * tries, endOnFailure: true },
    );
  }, 240_000);
});

describe('commands of many at once', () => {
  /** What must hold at any moment, whoever did what. */
  async function broken(): Promise<readonly string[]> {
    const { admin } = world.database;
    const rows = await admin<{ what: string }[]>`
      select 'more is promised than there are seats' as what from pool p
        where (select count(*) from offer o where o.pool_id = p.id and o.state = 'SENT')
          + (select count(*) from place l where l.pool_id = p.id and l.released_at is null)
          > (select count(*) from seat s where s.pool_id = p.id)
      union all select 'two places on a day' from place one join place other
        on one.child_id = other.child_id and one.care = other.care and one.id < other.id
          and daterange(one.from_day, one.to_day) && daterange(other.from_day, other.to_day)
      union all select 'two offers to answer' from offer where state = 'SENT' group by child_id, care having count(*) > 1
      union all select 'an answered offer has expired' from offer o join offer_ending e on e.offer_id = o.id
        where (o.state = 'EXPIRED') <> (e.state = 'EXPIRED')
      union all select 'an answer after the deadline' from offer o join offer_ending e on e.offer_id = o.id
        where e.state in ('ACCEPTED', 'ACCEPTED_KEEP', 'DECLINED') and e.ended_at > o.deadline
      union all select 'a seat that nobody holds is held' from seat_hold h
        where not exists (select from offer o where o.id = h.offer_id and o.state = 'SENT')
          and not exists (select from place l where l.id = h.place_id and l.released_at is null)
      union all select 'two places without an end' from place where released_at is null group by child_id, care having count(*) > 1`;
    return rows.map(({ what }) => what);
  }

  test('never promise a seat twice, give a child two places or two offers, or let an answer expire (S-23)', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        const staged = await stage(scenario);
        const offers: string[] = [];
        const answers: string[] = [];
        const queue = [...scenario.steps];
        let isOver = false;
        const watching = (async () => {
          while (!isOver) {
            expect(await broken()).toEqual([]);
            await new Promise((resolve) => setTimeout(resolve, 5));
          }
        })();
        const client = async () => {
          for (let step = queue.shift(); step !== undefined; step = queue.shift())
            answers.push(await perform(staged, step, offers));
        };
        await Promise.all([client(), client(), client(), client()]).finally(() => (isOver = true));
        await watching;
        expect(await broken()).toEqual([]);
        for (const answer of answers) seen.add(answer);
      }),
      { numRuns: 8 * tries, endOnFailure: true },
    );
    // Refused as the rules refuse, and not because two were at it.
    for (const answer of seen) expect(answer).toMatch(/^(ok|-|[A-F]|E_[A-Z_]+)$/);
  }, 240_000);

  test('give ten seats to ten of thirty who are offered them at once', async () => {
    const children = Array.from({ length: 30 }, () => newId());
    for (const childId of children) await world.identity.guardians(childId, [parent.personId]);
    await world.settled();
    const { admin } = world.database;
    const round = await aRound(world, [places.solhaug], { admissionYear: 2031 });
    const apps = await Promise.all(children.map((childId) => anApplication(world, round, childId)));
    const pool = `${places.solhaug}/small`;
    const wishes = Object.fromEntries(apps.map((id) => [id, [pool]]));
    await publish(world, round, { pools: { [pool]: 10 }, ranking: { [pool]: apps }, wishes });
    const [row] = await admin<{ id: string }[]>`select id from pool where admission_year = 2031`;
    const answers = await Promise.all(
      apps.map((applicationId, nth) =>
        makeOffer(world.deps, nth % 2 === 0 ? people.caseWorker : people.secondCaseWorker, {
          ...{ applicationId, poolId: row!.id, reason: 'all at once', idempotencyKey: newId() },
        }).then(codeOf),
      ),
    );
    expect(answers.filter((one) => one === 'ok')).toHaveLength(10);
    expect(new Set(answers)).toEqual(new Set(['ok', 'E_FULL']));
    expect(await broken()).toEqual([]);
    expect(await admin`select from seat_hold where pool_id = ${row!.id}`).toHaveLength(10);
  }, 60_000);

  test('let the first of two guardians’ answers count, against the clock as well (BHG-12)', async () => {
    const { admin } = world.database;
    for (const nth of Array(6).keys()) {
      const [child, other] = [newId(), guardian()];
      await world.identity.guardians(child, [parent.personId, other.personId]);
      await world.settled();
      const round = await aRound(world, [places.fjordbakken], { admissionYear: 2040 + nth });
      const app = await anApplication(world, round, child);
      const pool = `${places.fjordbakken}/small`;
      const publication = {
        pools: { [pool]: 1 },
        ranking: { [pool]: [app] },
        wishes: { [app]: [pool] },
        offers: { [app]: pool },
      };
      await publish(world, round, publication);
      const [offer] = await admin<
        { id: string; deadline: Date }[]
      >`select id, deadline from offer where child_id = ${child}`;
      const [before, after] = [offer!.deadline, new Date(offer!.deadline.getTime() + 1)];
      const at = (now: Date) => ({ ...world.deps, now: () => now });
      const wanted = { offerId: offer!.id, idempotencyKey: newId() };
      const answers = await Promise.all([
        answerOffer(at(before), parent, { ...wanted, say: 'accept' }).then(codeOf),
        answerOffer(at(before), other, { ...wanted, say: 'decline', stay: false }).then(codeOf),
        expireOffer(at(after), offer!.id).then((ended) => (ended.ok ? 'ok' : ended.refusal)),
      ]);
      expect(answers.toSorted()).toEqual(['E_STATE', 'E_STATE', 'ok']);
      expect(await admin`select from offer_ending where offer_id = ${offer!.id}`).toHaveLength(1);
      expect(await broken()).toEqual([]);
    }
  }, 60_000);
});
