import { type Answer, about, readsOf } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { loadFeature } from '@ranselpost/kit/features';
import { type CopyFacts, loadAccessFacts } from '@ranselpost/kit/grounds';
import { fact, tellAll } from '@ranselpost/kit/outbox';
import { type Actor, type PersonActor, isPerson } from '@ranselpost/kit/pure/actor';
import { type LocalDate, localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { absenceReportedV1 } from '@ranselpost/schema/events/attendance/absence-reported.v1';
import { createHash } from 'node:crypto';
import {
  type Absence,
  type Place,
  type PlaceRefusal,
  type Report,
  type ReportRefusal,
  type SkippedDay,
  decidePlace,
  decideReport,
  placesMax,
  slotsMax,
} from '../domain/absence.ts';
import { mayReportAbsence, maySeeCause, shownTo } from '../domain/policy.ts';
import * as absences from '../store/absences.ts';
import * as calendars from '../store/calendars.ts';
import type { Deps } from './deps.ts';
import { daysChanged } from './tell-day-changed.ts';
import { newsOf } from './tell-news.ts';

export interface KeyedReport extends Report {
  /** The reporter's own key: the same report under the same key is the same report. */
  readonly idempotencyKey: string;
}

/** What came of an act for one child and unit (ABS-15). */
export interface PlaceOutcome {
  readonly place: Place;
  /** What stands of the days now. Empty where it was refused. */
  readonly absences: readonly Absence[];
  /** Days that somebody had reported before: what was said first stands (ABS-14). */
  readonly knownDays: readonly LocalDate[];
  readonly skipped: readonly SkippedDay[];
  readonly refusal: PlaceRefusal | null;
}

export interface Reported {
  /** Null where nothing was taken. */
  readonly correlationId: string | null;
  readonly outcomes: readonly PlaceOutcome[];
}

/**
 * Answers once the report is committed, so that a receipt is never shown for one that is not (S-20). Reporting may be
 * stopped after our look: then the second lock bars what the first has let pass, and at the next look the first refuses too.
 */
export async function reportAbsence(
  deps: Deps,
  actor: Actor,
  said: KeyedReport,
): Promise<Result<Reported, ReportRefusal>> {
  const report = { ...said, places: once(said.places) };
  // Not even looked at: a list of hundreds names children whom nobody has a ground for.
  if (report.places.length > placesMax) return refuse({ kind: 'too-many', placesMax, slotsMax });
  return twice(() => takeIn(deps, actor, report));
}

const takeIn = (deps: Deps, actor: Actor, report: KeyedReport): Promise<Result<Reported, ReportRefusal>> =>
  deps.db.asActor(actor, async (tx): Promise<Answer<Result<Reported, ReportRefusal>>> => {
    const now = deps.now();
    const childIds = [...new Set(report.places.map(({ childId }) => childId))];
    const facts = await loadAccessFacts(tx, actor, childIds, localDateAt(now));
    for (const place of report.places) mayReportAbsence(actor, facts, place);
    if (!isPerson(actor)) throw new AppError('NOT_FOUND');
    return about(
      readsOf('ABSENCE', actor, facts, report.places),
      await takeInReport(deps, tx, { actor, facts, report, now }),
    );
  });
interface Stage {
  readonly actor: PersonActor;
  readonly facts: CopyFacts;
  readonly report: KeyedReport;
  readonly now: Date;
}

/** Takes in what somebody may report, within a transaction of theirs: whoever calls has asked the policy. */
export async function takeInReport(
  deps: Deps,
  tx: Tx,
  { actor, facts, report, now }: Stage,
): Promise<Result<Reported, ReportRefusal>> {
  const key = { reportedBy: actor.personId, key: report.idempotencyKey };
  const requestHash = hashOf(report);
  await absences.lockKey(tx, key);
  const taken = await absences.underKey(tx, key);
  const isRead = (place: Place) => maySeeCause(actor, facts, place);
  if (!taken.every((one) => isSame(one, { requestHash, report, isRead })))
    throw new AppError('BAD_USER_INPUT', 'the key names another report');
  // Whoever sends it again is answered what was stored, also when the day is over by now.
  const days = decideReport(report, taken.length === 0 ? facts.today : report.firstDay);
  if (!days.ok) return days;

  const unitIds = [...new Set(report.places.map(({ unitId }) => unitId))];
  const features = await loadFeature(tx, 'ABSENCE', facts, unitIds);
  const known = await calendars.ofUnits(tx, unitIds);
  const decisions = report.places.map((place) => ({
    place,
    before: taken.filter(({ absence }) => isAt(absence, place)),
    decision: decidePlace(place, days.value, report, {
      ...{ now, today: facts.today, enrolments: facts.enrolments, features },
      calendar: known.get(place.unitId),
    }),
  }));

  const correlationId = taken[0]?.absence.correlationId ?? deps.newId();
  const act = { ...key, correlationId, requestHash, ...partAndCause(report) };
  const slots = decisions.flatMap(({ place, before, decision }) =>
    before.length > 0 || !decision.ok
      ? []
      : decision.value.days.map(({ day, isLate }) => ({
          ...{ ...place, id: deps.newId(), day },
          isLate: isLate && actor.kind === 'guardian',
        })),
  );
  const stored = slots.length === 0 ? new Set<string>() : await absences.insert(tx, act, slots);
  const standing = slots.length === 0 ? [] : await absences.standing(tx, slots);
  const isLateAt = new Map(slots.map((slot) => [slotKey(slot), slot.isLate]));
  const repeated = standing
    .filter(({ id }) => !stored.has(id))
    .map((one) => ({ ...one, isLate: isLateAt.get(slotKey(one)) ?? false }));
  await absences.insertRepeats(tx, act, repeated);
  const begun = standing.filter(({ id }) => stored.has(id));
  await tellAll(tx, [
    ...begun.map(({ id: absenceId, childId, unitId, day }) =>
      fact(absenceReportedV1, { absenceId, childId, unitId, day }),
    ),
    ...(await daysChanged(tx, begun, facts.today)),
    ...(actor.kind === 'guardian' ? await newsOf(tx, begun, { calendars: known, now }) : []),
  ]);
  if (standing.length < slots.length)
    throw new AppError('CONFLICT', 'an absence stands that cannot be shown');

  const outcomes = decisions.map(({ place, before, decision }): PlaceOutcome => {
    const ofPlace = [
      ...before.map(({ absence, isKnown }) => ({ absence, isKnown })),
      ...standing
        .filter((absence) => isAt(absence, place))
        .map((absence) => ({ absence, isKnown: !stored.has(absence.id) })),
    ];
    const isTaken = before.length > 0 || decision.ok;
    return {
      place,
      absences: ofPlace.flatMap(({ absence }) => shownTo(actor, facts, absence) ?? []),
      knownDays: ofPlace.filter(({ isKnown }) => isKnown).map(({ absence }) => absence.day),
      skipped: decision.ok ? decision.value.skipped : [],
      refusal: isTaken || decision.ok ? null : decision.refusal,
    };
  });
  return accept({
    correlationId: outcomes.some(({ refusal }) => refusal === null) ? correlationId : null,
    outcomes,
  });
}

const partAndCause = ({ cause, arrivesAt, leavesAt }: Report) => ({ cause, arrivesAt, leavesAt });

const slotKey = ({ childId, unitId, day }: Place & { readonly day: LocalDate }): string =>
  `${childId} ${unitId} ${day}`;

const isAt = ({ childId, unitId }: Place, place: Place): boolean =>
  childId === place.childId && unitId === place.unitId;

const once = (places: readonly Place[]): readonly Place[] => [
  ...new Map(places.map((place) => [`${place.childId} ${place.unitId}`, place])).values(),
];

/** What an act says, but for the cause: a hash of a few possibilities would tell it to whoever sees the hash. */
const hashOf = ({ places, firstDay, lastDay, arrivesAt, leavesAt }: Report): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        places.map(({ childId, unitId }) => `${childId} ${unitId}`).toSorted(),
        ...[firstDay, lastDay, arrivesAt, leavesAt],
      ]),
    )
    .digest('base64url');

/** A cause that was corrected or granted since, or may not be read any more, is no other report. */
function isSame(
  { absence, requestHash, cause, isKnown }: absences.Taken,
  now: {
    readonly requestHash: string;
    readonly report: Report;
    readonly isRead: (place: Place) => boolean;
  },
): boolean {
  if (requestHash !== now.requestHash) return false;
  if (cause === now.report.cause) return true;
  // Whoever said something again reads what they said.
  return !isKnown && (absence.correctedAt !== null || absence.leaveId !== null || !now.isRead(absence));
}
