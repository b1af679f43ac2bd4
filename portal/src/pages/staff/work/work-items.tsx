import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { WorkItems as WorkItemsOf } from '../../../graph/generated/operations.ts';
import { useGraph } from '../../../graph/use-graph.ts';
import { More } from '../../../parts/more.tsx';
import { Read, Unread } from '../../../parts/states.tsx';
import { useWords } from '../../../words/words.ts';

/** What the registers do not settle about who may see a child, for whoever leads its unit. */
export function WorkItems({ after }: { readonly after?: string | null }): ReactNode {
  const { t, name, instant } = useWords();
  const answer = useGraph(WorkItemsOf, after === undefined ? {} : { after });
  return (
    <Read from={answer}>
      {({ data: { workItems } }) =>
        workItems === null ? (
          <Unread />
        ) : (
          <>
            {workItems.nodes.length === 0 && <p className="quiet">{t('case.nothing')}</p>}
            <ul className="lines">
              {workItems.nodes.map(({ id, kind, openedAt, case: about }) => (
                <li key={id}>
                  {about === null ? (
                    t(`case.item.${kind}`)
                  ) : (
                    <Link to={`/tasks/case/${about.child.id}`} className="ds-link touch">
                      {name(about.child.name, t('app.child'))}: {t(`case.item.${kind}`)}
                    </Link>
                  )}{' '}
                  <span className="quiet">{t('access.since', { time: instant(openedAt) })}</span>
                </li>
              ))}
            </ul>
            {workItems.pageInfo.hasNextPage && (
              <More label={t('mail.more')}>{() => <WorkItems after={workItems.pageInfo.endCursor} />}</More>
            )}
          </>
        )
      }
    </Read>
  );
}
