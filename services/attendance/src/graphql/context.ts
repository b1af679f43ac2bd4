import type { Database } from '@ranselpost/kit/database';
import { loaderById } from '@ranselpost/kit/loader';
import type { Actor } from '@ranselpost/kit/pure/actor';
import DataLoader from 'dataloader';
import type { Absence, ShownList } from '../domain/absence.ts';
import type { UnitCalendar } from '../domain/calendar.ts';
import type { Stay } from '../domain/stay.ts';
import type { SubjectAbsence } from '../domain/subject-absence.ts';
import type { ChildTrip } from '../domain/trip.ts';
import type { Deps } from '../usecases/deps.ts';
import { readChildTrips } from '../usecases/read-trips.ts';
import {
  type AbsenceSummary,
  type SummaryWanted,
  readAbsenceSummaries,
} from '../usecases/read-absence-summaries.ts';
import { readSubjectAbsences } from '../usecases/read-subject-absence.ts';
import type { DaysFeed } from '../domain/days-feed.ts';
import type { ChildSurvey } from '../usecases/answer-holiday-survey.ts';
import { type UnitSurvey, readChildSurveys, readUnitSurveys } from '../usecases/read-holiday-surveys.ts';
import type { StillSick } from '../domain/still-sick.ts';
import { readStillSick } from '../usecases/answer-still-sick.ts';
import { readDaysFeeds } from '../usecases/days-feed.ts';
import { readAbsences } from '../usecases/read-absences.ts';
import { type ChildAbsencesWanted, readChildAbsences } from '../usecases/read-child-absences.ts';
import { type DayBoardWanted, type ShownBoard, readDayBoards } from '../usecases/read-day-boards.ts';
import { readStays } from '../usecases/read-stays.ts';
import { type ShownLeave, readLeaves } from '../usecases/read-leaves.ts';
import { readUnitCalendars } from '../usecases/set-unit-calendar.ts';
import { type UnitAbsencesWanted, readUnitAbsences } from '../usecases/read-unit-absences.ts';

/** What resolvers get, fresh for each request. */
export interface Context {
  readonly actor: Actor;
  readonly deps: Deps;
  readonly absences: DataLoader<string, Absence | null>;
  readonly absenceSummaries: DataLoader<SummaryWanted, AbsenceSummary | 'hidden' | null, string>;
  readonly subjectAbsences: DataLoader<SummaryWanted, readonly SubjectAbsence[] | 'hidden' | null, string>;
  readonly calendars: DataLoader<string, UnitCalendar | null>;
  readonly leaves: DataLoader<string, ShownLeave | null>;
  readonly childAbsences: DataLoader<ChildAbsencesWanted, ShownList, string>;
  readonly unitAbsences: DataLoader<UnitAbsencesWanted, ShownList, string>;
  readonly childTrips: DataLoader<string, readonly ChildTrip[] | 'hidden' | null>;
  readonly stays: DataLoader<string, readonly Stay[] | 'hidden' | null>;
  readonly daysFeeds: DataLoader<string, DaysFeed | null>;
  readonly childSurveys: DataLoader<string, readonly ChildSurvey[]>;
  readonly unitSurveys: DataLoader<string, readonly UnitSurvey[] | 'hidden' | null>;
  readonly stillSick: DataLoader<string, StillSick | null>;
  readonly dayBoards: DataLoader<DayBoardWanted, ShownBoard, string>;
}

export const contextFor =
  (all: Deps) =>
  (actor: Actor, db: Database): Context => {
    const deps = { ...all, db };
    return {
      actor,
      deps,
      absences: loaderById((ids) => readAbsences(deps, actor, ids)),
      absenceSummaries: new DataLoader(
        (wanted: readonly SummaryWanted[]) => readAbsenceSummaries(deps, actor, wanted),
        { cacheKeyFn },
      ),
      subjectAbsences: new DataLoader(
        (wanted: readonly SummaryWanted[]) => readSubjectAbsences(deps, actor, wanted),
        { cacheKeyFn },
      ),
      calendars: loaderById((ids) => readUnitCalendars(deps, actor, ids)),
      leaves: loaderById((ids) => readLeaves(deps, actor, ids)),
      childAbsences: new DataLoader(
        (wanted: readonly ChildAbsencesWanted[]) => readChildAbsences(deps, actor, wanted),
        { cacheKeyFn },
      ),
      unitAbsences: new DataLoader(
        (wanted: readonly UnitAbsencesWanted[]) => readUnitAbsences(deps, actor, wanted),
        { cacheKeyFn },
      ),
      childTrips: new DataLoader((ids: readonly string[]) => readChildTrips(deps, actor, ids)),
      stays: new DataLoader((ids: readonly string[]) => readStays(deps, actor, ids)),
      daysFeeds: new DataLoader((ids: readonly string[]) => readDaysFeeds(deps, actor, ids)),
      childSurveys: new DataLoader((ids: readonly string[]) => readChildSurveys(deps, actor, ids)),
      unitSurveys: new DataLoader((ids: readonly string[]) => readUnitSurveys(deps, actor, ids)),
      stillSick: new DataLoader((ids: readonly string[]) => readStillSick(deps, actor, ids)),
      dayBoards: new DataLoader((wanted: readonly DayBoardWanted[]) => readDayBoards(deps, actor, wanted), {
        cacheKeyFn,
      }),
    };
  };

const cacheKeyFn = (wanted: object): string => JSON.stringify(wanted);
