import type { Tx } from '@ranselpost/kit/database';
import { loadFeature } from '@ranselpost/kit/features';
import type { CopyFacts } from '@ranselpost/kit/grounds';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { type FeatureClosed, requireFeature } from '@ranselpost/kit/pure/features';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import type { ApplicationRefusal, ApplyingChild, KnownRound } from '../domain/application.ts';
import { type ApplicationFacts, sightOf } from '../domain/application-policy.ts';
import * as applications from '../store/applications.ts';
import type { RoundKind } from '../domain/round.ts';
import * as rounds from '../store/rounds.ts';
import { loadFacts } from './load-facts.ts';

export type LoadedFacts = ApplicationFacts & CopyFacts;

/** What became of an attempt: the application, or why not. */
export type Outcome = Result<applications.StoredApplication, ApplicationRefusal | FeatureClosed>;

/** What a policy needs to know of an actor and of children who apply. */
export async function loadApplicationFacts(
  tx: Tx,
  actor: Actor,
  childIds: readonly string[],
  now: Date,
): Promise<LoadedFacts> {
  const facts = await loadFacts(tx, actor, childIds, localDateAt(now));
  const personId = 'personId' in actor ? actor.personId : null;
  return {
    ...facts,
    ownChildIds: await applications.ownChildren(tx, personId, childIds),
    keptApart: await applications.keptApart(tx, childIds),
  };
}

/** An application that nobody else writes at until the transaction ends, as the actor sees it; fails where there is none for them. */
export async function lockApplication(
  tx: Tx,
  actor: Actor,
  id: string,
  now: Date,
): Promise<{ readonly application: applications.StoredApplication; readonly facts: LoadedFacts }> {
  const [before] = await applications.byIds(tx, [id]);
  if (before === undefined) {
    const own = await applications.toWithdraw(tx, id);
    throw new AppError(own?.isHidden === true ? 'FEATURE_CLOSED' : 'NOT_FOUND');
  }
  await applications.lockChild(tx, before.childId);
  const [application] = await applications.byIds(tx, [id]);
  if (application === undefined) throw new AppError('NOT_FOUND');
  const facts = await loadApplicationFacts(tx, actor, [application.childId], now);
  if (sightOf(actor, facts, application) === null) throw new AppError('NOT_FOUND');
  return { application, facts };
}

/** What there is of a child in rounds of a kind; fails where some of it is hidden, as nothing is written beside what nobody may look at (X07). */
export async function ofChildAndKind(
  tx: Tx,
  childId: string,
  kind: RoundKind,
): Promise<readonly applications.StoredApplication[]> {
  if (await applications.hasHidden(tx, childId, kind)) throw new AppError('FEATURE_CLOSED');
  return applications.ofChildAndKind(tx, childId, kind);
}

/** What an application to a round is judged by; fails where there is no such round for the actor. */
export async function loadRound(
  tx: Tx,
  roundId: string,
  { now, siblings }: { readonly now: Date; readonly siblings: ReadonlySet<string> },
): Promise<KnownRound> {
  const found = await rounds.byId(tx, roundId);
  if (found === undefined) throw new AppError('NOT_FOUND');
  const { kind, state, deadline, grace, admissionYear, yearBegins, wishLimit: limit, unitIds } = found;
  return {
    ...{ round: { kind, state, deadline, grace }, admissionYear, yearBegins, now, limit },
    ...{ kindergartens: new Set(unitIds), siblings },
  };
}

/** What says which kind of round is for a child: whether it has a place is looked at on the last day to apply (BHG-06). */
export const loadApplyingChild = (
  tx: Tx,
  childId: string,
  { round: { kind, deadline }, now }: KnownRound,
): Promise<ApplyingChild> =>
  applications.applyingChild(tx, childId, {
    ...{ day: deadline ?? localDateAt(now), unitKind: kind === 'sfo' ? 'AFTER_SCHOOL' : 'KINDERGARTEN' },
  });

/** The children whom somebody may name as brothers and sisters of another: those that they apply for themselves. */
export async function siblingsNamed(
  tx: Tx,
  actor: Actor,
  childId: string,
  written: readonly { readonly sibling: string | null }[],
  now: Date,
): Promise<ReadonlySet<string>> {
  const named = written.flatMap(({ sibling }) =>
    sibling === null || sibling === childId || !isId(sibling) ? [] : [sibling],
  );
  if (named.length === 0) return new Set();
  return new Set((await loadFacts(tx, actor, named, localDateAt(now))).responsibleFor);
}

/** Placement has to be open at every unit that is wished for (X07, D02). */
export async function decideFeatures(
  tx: Tx,
  facts: CopyFacts,
  wishes: readonly { readonly kindergarten: string }[],
): Promise<Result<'open', FeatureClosed>> {
  const unitIds = wishes.map(({ kindergarten }) => kindergarten);
  const features = await loadFeature(tx, 'PLACEMENT', facts, unitIds);
  for (const unitId of unitIds) {
    const isOpen = requireFeature(features, unitId);
    if (!isOpen.ok) return isOpen;
  }
  return accept('open');
}
