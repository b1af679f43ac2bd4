import type { PersonActor } from '@ranselpost/kit/pure/actor';
import { loadavg } from 'node:os';
import type postgres from 'postgres';
import { dice } from '../simulators/population/random.ts';
import { memory, report, rounded } from './figures.ts';
import { type Service, openService } from './inbox-load.ts';
import { type OpenRound, type Question, openLoad } from './open-load.ts';
import { openDays, writeDays } from './past-days.ts';
import { withScratchStack } from './scratch-stack.ts';
import { familyOf, idOf, openPastLocks, settle, unitOf } from './town.ts';

const whole = Number(process.env['BENCH_CHILDREN'] ?? 44_000);
const pace = {
  seconds: Number(process.env['BENCH_SECONDS'] ?? 20),
  perSecond: Number(process.env['BENCH_READS'] ?? 20),
};
/** A school year has 190 school days, of which a child is marked on nine in ten. */
const marksPerChild = 170;
/** The largest school has so many children: those of two units of the town and a part of a third. */
const largest = 700;

const rows = '{ child { id } state isHere came went alert slots { lesson { id } state mark { id } } }';
const queries = {
  board: `query ($id: ID!, $day: Date!) { _entities(representations: [{ __typename: "Unit", id: $id }]) { ... on Unit {
    dayBoard(day: $day, first: 100) { counts { present absentReported absentUnreported notYetKnown } nodes ${rows} } } } }`,
  overview: `query ($id: ID!) { _entities(representations: [{ __typename: "Child", id: $id }]) { ... on Child {
    absences(first: 20) { nodes { id day } } absenceSummary { days leaveDays } } } }`,
  certificate: `query ($id: ID!) { _entities(representations: [{ __typename: "Child", id: $id }]) { ... on Child {
    absenceCertificate { schoolYear counted { days hours } } } } }`,
};

const leaderOf = (unit: number): PersonActor => ({
  ...{ kind: 'staff', personId: idOf('leader', unit), level: 'substantial' },
});
const guardianOf = (child: number): PersonActor => ({
  ...{ kind: 'guardian', personId: idOf('mother', familyOf(child)), level: 'substantial' },
});
const shown = ({ p50, p95, p99 }: OpenRound['all']) => ({
  ...{ p50: rounded(p50), p95: rounded(p95), p99: rounded(p99) },
});

await withScratchStack(50, async (stack) => {
  await stack.start();
  const sql = openPastLocks(stack, 'attendance');
  const service = await openService(
    stack,
    'attendance',
    /"(dayBoard|absences|absenceSummary|absenceCertificate)":null/,
  );
  const days = openDays(marksPerChild);
  const figures: Record<string, unknown> = {};
  let from = 0;
  for (const [name, to] of Object.entries({ tenth: Math.round(whole / 10), whole })) {
    const began = performance.now();
    await settle(sql, { from, to, features: ['ABSENCE'] });
    await writeDays(sql, days);
    from = to;
    const written_s = rounded((performance.now() - began) / 1000);
    figures[name] = { written_s, ...(await measure(service, sql, to, days[0]!)) };
    process.stdout.write(`${JSON.stringify(figures[name])}\n`);
  }
  figures['largest'] = await measureLargest(service, sql, days[0]!);
  report('register', {
    ...{ ...pace, load: loadavg().map((one) => rounded(one)), ...figures },
    attendance_mb: rounded(memory(stack.running()['attendance']!.pid).most),
  });
  await service.close();
  await sql.end();
});

/** Asks attendance itself, in the name of leaders and guardians of the town, and then what it costs at least. */
async function measure(service: Service, sql: postgres.Sql, children: number, day: string) {
  const chance = dice(5, 'register');
  const ofGuardian = (query: string) => (): Promise<void> => {
    const child = chance.below(children);
    return service.ask(guardianOf(child), query, { id: idOf('child', child) });
  };
  const questions: readonly Question[] = [
    {
      name: 'board',
      ask: () => {
        const unit = unitOf(chance.below(children));
        return service.ask(leaderOf(unit), queries.board, { id: idOf('unit', unit), day });
      },
    },
    { name: 'overview', ask: ofGuardian(queries.overview) },
    { name: 'certificate', ask: ofGuardian(queries.certificate) },
  ];
  await openLoad(questions, { ...pace, seed: 1, seconds: 5 });
  const round = await openLoad(questions, { ...pace, seed: 2 });
  const floor = await openLoad([{ name: 'http', ask: () => service.ask(leaderOf(0), '{ __typename }') }], {
    ...pace,
    seed: 3,
    seconds: pace.seconds / 2,
  });
  const [{ marks, mb }] = await sql<[{ marks: number; mb: number }]>`
    select (select count(*)::int from mark) as marks,
      (select sum(pg_total_relation_size(inhrelid))::float8 / 1048576 from pg_inherits where inhparent = 'mark'::regclass) as mb`;
  return {
    ...{
      children,
      marks,
      mark_mb: rounded(mb),
      per_s: rounded(round.perSecond),
      unanswered: round.unanswered,
    },
    ...Object.fromEntries([...round.of].map(([name, times]) => [name, shown(times)])),
    floor_http: shown(floor.all),
    p99_to_floor: rounded(round.all.p99 / floor.all.p99),
  };
}

/** The board of a school of 700, which takes the children of its neighbours in. */
async function measureLargest(service: Service, sql: postgres.Sql, day: string) {
  const [unit, children] = [idOf('unit', 0), Array.from({ length: largest }, (_none, n) => idOf('child', n))];
  await sql`update access.enrolment set unit_id = ${unit} where child_id = any (${children}::uuid[])`;
  await sql`update mark set unit_id = ${unit} where day = ${day} and child_id = any (${children}::uuid[])`;
  await sql.unsafe('vacuum analyze');
  const ask = (): Promise<void> => service.ask(leaderOf(0), queries.board, { id: unit, day });
  await openLoad([{ name: 'board', ask }], { seed: 1, seconds: 2, perSecond: 2 });
  const round = await openLoad([{ name: 'board', ask }], { seed: 2, seconds: pace.seconds, perSecond: 2 });
  return { children: largest, ...shown(round.all), unanswered: round.unanswered };
}
