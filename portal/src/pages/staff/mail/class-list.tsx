import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { ClassLists } from '../../../graph/generated/operations.ts';
import { useGraph } from '../../../graph/use-graph.ts';
import { Read, Unread } from '../../../parts/states.tsx';
import { useWords } from '../../../words/words.ts';

/** The children of one's groups, each leading to a page about it. */
export function ClassList({ to }: { readonly to: (childId: string) => string }): ReactNode {
  const { t, name } = useWords();
  const answer = useGraph(ClassLists, {});
  return (
    <Read from={answer}>
      {({ data: { viewer } }) => {
        if (viewer === null) return <Unread />;
        const groups = new Map(
          viewer.roles.flatMap(({ group }) => (group === null ? [] : [[group.id, group] as const])),
        );
        return [...groups.values()].map((group) => (
          <section key={group.id} aria-labelledby={`group-${group.id}`}>
            <h2 className="ds-heading" data-size="2xs" id={`group-${group.id}`}>
              {group.name}
            </h2>
            {group.children === null && <Unread />}
            <ul className="lines">
              {group.children?.nodes.map((child) => (
                <li key={child.id}>
                  <Link to={to(child.id)} className="ds-link touch">
                    {name(child.name, t('app.child'))}
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ));
      }}
    </Read>
  );
}
