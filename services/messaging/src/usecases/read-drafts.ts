import { about } from '@ranselpost/kit/answer';
import { type Actor, isPerson } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Draft, keptUntil } from '../domain/draft.ts';
import { maySeeDraft } from '../domain/draft-policy.ts';
import * as drafts from '../store/drafts.ts';
import type { Deps } from './deps.ts';
import { draftReads, loadDraftFacts } from './draft-posting.ts';
import type { PageWanted } from './read-broadcasts.ts';

/** What the actor has begun to write, what was changed last first: one more than wanted when there is more. */
export const readDrafts = (deps: Deps, actor: Actor, page: PageWanted): Promise<readonly Draft[]> =>
  deps.db.asActor(actor, async (tx) => {
    if (!isPerson(actor)) throw new AppError('NOT_FOUND');
    const found = await drafts.list(tx, actor, page);
    const facts = await loadDraftFacts(deps, tx, actor, found);
    const shown = found.filter((draft) => maySeeDraft(actor, facts, draft));
    return about(draftReads(actor, facts, shown), shown);
  });

/** A draft of the actor's own; null where there is none for them. */
export const readDraft = (deps: Deps, actor: Actor, id: string): Promise<Draft | null> =>
  deps.db.asActor(actor, async (tx) => {
    const draft = await drafts.byId(tx, id);
    const facts = await loadDraftFacts(deps, tx, actor, draft === undefined ? [] : [draft]);
    const shown = draft !== undefined && maySeeDraft(actor, facts, draft) ? [draft] : [];
    return about(draftReads(actor, facts, shown), shown[0] ?? null);
  });

/** When a draft goes if nobody changes it; null while it waits for its time. */
export const keptUntilOf = ({ draftDays }: Pick<Deps, 'draftDays'>, draft: Draft): Date | null =>
  keptUntil(draft, draftDays);
