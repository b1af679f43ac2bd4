import { about, readsOf } from '@ranselpost/kit/answer';
import { loadFeature } from '@ranselpost/kit/features';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { isWithin, localDateAt } from '@ranselpost/kit/pure/dates';
import { type BoardRow, type DayBoard, dayBoardOf } from '../domain/day-board.ts';
import { staysWith } from '../domain/holiday-survey.ts';
import type { Mark } from '../domain/mark.ts';
import { areShownAt, maySeeCause } from '../domain/policy.ts';
import { groupsInCharge, maySeeBoard, maySeeMarks, maySeeTrace } from '../domain/register-policy.ts';
import { type Staffing, staffingOf } from '../domain/staffing.ts';
import * as unitCalendars from '../store/calendars.ts';
import * as boards from '../store/day-boards.ts';
import type { Deps } from './deps.ts';

export interface DayBoardWanted extends boards.BoardWanted {
  /** The roll call of a trip: those of its children alone. Null: all. */
  readonly tripId: string | null;
  /** The child that a page goes on after. */
  readonly after: string | null;
  readonly first: number;
}

/** A board with one page of its rows, and one row more when there are more; and who of the staff is there, if it is today's. */
export type ShownBoard = (DayBoard & { readonly staffing: Staffing | null }) | 'hidden' | null;

/**
 * Boards as whoever asks may see them, by a number of statements that is the same for any number of children. A child whom they
 * may not see is in no row and in no number, and leaves no gap (ADR-05, ADR-10).
 */
export const readDayBoards = (
  deps: Deps,
  actor: Actor,
  wanted: readonly DayBoardWanted[],
): Promise<readonly ShownBoard[]> =>
  deps.db.asActor(actor, async (tx) => {
    const childIds = await boards.childrenAt(tx, wanted);
    const facts = await loadAccessFacts(tx, actor, childIds, localDateAt(deps.now()));
    const unitIds = wanted.map(({ unitId }) => unitId);
    const features = await loadFeature(tx, 'ABSENCE', facts, unitIds);
    const known = await boards.known(tx, wanted);
    const calendars = await unitCalendars.ofUnits(tx, unitIds);
    const shown = wanted.map((one, place): ShownBoard => {
      const { unitId, day, groupId, tripId } = one;
      const { marks, said, lessons, alerts, stays, answers, trips, present } = known[place]!;
      const calendar = calendars.get(unitId);
      if (calendar === undefined || !maySeeBoard(actor, facts, unitId, day)) return null;
      if (!areShownAt(features, [unitId])) return 'hidden';
      const [marksOf, saidOf] = [Map.groupBy(marks, byChild), Map.groupBy(said, byChild)];
      const [staysOf, tripsOf] = [Map.groupBy(stays, byChild), Map.groupBy(trips, byChild)];
      const children = facts.enrolments
        .filter((seat) => seat.unitId === unitId && isWithin(day, seat.from, seat.to))
        .filter(({ groupIds }) => groupId === null || groupIds.includes(groupId))
        .filter(
          ({ childId }) => tripId === null || tripsOf.get(childId)?.some((trip) => trip.tripId === tripId),
        )
        .filter(({ childId }) => maySeeMarks(actor, facts, unitId, childId))
        .map(({ childId, groupIds }) => ({
          ...{ childId, groupIds },
          marks: marksOf.get(childId) ?? [],
          // That an absence is leave is its cause (ABS-04).
          said: (saidOf.get(childId) ?? []).map((one) => ({
            ...one,
            isLeave: one.isLeave && maySeeCause(actor, facts, { childId, unitId }),
          })),
          stays: staysWith(staysOf.get(childId) ?? [], answers[childId], { childId, unitId, day }),
          trips: tripsOf.get(childId) ?? [],
          ...(alerts[childId] === undefined ? {} : { alert: alerts[childId] }),
        }))
        .toSorted((child, other) => (child.childId < other.childId ? -1 : 1));
      const board = dayBoardOf({ calendar, day, now: deps.now(), lessons, children });
      const whose = {
        groupIds: groupsInCharge(actor, facts, one),
        viewerId: 'personId' in actor ? actor.personId : null,
      };
      return {
        ...board,
        staffing: day === facts.today && one.tripId === null ? staffingOf(board.rows, present, whose) : null,
        rows: pageOf(board.rows, one).map((row) =>
          withoutTrace(row, maySeeTrace(actor, facts, unitId, row.childId)),
        ),
      };
    });
    const told = shown.flatMap((board, place) =>
      board === null || board === 'hidden'
        ? []
        : board.rows
            .slice(0, wanted[place]!.first)
            .map(({ childId }) => ({ childId, unitId: wanted[place]!.unitId })),
    );
    return about(readsOf('ABSENCE', actor, facts, told), shown);
  });

const byChild = ({ childId }: { readonly childId: string }): string => childId;

const pageOf = (rows: readonly BoardRow[], { after, first }: DayBoardWanted): readonly BoardRow[] =>
  rows.filter(({ childId }) => after === null || childId > after).slice(0, first + 1);

/** Who has marked what, and what stood before, is for whoever leads. */
function withoutTrace(row: BoardRow, isShown: boolean): BoardRow {
  if (isShown) return row;
  const nameless = (mark: Mark): Mark => ({ ...mark, markedBy: null });
  return {
    ...row,
    slots: row.slots.map(({ mark, inDoubt, ...slot }) => ({
      ...slot,
      ...{ mark: mark === null ? null : nameless(mark), inDoubt: inDoubt.map(nameless), trace: [] },
    })),
  };
}
