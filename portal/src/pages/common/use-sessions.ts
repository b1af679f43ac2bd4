import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { Away, SignedOut } from '../../graph/ask.ts';

/** Somewhere that the person is signed in, as the gateway tells them alone (G21). */
export interface OpenSession {
  readonly id: string;
  readonly kind: 'guardian' | 'staff';
  readonly openedAt: string;
  readonly lastUsedAt: string;
  readonly browser: { readonly name: string; readonly platform: string };
  readonly isNewBrowser: boolean;
  readonly isCurrent: boolean;
}

const key = ['sessions'];

async function atGateway(path: string, method: 'GET' | 'DELETE'): Promise<Response> {
  const response = await fetch(path, { method }).catch((cause: unknown) => {
    throw new Away('no answer', { cause });
  });
  if (response.status === 401) throw new SignedOut();
  if (!response.ok) throw new Away(String(response.status));
  return response;
}

export const useSessions = (): UseQueryResult<readonly OpenSession[]> =>
  useQuery({
    queryKey: key,
    queryFn: async () =>
      ((await (await atGateway('/sessions', 'GET')).json()) as { sessions: readonly OpenSession[] }).sessions,
  });

/** Ends one session, or all others where none is named. */
export function useEndSession(): UseMutationResult<Response, Error, string | null> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string | null) => atGateway(id === null ? '/sessions' : `/sessions/${id}`, 'DELETE'),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
}
