import { about, readsOf } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { loadFeature } from '@ranselpost/kit/features';
import { type CopyFacts, loadAccessFacts } from '@ranselpost/kit/grounds';
import { fact, tell, tellAll } from '@ranselpost/kit/outbox';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { absenceCorrectedV1 } from '@ranselpost/schema/events/attendance/absence-corrected.v1';
import { absenceReportedV1 } from '@ranselpost/schema/events/attendance/absence-reported.v1';
import { absenceWithdrawnV1 } from '@ranselpost/schema/events/attendance/absence-withdrawn.v1';
import { noticeDroppedV1 } from '@ranselpost/schema/events/attendance/notice-dropped.v1';
import {
  type Absence,
  type AbsenceCause,
  type ChangeRefusal,
  decideChange,
  decideReport,
  saysTheSame,
} from '../domain/absence.ts';
import type { PartOfDay, UnitCalendar } from '../domain/calendar.ts';
import { mayReportAbsence, maySeeCause, shownTo } from '../domain/policy.ts';
import * as absences from '../store/absences.ts';
import * as calendars from '../store/calendars.ts';
import type { Deps } from './deps.ts';
import { tellDayChanged } from './tell-day-changed.ts';
import { newsOf } from './tell-news.ts';

export interface Correction extends PartOfDay {
  readonly absenceId: string;
  readonly cause: AbsenceCause | null;
}

/**
 * Takes one report of one unit back; what else was reported in the same act stands (ABS-15), and so does what somebody else had said
 * of the same day (S-20). Taken back again is the same.
 */
export const withdrawAbsence = (
  deps: Deps,
  actor: Actor,
  absenceId: string,
): Promise<Result<Absence, ChangeRefusal>> =>
  change(deps, actor, absenceId, async (tx, { absence, isOpenFor, facts, calendars: of }) => {
    if (absence.withdrawnAt !== null) return accept(absence);
    const isOpen = isOpenFor(absence);
    if (!isOpen.ok) return isOpen;
    const { id, childId, unitId, day } = absence;
    if (await absences.withdraw(tx, id)) {
      await tell(tx, absenceWithdrawnV1, { absenceId: id, childId, unitId, day });
      // Staff may have been told of it at once (T29).
      if (day === facts.today) await tell(tx, noticeDroppedV1, { noticeId: id });
      const instead = await absences.standing(tx, [absence]);
      await tellAll(tx, [
        ...instead.map((one) => fact(absenceReportedV1, { absenceId: one.id, childId, unitId, day })),
        // What somebody else had said of the day is news under an id of its own.
        ...(actor.kind === 'guardian' ? await newsOf(tx, instead, { calendars: of, now: deps.now() }) : []),
      ]);
      await tellDayChanged(tx, absence, [childId], facts.today);
    }
    return accept(await reload(tx, id));
  });

/** Says something else of a day that was reported. The same said again is the same. */
export const correctAbsence = (
  deps: Deps,
  actor: Actor,
  { absenceId, ...said }: Correction,
): Promise<Result<Absence, ChangeRefusal>> =>
  change(deps, actor, absenceId, async (tx, { absence, isOpenFor, facts }) => {
    if (absence.withdrawnAt !== null) return refuse({ kind: 'is-withdrawn' });
    const isOpen = isOpenFor(said);
    if (!isOpen.ok) return isOpen;
    // Whoever may not read the cause would overwrite it unseen.
    if (!maySeeCause(actor, facts, absence)) throw new AppError('FORBIDDEN');
    const { id, childId, unitId, day } = absence;
    const wording = decideReport({ ...said, places: [], firstDay: day, lastDay: day }, day);
    if (!wording.ok) {
      const { kind } = wording.refusal;
      if (kind === 'leave-is-applied-for') return refuse({ kind: 'is-leave' });
      return refuse({ kind: kind === 'cause-missing' ? kind : 'part-wrong' });
    }
    if (saysTheSame(absence, said)) return accept(absence);
    if (!(await absences.correct(tx, absence, said))) return refuse({ kind: 'is-withdrawn' });
    await tell(tx, absenceCorrectedV1, { absenceId: id, childId, unitId, day });
    await tellDayChanged(tx, absence, [childId], facts.today);
    return accept(await reload(tx, id));
  });

interface Found {
  readonly absence: Absence;
  readonly facts: CopyFacts;
  readonly calendars: ReadonlyMap<string, UnitCalendar>;
  /** Whether the day can be changed to what is said of it now. */
  readonly isOpenFor: (said: PartOfDay) => Result<true, ChangeRefusal>;
}

const change = (
  deps: Deps,
  actor: Actor,
  absenceId: string,
  act: (tx: Tx, found: Found) => Promise<Result<Absence, ChangeRefusal>>,
): Promise<Result<Absence, ChangeRefusal>> =>
  twice(() =>
    deps.db.asActor(actor, async (tx) => {
      const [absence] = await absences.byIds(tx, [absenceId]);
      if (absence === undefined) throw new AppError('NOT_FOUND');
      const { childId, unitId } = absence;
      const now = deps.now();
      const facts = await loadAccessFacts(tx, actor, [childId], localDateAt(now));
      mayReportAbsence(actor, facts, absence);
      const known = await calendars.ofUnits(tx, [unitId]);
      const calendar = known.get(unitId);
      if (calendar === undefined) throw new AppError('NOT_FOUND');
      const features = await loadFeature(tx, 'ABSENCE', facts, [unitId]);
      const isStaff = actor.kind === 'staff';
      const isOpenFor = (said: PartOfDay) =>
        decideChange(absence, said, { now, today: facts.today, features, calendar, isStaff });
      const result = await act(tx, { absence, facts, calendars: known, isOpenFor });
      return about(
        readsOf('ABSENCE', actor, facts, [absence]),
        result.ok ? show(actor, facts, result.value) : result,
      );
    }),
  );

function show(actor: Actor, facts: CopyFacts, absence: Absence): Result<Absence, ChangeRefusal> {
  const shown = shownTo(actor, facts, absence);
  if (shown === null) throw new AppError('NOT_FOUND');
  return accept(shown);
}

async function reload(tx: Tx, id: string): Promise<Absence> {
  const [absence] = await absences.byIds(tx, [id]);
  if (absence === undefined) throw new AppError('NOT_FOUND');
  return absence;
}
