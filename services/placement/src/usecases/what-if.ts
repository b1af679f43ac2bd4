import { type Answer, about } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import type { Result } from '@ranselpost/kit/pure/result';
import { type AnotherList, type AnotherListRefusal, withAnotherList } from '../domain/another-list.ts';
import { sightOf } from '../domain/application-policy.ts';
import { mayRunAdmission } from '../domain/round-policy.ts';
import * as applications from '../store/applications.ts';
import * as runs from '../store/runs.ts';
import { loadApplicationFacts } from './application-facts.ts';
import type { Deps } from './deps.ts';

export interface ListWanted {
  readonly runId: string;
  readonly applicationId: string;
  /** Units, most wanted first. */
  readonly unitIds: readonly string[];
}

/** What an application would get in a run with another list (placement § 14): for case workers, of children whom they meet. Nothing is kept of it. */
export const readWhatIf = (
  deps: Deps,
  actor: Actor,
  { runId, ...wanted }: ListWanted,
): Promise<Result<AnotherList, AnotherListRefusal>> =>
  deps.db.asActor(actor, async (tx): Promise<Answer<Result<AnotherList, AnotherListRefusal>>> => {
    mayRunAdmission(actor, await loadApplicationFacts(tx, actor, [], deps.now()));
    const run = await runs.byId(tx, runId);
    const given = run === undefined ? undefined : await runs.given(tx, runId);
    const [application] = await applications.byIds(tx, [wanted.applicationId]);
    if (run === undefined || given === undefined || application?.roundId !== run.roundId)
      throw new AppError('NOT_FOUND');
    const { childId } = application;
    const facts = await loadApplicationFacts(tx, actor, [childId], deps.now());
    if (sightOf(actor, facts, application)?.as !== 'CASE_WORKER') throw new AppError('NOT_FOUND');
    const read = { childId, kind: 'PLACEMENT' as const, unitId: null, role: 'CASE_WORKER', rule: 'S-02' };
    return about([read], withAnotherList(given.snapshot, given.pinned, wanted));
  });
