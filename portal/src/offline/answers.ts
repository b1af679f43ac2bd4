import { type DehydratedState, type QueryKey, dehydrate, hydrate } from '@tanstack/react-query';
import type { Answer } from '../graph/ask.ts';
import { client } from '../graph/client.ts';
import { Inbox, People, Thread, Today } from '../graph/generated/operations.ts';
import { graphKey } from '../graph/use-graph.ts';
import { type Session, sessionKey } from '../session/session.ts';
import { drop, forgetAll, keep, kept } from './store.ts';

const name = 'answers';
const keptMs = 24 * 60 * 60_000;
const restMs = 500;
/** What can be read without a network: today, and the inbox with the threads that were opened. */
const readable = new Set([Today.id, Inbox.id, Thread.id, People.id]);
const isReadable = ([root, operation]: QueryKey): boolean =>
  root === graphKey && typeof operation === 'string' && readable.has(operation);

interface Held {
  readonly session: Session;
  readonly heldAt: string;
  readonly state: DehydratedState;
}

const choice = 'keeps';
/** Whether this device keeps anything: where the portal is installed, or somebody has said so. Never a device that others use. */
export const keepsHere = (): boolean => {
  const chosen = localStorage.getItem(choice);
  return chosen === null ? matchMedia('(display-mode: standalone)').matches : chosen === 'yes';
};
export async function chooseKeeping(isWanted: boolean): Promise<void> {
  localStorage.setItem(choice, isWanted ? 'yes' : 'no');
  if (isWanted) await hold();
  else await drop(name);
}

/** What was read without a fault, for whoever is signed in as a guardian. */
async function hold(): Promise<void> {
  const session = client.getQueryData<Session | null>(sessionKey);
  if (session?.kind !== 'guardian' || session.heldAt !== undefined || !keepsHere()) return;
  const state = dehydrate(client, {
    shouldDehydrateQuery: ({ queryKey, state: { data, status } }) =>
      status === 'success' && isReadable(queryKey) && (data as Answer<unknown>).faults.size === 0,
    serializeData: (answer: unknown) => (answer as Answer<unknown>).data,
    shouldDehydrateMutation: () => false,
  });
  await keep(name, { session, heldAt: new Date().toISOString(), state } satisfies Held);
}

/** Keeps what is read from now on, a moment after it was read. */
export function holdWhatIsRead(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  client.getQueryCache().subscribe((event) => {
    if (
      event.type !== 'updated' ||
      event.action.type !== 'success' ||
      !isReadable(event.query.queryKey as QueryKey)
    )
      return;
    clearTimeout(timer);
    timer = setTimeout(() => void hold(), restMs);
  });
}

/** Where nobody answers: what was kept is there to be read again, for as long as the session would have been. */
export async function takeUp(now: Date): Promise<Session | undefined> {
  const held = (await kept(name)) as Held | undefined;
  if (held === undefined) return undefined;
  const isOld = now.getTime() - Date.parse(held.heldAt) > keptMs || now > new Date(held.session.expiresAt);
  if (isOld) {
    await forgetAll();
    return undefined;
  }
  hydrate(client, held.state, {
    defaultOptions: { deserializeData: (data: unknown) => ({ data, faults: new Map() }) },
  });
  return { ...held.session, heldAt: held.heldAt };
}

/** What another session has left here goes before anything is read in this one. */
export async function leaveOthers(session: Session): Promise<void> {
  const held = (await kept(name)) as Held | undefined;
  if (held !== undefined && held.session.id !== session.id) await forgetAll();
}
