import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Refused, SignedOut, ask } from '../../graph/ask.ts';
import { MarkAttendance } from '../../graph/generated/operations.ts';
import { graphKey } from '../../graph/use-graph.ts';
import { sessionKey } from '../../session/session.ts';
import { MarkQueue, type QueueState, type Sent } from './queue.ts';
import type { OwnMark } from './rows.ts';

async function send(unitId: string, marks: readonly OwnMark[]): Promise<Sent> {
  try {
    const input = {
      unitId,
      sentAt: new Date().toISOString(),
      marks: marks.map(({ unitId: _unit, ...mark }) => ({ ...mark, settles: [...mark.settles] })),
    };
    const { markAttendance } = (await ask(MarkAttendance, { input })).data;
    return 'outcomes' in markAttendance
      ? { kind: 'answered', outcomes: markAttendance.outcomes }
      : { kind: 'refused', message: markAttendance.message };
  } catch (error) {
    if (error instanceof Refused && error.code !== 'UNAVAILABLE') return { kind: 'refused', message: null };
    if (!(error instanceof SignedOut)) return { kind: 'later' };
    tellSignedOut();
    return { kind: 'signedOut' };
  }
}

let tellSignedOut = (): void => {};
let readAnew = (): Promise<unknown> => Promise.resolve();
const nowhere = { load: () => [], save: () => {} };

const kept = 'marks';
/** At a shared tablet marks outlive whoever made them, and a page that is closed: whoever is let in next sends them. They name nobody. */
const onTablet = {
  load: (): readonly OwnMark[] => JSON.parse(localStorage.getItem(kept) ?? '[]') as readonly OwnMark[],
  save: (marks: readonly OwnMark[]) =>
    marks.length === 0 ? localStorage.removeItem(kept) : localStorage.setItem(kept, JSON.stringify(marks)),
};

let queue: MarkQueue | undefined;

/** The marks of this page that have not been sent, or not been read again since. There is one queue for as long as the page is open. */
export function useQueue(isTablet: boolean): { readonly queue: MarkQueue; readonly state: QueueState } {
  const client = useQueryClient();
  const [own] = useState(() => {
    tellSignedOut = () => client.setQueryData(sessionKey, null);
    readAnew = () => {
      // A mark puts off the end of a session at a tablet.
      if (isTablet) void client.invalidateQueries({ queryKey: sessionKey });
      return client.invalidateQueries({ queryKey: [graphKey] });
    };
    queue ??= new MarkQueue({ send, readAnew: () => readAnew(), keep: isTablet ? onTablet : nowhere });
    return queue;
  });
  const state = useSyncExternalStore(own.subscribe, own.get);
  useEffect(() => {
    const flush = () => void own.flush();
    const warn = (event: Event) => {
      const { isStuck, marks } = own.get();
      if (!isTablet && isStuck && marks.length > 0) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    window.addEventListener('online', flush);
    document.addEventListener('visibilitychange', flush);
    void own.flush();
    return () => {
      window.removeEventListener('beforeunload', warn);
      window.removeEventListener('online', flush);
      document.removeEventListener('visibilitychange', flush);
      flush();
    };
  }, [own, isTablet]);
  return { queue: own, state };
}
