import { type LocalDate, addDays } from '@ranselpost/kit/pure/dates';
import {
  type Feature,
  type FeatureStanding,
  type FeatureState,
  neverStated,
} from '@ranselpost/kit/pure/features';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { type DayConcern, concernAbout } from './opening-day.ts';
import type { UnitKind } from './staff-roles.ts';

export interface Unit {
  readonly unitId: string;
  readonly kind: UnitKind;
}

/** Where something is stated. What is stated of units outranks what is stated of their kind, and that the municipality. */
export type Place =
  | { readonly level: 'MUNICIPALITY' }
  | { readonly level: 'UNIT_KIND'; readonly unitKind: UnitKind }
  | { readonly level: 'UNIT'; readonly unitIds: readonly string[] };

/** What people read instead of, or beside, what is closed; as the municipality writes it. */
export interface Notice {
  readonly nb: string;
  readonly nn: string;
  readonly en: string;
}

/** By virtue of which role somebody states something. */
export type Power = 'MUNICIPAL_ADMINISTRATOR' | 'LEADER';

/** What somebody states of a feature. */
export interface Statement {
  readonly feature: Feature;
  readonly place: Place;
  readonly state: Exclude<FeatureState, 'ANNOUNCED'>;
  /** The day from which it counts, for what is to open later. */
  readonly opensOn: LocalDate | null;
  readonly isReadable: boolean;
  readonly notice: Notice | null;
}

/** Something that was stated, or stopped in an emergency. Acts are added and never changed. */
export interface Act extends Statement {
  readonly actId: string;
  readonly kind: 'STATEMENT' | 'STOP';
  readonly power: Power;
  /** The emergency stops that this ends where it counts, which two persons have decided. */
  readonly lifts: readonly string[];
  readonly isCancelled: boolean;
}

export interface Standing extends FeatureStanding {
  readonly notice: Notice | null;
}

export const covers = (place: Place, unit: Unit): boolean =>
  place.level === 'MUNICIPALITY' ||
  (place.level === 'UNIT_KIND' ? place.unitKind === unit.kind : place.unitIds.includes(unit.unitId));

/**
 * How a feature stands at a unit on a day, by all that was stated of it, in the order it was. The only place where that
 * is worked out (D01). The most specific statement counts, but an emergency stop anywhere above overrides all of them
 * until it has been lifted for this unit (D02). Undefined where nothing was stated.
 */
export function standingAt(unit: Unit, acts: readonly Act[], today: LocalDate): Standing | undefined {
  const here = acts.filter(({ isCancelled, place }) => !isCancelled && covers(place, unit));
  return here.length === 0 ? undefined : standing(here, today);
}

/** How a feature stands in the municipality as a whole, whatever units say of themselves. Undefined where nothing was stated. */
export function standingEverywhere(acts: readonly Act[], today: LocalDate): Standing | undefined {
  const here = acts.filter(({ isCancelled, place }) => !isCancelled && place.level === 'MUNICIPALITY');
  return here.length === 0 ? undefined : standing(here, today);
}

function standing(here: readonly Act[], today: LocalDate): Standing {
  const stops = inForce(here, today);
  if (stops.length > 0) return whileStopped(here, stops, today);
  const act = mostSpecific(here.filter(({ kind }) => kind === 'STATEMENT'));
  if (act === undefined) return { ...neverStated, notice: null };
  if (counts(act, today)) {
    const { state, opensOn, isReadable, notice } = act;
    return { state, opensOn, isReadable, notice };
  }
  const before = standing(
    here.filter((other) => other !== act),
    today,
  );
  // What is planned to open closes nothing until then.
  return before.state === 'OPEN' ? before : announced(before, act);
}

function whileStopped(here: readonly Act[], stops: readonly Act[], today: LocalDate): Standing {
  const beneath = standing(
    here.filter(({ kind }) => kind !== 'STOP'),
    today,
  );
  const stopped: Standing = {
    state: stops.some(({ state }) => state === 'CLOSED') ? 'CLOSED' : 'SUSPENDED',
    opensOn: null,
    isReadable: beneath.isReadable && stops.every(({ isReadable }) => isReadable),
    notice: stops.findLast(({ notice }) => notice !== null)?.notice ?? null,
  };
  const plan = here
    .filter((act) => !counts(act, today))
    .toSorted((one, other) => (one.opensOn! < other.opensOn! ? -1 : 1))
    .find(({ opensOn }) => standing(here, opensOn!).state === 'OPEN');
  return plan === undefined ? stopped : announced(stopped, plan);
}

/** What is suspended stays so until its day, for those who read in it. */
const announced = (before: Standing, { opensOn, notice }: Act): Standing => ({
  ...before,
  state: before.state === 'SUSPENDED' ? 'SUSPENDED' : 'ANNOUNCED',
  opensOn,
  notice: notice ?? before.notice,
});

const counts = ({ opensOn }: Act, today: LocalDate): boolean => opensOn === null || opensOn <= today;

function inForce(here: readonly Act[], today: LocalDate): readonly Act[] {
  const lifted = new Set(here.filter((act) => counts(act, today)).flatMap(({ lifts }) => lifts));
  return here.filter(({ kind, actId }) => kind === 'STOP' && !lifted.has(actId));
}

const levels: readonly Place['level'][] = ['UNIT', 'UNIT_KIND', 'MUNICIPALITY'];

const mostSpecific = (statements: readonly Act[]): Act | undefined =>
  levels
    .map((level) => statements.findLast(({ place }) => place.level === level))
    .find((act) => act !== undefined);

/**
 * The emergency stops in force over a place: at its own level and above. What was stopped further down, for a reason of
 * its own, is no matter of whoever opens the whole.
 */
export function stopsOver(
  place: Place,
  acts: readonly Act[],
  units: readonly Unit[],
  today: LocalDate,
): readonly Act[] {
  const standing = acts.filter(({ isCancelled }) => !isCancelled);
  if (place.level === 'UNIT') {
    const over = units
      .filter((unit) => covers(place, unit))
      .flatMap((unit) =>
        inForce(
          standing.filter((act) => covers(act.place, unit)),
          today,
        ),
      );
    return [...new Set(over)];
  }
  return inForce(
    standing.filter(
      (act) =>
        act.place.level === 'MUNICIPALITY' ||
        (place.level === 'UNIT_KIND' &&
          act.place.level === 'UNIT_KIND' &&
          act.place.unitKind === place.unitKind),
    ),
    today,
  );
}

export type Refusal =
  | { readonly kind: 'opening-day-past'; readonly firstPossibleDay: LocalDate }
  | { readonly kind: 'opening-day-unwise'; readonly concern: DayConcern }
  | { readonly kind: 'feature-not-turned-on' }
  | { readonly kind: 'feature-stopped-above' };

/** What is known of a feature when somebody states something of it. */
export interface Known {
  readonly acts: readonly Act[];
  /** The units that the place names one by one. */
  readonly units: readonly Unit[];
  readonly today: LocalDate;
}

/**
 * Answers which emergency stops the statement would lift: with any, it takes a second person. Closing takes one, always.
 * A leader opens what the municipality has turned on, and no more (D08); nor what the municipality has stopped.
 */
export function decideStatement(
  wanted: Statement,
  { power, insistsOnDay }: { readonly power: Power; readonly insistsOnDay: boolean },
  { acts, units, today }: Known,
): Result<{ readonly lifts: readonly string[] }, Refusal> {
  if (wanted.state !== 'OPEN') return accept({ lifts: [] });
  if (wanted.opensOn !== null && wanted.opensOn <= today)
    return refuse({ kind: 'opening-day-past', firstPossibleDay: addDays(today, 1) });
  const stops = stopsOver(wanted.place, acts, units, today);
  if (power === 'LEADER') {
    if (!units.every((unit) => isTurnedOn(unit, acts, today)))
      return refuse({ kind: 'feature-not-turned-on' });
    if (stops.some((stop) => stop.power !== 'LEADER')) return refuse({ kind: 'feature-stopped-above' });
  }
  const concern = concernAbout(wanted.opensOn ?? today);
  if (concern !== null && !insistsOnDay) return refuse({ kind: 'opening-day-unwise', concern });
  return accept({ lifts: stops.map(({ actId }) => actId) });
}

const isTurnedOn = (unit: Unit, acts: readonly Act[], today: LocalDate): boolean =>
  acts.some(
    (act) =>
      act.power === 'MUNICIPAL_ADMINISTRATOR' &&
      act.state === 'OPEN' &&
      !act.isCancelled &&
      counts(act, today) &&
      covers(act.place, unit),
  );

/** What has been planned can be called off until its day has come; then it is open, and may be closed. */
export function decideCancellation(
  act: Act,
  today: LocalDate,
): Result<true, { readonly kind: 'opening-not-planned' }> {
  return act.isCancelled || counts(act, today) ? refuse({ kind: 'opening-not-planned' }) : accept(true);
}

/** How features stand at a unit, as it was told to others. */
export interface Told {
  readonly unitId: string;
  readonly features: readonly (Pick<FeatureStanding, 'state' | 'isReadable'> & {
    readonly feature: string;
  })[];
}

/** A stop that the service makes by itself. */
export interface StopAgain {
  readonly feature: Feature;
  readonly place: Place;
  readonly state: 'CLOSED' | 'SUSPENDED';
  readonly isReadable: boolean;
}

/**
 * What has to be stopped at units where more is open, or shown, than was told last: after a restore to a day before
 * somebody closed or hid it (S-27).
 */
export function stopsAgain(here: readonly Told[], lastWords: readonly Told[]): readonly StopAgain[] {
  const words = new Map(lastWords.map(({ unitId, features }) => [unitId, features]));
  const wider = here.flatMap(({ unitId, features }) => {
    const told = words.get(unitId);
    if (told === undefined) return [];
    return features.flatMap(({ feature, state, isReadable }) => {
      const last = told.find((word) => word.feature === feature) ?? neverStated;
      const isWider = (state === 'OPEN' && last.state !== 'OPEN') || (isReadable && !last.isReadable);
      return isWider ? [{ unitId, feature, last }] : [];
    });
  });
  const alike = Map.groupBy(
    wider,
    ({ feature, last }) => `${feature} ${last.state === 'SUSPENDED'} ${last.isReadable}`,
  );
  return [...alike.values()].map((group) => ({
    feature: group[0]!.feature as Feature,
    place: { level: 'UNIT', unitIds: group.map(({ unitId }) => unitId) },
    state: group[0]!.last.state === 'SUSPENDED' ? 'SUSPENDED' : 'CLOSED',
    isReadable: group[0]!.last.isReadable,
  }));
}

/** The same when nobody can say what was told: everything that is open or shown anywhere, everywhere. */
export const stopsOfAll = (here: readonly Told[]): readonly StopAgain[] => {
  const open = here.flatMap(({ features }) =>
    features.filter(({ state, isReadable }) => state === 'OPEN' || isReadable),
  );
  return [...new Set(open.map(({ feature }) => feature))].map((feature) => ({
    ...{
      feature: feature as Feature,
      place: { level: 'MUNICIPALITY' },
      state: 'SUSPENDED',
      isReadable: false,
    },
  }));
};
