import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { type AboutStaff, isAboutStaff } from './safety-concern.ts';
import type { Message } from './thread.ts';

/** For so long whoever wrote a message may withdraw it (MSG-17). */
export const withdrawalDays = 7;

export type PutAwayRefusal =
  | { readonly kind: 'put-away' }
  | { readonly kind: 'withdrawal-late' }
  | { readonly kind: 'not-received' }
  | { readonly kind: 'about-staff' };

const isThere = ({ state }: Message): boolean => state === 'SENT' || state === 'HELD';

/** What a message said is hidden from everybody; that there was one stays (MSG-17). */
export function decideWithdrawal(message: Message, now: Date): Result<Message, PutAwayRefusal> {
  if (!isThere(message)) return refuse({ kind: 'put-away' });
  const until = message.sentAt.getTime() + withdrawalDays * 86_400_000;
  if (now.getTime() > until) return refuse({ kind: 'withdrawal-late' });
  return accept({ ...message, state: 'WITHDRAWN', body: null });
}

/** What anybody wrote can be told on to whoever leads, as long as it is there to be read (SKM-01). */
export const decideReport = (message: Message): Result<Message, PutAwayRefusal> =>
  isThere(message) ? accept(message) : refuse({ kind: 'put-away' });

/**
 * What came from home and does not belong in messages is moved to a case, and is nobody's at the unit to read (MSG-12). What is about
 * somebody of the staff is not: they would see that it was moved, and know by their own list that it is kept from them (SKM-04).
 */
export function decideMove(message: Message, about: AboutStaff): Result<Message, PutAwayRefusal> {
  if (!isThere(message)) return refuse({ kind: 'put-away' });
  if (message.authorAs !== 'guardian') return refuse({ kind: 'not-received' });
  if (isAboutStaff(about)) return refuse({ kind: 'about-staff' });
  return accept({ ...message, state: 'MOVED', body: null });
}
