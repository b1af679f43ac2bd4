import type { PersonActor } from '@ranselpost/kit/pure/actor';
import { loadAccessFacts } from '../store/access-facts.ts';
import * as views from '../store/views.ts';
import { type Deps, today } from './deps.ts';
import { viewChildren } from './read-children.ts';

export type { RoleView } from '../store/views.ts';

/** Who asks, with the children they may see as a guardian, or the roles they hold as staff: never both (GUA-24). */
export interface ViewerView {
  readonly id: string;
  readonly name: views.NameView | null;
  readonly language: string | null;
  readonly children: readonly views.ChildView[];
  readonly roles: readonly views.RoleView[];
}

export async function readViewer(deps: Deps, actor: PersonActor): Promise<ViewerView> {
  return deps.db.asActor(actor, async (tx) => {
    const facts = await loadAccessFacts(tx, actor, today(deps));
    const { roles, ...person } = await views.viewer(tx, actor.personId, facts.today);
    const children = actor.kind === 'guardian' ? await viewChildren(tx, actor, facts, facts.guardianOf) : [];
    return {
      id: actor.personId,
      ...person,
      roles: actor.kind === 'staff' ? roles : [],
      children: children.toSorted(byName),
    };
  });
}

const text = ({ name, id }: views.ChildView): string => `${name?.given ?? ''} ${name?.family ?? ''} ${id}`;
const byName = (one: views.ChildView, other: views.ChildView): number =>
  text(one).localeCompare(text(other), 'nb');
