import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { type Answer, ask } from './ask.ts';
import type { Operation } from './operation.ts';

/** Everything that is read of the graph lies under this key, so that one hint can make all of it be read anew. */
export const graphKey = 'graph';

/** What an operation answers, read anew when a live hint says that something has changed. */
export const useGraph = <Data, Variables>(
  operation: Operation<Data, Variables>,
  variables: Variables,
): UseQueryResult<Answer<Data>> =>
  useQuery({
    queryKey: [graphKey, operation.id, variables],
    queryFn: ({ signal }) => ask(operation, variables, signal),
  });

/** A change. When it has been answered, all that is shown is read anew. */
export function useChange<Data, Variables>(
  operation: Operation<Data, Variables>,
): UseMutationResult<Answer<Data>, Error, Variables> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (variables: Variables) => ask(operation, variables),
    onSuccess: () => client.invalidateQueries({ queryKey: [graphKey] }),
  });
}
