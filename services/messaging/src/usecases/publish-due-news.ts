import { standingsOf } from '@ranselpost/kit/pure/features';
import { noticeRecipientsMax } from '@ranselpost/schema/events/notice-due';
import { decidePublishing } from '../domain/news.ts';
import { sendingFacts } from '../store/broadcasts.ts';
import { isCopyFresh } from '../store/copy.ts';
import * as news from '../store/news.ts';
import * as documents from '../store/unit-documents.ts';
import type { Deps, TimerDeps } from './deps.ts';
import { tellGuardians } from './meeting-notices.ts';

/** Publishes what has been due for longest. Answers whether there was any. While rights cannot be checked, it waits (S-04). */
export const publishNextNews = (deps: TimerDeps): Promise<boolean> =>
  deps.db.asService(async (tx) => {
    if (!(await isCopyFresh(tx, deps.maxStaleness))) return false;
    const due = await news.nextDue(tx, deps.now());
    if (due === null) return false;
    const { authorId, unitId } = due;
    const facts = await sendingFacts(tx, { authorId, unitIds: [unitId], feature: 'NEWS' });
    const known = { authorPlaces: facts.authorPlaces, features: standingsOf('NEWS', facts.features) };
    await news.settle(tx, due.id, decidePublishing(due, known), deps.now());
    return true;
  });

/**
 * Tells that the next guardians are to get a notice of what is out, by who is one there now, and notes up to whom, in one
 * transaction: whatever is killed when, each of them is told of once. Answers whether there was anything.
 */
export const tellNextOfNews = (deps: TimerDeps): Promise<boolean> =>
  deps.db.asService(async (tx) => {
    if (!(await isCopyFresh(tx, deps.maxStaleness))) return false;
    const untold = await news.nextUntold(tx, noticeRecipientsMax);
    if (untold === null) return false;
    const { id, unitId, publishedAt: now, batch } = untold;
    const guardians = batch.flatMap(({ personId, childIds }) =>
      childIds.map((childId) => ({ personId, childId })),
    );
    await tellGuardians(tx, { noticeId: id, subjectId: id, category: 'NEWS', unitId, now }, guardians);
    await news.noteTold(tx, id, batch.length < noticeRecipientsMax ? null : batch.at(-1)!.personId);
    return true;
  });

const dayMs = 86_400_000;

/** Takes away news, and documents that were taken back, after as long as the municipality keeps them (RET-03). Answers how many. */
export const dropOldNews = ({ db, now }: Deps, keptDays: number): Promise<number> =>
  db.asService(async (tx) => {
    const before = new Date(now().getTime() - keptDays * dayMs);
    return (await news.removeOld(tx, before)) + (await documents.removeOld(tx, before));
  });
