import type { Stack } from '../dev/stack.ts';
import { type Dice, dice } from '../simulators/population/random.ts';
import { everyDay } from '../visitor/register.ts';
import { giveSessions } from '../visitor/sessions.ts';
import type { Visitor } from '../visitor/visitor.ts';
import { openDays, writeDays } from './past-days.ts';
import { openPastLocks } from './town.ts';

export interface Place {
  readonly childId: string;
  readonly unitId: string;
}

/** What somebody does in a morning: a report of one child at its units, or children who are checked in together. */
export interface Act {
  readonly who: Visitor;
  readonly places: readonly Place[];
}

export interface MorningTown {
  /** Of one child each, in the order of the dice; none twice, and none of a child who is checked in. */
  readonly reports: readonly Act[];
  readonly checkIns: readonly Act[];
  /** Of whoever leads a unit, one each. */
  readonly boards: readonly { readonly who: Visitor; readonly unitId: string }[];
}

interface Child {
  readonly child_id: string;
  readonly guardian: string;
  readonly units: readonly { readonly unitId: string; readonly kind: string }[];
}

/** Opens every unit of the town today, whichever day it is, and signs in who reports, who checks in and who has a board open. */
export async function beginMorning(stack: Stack, checkIns: number): Promise<MorningTown> {
  const sql = openPastLocks(stack, 'attendance');
  const { opensAt, closesAt, planningAt, daysAhead } = everyDay;
  await sql`
    insert into unit_calendar (unit_id, opens_at, closes_at, planning_at, days_ahead, school_years, closed_days, is_open_every_day)
    select unit_id, ${opensAt}, ${closesAt}, ${planningAt}, ${daysAhead}, '[]', '[]', true from access.unit on conflict do nothing`;
  const children = await sql<Child[]>`
    select child_id, guardian, jsonb_agg(jsonb_build_object('unitId', unit_id, 'kind', kind) order by unit_id) as units from (
      select e.child_id, e.unit_id, u.kind, (select person_id from access.guardian g
        where g.child_id = e.child_id and (ends_on is null or ends_on > current_date + 1) order by person_id limit 1) as guardian
      from access.enrolment e join access.unit u using (unit_id)
      where named_staff is null and from_day <= current_date and (to_day is null or to_day > current_date + 1)) as place
    where guardian is not null group by child_id, guardian order by child_id`;
  const leaders = await sql<{ unit_id: string; person_id: string }[]>`
    select distinct on (unit_id) unit_id, person_id from access.staff_role
    where role = 'LEADER' and group_id is null and (to_day is null or to_day > current_date) order by unit_id, person_id`;
  // Without a past, a database plans for tables that it believes to stay empty.
  await writeDays(sql, openDays(21).slice(1));
  await sql.end();

  const chance = dice(7, 'morning');
  const isSmall = ({ units }: Child): boolean => units.some(({ kind }) => kind === 'KINDERGARTEN');
  const [small, pupils] = [
    shuffled(children.filter(isSmall), chance),
    children.filter((one) => !isSmall(one)),
  ];
  const ill = Math.floor(small.length / 5);
  const reported = shuffled([...pupils, ...small.slice(0, ill)], chance);
  const gateway = openPastLocks(stack, 'gateway');
  const visitors = await giveSessions(stack.urls['gateway']!, gateway, [
    ...leaders.map(({ person_id: personId }) => ({ kind: 'staff' as const, personId })),
    ...reported.map(({ guardian: personId }) => ({ kind: 'guardian' as const, personId })),
  ]);
  await gateway.end();
  const leaderOf = new Map(leaders.map(({ unit_id: unitId }, place) => [unitId, visitors[place]!]));
  return {
    reports: reported.map(({ child_id: childId, units }, at) => ({
      who: visitors[leaders.length + at]!,
      places: units.map(({ unitId }) => ({ childId, unitId })),
    })),
    checkIns: together(small.slice(ill), checkIns, chance).map((places) => ({
      ...{ places, who: leaderOf.get(places[0]!.unitId)! },
    })),
    boards: [...leaderOf].map(([unitId, who]) => ({ unitId, who })),
  };
}

/** Children who come through the same door at the same time: one to seven, four on average. */
function together(children: readonly Child[], count: number, chance: Dice): readonly (readonly Place[])[] {
  const places = children.map(({ child_id: childId, units }) => ({ childId, unitId: units[0]!.unitId }));
  const doors = [...Map.groupBy(places, ({ unitId }) => unitId).values()].map((some) => [...some]);
  const acts: Place[][] = [];
  for (let left = Math.min(count, places.length); left > 0;) {
    const door = chance.pick(doors);
    const some = door.splice(0, Math.min(left, 1 + chance.below(7)));
    if (door.length === 0) doors.splice(doors.indexOf(door), 1);
    acts.push(some);
    left -= some.length;
  }
  return acts;
}

function shuffled<One>(all: One[], chance: Dice): One[] {
  for (let at = all.length - 1; at > 0; at -= 1) {
    const other = chance.below(at + 1);
    [all[at], all[other]] = [all[other]!, all[at]!];
  }
  return all;
}
