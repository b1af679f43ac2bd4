import { aboutNobody } from '@ranselpost/kit/answer';
import type { PersonActor } from '@ranselpost/kit/pure/actor';
import { loadAccessFacts } from '../store/access-facts.ts';
import * as views from '../store/views.ts';
import { type Deps, today } from './deps.ts';
import { viewChildren } from './read-children.ts';
import { viewGroups, viewUnits } from './read-units.ts';

export type { RoleView } from '../store/views.ts';

/** Who asks, with the children they may see as a guardian, or the roles they hold as staff: never both (GUA-24). */
export interface ViewerView {
  readonly id: string;
  readonly name: views.NameView | null;
  readonly language: string | null;
  readonly children: readonly views.ChildView[];
  readonly roles: readonly views.RoleView[];
  /** The units and groups that the children's places and the roles name, as far as the actor may know of them. */
  readonly units: readonly views.UnitView[];
  readonly groups: readonly views.GroupView[];
}

export async function readViewer(deps: Deps, actor: PersonActor): Promise<ViewerView> {
  return deps.db.asActor(actor, async (tx) => {
    const facts = await loadAccessFacts(tx, actor, today(deps));
    const { roles, chosenLanguage, ...said } = await views.viewer(tx, actor, facts.today);
    const children = actor.kind === 'guardian' ? await viewChildren(tx, actor, facts, facts.guardianOf) : [];
    const ownRoles = actor.kind === 'staff' ? roles : [];
    // What the registers said of somebody who sees nothing here would tell them that a child of theirs is (GUA-20, ADR-02).
    const isShown = children.length > 0 || ownRoles.length > 0;
    const enrolments = children.flatMap((child) => child.enrolments);
    const unitIds = [...enrolments, ...ownRoles].map(({ unitId }) => unitId);
    const groupIds = [
      ...enrolments.flatMap((enrolment) => enrolment.groupIds),
      ...ownRoles.flatMap(({ groupId }) => groupId ?? []),
    ];
    // Staff are shown roles and no children; guardians' reading of their own is nobody's to log.
    return aboutNobody({
      id: actor.personId,
      name: isShown ? said.name : null,
      language: chosenLanguage ?? (isShown ? said.language : null),
      roles: ownRoles,
      children: children.toSorted(byName),
      units: await viewUnits(tx, actor, facts, [...new Set(unitIds)]),
      groups: await viewGroups(tx, actor, facts, [...new Set(groupIds)]),
    });
  });
}

const text = ({ name, id }: views.ChildView): string => `${name?.given ?? ''} ${name?.family ?? ''} ${id}`;
const byName = (one: views.ChildView, other: views.ChildView): number =>
  text(one).localeCompare(text(other), 'nb');
