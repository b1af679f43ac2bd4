import { about, readsOf } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { addDays } from '@ranselpost/kit/pure/dates';
import { schoolYearOf } from '../domain/calendar.ts';
import { groundToCount } from '../domain/counting-policy.ts';
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

/**
 * How much children have been away from school until today, by a number of statements that is the same for any number of children.
 * Null where it is not counted for whoever asks.
 */
export const readAbsenceSummaries = (deps: Deps, actor: Actor, wanted: readonly SummaryWanted[]) =>
  deps.db.asActor<readonly (AbsenceSummary | 'hidden' | null)[]>(actor, async (tx) => {
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
    const summaries = wanted.map(({ childId }, place): AbsenceSummary | 'hidden' | null => {
      const of = found[place];
      if (of == null || grounds.get(childId) == null) return null;
      if (of.isHidden || !isCountShown(facts, childId)) return 'hidden';
      return { schoolYear: years[place]!, ...summarize(countDays(units, of.days), of.hasLessons) };
    });
    const told = wanted.flatMap(({ childId }, place) =>
      summaries[place] === null || summaries[place] === 'hidden'
        ? []
        : [toRead(childId, grounds.get(childId)!)],
    );
    return about(readsOf('ABSENCE', actor, facts, told), summaries);
  });
