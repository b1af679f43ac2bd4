import type { Tx } from '@ranselpost/kit/database';
import { type Fact, fact } from '@ranselpost/kit/outbox';
import { noticeDueV1 } from '@ranselpost/schema/events/attendance/notice-due.v1';
import type { Absence } from '../domain/absence.ts';
import { type UnitCalendar, isNewsToStaff } from '../domain/calendar.ts';
import * as absences from '../store/absences.ts';

/**
 * As a guardian: that staff are told of what home says of a day that goes on already, once for each child and unit (T29). The notice is
 * known by the absence.
 */
export async function newsOf(
  tx: Tx,
  begun: readonly Absence[],
  { calendars: of, now }: { readonly calendars: ReadonlyMap<string, UnitCalendar>; readonly now: Date },
): Promise<readonly Fact[]> {
  const news = begun.filter(({ unitId, day }) => {
    const calendar = of.get(unitId);
    return calendar !== undefined && isNewsToStaff(calendar, day, now);
  });
  const told = await absences.newsTo(tx, news);
  return news.flatMap(({ id, childId, unitId }, place) => {
    const recipients = told[place]!.map((personId) => ({
      personId,
      capacity: 'staff' as const,
      childIds: [childId],
    }));
    if (recipients.length === 0) return [];
    return fact(noticeDueV1, {
      ...{ noticeId: id, category: 'ABSENCE_NEWS', importance: 'ORDINARY', unitId, recipients },
      ...{ subjectId: id, occurredAt: now.toISOString() },
    });
  });
}
