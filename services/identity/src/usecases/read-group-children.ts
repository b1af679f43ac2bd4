import { about, readsOf } from '@ranselpost/kit/answer';
import { type Actor, isPerson } from '@ranselpost/kit/pure/actor';
import { isInGroupToday, mayListGroup, mayReadEnrolment } from '../domain/policy.ts';
import { loadAccessFacts } from '../store/access-facts.ts';
import * as views from '../store/views.ts';
import { type Deps, today } from './deps.ts';
import { viewChildren } from './read-children.ts';

export interface GroupChildrenWanted {
  readonly groupId: string;
  readonly unitId: string;
  readonly after: string | null;
  readonly first: number;
}

/**
 * For each group the children in it today whom the actor has in their charge, by name: one more than wanted when there are
 * more; null where there is no such list for them. A group is small: all of it is looked at for a page of it.
 */
export async function readGroupChildren(
  deps: Deps,
  actor: Actor,
  wanted: readonly GroupChildrenWanted[],
): Promise<readonly (readonly views.ChildView[] | null)[]> {
  if (!isPerson(actor)) return wanted.map(() => null);
  return deps.db.asActor(actor, async (tx) => {
    const facts = await loadAccessFacts(tx, actor, today(deps), {
      groupIds: wanted.map(({ groupId }) => groupId),
    });
    const seated = await views.seated(tx, facts.enrolments);
    const inGroup = ({ groupId, unitId }: GroupChildrenWanted): ReadonlySet<string> =>
      new Set(
        facts.enrolments
          .filter((place) => place.unitId === unitId && isInGroupToday(facts, place, groupId))
          .filter(({ childId }) => seated.has(`${childId}:${unitId}`))
          .filter((place) => mayReadEnrolment(actor, facts, place).isPermitted)
          .map(({ childId }) => childId),
      );
    const listed = wanted.map((one) => (mayListGroup(actor, facts, one).isPermitted ? inGroup(one) : null));
    const ids = [...new Set(listed.flatMap((some) => [...(some ?? [])]))];
    const children = (await viewChildren(tx, actor, facts, ids)).toSorted(byName);
    const pages = listed.map((some, at) => {
      if (some === null) return null;
      const { after, first } = wanted[at]!;
      const all = children.filter(({ id }) => some.has(id));
      // After somebody who is not there any more, the list begins anew.
      const start = all.findIndex(({ id }) => id === after) + 1;
      return all.slice(start, start + first + 1);
    });
    return about(
      readsOf(
        'CHILD',
        actor,
        facts,
        pages.flatMap((page, at) =>
          (page ?? [])
            .slice(0, wanted[at]!.first)
            .map(({ id }) => ({ childId: id, unitId: wanted[at]!.unitId })),
        ),
      ),
      pages,
    );
  });
}

/** As a class list is written; who has no name yet comes last. */
function byName(one: views.ChildView, other: views.ChildView): number {
  const key = ({ name, id }: views.ChildView): readonly string[] =>
    name === null ? ['\uffff', '', id] : [name.family, name.given, id];
  const [a, b] = [key(one), key(other)];
  const at = a.findIndex((part, index) => part !== b[index]);
  return at < 0 ? 0 : norwegian.compare(a[at]!, b[at]!);
}
const norwegian = new Intl.Collator('nb');
