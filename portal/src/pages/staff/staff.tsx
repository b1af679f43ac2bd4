import { type ReactNode, Suspense, lazy } from 'react';
import { Route, Switch } from 'wouter';
import { MyUnits } from '../../graph/generated/operations.ts';
import { useLive } from '../../graph/live.ts';
import { useGraph } from '../../graph/use-graph.ts';
import { Loading } from '../../parts/states.tsx';
import { Frame } from '../../shell/frame.tsx';
import { icons } from '../../shell/icons.ts';
import { useWords } from '../../words/words.ts';
import { NotFound } from '../common/not-found.tsx';
import { DayPage } from './day-page.tsx';
import { workUnits } from './work/whose-work.ts';

const AccessibilityPage = lazy(() => import('../common/accessibility-page.tsx'));
const Settings = lazy(() => import('../common/settings.tsx'));

const ChildPage = lazy(() => import('./child-page.tsx'));
const OwnPage = lazy(() => import('./mail/own-page.tsx'));
const WaitingPage = lazy(() => import('./mail/waiting-page.tsx'));
const AllPage = lazy(() => import('./mail/all-page.tsx'));
const SentPage = lazy(() => import('./mail/sent-page.tsx'));
const BegunPage = lazy(() => import('./mail/begun-page.tsx'));
const WritePage = lazy(() => import('./mail/write-page.tsx'));
const BroadcastPage = lazy(() => import('./mail/broadcast-page.tsx'));
const NewsPage = lazy(() => import('./news/news-page.tsx'));
const PublishPage = lazy(() => import('./news/publish-page.tsx'));
const WorkPage = lazy(() => import('./work/work-page.tsx'));
const LeavePage = lazy(() => import('./work/leave-page.tsx'));
const AccessPage = lazy(() => import('./work/access-page.tsx'));
const EventChoosePage = lazy(() => import('./events/choose-page.tsx'));
const AnnouncePage = lazy(() => import('./events/announce-page.tsx'));
const EventsPage = lazy(() => import('./events/events-page.tsx'));
const CasePage = lazy(() => import('./work/case-page.tsx'));
const StaffThreadPage = lazy(() => import('./mail/staff-thread-page.tsx'));
const Tablets = lazy(() => import('./tablets-page.tsx'));

/** The portal of staff. */
export default function Staff(): ReactNode {
  useLive();
  const { t } = useWords();
  const known = useGraph(MyUnits, {}).data?.data;
  const count = known?.unreadThreads ?? 0;
  const hasWork = workUnits(known?.viewer?.roles ?? []).length > 0;
  const waiting = { count, text: t('nav.unreadThreads', { count }) };
  const places = [
    { to: '/', word: 'nav.board', icon: icons.today },
    { to: '/inbox', word: 'nav.inbox', icon: icons.inbox, waiting },
    ...(hasWork ? [{ to: '/tasks', word: 'nav.work', icon: icons.work } as const] : []),
    { to: '/settings', word: 'nav.settings', icon: icons.settings },
  ] as const;
  return (
    <Frame places={places}>
      <Suspense fallback={<Loading />}>
        <Switch>
          <Route path="/" component={DayPage} />
          <Route path="/children/:id" component={ChildPage} />
          <Route path="/inbox">
            <OwnPage />
          </Route>
          <Route path="/inbox/put-away">
            <OwnPage isPutAway />
          </Route>
          <Route path="/inbox/waiting" component={WaitingPage} />
          <Route path="/inbox/all" component={AllPage} />
          <Route path="/inbox/sent" component={SentPage} />
          <Route path="/inbox/news" component={NewsPage} />
          <Route path="/inbox/news/new" component={PublishPage} />
          <Route path="/inbox/events" component={EventChoosePage} />
          <Route path="/inbox/events/new" component={AnnouncePage} />
          <Route path="/children/:id/events" component={EventsPage} />
          <Route path="/inbox/begun" component={BegunPage} />
          <Route path="/inbox/new" component={WritePage} />
          <Route path="/inbox/broadcast" component={BroadcastPage} />
          <Route path="/inbox/:id" component={StaffThreadPage} />
          <Route path="/tasks" component={WorkPage} />
          <Route path="/tasks/leave/:id" component={LeavePage} />
          <Route path="/tasks/access/:id" component={AccessPage} />
          <Route path="/tasks/case/:id" component={CasePage} />
          <Route path="/tablets" component={Tablets} />
          <Route path="/settings" component={Settings} />
          <Route path="/accessibility" component={AccessibilityPage} />
          <Route component={NotFound} />
        </Switch>
      </Suspense>
    </Frame>
  );
}
