import { type UseQueryResult, queryOptions, useQuery } from '@tanstack/react-query';
import { Away } from '../graph/ask.ts';
import { client } from '../graph/client.ts';
import { graphKey } from '../graph/use-graph.ts';
import { leaveOthers, takeUp } from '../offline/answers.ts';
import { forget } from '../offline/forget.ts';
import { waitingReports } from '../offline/waiting-reports.ts';
import { type Session, sessionKey } from './session.ts';

/** How long until the gateway is asked again, where it did not answer. */
const againMs = 10_000;

async function readSession(): Promise<Session | null> {
  try {
    const response = await fetch('/session');
    if (response.status === 401) {
      await forget();
      return null;
    }
    if (!response.ok) throw new Away(String(response.status));
    const session = (await response.json()) as Session;
    localStorage.setItem(kindName, session.kind);
    await waitingReports.takeUp(session.id);
    await leaveOthers(session);
    if (client.getQueryData<Session | null>(sessionKey)?.heldAt !== undefined)
      void client.invalidateQueries({ queryKey: [graphKey] });
    return session;
  } catch (cause) {
    const held = await takeUp(new Date());
    if (held !== undefined) await waitingReports.takeUp(held.id);
    if (held !== undefined) return held;
    throw cause instanceof Away ? cause : new Away('no answer', { cause });
  }
}

export const sessionQuery = queryOptions({ queryKey: sessionKey, queryFn: readSession });

export const useSession = (): UseQueryResult<Session | null> =>
  useQuery({
    ...sessionQuery,
    refetchInterval: ({ state: { data } }) => (data?.heldAt === undefined ? false : againMs),
  });

const kindName = 'kind';
/** In which capacity this browser was used last: that says nothing of whoever did. */
export const kindBefore = (): string | null => localStorage.getItem(kindName);

/** Ends the session here and at its issuer, and leaves the page for wherever that is done. Throws `Away` where nobody answers. */
export async function signOut(): Promise<void> {
  const response = await fetch('/logout', { method: 'POST', headers: { accept: 'application/json' } }).catch(
    (cause: unknown) => {
      throw new Away('no answer', { cause });
    },
  );
  if (!response.ok && response.status !== 401) throw new Away(String(response.status));
  await forget();
  const { location: next } = (await response.json().catch(() => ({}))) as { readonly location?: string };
  location.assign(next ?? '/');
}
