import { type ReactNode, Suspense, lazy } from 'react';
import { Redirect, useLocation } from 'wouter';
import { Away, Loading } from './parts/states.tsx';
import { SignIn } from './pages/common/sign-in.tsx';
import { useSession } from './session/use-session.ts';

const AccessibilityPage = lazy(() => import('./pages/common/accessibility-page.tsx'));
const Guardian = lazy(() => import('./pages/guardian/guardian.tsx'));
const Tablet = lazy(() => import('./pages/tablet/tablet.tsx'));
const Staff = lazy(() => import('./pages/staff/staff.tsx'));

const accessibilityAt = '/accessibility';
/** What a shared tablet shows, whoever is let in. */
const tabletAt = '/board';

/** The portal: what is shown follows from who is signed in, in which capacity. */
export function App(): ReactNode {
  const session = useSession();
  const [at] = useLocation();
  if (session.isPending) return <Loading />;
  if (session.data === undefined) return <Away again={() => void session.refetch()} />;
  if (at === tabletAt)
    return (
      <Suspense fallback={<Loading />}>
        <Tablet session={session.data} />
      </Suspense>
    );
  if (session.data?.kind === 'tablet') return <Redirect to={tabletAt} />;
  if (session.data === null)
    return at === accessibilityAt ? (
      <main id="content" className="sign-in">
        <Suspense fallback={<Loading />}>
          <AccessibilityPage />
        </Suspense>
      </main>
    ) : (
      <SignIn />
    );
  return (
    <Suspense fallback={<Loading />}>{session.data.kind === 'guardian' ? <Guardian /> : <Staff />}</Suspense>
  );
}
