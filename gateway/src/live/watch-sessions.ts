import type { Life } from '@ranselpost/kit/service';
import type { Sessions } from '../sessions.ts';
import type { LiveStreams } from './streams.ts';

export interface WatchOptions {
  readonly life: Life;
  readonly sessions: Sessions;
  readonly streams: LiveStreams;
}

const keepAliveMs = 15_000;
const checkMs = 10_000;

/** Ends the live streams of sessions that have ended or run out, and lets the others know that they are still open. */
export function watchSessions({ life, sessions, streams }: WatchOptions): void {
  const check = async (): Promise<void> => {
    const asked = streams.sessionIds();
    if (asked.length > 0) streams.endWithout(asked, await sessions.living(asked));
  };
  // When that cannot be known, nobody stays connected on a guess.
  const checkOrEnd = (): void => void check().catch(() => streams.endAll());
  sessions.onEnded(checkOrEnd);
  const timers = [setInterval(() => streams.keepAlive(), keepAliveMs), setInterval(checkOrEnd, checkMs)];
  life.onStop('live streams', () => {
    for (const timer of timers) clearInterval(timer);
    streams.endAll();
  });
}
