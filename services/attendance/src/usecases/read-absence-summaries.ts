import { about, readsOf } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { addDays } from '@ranselpost/kit/pure/dates';
import { isRegisterKept, schoolYearOf } from '../domain/calendar.ts';
import { type CountGround, groundToCount } from '../domain/counting-policy.ts';
import { daysOfSchoolYear } from '../domain/leave-regulation.ts';
import { countDays, summarize } from '../domain/school-day.ts';
import * as absentDays from '../store/absent-days.ts';
import * as calendars from '../store/calendars.ts';
import { isCountShown, loadCountFacts, toRead } from './count-facts.ts';
import type { Deps } from './deps.ts';

export interface AbsenceSummary {
  readonly schoolYear: number;
  readonly days: number;
  readonly leaveDays: number;
  /** Null where they cannot be counted (S-26). */
  readonly hours: number | null;
}

export interface SummaryWanted {
  readonly childId: string;
  /** Null: the school year of today. */
  readonly schoolYear: number | null;
}

/** What there is to count of a child, for whoever asks. */
export interface Counted {
  readonly childId: string;
  readonly schoolYear: number;
  /** Null: for them nothing is. */
  readonly ground: CountGround | null;
  readonly found: absentDays.AbsenceFound | 'hidden' | null;
}

/** Everything by which absence of children until today is counted, by a number of statements that is the same for any number of them. */
export async function loadCounted(tx: Tx, deps: Deps, actor: Actor, wanted: readonly SummaryWanted[]) {
  const childIds = [...new Set(wanted.map(({ childId }) => childId))];
  const facts = await loadCountFacts(tx, deps, actor, childIds);
  const grounds = new Map(childIds.map((childId) => [childId, groundToCount(actor, facts, childId)]));
  const until = addDays(facts.today, 1);
  const years = wanted.map(({ schoolYear }) => schoolYear ?? schoolYearOf(facts.today));
  const found = await absentDays.fromSchools(
    tx,
    wanted.map(({ childId }, place) => {
      const { from, to } = daysOfSchoolYear(years[place]!);
      return { childId, from, to: until < to ? until : to };
    }),
  );
  const unitIds = found.flatMap((one) => one?.days.map(({ unitId }) => unitId) ?? []);
  const units = await calendars.ofUnits(tx, [...new Set(unitIds)]);
  const counted = wanted.map(({ childId }, place): Counted => {
    // Of what is forgotten nothing is counted: not none (S-26).
    const isKept = isRegisterKept(daysOfSchoolYear(years[place]!).from, facts.today, deps.registerKeptYears);
    const of = isKept ? (found[place] ?? null) : null;
    const ground = grounds.get(childId) ?? null;
    const isShown = of === null || (!of.isHidden && isCountShown(facts, childId));
    return {
      ...{ childId, schoolYear: years[place]!, ground },
      found: ground === null || of === null ? null : isShown ? of : 'hidden',
    };
  });
  return { facts, units, counted };
}

/** How much children have been away from school until today. Null where it is not counted for whoever asks. */
export const readAbsenceSummaries = (deps: Deps, actor: Actor, wanted: readonly SummaryWanted[]) =>
  deps.db.asActor<readonly (AbsenceSummary | 'hidden' | null)[]>(actor, async (tx) => {
    const { facts, units, counted } = await loadCounted(tx, deps, actor, wanted);
    const summaries = counted.map(({ schoolYear, found }): AbsenceSummary | 'hidden' | null =>
      found === null || found === 'hidden'
        ? found
        : { schoolYear, ...summarize(countDays(units, found.days), found.hasLessons) },
    );
    const told = counted.flatMap(({ childId, ground, found }) =>
      found === null || found === 'hidden' ? [] : [toRead(childId, ground!)],
    );
    return about(readsOf('ABSENCE', actor, facts, told), summaries);
  });
