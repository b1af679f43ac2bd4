import { about, readsOf } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { type SubjectAbsence, countSubjects, profileOf } from '../domain/subject-absence.ts';
import { daysOfSchoolYear } from '../domain/leave-regulation.ts';
import * as calendars from '../store/calendars.ts';
import * as lessons from '../store/lessons.ts';
import { toRead } from './count-facts.ts';
import type { Deps } from './deps.ts';
import { type SummaryWanted, loadCounted } from './read-absence-summaries.ts';

/** Absence by subject of children, where that profile is on (ABS-19); null where it is not counted for whoever asks, or is off. */
export const readSubjectAbsences = (deps: Deps, actor: Actor, wanted: readonly SummaryWanted[]) =>
  deps.db.asActor<readonly (readonly SubjectAbsence[] | 'hidden' | null)[]>(actor, async (tx) => {
    const { facts, counted, units } = await loadCounted(tx, deps, actor, wanted);
    const profiles = counted.map(({ childId, schoolYear }) => {
      const schools = facts.enrolments.filter((place) => place.childId === childId);
      return profileOf(
        deps.subjectRules,
        schools.map(({ unitId }) => unitId),
        schoolYear,
      );
    });
    const taught = await lessons.toCount(
      tx,
      counted.flatMap(({ childId, schoolYear, found }, place) =>
        profiles[place] == null || typeof found === 'string' || found === null
          ? []
          : [{ place, childId, ...daysOfSchoolYear(schoolYear) }],
      ),
    );
    const missing = [...taught.values()].flat().map(({ unitId }) => unitId);
    const known = new Map([...units, ...(await calendars.ofUnits(tx, [...new Set(missing)]))]);
    const answers = counted.map(
      ({ schoolYear, found }, place): readonly SubjectAbsence[] | 'hidden' | null => {
        const profile = profiles[place] ?? null;
        if (profile === null || found === null) return null;
        if (found === 'hidden') return found;
        const of = { schoolYear, calendars: known, lessons: taught.get(place) ?? [] };
        return countSubjects(profile, { ...of, days: found.days, hasLessons: found.hasLessons });
      },
    );
    const told = counted.flatMap(({ childId, ground }, place) =>
      answers[place] === null || answers[place] === 'hidden' ? [] : [toRead(childId, ground!)],
    );
    return about(readsOf('ABSENCE', actor, facts, told), answers);
  });
