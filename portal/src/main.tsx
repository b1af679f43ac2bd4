import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { askAhead } from './ahead.ts';
import { App } from './app.tsx';
import { SignedOut } from './graph/ask.ts';
import { client } from './graph/client.ts';
import { holdWhatIsRead } from './offline/answers.ts';
import { forget } from './offline/forget.ts';
import { keepShell } from './offline/shell.ts';
import { waitingReports } from './offline/waiting-reports.ts';
import { applyLook } from './shell/look.ts';
import { WordsProvider } from './words/words-provider.tsx';
import './look.css';

function forgetOnEnd(error: unknown): void {
  if (error instanceof SignedOut) void forget();
}
client.getQueryCache().config.onError = forgetOnEnd;
client.getMutationCache().config.onError = forgetOnEnd;
holdWhatIsRead();
askAhead();
window.addEventListener('online', () => void waitingReports.flush());
keepShell();

applyLook();
createRoot(document.getElementById('app')!).render(
  <QueryClientProvider client={client}>
    <WordsProvider>
      <App />
    </WordsProvider>
  </QueryClientProvider>,
);
