import { type Fact, fact } from '@ranselpost/kit/outbox';
import { accessRevokedV1 } from '@ranselpost/schema/events/identity/access-revoked.v1';
import { guardiansChangedV1 } from '@ranselpost/schema/events/identity/guardians-changed.v1';
import { type GrantChange, decideGrants, openProblems } from '../domain/grants.ts';
import { type ToldGuardian, afterChanges, compareTold, toToldGuardians } from '../domain/guardians-fact.ts';
import { type Problem, deriveGuardianship } from '../domain/guardianship.ts';
import * as facts from '../store/facts.ts';
import * as families from '../store/families.ts';
import * as grants from '../store/grants.ts';
import * as workItems from '../store/work-items.ts';
import { type EventDeps, today } from './deps.ts';

interface Outcome {
  readonly childId: string;
  readonly changes: readonly (GrantChange & { readonly revision: number })[];
  readonly guardians: readonly ToldGuardian[];
  readonly hasChanged: boolean;
  readonly lost: readonly string[];
  readonly opened: readonly Problem[];
  readonly closed: readonly Problem[];
}

/**
 * Works out anew who has access to some children, from all that is known of them now, and stores and answers what
 * changed. Whoever calls it has this transaction's turn. `actor` stands in the history of what changes (GUA-06).
 */
export async function deriveFamilies(
  deps: EventDeps,
  childIds: readonly string[],
  actor: string,
): Promise<readonly Fact[]> {
  const { db, newId } = deps;
  const known = await families.load(db, [...new Set(childIds)]);
  const outcomes = known.map((family) => decideFamily(deps, family));
  await grants.save(
    db,
    outcomes.flatMap(({ changes }) => changes),
    actor,
  );
  const items = (pick: 'opened' | 'closed') =>
    outcomes.flatMap(({ childId, [pick]: kinds }) => kinds.map((kind) => ({ childId, kind, id: newId() })));
  await workItems.open(db, items('opened'));
  await workItems.close(db, items('closed'), actor);
  return tellChanges(deps, outcomes);
}

function decideFamily(deps: EventDeps, family: families.Family): Outcome {
  const { child, childIsMerged, adults, grants: before, openItems, revision } = family;
  const day = today(deps);
  const byId = new Map(adults.map((adult) => [adult.personId, adult]));
  const derivation = deriveGuardianship(child, byId, day);
  const changes = decideGrants(child.childId, before, derivation, {
    today: day,
    newId: deps.newId,
    whyGone: (personId) => {
      if (childIsMerged || byId.get(personId)?.isMerged === true) return 'MERGED';
      return byId.get(personId)?.isDead === true ? 'DIED' : 'NOT_RESPONSIBLE';
    },
  });
  const after = afterChanges(before, changes);
  const wanted = openProblems(derivation, after);
  return {
    childId: child.childId,
    changes: changes.map((change) => ({ ...change, revision })),
    guardians: toToldGuardians(after),
    ...compareTold(toToldGuardians(before), toToldGuardians(after)),
    opened: wanted.filter((kind) => !openItems.includes(kind)),
    closed: openItems.filter((kind) => !wanted.includes(kind)),
  };
}

async function tellChanges(deps: EventDeps, outcomes: readonly Outcome[]): Promise<readonly Fact[]> {
  const changed = outcomes.filter(({ hasChanged }) => hasChanged);
  const revisions = await facts.nextRevisions(
    deps.db,
    'guardians',
    changed.map(({ childId }) => childId),
  );
  const losers = [...new Set(changed.flatMap(({ lost }) => lost))];
  const left =
    losers.length === 0 ? new Set<string>() : await grants.withGrounds(deps.db, losers, today(deps));
  return changed.flatMap(({ childId, guardians, lost }) => [
    fact(guardiansChangedV1, { childId, revision: revisions.get(childId)!, guardians: [...guardians] }),
    ...lost.map((personId) =>
      fact(accessRevokedV1, { personId, childId, hasOtherGrounds: left.has(personId) }),
    ),
  ]);
}
