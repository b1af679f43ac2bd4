import { useSyncExternalStore } from 'react';
import { dayAt } from './words/dates.ts';

const lookEveryMs = 30_000;

function onClock(tell: () => void): () => void {
  const timer = setInterval(tell, lookEveryMs);
  return () => clearInterval(timer);
}

/** Today in Norway: another one after midnight, also for a page that was left open. */
export const useDay = (): string => useSyncExternalStore(onClock, () => dayAt(new Date()));

/** What time it is, half a minute exactly: for what on a page follows from it. */
export const useNow = (): number =>
  useSyncExternalStore(onClock, () => Math.floor(Date.now() / lookEveryMs) * lookEveryMs);
