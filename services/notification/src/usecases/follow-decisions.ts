import { nextOfDecision } from '@ranselpost/kit/pure/dispatch';
import { setTimeout as sleep } from 'node:timers/promises';
import { rankOf } from '../domain/notice.ts';
import type { Tx } from '@ranselpost/kit/database';
import * as decisions from '../store/decisions.ts';
import * as notices from '../store/notices.ts';
import type { Deps } from './deps.ts';

const about = { category: 'DECISION', importance: 'DECISION' } as const;

const noticeOf = (
  noticeId: string,
  { decisionId, personId, releasedAt, source, childId }: decisions.Released,
): notices.NewNotice => ({
  ...{ noticeId, ...about, rank: rankOf(about), source, unitId: null },
  ...{ subjectId: decisionId, occurredAt: releasedAt },
  recipients: [{ personId, capacity: 'guardian', childIds: childId === null ? [] : [childId] }],
});

/** Something was decided for somebody: they are told, and it is looked at later whether they have opened it. */
export async function keepDecision(tx: Tx, released: decisions.Released): Promise<void> {
  await decisions.keep(tx, released);
  await notices.keep(tx, noticeOf(released.decisionId, released));
}

export async function closeDecision(
  tx: Tx,
  opened: { readonly decisionId: string; readonly personId: string; readonly openedAt: string },
): Promise<void> {
  const secondNoticeId = await decisions.open(tx, opened);
  for (const noticeId of [opened.decisionId, secondNoticeId])
    if (noticeId !== null) await notices.drop(tx, noticeId, undefined);
}

/** Tells of what nobody has opened once more, and then has it go on paper (KRR-09). */
export const followDecisions = (deps: Deps): Promise<number> =>
  deps.db.asService(async (tx) => {
    const due = await decisions.takeDue(tx, 200);
    for (const decision of due) {
      const { decisionId, releasedAt, hasSecondNotice, isUndelivered, isOnPaper } = decision;
      const next = isOnPaper
        ? 'NOTHING'
        : nextOfDecision(
            { at: releasedAt, isOpened: false, isUndelivered, hasSecondNotice },
            deps.patience,
            deps.now(),
          );
      if (next === 'SECOND_NOTICE') {
        const noticeId = deps.newId();
        await decisions.keepSecondNotice(tx, decisionId, noticeId);
        await notices.keep(tx, noticeOf(noticeId, decision));
      }
      if (next === 'PAPER')
        await decisions.wantLetter(tx, { letterId: deps.newId(), decisionId, reason: 'UNOPENED' });
    }
    return due.length;
  });

/** Looks at open decisions each minute. */
export async function keepFollowingDecisions(deps: Deps, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    let count = 0;
    try {
      count = await followDecisions(deps);
    } catch (error) {
      deps.log.warn('open decisions could not be looked at', { error });
    }
    if (count < 200) await sleep(60_000, undefined, { signal }).catch(() => {});
  }
}
