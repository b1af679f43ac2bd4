import { type ReactNode, Suspense, lazy } from 'react';
import { Away, Loading } from './parts/states.tsx';
import { SignIn } from './pages/common/sign-in.tsx';
import { useSession } from './session/session.ts';

const Guardian = lazy(() => import('./pages/guardian/guardian.tsx'));
const Staff = lazy(() => import('./pages/staff/staff.tsx'));

/** The portal: what is shown follows from who is signed in, in which capacity. */
export function App(): ReactNode {
  const session = useSession();
  if (session.isPending) return <Loading />;
  if (session.isError) return <Away again={() => void session.refetch()} />;
  if (session.data === null) return <SignIn />;
  return (
    <Suspense fallback={<Loading />}>{session.data.kind === 'guardian' ? <Guardian /> : <Staff />}</Suspense>
  );
}
