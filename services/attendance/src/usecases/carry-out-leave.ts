import { about, readsOf } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { type Fact, fact, tell, tellAll } from '@ranselpost/kit/outbox';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { type LocalDate, addDays, isWithin, localDateAt } from '@ranselpost/kit/pure/dates';
import type { Result } from '@ranselpost/kit/pure/result';
import { sealFor } from '@ranselpost/kit/seal';
import { twice } from '@ranselpost/kit/twice';
import { absenceReportedV1 } from '@ranselpost/schema/events/attendance/absence-reported.v1';
import { absenceWithdrawnV1 } from '@ranselpost/schema/events/attendance/absence-withdrawn.v1';
import { leaveDecisionReleasedV1 } from '@ranselpost/schema/events/attendance/leave-decision-released.v1';
import { leaveDecisionWrittenV1 } from '@ranselpost/schema/events/attendance/leave-decision-written.v1';
import { noticeDroppedV1 } from '@ranselpost/schema/events/attendance/notice-dropped.v1';
import { schoolDays } from '../domain/calendar.ts';
import { type Leave, type LeaveRefusal, type Verdict, periodOf, standingOf } from '../domain/leave.ts';
import { leaveLetter } from '../domain/leave-letter.ts';
import type { LeaveRules } from '../domain/leave-regulation.ts';
import * as calendars from '../store/calendars.ts';
import * as consequences from '../store/leave-consequences.ts';
import * as leaves from '../store/leaves.ts';
import { archiveLeave } from './archive-leave.ts';
import type { Deps } from './deps.ts';
import type { LoadedFacts } from './leave-facts.ts';
import { daysChangedByService } from './tell-day-changed.ts';
import { dropNotices } from './tell-leave.ts';

export interface Decided {
  readonly leave: Leave;
  readonly verdict: Verdict;
  /** The school's days in it. */
  readonly days: readonly LocalDate[];
  readonly rules: LeaveRules;
  /** Which decision on the leave it is, and of which day the one is that it replaces (ADM-10). */
  readonly nth: number;
  readonly replaces: LocalDate | null;
  /** Complaints that it answers. */
  readonly complaintIds: readonly string[];
}

/** What came of looking at a verdict: the answer, and what was decided just now; null where nothing is new. */
export interface Judged {
  readonly outcome: Result<Leave, LeaveRefusal>;
  readonly facts: LoadedFacts;
  readonly leave: Leave;
  readonly decided: Decided | null;
}

/** Judges leave as whoever asks, and carries out what is decided in the same transaction. */
export const judge = (
  deps: Deps,
  actor: Actor,
  look: (tx: Tx) => Promise<Judged>,
): Promise<Judged['outcome']> =>
  twice(() =>
    deps.db.decide(actor, look, async (tx, { outcome, facts, leave, decided }) => {
      if (decided !== null) await carryOut(tx, deps, decided);
      return about(readsOf('ABSENCE', actor, facts, [leave]), outcome);
    }),
  );

/**
 * As the service, in the transaction that decides: granted leave makes absences, leave that is refused after all takes them back, and
 * every guardian has a letter to open.
 */
async function carryOut(tx: Tx, deps: Deps, decided: Decided): Promise<void> {
  const { leave, verdict, complaintIds } = decided;
  if (verdict.outcome === 'GRANTED') await makeAbsences(tx, deps, decided);
  else if (leave.endsBefore !== null) await takeBack(tx, deps, leave.id, leave.endsBefore);
  await dropNotices(tx, leave.id, complaintIds);
  await tellDecision(tx, deps, decided);
}

async function makeAbsences(tx: Tx, deps: Deps, { leave, days }: Decided): Promise<void> {
  await leaves.insertDays(tx, leave, days);
  const slots = [
    ...days.map((day) => ({ id: deps.newId(), unitId: leave.unitId, day })),
    ...(leave.isAwayAfterSchool ? await afterSchoolSlots(tx, deps, leave) : []),
  ];
  const changed = await consequences.keepAbsences(tx, leave.id, slots);
  await tellChanged(tx, deps, changed);
  // Staff may be about to be told of what was reported of today (T29).
  const today = localDateAt(deps.now());
  for (const { absenceId: noticeId, day } of changed.gone)
    if (day === today) await tell(tx, noticeDroppedV1, { noticeId });
}

const tellChanged = async (
  tx: Tx,
  deps: Deps,
  { stand, gone }: consequences.ChangedAbsences,
): Promise<void> =>
  tellAll(tx, [
    ...gone.map((absence) => fact(absenceWithdrawnV1, absence)),
    ...stand.map((absence) => fact(absenceReportedV1, absence)),
    ...(await daysChangedByService(tx, [...gone, ...stand], localDateAt(deps.now()))),
  ]);

/** The days on which the after-school unit is open are its own. */
async function afterSchoolSlots(tx: Tx, deps: Deps, leave: Leave) {
  const { childId } = leave;
  const { firstDay, lastDay } = periodOf(leave);
  const places = await consequences.afterSchoolPlaces(tx, childId);
  const known = await calendars.ofUnits(
    tx,
    places.map(({ unitId }) => unitId),
  );
  return places.flatMap(({ unitId, from, to }) => {
    const calendar = known.get(unitId);
    const open = calendar === undefined ? [] : schoolDays(calendar, firstDay, lastDay);
    return open.filter((day) => isWithin(day, from, to)).map((day) => ({ id: deps.newId(), unitId, day }));
  });
}

async function tellDecision(tx: Tx, deps: Deps, decided: Decided): Promise<void> {
  const { leave, verdict, days, rules, nth, replaces } = decided;
  const now = deps.now();
  const today = localDateAt(now);
  const { personIds, isProtected } = await consequences.guardiansOf(tx, leave.childId, today);
  const stands = verdict.outcome === 'GRANTED' ? null : standingOf(leave);
  const period =
    verdict.outcome === 'GRANTED'
      ? periodOf(leave)
      : { ...leave, firstDay: stands === null ? leave.firstDay : addDays(stands.lastDay, 1) };
  const letter = { leave, verdict, schoolDayCount: days.length, replaces, period, stands };
  const body = leaveLetter(letter, rules, today);
  await archiveLeave(tx, deps, leave, { kind: 'DECIDED', letter: body, exceptions: verdict.exceptions });
  const readers = personIds.map((personId) => ({ decisionId: deps.newId(), personId }));
  await consequences.insertLetters(tx, leave, { textId: deps.newId(), body, nth }, readers);
  const facts = await Promise.all(
    readers.map(async ({ decisionId, personId }): Promise<readonly Fact[]> => {
      const { childId } = leave;
      const released = { decisionId, personId, childId, releasedAt: now.toISOString() };
      const told = fact(leaveDecisionReleasedV1, released);
      // What concerns somebody protected goes on paper by hand alone (S-08, ADR-08).
      if (isProtected) return [told];
      const content = { language: rules.writtenForm, text: body };
      const sealed = await sealFor(deps.outboundKey, decisionId, content);
      return [told, fact(leaveDecisionWrittenV1, { decisionId, personId, sealed })];
    }),
  );
  await tellAll(tx, facts.flat());
}

/** As the service, in the transaction that withdraws or refuses after all: what leave has made is taken back from a day on. */
export const takeBack = async (tx: Tx, deps: Deps, leaveId: string, from: LocalDate): Promise<void> =>
  tellChanged(tx, deps, await consequences.withdrawAbsences(tx, leaveId, from));
