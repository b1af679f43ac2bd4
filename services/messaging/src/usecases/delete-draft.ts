import { aboutNobody } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { maySeeDraft } from '../domain/draft-policy.ts';
import * as drafts from '../store/drafts.ts';
import type { Deps } from './deps.ts';
import { loadDraftFacts } from './draft-posting.ts';

/** Takes a draft away for good, also where messages are stopped. Whoever sends it at the same time comes first, or not at all. */
export const deleteDraft = (deps: Deps, actor: Actor, id: string): Promise<string> =>
  deps.db.asActor(actor, async (tx) => {
    const draft = await drafts.byId(tx, id);
    const facts = await loadDraftFacts(deps, tx, actor, draft === undefined ? [] : [draft]);
    if (draft === undefined || !maySeeDraft(actor, facts, draft) || !(await drafts.remove(tx, id)))
      throw new AppError('NOT_FOUND');
    return aboutNobody(id);
  });
