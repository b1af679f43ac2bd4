import { about } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import type { Draft } from '../domain/draft.ts';
import { maySeeDraft } from '../domain/draft-policy.ts';
import * as drafts from '../store/drafts.ts';
import type { Deps } from './deps.ts';
import { draftReads, loadDraftFacts } from './draft-posting.ts';

/** Takes a draft back from waiting for its time. Done by the service itself, so that it can be done while messages are stopped. */
export const unscheduleDraft = (deps: Deps, actor: Actor, id: string): Promise<Draft> =>
  deps.db.decide(
    actor,
    async (tx) => {
      const draft = await drafts.byId(tx, id);
      const facts = await loadDraftFacts(deps, tx, actor, draft === undefined ? [] : [draft]);
      if (draft === undefined || !maySeeDraft(actor, facts, draft)) throw new AppError('NOT_FOUND');
      return { draft, reads: draftReads(actor, facts, [draft]) };
    },
    async (tx, { draft, reads }) => {
      if (draft.sendAt === null) return about(reads, draft);
      const now = deps.now();
      // Sent, or given back, a moment ago.
      if ((await drafts.giveBack(tx, id, { now, because: null })) === null) throw new AppError('NOT_FOUND');
      return about(reads, { ...draft, sendAt: null, knownNames: [], changedAt: now });
    },
  );
