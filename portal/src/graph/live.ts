import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { sessionKey } from '../session/session.ts';
import { graphKey } from './use-graph.ts';

const againMs = 5_000;

/** Follows the stream of hints while somebody is signed in: a hint has all that is shown read anew, and an end of the stream the session too. */
export function useLive(): void {
  const client = useQueryClient();
  useEffect(() => {
    let stream: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const readAnew = () => void client.invalidateQueries({ queryKey: [graphKey] });
    const open = (isAgain: boolean) => {
      let wasOpen = isAgain;
      stream = new EventSource('/live');
      stream.addEventListener('message', readAnew);
      // A stream that was closed and opens again may have missed something.
      stream.addEventListener('open', () => {
        if (wasOpen) readAnew();
        wasOpen = true;
      });
      stream.addEventListener('error', () => {
        if (stream?.readyState !== EventSource.CLOSED) return;
        void client.invalidateQueries({ queryKey: sessionKey });
        timer = setTimeout(() => open(true), againMs);
      });
    };
    open(false);
    return () => {
      clearTimeout(timer);
      stream?.close();
    };
  }, [client]);
}
