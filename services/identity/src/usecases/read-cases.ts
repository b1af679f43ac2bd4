import { type ChildRead, about, aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { type Actor, type StaffActor, isPerson } from '@ranselpost/kit/pure/actor';
import { isId } from '@ranselpost/kit/pure/ids';
import { countsAt } from '../domain/naming.ts';
import {
  capacitiesFor,
  capacitiesInMunicipality,
  capacitiesInQuarantine,
  mayDecide,
} from '../domain/policy.ts';
import type { Proposal } from '../domain/proposals.ts';
import { loadAccessFacts } from '../store/access-facts.ts';
import * as cases from '../store/cases.ts';
import * as deciders from '../store/deciders.ts';
import * as namings from '../store/namings.ts';
import * as proposals from '../store/proposals.ts';
import * as restrictions from '../store/restrictions.ts';
import { type Deps, today } from './deps.ts';
import { openTexts } from './keep-text.ts';
import { readOfCase } from './meet-case.ts';

export type { GrantView, ItemPlace, ItemView } from '../store/cases.ts';

export type NamingView = namings.NamingView;

export interface RestrictionView extends Omit<restrictions.StoredRestriction, 'noteId'> {
  /** Null for a care order, which names nobody. */
  readonly person: cases.PersonView | null;
  readonly note: string | null;
}

export interface ProposalView extends Proposal {
  readonly person: cases.PersonView | null;
  readonly proposer: cases.PersonView;
  readonly reason: string | null;
  /** True where whoever asks made it themselves. */
  readonly isOwn: boolean;
}

/** A child, to whoever decides about access to it: who has it and why, what restricts it, what is open and proposed. */
export interface CaseView extends cases.StoredCase {
  readonly restrictions: readonly RestrictionView[];
  /** Who of the staff may see the child, where it is protected (ADR-10). */
  readonly namedStaff: readonly NamingView[];
  readonly proposals: readonly ProposalView[];
}

/** Those of the children about whom the actor has a part in deciding. To everybody else there is no such case (S-06). */
export async function readCases(
  deps: Deps,
  actor: Actor,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CaseView>> {
  if (actor.kind !== 'staff') return new Map();
  return deps.db.asActor(actor, async (tx) => {
    const met = await meetCases(deps, tx, actor, ids.filter(isId));
    const found = await viewCases(deps, tx, actor, [...met.keys()]);
    return about(
      found.map(({ child }) => met.get(child.id)!),
      new Map(found.map((one) => [one.child.id, one])),
    );
  });
}

export interface Wanted {
  readonly after: cases.ItemPlace | null;
  readonly first: number;
}

/** What is open for the actor to look at, oldest first, one more than wanted when there is more; null for whoever decides nothing. */
export function readWorkItems(
  deps: Deps,
  actor: Actor,
  wanted: Wanted & Pick<cases.ItemsWanted, 'kind' | 'kindsExcept'>,
): Promise<readonly cases.ItemView[] | null> {
  return deps.db.asActor(actor, async (tx) => {
    if (actor.kind !== 'staff') return aboutNobody(null);
    const all = await meetAll(deps, tx, actor);
    if (all === null) return aboutNobody(null);
    const { met, capacities } = all;
    const found = await cases.items(tx, {
      ...wanted,
      childIds: [...met.keys()],
      ...{ withGeneral: capacities.includes('CASE_WORKER'), withQuarantine: all.isOfQuarantine },
    });
    return about(readsOf(met, found), found);
  });
}

/** The proposals that wait for somebody, as far as the actor may decide them or has made them. Null for whoever decides nothing. */
export function readProposals(
  deps: Deps,
  actor: Actor,
  page: Wanted,
): Promise<readonly ProposalView[] | null> {
  return deps.db.asActor(actor, async (tx) => {
    if (actor.kind !== 'staff') return aboutNobody(null);
    const all = await meetAll(deps, tx, actor);
    if (all === null) return aboutNobody(null);
    const { met, capacities } = all;
    const withRoles = capacities.some((one) => one !== 'CASE_WORKER');
    const found = await proposals.waiting(tx, {
      ...page,
      childIds: [...met.keys()],
      ...{ withRoles, withQuarantine: all.isOfQuarantine },
    });
    return about(readsOf(met, found.map(childOf)), await viewProposals(deps, tx, actor, found));
  });
}

const childOf = ({ subject }: Proposal) => ({ childId: 'childId' in subject ? subject.childId : null });

const readsOf = (
  met: ReadonlyMap<string, ChildRead>,
  told: readonly { readonly childId: string | null }[],
): readonly ChildRead[] => told.flatMap(({ childId }) => (childId === null ? [] : (met.get(childId) ?? [])));

/** All children with something open whom the actor meets, and what they are for the municipality. Null: nothing is theirs. */
async function meetAll(deps: Deps, tx: Tx, actor: StaffActor) {
  const decider = await deciders.load(tx, actor.personId, []);
  const facts = await loadAccessFacts(tx, actor, today(deps));
  if (!mayDecide(actor, facts, decider)) return null;
  const met = await meetCases(deps, tx, actor, await cases.withSomethingOpen(tx));
  return {
    met,
    capacities: capacitiesInMunicipality(actor, decider, facts.today),
    isOfQuarantine: capacitiesInQuarantine(actor, decider, facts.today).length > 0,
  };
}

/** Of some children, those whom the actor meets, each with what the access log is to say of it. */
async function meetCases(
  deps: Deps,
  tx: Tx,
  actor: StaffActor,
  childIds: readonly string[],
): Promise<ReadonlyMap<string, ChildRead>> {
  const facts = await loadAccessFacts(tx, actor, today(deps), { childIds });
  const decider = await deciders.load(tx, actor.personId, childIds);
  return new Map(
    childIds.flatMap((childId) => {
      const [first] = capacitiesFor(actor, facts, decider, childId);
      return first === undefined ? [] : [[childId, readOfCase(actor, facts, first, childId)] as const];
    }),
  );
}

async function viewCases(
  deps: Deps,
  tx: Tx,
  actor: StaffActor,
  childIds: readonly string[],
): Promise<readonly CaseView[]> {
  const found = await cases.load(tx, childIds);
  const imposed = await restrictions.ofChildren(tx, childIds);
  const proposed = await proposals.ofChildren(tx, childIds);
  const named = await namings.ofChildren(tx, childIds, today(deps));
  const people = await cases.persons(tx, [...new Set(imposed.flatMap(({ personId }) => personId ?? []))]);
  const notes = await openTexts(
    { ...deps, db: tx },
    imposed.flatMap(({ noteId }) => noteId ?? []),
  );
  const made = await viewProposals(deps, tx, actor, proposed);
  return found.map((one) => ({
    ...one,
    restrictions: imposed
      .filter(({ childId }) => childId === one.child.id)
      .map(({ noteId, ...restriction }) => ({
        ...restriction,
        person: people.find(({ id }) => id === restriction.personId) ?? null,
        note: noteId === null ? null : (notes.get(noteId) ?? null),
      })),
    namedStaff: named.filter((naming) => naming.childId === one.child.id && countsAt(naming, one.protection)),
    proposals: made.filter((proposal) => childOf(proposal).childId === one.child.id),
  }));
}

/** Proposals with the people in them and the reasons given. */
export async function viewProposals(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  some: readonly Proposal[],
): Promise<readonly ProposalView[]> {
  const named = ({ subject }: Proposal): string | null => ('personId' in subject ? subject.personId : null);
  const ids = some.flatMap((proposal) => [named(proposal) ?? [], proposal.proposedBy].flat());
  const people = new Map((await cases.persons(tx, [...new Set(ids)])).map((one) => [one.id, one]));
  const reasons = await openTexts(
    { ...deps, db: tx },
    some.flatMap(({ reasonId }) => reasonId ?? []),
  );
  const person = (id: string): cases.PersonView => people.get(id) ?? { id, name: null };
  return some.map((proposal) => {
    const about = named(proposal);
    return {
      ...proposal,
      person: about === null ? null : person(about),
      proposer: person(proposal.proposedBy),
      reason: proposal.reasonId === null ? null : (reasons.get(proposal.reasonId) ?? null),
      isOwn: isPerson(actor) && proposal.proposedBy === actor.personId,
    };
  });
}

/** A proposal as it was just decided or found, with what the actor may read of it now. */
export function readProposal(deps: Deps, actor: Actor, proposal: Proposal): Promise<ProposalView> {
  return deps.db.asActor(actor, async (tx) => {
    const [view] = await viewProposals(deps, tx, actor, [proposal]);
    const { childId } = childOf(proposal);
    const met =
      actor.kind === 'staff' && childId !== null ? await meetCases(deps, tx, actor, [childId]) : new Map();
    return about([...met.values()] as readonly ChildRead[], view!);
  });
}
