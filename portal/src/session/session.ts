import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { Away } from '../graph/ask.ts';

/** Who is signed in, as the gateway says: in which capacity, how surely, until when at the latest without use. */
export interface Session {
  readonly kind: 'guardian' | 'staff' | 'tablet';
  readonly level: 'substantial' | 'high' | null;
  readonly expiresAt: string;
}

export const sessionKey = ['session'];

async function readSession(): Promise<Session | null> {
  const response = await fetch('/session').catch((cause: unknown) => {
    throw new Away('no answer', { cause });
  });
  if (response.status === 401) return null;
  if (!response.ok) throw new Away(String(response.status));
  return (await response.json()) as Session;
}

export const useSession = (): UseQueryResult<Session | null> =>
  useQuery({ queryKey: sessionKey, queryFn: readSession });

/** Ends the session here and at its issuer, and leaves the page for wherever that is done. */
export async function signOut(): Promise<void> {
  const response = await fetch('/logout', { method: 'POST', headers: { accept: 'application/json' } });
  const { location: next } = (await response.json()) as { location: string };
  location.assign(next);
}
