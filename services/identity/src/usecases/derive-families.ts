import { type Fact, fact } from '@ranselpost/kit/outbox';
import { accessRevokedV1 } from '@ranselpost/schema/events/identity/access-revoked.v1';
import { guardiansChangedV1 } from '@ranselpost/schema/events/identity/guardians-changed.v1';
import { type GrantChange, type Opening, decideGrants } from '../domain/grants.ts';
import { type ToldGuardian, afterChanges, compareTold, toToldGuardians } from '../domain/guardians-fact.ts';
import { type Derivation, deriveGuardianship } from '../domain/guardianship.ts';
import { type ChangeKind, changesOf, decideFuse } from '../domain/register-fuse.ts';
import type { Protection } from '../domain/protection.ts';
import { decideItems, openProblems, whatIsKnown } from '../domain/work-items.ts';
import * as facts from '../store/facts.ts';
import * as families from '../store/families.ts';
import * as grants from '../store/grants.ts';
import * as persons from '../store/persons.ts';
import * as quarantines from '../store/quarantines.ts';
import * as workItems from '../store/work-items.ts';
import { type EventDeps, today } from './deps.ts';
import { toEnrolmentsFacts } from './tell-places.ts';
import { toRaisedFacts } from './tell-raised.ts';

interface Outcome {
  readonly childId: string;
  readonly raisedTo: Protection | null;
  readonly changes: readonly (GrantChange & { readonly revision: number })[];
  readonly guardians: readonly ToldGuardian[];
  readonly hasChanged: boolean;
  readonly lost: readonly string[];
  readonly opened: readonly string[];
  readonly closed: readonly string[];
  /** What the register has changed, for a child whose guardians had been worked out before. */
  readonly counted: readonly ChangeKind[];
  /** The guardians are worked out now, with everybody read, for the first time. */
  readonly isSettling: boolean;
}

/** What the item is that says that the register is in quarantine. */
export const quarantineItem = 'REGISTER_QUARANTINE';

/**
 * Works out anew who has access to some children, from all that is known of them now, and stores and answers what
 * changed. Whoever calls it has this transaction's turn. `actor` stands in the history of what changes (GUA-06), and why
 * it opens what it opens.
 */
export async function deriveFamilies(
  deps: EventDeps,
  childIds: readonly string[],
  actor: string,
  opening: Opening = 'REGISTER_SAYS_SO',
): Promise<readonly Fact[]> {
  const { db, newId } = deps;
  const known = await families.load(db, [...new Set(childIds)]);
  const outcomes = await decideFamilies(deps, known, opening);
  await persons.raiseProtection(
    db,
    outcomes.flatMap(({ childId, raisedTo }) => (raisedTo === null ? [] : [{ childId, level: raisedTo }])),
  );
  await grants.save(
    db,
    outcomes.flatMap(({ changes }) => changes),
    actor,
  );
  const items = (pick: 'opened' | 'closed') =>
    outcomes.flatMap(({ childId, [pick]: kinds }) => kinds.map((kind) => ({ childId, kind, id: newId() })));
  await workItems.open(db, items('opened'));
  await workItems.close(db, items('closed'), actor);
  // Who of the staff may see a child is told before anything else of it, then that copies are to be purged (ADR-12).
  const raised = outcomes.flatMap(({ childId, raisedTo }) => (raisedTo === null ? [] : [childId]));
  return [
    ...(await toEnrolmentsFacts(deps, raised, { onlyTold: true })),
    ...(await toRaisedFacts(deps)),
    ...(await tellChanges(deps, outcomes)),
  ];
}

/** Decides on all of them, and whether the register has changed so much by it that nothing it says opens anything now. */
async function decideFamilies(
  deps: EventDeps,
  known: readonly families.Family[],
  opening: Opening,
): Promise<readonly Outcome[]> {
  const { db, fuse } = deps;
  const at = deps.now();
  const isQuarantined = known.length > 0 && (await quarantines.isOpen(db));
  const decide = (isHeld: boolean): readonly Outcome[] =>
    known.map((family) => decideFamily(deps, family, opening, isHeld));
  const outcomes = decide(isQuarantined);
  await quarantines.settle(
    db,
    outcomes.flatMap(({ childId, isSettling }) => (isSettling ? [childId] : [])),
    at,
  );
  if (opening !== 'REGISTER_SAYS_SO') return outcomes;
  const changes = outcomes.flatMap(({ childId, counted }) => counted.map((kind) => ({ childId, kind })));
  await quarantines.note(db, changes, at);
  if (changes.length === 0 || isQuarantined) return outcomes;
  const counted = await quarantines.countSince(db, new Date(at.getTime() - fuse.windowMs));
  const children = await quarantines.countChildren(db);
  const blown = decideFuse(counted, children, fuse);
  if (blown === null) return outcomes;
  await quarantines.open(db, deps.newId(), { ...blown, children, at });
  await workItems.open(db, [{ childId: null, kind: quarantineItem, id: deps.newId() }]);
  return decide(true);
}

/** What follows from all that is known of a child, before anything is changed. */
export function deriveFamily(deps: EventDeps, { child, adults, grants: known }: families.Family): Derivation {
  const documented = known.filter(({ ground }) => ground === 'MANUAL').map(({ personId }) => personId);
  const byId = new Map(adults.map((adult) => [adult.personId, adult]));
  return deriveGuardianship({ ...child, documented }, byId, today(deps));
}

function decideFamily(
  deps: EventDeps,
  family: families.Family,
  opening: Opening,
  isQuarantined: boolean,
): Outcome {
  const { child, childIsMerged, grants: before, restrictions, revision, isSettled } = family;
  const day = today(deps);
  const adults = new Map(family.adults.map((adult) => [adult.personId, adult]));
  const derivation = deriveFamily(deps, family);
  const changes = decideGrants(child.childId, before, derivation, {
    today: day,
    adults,
    restrictions,
    opening,
    isQuarantined,
    newId: deps.newId,
    whyGone: (personId) => {
      if (childIsMerged || adults.get(personId)?.isMerged === true) return 'MERGED';
      return adults.get(personId)?.isDead === true ? 'DIED' : 'NOT_RESPONSIBLE';
    },
  });
  const after = afterChanges(before, changes);
  const wanted = openProblems(derivation, after, family, day);
  const items = decideItems(wanted, family.openItems, family.closedItems, aboutFamily(deps, family));
  const raisedTo = derivation.heldProtection === child.heldProtection ? null : derivation.heldProtection;
  const isLowered = items.opened.includes('PROTECTION_LOWERED');
  return {
    childId: child.childId,
    raisedTo,
    counted: isSettled ? changesOf({ changes, isRaised: raisedTo !== null, isLowered }) : [],
    isSettling: !isSettled && isWorkedOut(derivation),
    changes: changes.map((change) => ({ ...change, revision })),
    guardians: toToldGuardians(after),
    ...compareTold(toToldGuardians(before), toToldGuardians(after)),
    ...items,
  };
}

/** The child has been read, and everybody its entries name. */
const isWorkedOut = ({ isUnread, standings }: Derivation): boolean =>
  !isUnread && standings.every(({ holds }) => !holds.includes('AWAITING_REGISTER'));

/** What is known of a child, as one text: what staff have looked at when they close an item. */
export const aboutFamily = (deps: EventDeps, family: families.Family): string =>
  whatIsKnown({ ...family.child, documented: [] }, deriveFamily(deps, family), family.adults, family.grants);

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
