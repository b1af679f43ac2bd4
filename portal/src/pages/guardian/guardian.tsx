import { type ReactNode, Suspense, lazy } from 'react';
import { Route, Switch } from 'wouter';
import { useLive } from '../../graph/live.ts';
import { Loading } from '../../parts/states.tsx';
import { Frame } from '../../shell/frame.tsx';
import { icons } from '../../shell/icons.ts';
import { useWords } from '../../words/words.ts';
import { NotFound } from '../common/not-found.tsx';
import { Today } from './today.tsx';
import { useInboxAhead, useToday } from './use-today.ts';

const AbsencePage = lazy(() => import('./absence-page.tsx'));
const InboxPage = lazy(() => import('../inbox/inbox-page.tsx'));
const NewPage = lazy(() => import('../inbox/new-page.tsx'));
const ContactFormPage = lazy(() => import('../inbox/contact-form-page.tsx'));
const ReceivedPage = lazy(() => import('../inbox/received-page.tsx'));
const ThreadPage = lazy(() => import('../inbox/thread-page.tsx'));
const LeavePage = lazy(() => import('./leave/leave-page.tsx'));
const EventsPage = lazy(() => import('./events-page.tsx'));
const PlacementPage = lazy(() => import('./place/placement-page.tsx'));
const BeginPage = lazy(() => import('./place/begin-page.tsx'));
const ApplyPage = lazy(() => import('./place/apply-page.tsx'));
const SentPage = lazy(() => import('./place/sent-page.tsx'));
const PricesPage = lazy(() => import('./place/prices-page.tsx'));
const AccessPage = lazy(() => import('./access-page.tsx'));
const AccessibilityPage = lazy(() => import('../common/accessibility-page.tsx'));
const Settings = lazy(() => import('../common/settings.tsx'));

/** The portal of a guardian. */
export default function Guardian(): ReactNode {
  useLive();
  useInboxAhead();
  const { t } = useWords();
  const count = useToday().data?.data.unreadThreads ?? 0;
  const waiting = { count, text: t('nav.unreadThreads', { count }) };
  const places = [
    { to: '/', word: 'nav.today', icon: icons.today },
    { to: '/inbox', word: 'nav.inbox', icon: icons.inbox, waiting },
    { to: '/absence', word: 'nav.absence', icon: icons.absence },
    { to: '/places', word: 'nav.places', icon: icons.places },
    { to: '/settings', word: 'nav.settings', icon: icons.settings },
  ] as const;
  return (
    <Frame places={places}>
      <Suspense fallback={<Loading />}>
        <Switch>
          <Route path="/" component={Today} />
          <Route path="/absence" component={AbsencePage} />
          <Route path="/leave" component={LeavePage} />
          <Route path="/children/:id/access" component={AccessPage} />
          <Route path="/inbox">
            <InboxPage />
          </Route>
          <Route path="/inbox/put-away">
            <InboxPage isPutAway />
          </Route>
          <Route path="/inbox/received" component={ReceivedPage} />
          <Route path="/inbox/events" component={EventsPage} />
          <Route path="/inbox/new" component={NewPage} />
          <Route path="/contact-form" component={ContactFormPage} />
          <Route path="/inbox/:id" component={ThreadPage} />
          <Route path="/places" component={PlacementPage} />
          <Route path="/places/apply" component={BeginPage} />
          <Route path="/places/apply/:id" component={ApplyPage} />
          <Route path="/places/applications/:id" component={SentPage} />
          <Route path="/places/prices" component={PricesPage} />
          <Route path="/settings" component={Settings} />
          <Route path="/accessibility" component={AccessibilityPage} />
          <Route component={NotFound} />
        </Switch>
      </Suspense>
    </Frame>
  );
}
