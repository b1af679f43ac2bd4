import { type Answer, type ChildRead, about, aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor } from '@ranselpost/kit/pure/actor';
import {
  type ApplicationSight,
  mayListApplications,
  maySeeSibling,
  sightOf,
} from '../domain/application-policy.ts';
import { isLeaderOf, isResponsibleFor } from '../domain/policy.ts';
import * as applications from '../store/applications.ts';
import { type LoadedFacts, loadApplicationFacts } from './application-facts.ts';
import type { Deps } from './deps.ts';

/** An application as somebody may see it. */
export interface ShownApplication extends Omit<
  applications.StoredApplication,
  'writtenBy' | 'submittedBy' | 'roundState' | 'receipts' | 'createdAt'
> {
  /** That whoever asks has written or sent it. */
  readonly isByViewer: boolean;
  readonly receipts: readonly Pick<applications.StoredReceipt, 'version' | 'receivedAt'>[];
}

/** A list as somebody may see it: null where there is none for them, `hidden` while the municipality shows some of it to nobody (S-26). */
export type ShownApplications = readonly ShownApplication[] | 'hidden' | null;

/** Applications by id, as far as the actor may see them. */
export const readApplications = (
  deps: Deps,
  actor: Actor,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ShownApplication>> =>
  deps.db.asActor(actor, async (tx) => {
    const { shown, reads } = await show(deps, tx, actor, await applications.byIds(tx, ids));
    return about(reads, new Map(shown.map((one) => [one.id, one])));
  });

export interface ChildApplicationsWanted extends applications.ChildListing {
  readonly childId: string;
}

/** A child's applications, latest first: for its guardians, and for whoever works with admission what was sent. */
export const readChildApplications = (
  deps: Deps,
  actor: Actor,
  wanted: ChildApplicationsWanted,
): Promise<ShownApplications> =>
  deps.db.asActor(actor, async (tx): Promise<Answer<ShownApplications>> => {
    const { childId } = wanted;
    const facts = await loadApplicationFacts(tx, actor, [childId], deps.now());
    if (!isResponsibleFor(actor, facts, childId) && !mayListApplications(actor, facts))
      return aboutNobody(null);
    if (await applications.isAnyHidden(tx, { childId, roundId: null })) return aboutNobody('hidden');
    const { shown, reads } = await show(deps, tx, actor, await applications.ofChild(tx, childId, wanted));
    return about(reads, shown);
  });

export interface RoundApplicationsWanted extends applications.ApplicationListing {
  readonly roundId: string;
  /** Those alone that wish for it; null for all. */
  readonly unitId: string | null;
}

/**
 * What was sent to a round, first come first: for case workers but of protected children, for protection officers of these (ADR-04); for a unit's
 * leader what wishes for it, once the round is closed.
 */
export const readRoundApplications = (
  deps: Deps,
  actor: Actor,
  wanted: RoundApplicationsWanted,
): Promise<ShownApplications> =>
  deps.db.asActor(actor, async (tx): Promise<Answer<ShownApplications>> => {
    const { roundId, unitId } = wanted;
    const facts = await loadApplicationFacts(tx, actor, [], deps.now());
    const isLeader: boolean = unitId !== null && isLeaderOf(actor, facts, unitId);
    if (!mayListApplications(actor, facts) && !isLeader) return aboutNobody(null);
    if (await applications.isAnyHidden(tx, { childId: null, roundId })) return aboutNobody('hidden');
    const { shown, reads } = await show(deps, tx, actor, await applications.ofRound(tx, wanted, wanted));
    return about(reads, shown);
  });

interface Shown {
  readonly shown: readonly ShownApplication[];
  readonly reads: readonly ChildRead[];
}

/** Those that the actor may see. */
async function show(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  found: readonly applications.StoredApplication[],
): Promise<Shown> {
  const siblingIds = found.flatMap(({ wishes }) =>
    wishes.flatMap(({ sibling }) => (sibling === null ? [] : [sibling])),
  );
  const childIds = [...new Set([...found.map(({ childId }) => childId), ...siblingIds])];
  const facts = await loadApplicationFacts(tx, actor, childIds, deps.now());
  const seen = found.flatMap((application) => {
    const sight = sightOf(actor, facts, application);
    return sight === null ? [] : [{ application, sight }];
  });
  const told = seen.map(({ application, sight }) => ({
    sight,
    shown: toShown(actor, facts, application, sight),
  }));
  return {
    shown: told.map(({ shown }) => shown),
    reads: told.flatMap(({ shown, sight }) => [
      ...readOf(shown, sight),
      ...shown.wishes.flatMap(({ sibling }) => (sibling === null ? [] : readOf({ childId: sibling }, sight))),
    ]),
  };
}

/** What staff read, for the access log; guardians read of their own child (S-11). */
export function readOf(
  { childId }: Pick<applications.StoredApplication, 'childId'>,
  sight: ApplicationSight,
): readonly ChildRead[] {
  if (sight.as === 'GUARDIAN') return [];
  const rule = sight.as === 'PROTECTION_OFFICER' ? 'ADR-04' : 'S-02';
  const unitId = sight.as === 'LEADER' ? sight.unitIds[0]! : null;
  return [{ childId, kind: 'PLACEMENT', unitId, role: sight.as, rule }];
}

/**
 * Of a protected child another guardian than who applied is told neither when it was sent nor by whom, and of nobody else whom it names (ADR-11). A
 * leader is told of the own units alone. A brother or sister is told to whoever may apply for that one too, or works with admission (GUA-13).
 */
function toShown(
  actor: Actor,
  facts: LoadedFacts,
  application: applications.StoredApplication,
  sight: ApplicationSight,
): ShownApplication {
  const {
    writtenBy,
    submittedBy,
    roundState: _,
    createdAt: __,
    receipts,
    wishes,
    guardianIds,
    ...rest
  } = application;
  const viewer = 'personId' in actor ? actor.personId : null;
  const isByViewer = viewer !== null && (submittedBy ?? writtenBy) === viewer;
  const isDiscreet = sight.as === 'GUARDIAN' && facts.keptApart.includes(application.childId);
  const isOwn = (personId: string | null): boolean => !isDiscreet || personId === viewer;
  return {
    ...rest,
    isByViewer,
    submittedAt: isOwn(submittedBy) ? application.submittedAt : null,
    wishes: wishes
      .filter((one) => sight.as !== 'LEADER' || sight.unitIds.includes(one.kindergarten))
      .map((one) => ({
        ...one,
        sibling: one.sibling !== null && maySeeSibling(actor, facts, one.sibling, sight) ? one.sibling : null,
      })),
    guardianIds: sight.as === 'LEADER' ? [] : guardianIds.filter(isOwn),
    receipts:
      sight.as === 'LEADER'
        ? []
        : receipts
            .filter(({ receivedBy }) => isOwn(receivedBy))
            .map(({ version, receivedAt }) => ({ version, receivedAt })),
  };
}
