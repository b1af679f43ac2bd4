import { about, readsOf } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { loadFeature } from '@ranselpost/kit/features';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { isWithin, localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type FeatureClosed, requireFeature } from '@ranselpost/kit/pure/features';
import type { AccessFacts } from '@ranselpost/kit/pure/grounds';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { alertDueAt } from '../domain/absence-alert.ts';
import { type UnitCalendar, isOpen } from '../domain/calendar.ts';
import type { Lesson } from '../domain/lesson.ts';
import {
  type Mark,
  type MarkDecision,
  type MarkRefusal,
  type WantedMark,
  decideMark,
  instantOfMark,
  slotMarksOf,
  wholeDay,
} from '../domain/mark.ts';
import { isTheirDay, mayMarkAt, mayRegister } from '../domain/register-policy.ts';
import * as alerts from '../store/alerts.ts';
import * as calendars from '../store/calendars.ts';
import * as lessons from '../store/lessons.ts';
import * as marks from '../store/marks.ts';
import type { Deps } from './deps.ts';
import { tellDayChanged } from './tell-day-changed.ts';

/** What has become of one mark. */
export interface MarkOutcome {
  readonly id: string;
  readonly childId: string;
  readonly kind: 'TAKEN' | 'IN_DOUBT' | MarkRefusal;
  /** What stands for the slot now; null for whoever is told that there is no such child. */
  readonly standing: Mark | null;
}

/** The slot of a lesson; without one, the day. */
export const slotFor = (lessonId: string | null): string => lessonId ?? wholeDay;

export { instantOfMark };

/** How often somebody else may be a moment faster. */
const turns = 5;

/**
 * Takes what staff have seen of some children, at once or once the network is back: each mark by itself, and all of it committed
 * before anything is answered (S-20). The same marks again are taken once, whoever sends them in between (S-22).
 */
export const markAttendance = (deps: Deps, actor: Actor, unitId: string, wanted: readonly WantedMark[]) =>
  deps.db.asActor<Result<readonly MarkOutcome[], FeatureClosed>>(actor, async (tx) => {
    const today = localDateAt(deps.now());
    const childIds = [...new Set(wanted.map(({ childId }) => childId))];
    const facts = await loadAccessFacts(tx, actor, childIds, today);
    mayMarkAt(actor, facts, unitId);
    const feature = requireFeature(await loadFeature(tx, 'ABSENCE', facts, [unitId]), unitId);
    if (!feature.ok) return about(readsOf('ABSENCE', actor, facts, []), feature);
    const calendar = (await calendars.ofUnits(tx, [unitId])).get(unitId);
    if (calendar === undefined) throw new AppError('NOT_FOUND');
    const first = wanted.map(({ day }) => day).toSorted()[0] ?? today;
    const held = await lessons.from(tx, { unitId, groupId: null, day: first });
    const known = {
      ...{ facts, today, unitId, calendar, lessons: held, markedBy: actor.personId, takenAt: deps.now() },
      isInCharge: (childId: string) => mayRegister(actor, facts, unitId, childId),
      isTheirs: (day: string) => isTheirDay(actor, facts, day),
    };
    const tabletId = actor.kind === 'tablet' ? actor.tabletId : null;
    const changed = new Map<string, Set<string>>();
    const all: marks.NewMark[] = [];
    for (let turn = 0; turn < turns; turn += 1) {
      const decided = decideAll(wanted, known, await marks.inSlots(tx, unitId, wanted));
      const stored = new Set(
        await marks.insert(tx, { unitId, markedBy: actor.personId, tabletId }, decided.taken),
      );
      for (const { id, day, childId } of decided.taken)
        if (stored.has(id)) changed.set(day, (changed.get(day) ?? new Set()).add(childId));
      for (const mark of decided.taken) if (stored.has(mark.id)) all.push(mark);
      if (stored.size === decided.taken.length) {
        for (const [day, ids] of changed) await tellDayChanged(tx, { unitId, day }, [...ids], today);
        await armAlerts(deps, tx, known, absentToday(all, today));
        const told = decided.outcomes.filter(({ standing }) => standing !== null);
        return about(
          readsOf(
            'ABSENCE',
            actor,
            facts,
            told.map(({ childId }) => ({ childId, unitId })),
          ),
          accept(decided.outcomes),
        );
      }
    }
    throw new AppError('CONFLICT', 'a mark stands under its id elsewhere, or others were faster each time');
  });

/** Those who count as absent now, each once: home may have to be told of them (ABS-12). */
const absentToday = (taken: readonly marks.NewMark[], today: string): readonly string[] => [
  ...new Set(
    taken
      .filter(({ standing, day, nth }) => standing === 'ABSENT' && day === today && nth !== null)
      .map(({ childId }) => childId),
  ),
];

async function armAlerts(deps: Deps, tx: Tx, known: Known, childIds: readonly string[]): Promise<void> {
  if (known.calendar.kind !== 'SCHOOL' || childIds.length === 0) return;
  const { unitId, today: day } = known;
  const unit = { ...known, minutes: await alerts.minutesOf(tx, unitId) };
  const toArm = childIds.map((childId) => ({
    ...{ childId, noticeId: deps.newId() },
    dueAt: alertDueAt({ day, groupIds: groupsOn(known, childId, day) }, unit, known.takenAt),
  }));
  await alerts.arm(tx, { unitId, day }, toArm);
}

const groupsOn = ({ facts, unitId }: Known, childId: string, day: string): readonly string[] =>
  facts.enrolments.find(
    (place) => place.childId === childId && place.unitId === unitId && isWithin(day, place.from, place.to),
  )?.groupIds ?? [];

interface Known {
  readonly facts: AccessFacts;
  readonly today: string;
  readonly unitId: string;
  readonly calendar: UnitCalendar;
  readonly markedBy: string;
  readonly takenAt: Date;
  readonly lessons: readonly Lesson[];
  readonly isInCharge: (childId: string) => boolean;
  readonly isTheirs: (day: string) => boolean;
}

/** Decides on marks one after another, each as if those before it were taken: a device may have made several of one slot. */
function decideAll(
  wanted: readonly WantedMark[],
  { facts, today, unitId, markedBy, takenAt, lessons: held, isInCharge, isTheirs, calendar }: Known,
  stored: readonly Mark[],
): { readonly taken: readonly marks.NewMark[]; readonly outcomes: readonly MarkOutcome[] } {
  const slots = Map.groupBy(stored, slotOf);
  const taken: marks.NewMark[] = [];
  const decisions = wanted.map((mark): MarkDecision => {
    // Whatever stands there, and whoever the child is.
    if (!isTheirs(mark.day)) return { kind: 'refused', reason: 'DAY_WRONG' };
    const ofSlot = slots.get(slotOf(mark)) ?? [];
    const decision = decideMark(mark, {
      ...{ today, lessons: held, marks: ofSlot, isInCharge: isInCharge(mark.childId) },
      places: facts.enrolments.filter((place) => place.childId === mark.childId && place.unitId === unitId),
      isOpenDay: isOpen(calendar, mark.day),
    });
    if (decision.kind === 'taken') {
      taken.push({ ...mark, nth: decision.nth });
      slots.set(slotOf(mark), [
        ...ofSlot,
        { ...mark, unitId, nth: decision.nth, isByClock: false, markedBy, takenAt },
      ]);
    }
    return decision;
  });
  const outcomes = wanted.map((mark, place): MarkOutcome => {
    const decision = decisions[place]!;
    const { id, childId } = mark;
    if (decision.kind === 'refused' && (decision.reason === 'CHILD_NOT_FOUND' || !isTheirs(mark.day)))
      return { id, childId, kind: decision.reason, standing: null };
    const { standing } = slotMarksOf(slots.get(slotOf(mark)) ?? []);
    if (decision.kind === 'refused') return { id, childId, kind: decision.reason, standing };
    const isInDoubt = decision.kind === 'known' ? decision.isInDoubt : decision.nth === null;
    return { id, childId, kind: isInDoubt ? 'IN_DOUBT' : 'TAKEN', standing };
  });
  return { taken, outcomes };
}

const slotOf = ({ childId, day, slot }: Pick<Mark, 'childId' | 'day' | 'slot'>): string =>
  `${childId} ${day} ${slot}`;
