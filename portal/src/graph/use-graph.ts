import {
  type UseMutationResult,
  type UseQueryResult,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { type Answer, ask } from './ask.ts';
import type { Operation } from './operation.ts';

/** Everything that is read of the graph lies under this key, so that one hint can make all of it be read anew. */
export const graphKey = 'graph';

export const graphQuery = <Data, Variables>(operation: Operation<Data, Variables>, variables: Variables) =>
  queryOptions({
    queryKey: [graphKey, operation.id, variables],
    queryFn: ({ signal }) => ask(operation, variables, signal),
  });

/** What an operation answers, read anew when a live hint says that something has changed. Until it answers, `before` is shown. */
export const useGraph = <Data, Variables>(
  operation: Operation<Data, Variables>,
  variables: Variables,
  before: () => Answer<Data> | undefined = () => undefined,
): UseQueryResult<Answer<Data>> =>
  useQuery({ ...graphQuery(operation, variables), initialData: before, initialDataUpdatedAt: 0 });

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
