import { newId } from '@ranselpost/kit/ids';
import { addDays, type LocalDate, localDateAt } from '@ranselpost/kit/pure/dates';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Say } from '../dev/say.ts';
import type { Stack } from '../dev/stack.ts';
import { type Dice, dice } from '../simulators/population/random.ts';
import { reportMutation, type ReportAnswer } from '../visitor/absences.ts';
import { giveSessions } from '../visitor/sessions.ts';
import { boardOf, everyDay, mark } from '../visitor/register.ts';
import type { Visitor } from '../visitor/visitor.ts';
import { lookAtEvents } from './events-of-a-morning.ts';
import { killInTurn, onSql } from './kills.ts';

export interface MorningRun {
  /** How many children are reported, each by both guardians and for some days, and marked. */
  readonly children: number;
  /** How often something is killed meanwhile. */
  readonly kills: number;
  readonly seed: number;
  readonly tell: Say;
}

/** A child at a school of ordinary families, with both guardians and whoever leads the school, signed in. */
export interface Pupil {
  readonly childId: string;
  readonly unitId: string;
  readonly guardians: readonly Visitor[];
  readonly leader: Visitor;
}

/** What somebody has a receipt for. */
export interface Receipt {
  readonly childId: string;
  readonly unitId: string;
  readonly day: LocalDate;
  readonly absenceId: string;
}

const settlesWithinMs = 60_000;
/** Far enough ahead that no other story of the town reports it, on whatever day this is played. */
const firstDayAhead = 290;
const daysAhead = 3;

/**
 * Lets guardians report and staff mark through the gateway, all at once and again under the same key until they are answered, while
 * attendance, NATS and Postgres are killed, each at a moment that the dice choose; and answers what must never be (S-20, S-21, S-22).
 */
export async function morningUnderFire(stack: Stack, run: MorningRun): Promise<readonly string[]> {
  const chance = dice(run.seed, 'morning');
  const pupils = await gather(stack, run.children);
  const today = localDateAt(new Date());
  const undo = await openEveryDay(stack, pupils);
  try {
    const receipts: Receipt[] = [];
    const doubts: string[] = [];
    let isOver = false;
    const people = pupils.flatMap((pupil, place) => [
      ...pupil.guardians.map(
        (guardian, parent) => () =>
          report(guardian, pupil, { place, parent, today, isOver: () => isOver, chance, receipts, doubts }),
      ),
      () => markTwice(pupil, today, chance, doubts),
    ]);
    const acting = Promise.all(people.map((act) => act()));
    acting.catch(() => {});
    await killInTurn(stack, {
      ...{ parts: ['attendance', 'nats', 'postgres'], kills: run.kills, chance, tell: run.tell },
    });
    isOver = true;
    await acting;
    run.tell(`${receipts.length} receipts for ${new Set(receipts.map(keyOf)).size} days of children`);
    return [
      ...new Set(doubts),
      ...(receipts.length === 0 ? ['nothing was reported'] : []),
      ...(await lookAtTables(stack, receipts)),
      ...(await lookAtEvents(stack, receipts, pupils, today, settlesWithinMs)),
      ...(await lookAtBoards(pupils, receipts, today)),
    ];
  } finally {
    await undo();
  }
}

const keyOf = ({ childId, unitId, day }: Receipt): string => `${childId} ${unitId} ${day}`;

/** Children at schools who have two guardians and stand under no protection, as attendance knows them. */
async function gather(stack: Stack, count: number): Promise<readonly Pupil[]> {
  const rows = await onSql(
    stack,
    'attendance',
    (sql) => sql<{ child_id: string; unit_id: string; guardians: string[]; leader: string }[]>`
      select child_id, unit_id, guardians, leader from (
        select e.child_id, e.unit_id, (select array_agg(person_id order by person_id) from access.guardian g
            where g.child_id = e.child_id and (g.ends_on is null or g.ends_on > current_date + 366)) as guardians,
          (select person_id from access.staff_role r where r.unit_id = e.unit_id and r.role = 'LEADER'
            and r.group_id is null and r.to_day is null order by person_id limit 1) as leader
        from access.enrolment e join access.unit u on u.unit_id = e.unit_id and u.kind = 'SCHOOL'
        where e.named_staff is null and e.to_day is null) as place
      where cardinality(guardians) = 2 and leader is not null and not leader = any (guardians)
        and not exists (select from absence where absence.child_id = place.child_id)
        and not exists (select from mark where mark.child_id = place.child_id)
      order by md5(child_id::text) limit ${count}`,
  );
  if (rows.length < count) throw new Error(`there are ${rows.length} ordinary pupils, not ${count}`);
  const leaders = [...new Set(rows.map(({ leader }) => leader))];
  const guardians = [...new Set(rows.flatMap((row) => row.guardians))];
  const people = [
    ...leaders.map((personId) => ({ kind: 'staff' as const, personId })),
    ...guardians.map((personId) => ({ kind: 'guardian' as const, personId })),
  ];
  const visitors = await onSql(stack, 'gateway', (sql) => giveSessions(stack.urls['gateway']!, sql, people));
  const byId = new Map(people.map(({ kind, personId }, place) => [`${kind} ${personId}`, visitors[place]!]));
  return rows.map(({ child_id: childId, unit_id: unitId, guardians: both, leader }) => ({
    ...{ childId, unitId, leader: byId.get(`staff ${leader}`)! },
    guardians: both.map((personId) => byId.get(`guardian ${personId}`)!),
  }));
}

/** Lets the schools be open and tell home at once, on whatever day and hour this is; answers how to undo it. */
async function openEveryDay(stack: Stack, pupils: readonly Pupil[]): Promise<() => Promise<void>> {
  const unitIds = [...new Set(pupils.map(({ unitId }) => unitId))];
  const before = await onSql(stack, 'attendance', async (sql) => ({
    calendars: await sql`select * from unit_calendar where unit_id = any (${unitIds}::uuid[])`,
    settings: await sql`select * from alert_setting where unit_id = any (${unitIds}::uuid[])`,
  }));
  const { opensAt, closesAt, planningAt, daysAhead: ahead } = everyDay;
  const wipe = async (): Promise<void> => {
    await onSql(stack, 'attendance', async (sql) => {
      await sql`delete from unit_calendar where unit_id = any (${unitIds}::uuid[])`;
      await sql`delete from alert_setting where unit_id = any (${unitIds}::uuid[])`;
    });
  };
  await wipe();
  await onSql(stack, 'attendance', async (sql) => {
    await sql`
      insert into unit_calendar (unit_id, opens_at, closes_at, planning_at, days_ahead, school_years, closed_days, is_open_every_day)
      select unit_id, ${opensAt}, ${closesAt}, ${planningAt}, ${ahead}, '[]', '[]', true from unnest(${unitIds}::uuid[]) as unit_id`;
    await sql`insert into alert_setting (unit_id, minutes) select unit_id, 0 from unnest(${unitIds}::uuid[]) as unit_id`;
  });
  return async () => {
    await wipe();
    await onSql(stack, 'attendance', async (sql) => {
      if (before.calendars.length > 0) await sql`insert into unit_calendar ${sql(before.calendars)}`;
      if (before.settings.length > 0) await sql`insert into alert_setting ${sql(before.settings)}`;
    });
  };
}

interface Stage {
  readonly place: number;
  readonly parent: number;
  readonly today: LocalDate;
  readonly isOver: () => boolean;
  readonly chance: Dice;
  readonly receipts: Receipt[];
  readonly doubts: string[];
}

/** One guardian reports one day after another, each until it is answered; the other one reports the same days in another order. */
async function report(
  who: Visitor,
  { childId, unitId }: Pupil,
  { parent, today, isOver, chance, receipts, doubts }: Stage,
): Promise<void> {
  const order = Array.from({ length: daysAhead }, (_none, at) => at);
  for (const at of parent === 0 ? order : order.toReversed()) {
    // What is begun is brought to its end; what nobody has begun when all is well again is left.
    if (isOver() && at > 0) continue;
    const day = addDays(today, firstDayAhead + at);
    const input = {
      ...{ places: [{ childId, unitId }], firstDay: day, cause: parent === 0 ? 'SICK' : 'OTHER' },
      idempotencyKey: newId(),
    };
    await untilAnswered(chance, doubts, async () => {
      const { data, codes } = await who.ask<ReportAnswer>(reportMutation, { input });
      const outcome = data?.reportAbsence?.outcomes?.[0];
      const absenceId = outcome?.absences[0]?.id;
      if (absenceId !== undefined) receipts.push({ childId, unitId, day, absenceId });
      else if (data?.reportAbsence != null) doubts.push(`S-26: a report was refused: ${refusalOf(data)}`);
      return data?.reportAbsence == null ? codes : null;
    });
    await sleep(chance.below(120));
  }
}

const refusalOf = ({ reportAbsence }: ReportAnswer): string =>
  reportAbsence?.outcomes?.[0]?.refusal?.__typename ?? String(reportAbsence?.__typename);

/** A roll call is sent until it is answered, and once more as a device does that has not heard the answer (S-22). */
async function markTwice(
  { childId, unitId, leader }: Pupil,
  day: LocalDate,
  chance: Dice,
  doubts: string[],
): Promise<void> {
  const one = { id: newId(), childId, day, standing: 'ABSENT' as const };
  for (let time = 0; time < 2; time += 1) {
    await sleep(chance.below(2_000));
    await untilAnswered(chance, doubts, async () => {
      const came = await mark(leader, unitId, [one]);
      return came.join() === 'TAKEN' ? null : came;
    });
  }
}

/** Asks again until there is an answer. A part that is away may be `UNAVAILABLE`, and never anything else (S-26). */
async function untilAnswered(
  chance: Dice,
  doubts: string[],
  ask: () => Promise<readonly string[] | null>,
): Promise<void> {
  for (const end = Date.now() + settlesWithinMs; Date.now() < end; await sleep(50 + chance.below(200))) {
    const failed = await ask().catch(() => ['UNAVAILABLE']);
    if (failed === null) return;
    const wrong = failed.filter((code) => code !== 'UNAVAILABLE');
    if (wrong.length > 0) doubts.push(`S-26: a failure passes for ${wrong.join()}`);
  }
  doubts.push('S-21: somebody was not answered when all was well again');
}

/** Each receipt is there, each day of a child once, and nothing beside what was said (S-20, S-22). */
async function lookAtTables(stack: Stack, receipts: readonly Receipt[]): Promise<readonly string[]> {
  const childIds = [...new Set(receipts.map(({ childId }) => childId))];
  const rows = await onSql(
    stack,
    'attendance',
    (sql) => sql<{ id: string; child_id: string; unit_id: string; day: LocalDate; repeats: number }[]>`
      select id, child_id, unit_id, to_char(day, 'YYYY-MM-DD') as day,
        (select count(*)::int from absence_repeat where absence_id = absence.id) as repeats
      from absence where child_id = any (${childIds}::uuid[]) and withdrawn_at is null`,
  );
  const standing = Map.groupBy(rows, (row) => `${row.child_id} ${row.unit_id} ${row.day}`);
  return [...Map.groupBy(receipts, keyOf)].flatMap(([slot, some]) => {
    const there = standing.get(slot) ?? [];
    if (there.length !== 1) return [`S-22: ${slot} stands ${there.length} times`];
    const [{ id, repeats }] = there as [(typeof rows)[number]];
    if (some.some(({ absenceId }) => absenceId !== id))
      return [`S-20: a receipt for ${slot} names another absence`];
    return repeats === some.length - 1
      ? []
      : [`S-22: ${slot} was said ${some.length} times, and kept ${repeats + 1} times`];
  });
}

/** What is open before staff says what the tables say. */
async function lookAtBoards(
  pupils: readonly Pupil[],
  receipts: readonly Receipt[],
  today: LocalDate,
): Promise<readonly string[]> {
  const wanted = [
    ...pupils.map(({ childId, unitId }) => ({ childId, unitId, day: today, state: 'ABSENT_UNREPORTED' })),
    ...new Map(receipts.map((one) => [keyOf(one), { ...one, state: 'ABSENT_REPORTED' }])).values(),
  ];
  const wrong: string[] = [];
  for (const some of Map.groupBy(wanted, ({ unitId, day }) => `${unitId} ${day}`).values()) {
    const { unitId, day } = some[0]!;
    const { leader } = pupils.find((pupil) => pupil.unitId === unitId)!;
    const board = await boardOf(leader, unitId, day);
    if (!('nodes' in board)) return [`S-26: the board of ${unitId} is ${board.join()}`];
    const states = new Map(board.nodes.map(({ child, state }) => [child.id, state]));
    for (const { childId, state } of some)
      if (states.get(childId) !== state)
        wrong.push(`S-26: ${childId} stands on the board of ${day} as ${states.get(childId)}, not ${state}`);
  }
  return wrong;
}
