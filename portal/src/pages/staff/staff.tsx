import { type ReactNode, Suspense, lazy } from 'react';
import { Route, Switch } from 'wouter';
import { useLive } from '../../graph/live.ts';
import { Loading } from '../../parts/states.tsx';
import { Frame } from '../../shell/frame.tsx';
import { icons } from '../../shell/icons.ts';
import { NotFound } from '../common/not-found.tsx';
import { DayPage } from './day-page.tsx';

const Settings = lazy(() => import('../common/settings.tsx'));

const ChildPage = lazy(() => import('./child-page.tsx'));
const Tablets = lazy(() => import('./tablets-page.tsx'));

const places = [
  { to: '/', word: 'nav.board', icon: icons.today },
  { to: '/tablets', word: 'tablet.make', icon: icons.tablet },
  { to: '/settings', word: 'nav.settings', icon: icons.settings },
] as const;

/** The portal of staff. */
export default function Staff(): ReactNode {
  useLive();
  return (
    <Frame places={places}>
      <Suspense fallback={<Loading />}>
        <Switch>
          <Route path="/" component={DayPage} />
          <Route path="/children/:id" component={ChildPage} />
          <Route path="/tablets" component={Tablets} />
          <Route path="/settings" component={Settings} />
          <Route component={NotFound} />
        </Switch>
      </Suspense>
    </Frame>
  );
}
