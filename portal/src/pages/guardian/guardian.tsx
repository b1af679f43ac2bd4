import { type ReactNode, Suspense, lazy } from 'react';
import { Route, Switch } from 'wouter';
import { useLive } from '../../graph/live.ts';
import { Loading } from '../../parts/states.tsx';
import { Frame } from '../../shell/frame.tsx';
import { icons } from '../../shell/icons.ts';
import { NotFound } from '../common/not-found.tsx';
import { Today } from './today.tsx';

const AbsencePage = lazy(() => import('./absence-page.tsx'));
const Settings = lazy(() => import('../common/settings.tsx'));

/** The portal of a guardian. */
export default function Guardian(): ReactNode {
  useLive();
  const places = [
    { to: '/', word: 'nav.today', icon: icons.today },
    { to: '/absence', word: 'nav.absence', icon: icons.absence },
    { to: '/settings', word: 'nav.settings', icon: icons.settings },
  ] as const;
  return (
    <Frame places={places}>
      <Suspense fallback={<Loading />}>
        <Switch>
          <Route path="/" component={Today} />
          <Route path="/absence" component={AbsencePage} />
          <Route path="/settings" component={Settings} />
          <Route component={NotFound} />
        </Switch>
      </Suspense>
    </Frame>
  );
}
