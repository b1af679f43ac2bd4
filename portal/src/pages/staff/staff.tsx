import { type ReactNode, Suspense, lazy } from 'react';
import { Route, Switch } from 'wouter';
import { Start } from '../../graph/generated/operations.ts';
import { useLive } from '../../graph/live.ts';
import { useGraph } from '../../graph/use-graph.ts';
import { Page } from '../../parts/page.tsx';
import { Loading, Read, Unread } from '../../parts/states.tsx';
import { Frame } from '../../shell/frame.tsx';
import { icons } from '../../shell/icons.ts';
import { useWords } from '../../words/words.ts';
import { NotFound } from '../common/not-found.tsx';

const Settings = lazy(() => import('../common/settings.tsx'));

const places = [
  { to: '/', word: 'nav.board', icon: icons.today },
  { to: '/settings', word: 'nav.settings', icon: icons.settings },
] as const;

/** The portal of staff. */
export default function Staff(): ReactNode {
  useLive();
  return (
    <Frame places={places}>
      <Suspense fallback={<Loading />}>
        <Switch>
          <Route path="/" component={Roles} />
          <Route path="/settings" component={Settings} />
          <Route component={NotFound} />
        </Switch>
      </Suspense>
    </Frame>
  );
}

function Roles(): ReactNode {
  const { t, name } = useWords();
  const start = useGraph(Start, {});
  return (
    <Read from={start}>
      {({ data: { viewer } }) =>
        viewer === null ? (
          <Unread />
        ) : (
          <Page title={t('today.hello', { name: name(viewer.name, t('app.someone')) })}>
            <ul className="cards">
              {viewer.roles.map(({ id, kind, unit, group }) => (
                <li key={id} className="ds-card">
                  <h2 className="ds-heading" data-size="sm">
                    {unit.name}
                  </h2>
                  <p>{[t(`role.${kind}`), group?.name].filter(Boolean).join(', ')}</p>
                </li>
              ))}
            </ul>
          </Page>
        )
      }
    </Read>
  );
}
