import { newId } from '@ranselpost/kit/ids';
import { type LocalDate, addDays } from '@ranselpost/kit/pure/dates';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import type { Pool } from 'undici';
import type { Stack } from '../dev/stack.ts';
import { dice } from '../simulators/population/random.ts';
import type { Visitor } from '../visitor/visitor.ts';
import { cpuSeconds, cpuSecondsBelow, rounded } from './figures.ts';
import type { Ask, OpenBoards } from './morning-boards.ts';
import type { Act } from './morning-town.ts';
import { type Times, openLoad, spread } from './open-load.ts';

/** A quarter of the reports comes in fifteen of the 180 minutes (rules § 22). */
export const morningMinutes = 180;
export const worst = { share: 0.25, from: 0.55, length: 15 / morningMinutes };

const reportQuery = `mutation ($input: ReportAbsenceInput!) { reportAbsence(input: $input) {
  __typename ... on AbsenceReported { correlationId outcomes { absences { id day isLate } knownDays refusal { __typename } } } } }`;
const markQuery = `mutation ($input: MarkAttendanceInput!) { markAttendance(input: $input) {
  __typename ... on AttendanceMarked { outcomes { id kind } } } }`;

/** Asks the graph through the gateway, as a browser does. Throws for whatever is not the whole answer: a fast refusal is no result. */
export function asker(pool: Pool): Ask {
  return async <Data>(who: Visitor, query: string, variables: object): Promise<Data> => {
    const url = new URL('/graphql', who.gatewayUrl);
    const { statusCode, body } = await pool.request({
      ...{ method: 'POST', path: '/graphql', body: JSON.stringify({ query, variables }) },
      headers: { 'content-type': 'application/json', origin: url.origin, cookie: who.jar.header(url) },
      headersTimeout: 20_000,
    });
    const answer = (await body.json()) as {
      data?: Data;
      errors?: readonly { extensions?: { code?: string } }[];
    };
    if (statusCode !== 200 || answer.errors !== undefined || answer.data === undefined)
      throw new Error(`${statusCode} ${answer.errors?.map(({ extensions }) => extensions?.code).join()}`);
    return answer.data;
  };
}

/** People who report and check in, each at an instant of its own, and how long each was waited for. */
export class Morning {
  readonly failures = new Map<string, number>();
  readonly #times = { report: [] as number[], mark: [] as number[] };
  readonly #ask: Ask;
  readonly #boards: OpenBoards;
  readonly #day: LocalDate;
  readonly #reports: readonly Act[];
  #next = 0;
  #ahead = 0;

  constructor(ask: Ask, boards: OpenBoards, day: LocalDate, reports: readonly Act[]) {
    this.#ask = ask;
    this.#boards = boards;
    this.#day = day;
    this.#reports = reports;
  }

  clear(): void {
    this.#times.report.length = 0;
    this.#times.mark.length = 0;
    this.failures.clear();
  }

  /** Plays the whole morning, compressed, and waits until the last report is on its board. */
  async replay(
    checkedIn: readonly Act[],
    { records, seconds }: { readonly records: number; readonly seconds: number },
  ) {
    const chance = dice(11, 'instants');
    const due: { readonly at: number; readonly act: () => Promise<void> }[] = [];
    let taken = 0;
    while (taken < records) {
      const isWorst = chance.next() < worst.share;
      const at = isWorst ? worst.from + chance.next() * worst.length : chance.next();
      const act = this.#reports[this.#next];
      if (act === undefined) throw new Error('nobody is left to report');
      this.#next += 1;
      taken += act.places.length;
      due.push({ at: at * seconds, act: this.#report(act, this.#day) });
    }
    for (const act of checkedIn) due.push({ at: chance.next() * seconds, act: this.#mark(act) });
    const acts = { reports: due.length - checkedIn.length, records: taken, checkIns: checkedIn.length };
    await this.#play(due);
    return {
      ...{ report_acts: acts.reports, report_records: acts.records, check_in_acts: acts.checkIns },
      checked_in: checkedIn.reduce((sum, { places }) => sum + places.length, 0),
      report: figures(spread(this.#times.report)),
      check_in: figures(spread(this.#times.mark)),
      board: figures(spread(this.#boards.times)),
      board_readings: this.#boards.times.length,
      on_the_board: figures(spread(this.#boards.placed)),
      never_on_the_board: this.#boards.waiting(),
    };
  }

  /** So many records in a second for some seconds; answers how they went. */
  async reportAt(perSecond: number, forSeconds: number) {
    const due: { at: number; act: () => Promise<void> }[] = [];
    const chance = dice(Math.round(perSecond), 'step');
    for (let taken = 0; taken < perSecond * forSeconds;) {
      const act = this.#reports[this.#ahead % this.#reports.length]!;
      // Each child once a day, and then the next day: none of it is today, and on a board that is open.
      const day = addDays(this.#day, 1 + Math.floor(this.#ahead / this.#reports.length));
      this.#ahead += 1;
      taken += act.places.length;
      due.push({ at: chance.next() * forSeconds, act: this.#report(act, day) });
    }
    this.clear();
    this.#boards.clear();
    await this.#play(due);
    return {
      ...{ report: figures(spread(this.#times.report)), board: figures(spread(this.#boards.times)) },
      failed: [...this.failures.values()].reduce((sum, count) => sum + count, 0),
    };
  }

  async #play(due: readonly { readonly at: number; readonly act: () => Promise<void> }[]): Promise<void> {
    const began = performance.now();
    const underWay: Promise<void>[] = [];
    for (const { at, act } of due.toSorted((one, other) => one.at - other.at)) {
      const early = began + at * 1000 - performance.now();
      if (early > 0) await sleep(early);
      this.#dueAt = began + at * 1000;
      underWay.push(act());
    }
    await Promise.all(underWay);
    for (const end = performance.now() + 20_000; this.#boards.waiting() > 0 && performance.now() < end;)
      await sleep(50);
  }

  #dueAt = 0;

  #report({ who, places }: Act, day: LocalDate) {
    return async (): Promise<void> => {
      const dueAt = this.#dueAt;
      await this.#timed('report', dueAt, async () => {
        const input = { places, firstDay: day, cause: 'SICK', idempotencyKey: newId() };
        const { reportAbsence } = await this.#ask<{
          reportAbsence: { outcomes?: readonly { absences: readonly object[] }[] };
        }>(who, reportQuery, { input });
        if (reportAbsence.outcomes?.every(({ absences }) => absences.length === 1) !== true)
          throw new Error('not reported');
        if (day === this.#day) for (const { unitId } of places) this.#boards.acknowledged(unitId, dueAt);
      });
    };
  }

  #mark({ who, places }: Act) {
    return async (): Promise<void> => {
      await this.#timed('mark', this.#dueAt, async () => {
        const marks = places.map(({ childId }) => ({
          ...{ id: newId(), childId, day: this.#day, standing: 'PRESENT', came: '00:01' },
        }));
        const { markAttendance } = await this.#ask<{
          markAttendance: { outcomes?: readonly { kind: string }[] };
        }>(who, markQuery, { input: { unitId: places[0]!.unitId, marks } });
        if (markAttendance.outcomes?.every(({ kind }) => kind === 'TAKEN') !== true)
          throw new Error('not marked');
      });
    };
  }

  async #timed(kind: 'report' | 'mark', dueAt: number, work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.#times[kind].push(performance.now() - dueAt);
    } catch (error) {
      // What is not answered is no figure, and no time is better than it.
      this.#times[kind].push(Number.POSITIVE_INFINITY);
      const name = `${kind}: ${(error as Error).message.slice(0, 60)}`;
      this.failures.set(name, (this.failures.get(name) ?? 0) + 1);
    }
  }
}

export const figures = ({ p50, p95, p99 }: Times): Times => ({
  p50: rounded(p50),
  p95: rounded(p95),
  p99: rounded(p99),
});

/** Seconds of processor time so far. */
export const cpuOf = (stack: Stack) => ({
  gateway: cpuSeconds(stack.running()['gateway']!.pid),
  attendance: cpuSeconds(stack.running()['attendance']!.pid),
  postgres: cpuSecondsBelow(stack.running()['postgres']!.pid),
  asking: process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6,
});

/** What cannot be gone below, here and now: the gateway with nothing to ask of anybody, and a transaction that states who asks. */
export async function measureFloors(stack: Stack, ask: Ask, who: Visitor, seconds: number) {
  const pace = { seconds, perSecond: 50, seed: 3 };
  const trivial = async (): Promise<void> => void (await ask(who, '{ __typename }', {}));
  await Promise.all(Array.from({ length: 50 }, trivial));
  const gateway = await openLoad([{ name: 'gateway', ask: trivial }], pace);
  const sql = postgres(stack.where.databaseUrl('attendance', 'attendance'), { max: 10, onnotice: () => {} });
  const enter = async (): Promise<void> => {
    await sql.begin(async (tx) => {
      await tx`select access.enter(${newId()}::uuid, 'guardian', interval '1 minute'), set_config('role', 'attendance_request', true)`;
      await tx`select 1`;
    });
  };
  await Promise.all(Array.from({ length: 20 }, enter));
  const transaction = await openLoad([{ name: 'transaction', ask: enter }], pace);
  await sql.end();
  return { floor_gateway: figures(gateway.all), floor_transaction: figures(transaction.all) };
}
