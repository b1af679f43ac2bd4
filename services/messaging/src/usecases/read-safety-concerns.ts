import { aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type DeskFacts, type SafetyConcern, mayAnswerFor, mayList } from '../domain/safety-concern.ts';
import type { PageWanted } from '../store/page.ts';
import * as concerns from '../store/safety-concerns.ts';
import type { Deps } from './deps.ts';

/** What a policy needs to know of whoever would answer for what came to a unit. */
export const loadDeskFacts = async (deps: Deps, tx: Tx, actor: Actor): Promise<DeskFacts> => ({
  ...(await loadAccessFacts(tx, actor, [], localDateAt(deps.now()))),
  municipalRoles: await concerns.municipalRolesOf(tx, actor),
});

/**
 * What may have to be looked into at a unit, for its leader, or without a unit all that goes past leaders, for whoever answers for
 * the municipality (SKM-03, SKM-04). For anybody else there is no such list.
 */
export const readSafetyConcerns = (
  deps: Deps,
  actor: Actor,
  { unitId, ...wanted }: PageWanted & { readonly unitId: string | null },
): Promise<readonly SafetyConcern[]> =>
  deps.db.asActor(actor, async (tx) => {
    const facts = await loadDeskFacts(deps, tx, actor);
    if (!mayList(actor, facts, unitId)) throw new AppError('NOT_FOUND');
    const found = await concerns.list(tx, unitId, wanted);
    return aboutNobody(found.filter((one) => mayAnswerFor(actor, facts, one)));
  });
