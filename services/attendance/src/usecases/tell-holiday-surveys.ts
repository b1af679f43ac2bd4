import { tell } from '@ranselpost/kit/outbox';
import { addDays, localDateAt } from '@ranselpost/kit/pure/dates';
import { noticeDueV1 } from '@ranselpost/schema/events/attendance/notice-due.v1';
import { noticeRecipientsMax } from '@ranselpost/schema/events/notice-due';
import { isCopyFresh } from '../store/copy.ts';
import * as surveys from '../store/holiday-surveys.ts';
import type { TimerDeps } from './deps.ts';

const childrenMax = 20;
const againMs = 60_000;
/** A school year after the last day: by then nobody asks any more what was agreed. */
const keptDays = 366;

/**
 * Tells guardians of one survey that is open, or reminds those of whose children not every day has been answered: each once, whoever runs
 * it (S-21). What was withdrawn, or cannot be answered any more, is told to nobody. Answers whether there was any.
 */
export async function tellNextSurvey(deps: TimerDeps): Promise<boolean> {
  const now = deps.now();
  let due: surveys.SurveyNotice | undefined;
  try {
    return await deps.db.asService(async (tx) => {
      if (!(await isCopyFresh(tx, deps.maxStaleness))) return false;
      due = await surveys.nextToTell(tx, now);
      if (due === undefined) return false;
      const { survey, noticeId } = due;
      await surveys.told(tx, due);
      if (survey.withdrawnAt !== null || survey.answerUntil <= now) return true;
      const recipients = (await surveys.toTell(tx, survey)).map(({ personId, childIds }) => ({
        ...{ personId, capacity: 'guardian' as const, childIds: childIds.slice(0, childrenMax) },
      }));
      for (let from = 0; from < recipients.length; from += noticeRecipientsMax)
        await tell(tx, noticeDueV1, {
          ...{ noticeId, category: 'ABSENCE', importance: 'ORDINARY', unitId: survey.unitId },
          recipients: recipients.slice(from, from + noticeRecipientsMax),
          ...{ subjectId: survey.id, occurredAt: now.toISOString() },
        });
      return true;
    });
  } catch (error) {
    const failed = due;
    if (failed !== undefined)
      await deps.db.asService((tx) => surveys.putOff(tx, failed, new Date(now.getTime() + againMs)));
    throw error;
  }
}

/** Forgets surveys of holidays that are over for long. */
export const forgetHolidaySurveys = (deps: TimerDeps): Promise<void> =>
  deps.db.asService((tx) => surveys.forget(tx, addDays(localDateAt(deps.now()), -keptDays)));
