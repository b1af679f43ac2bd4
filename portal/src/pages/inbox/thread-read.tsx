import type { ReactNode } from 'react';
import { useParams } from 'wouter';
import { useGraph } from '../../graph/use-graph.ts';
import { Read, Unread } from '../../parts/states.tsx';
import { NotFound } from '../common/not-found.tsx';
import type { ThreadOperation } from './letters.tsx';

/** The thread that the address names, or that there is none for whoever asks. */
export function ThreadRead<Thread extends { readonly id: string }>({
  operation,
  children,
}: {
  readonly operation: ThreadOperation<Thread>;
  readonly children: (thread: Thread) => ReactNode;
}): ReactNode {
  const { id = '' } = useParams();
  const answer = useGraph(operation, { id, after: null });
  return (
    <Read from={answer}>
      {({ data: { thread }, faults }) =>
        thread !== null ? children(thread) : faults.get('thread') === 'NOT_FOUND' ? <NotFound /> : <Unread />
      }
    </Read>
  );
}
