import { client } from './graph/client.ts';
import { graphQuery } from './graph/use-graph.ts';
import { todayQuery } from './pages/guardian/today-query.ts';
import { kindBefore, sessionQuery } from './session/use-session.ts';
import { dayAt } from './words/dates.ts';

/**
 * What whoever was here before will want is asked for at once, and not one after the other: who is signed in, the pages of their kind,
 * and what the first of them shows. Where the session is over, none of it is shown.
 */
export function askAhead(): void {
  void client.prefetchQuery(sessionQuery);
  if (kindBefore() === 'staff') void import('./pages/staff/staff.tsx');
  if (kindBefore() !== 'guardian') return;
  void import('./pages/guardian/guardian.tsx');
  if (location.pathname === '/') void client.prefetchQuery(graphQuery(...todayQuery(dayAt(new Date()))));
}
