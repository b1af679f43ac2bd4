import { QueryClient } from '@tanstack/react-query';
import { Refused, SignedOut } from './ask.ts';

const triesMax = 2;
/** What was read of a page that was left is there when one comes back to it. */
const heldMs = 24 * 60 * 60_000;

/** All that was read, of this page. Whether there is a network is found by asking, as browsers know it badly. */
export const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: heldMs,
      networkMode: 'always',
      refetchOnReconnect: true,
      // What was refused is refused again, and whoever is signed out stays so.
      retry: (count, error) => !(error instanceof SignedOut || error instanceof Refused) && count < triesMax,
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});
