import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { Refused, SignedOut } from './graph/ask.ts';
import { applyLook } from './shell/look.ts';
import { sessionKey } from './session/session.ts';
import { WordsProvider } from './words/words-provider.tsx';
import './look.css';

const triesMax = 2;

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // What was refused is refused again, and whoever is signed out stays so.
      retry: (count, error) => !(error instanceof SignedOut || error instanceof Refused) && count < triesMax,
    },
    mutations: { retry: false },
  },
});

/** A session that is over takes with it all that was read in it. */
function forgetOnEnd(error: unknown): void {
  if (!(error instanceof SignedOut)) return;
  client.setQueryData(sessionKey, null);
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
}
client.getQueryCache().config.onError = forgetOnEnd;
client.getMutationCache().config.onError = forgetOnEnd;

applyLook();
createRoot(document.getElementById('app')!).render(
  <QueryClientProvider client={client}>
    <WordsProvider>
      <App />
    </WordsProvider>
  </QueryClientProvider>,
);
