import { tell } from '@ranselpost/kit/outbox';
import { accessLogSealedV1 } from '@ranselpost/schema/events/identity/access-log-sealed.v1';
import { createHash } from 'node:crypto';
import { type Sha256, beginning, sealBlock } from '../domain/access-log.ts';
import * as log from '../store/access-log.ts';
import type { Deps, EventDeps } from './deps.ts';

export const sha256: Sha256 = (text) => createHash('sha256').update(text).digest('hex');

const mostAnswers = 500;
const tellHeadEverySeconds = 60;

/** What another service has told staff, on its way into the log. */
export const keepReadsElsewhere = ({ db }: EventDeps, reads: readonly log.ReadElsewhere[]): Promise<void> =>
  log.keepReadsElsewhere(db, reads);

/** Seals what has come in into one block. Answers whether there may be more than went into it. */
export async function sealReads({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<boolean> {
  return db.asService(async (tx) => {
    const entries = await log.waiting(tx, mostAnswers);
    if (entries.length === 0) return false;
    // Two at once would make the same number, and the second fails on it.
    const last = (await log.lastBlock(tx)) ?? beginning;
    await log.append(tx, sealBlock(sha256, last, now().toISOString(), entries));
    return new Set(entries.map(({ readId }) => readId)).size === mostAnswers;
  });
}

/** Tells others the last block's hash, once a minute, so that what is sealed cannot be sealed differently later. */
export async function tellHead({ db }: Pick<Deps, 'db'>): Promise<void> {
  await db.asService(async (tx) => {
    const head = await log.headToTell(tx, tellHeadEverySeconds);
    if (head === undefined) return;
    await log.noteTold(tx, head);
    await tell(tx, accessLogSealedV1, { block: head.number, hash: head.hash });
  });
}

/** Lets go of what is older than twelve months, a minute's worth in each transaction (RET-10). */
export async function forgetOldReads({ db }: Pick<Deps, 'db'>): Promise<void> {
  while (await db.asService((tx) => log.forgetOldest(tx)));
}
