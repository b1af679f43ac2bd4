import type { ReactNode } from 'react';
import { MyUnits } from '../../graph/generated/operations.ts';
import { useGraph } from '../../graph/use-graph.ts';
import { Page } from '../../parts/page.tsx';
import { Read, Unread } from '../../parts/states.tsx';
import { useWords } from '../../words/words.ts';
import type { Roles } from './work-place.tsx';

/** Who is at work, and where. A page of its own for whoever works nowhere now. */
export function AtWork({
  title,
  children,
}: {
  readonly title: string;
  readonly children: (viewer: { readonly id: string; readonly roles: Roles }) => ReactNode;
}): ReactNode {
  const { t } = useWords();
  const answer = useGraph(MyUnits, {});
  return (
    <Read from={answer}>
      {({ data: { viewer } }) =>
        viewer === null ? (
          <Unread />
        ) : viewer.roles.length === 0 ? (
          <Page title={title}>
            <p>{t('board.noRole')}</p>
          </Page>
        ) : (
          children(viewer)
        )
      }
    </Read>
  );
}
