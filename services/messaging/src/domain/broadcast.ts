import type { GuardLevel } from '@ranselpost/kit/guard';
import { type FeatureClosed, type FeatureStandings, requireFeature } from '@ranselpost/kit/pure/features';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import {
  type BulletinFileRefusal,
  type FilesKnown,
  type WantedFile,
  decideBulletinFiles,
} from './bulletin-file.ts';
import type { Attachment } from './attachment.ts';
import { type BulletinText, type BulletinTextRefusal, decideBulletinText } from './bulletin-text.ts';
import { clean, oneLine } from './text.ts';
import { type Place, placeKey, unitsOf } from './place.ts';

/** Why something goes out in quiet hours. A closed list: free text beside it would be read by nobody (MSG-15). */
export type UrgentReason = 'DANGER' | 'UNIT_CLOSED' | 'TRAVEL' | 'OTHER';
export type BroadcastState = 'WAITING' | 'UNDONE' | 'NOT_SENT' | 'SENT' | 'WITHDRAWN';

/** Who is spoken to: the guardians at some places, of those who are there or of those who start soon (M40). */
export interface Audience {
  readonly places: readonly Place[];
  readonly isStarting: boolean;
}

/** One text to many, which nobody answers (M09, MSG-06). */
export interface Broadcast extends Audience {
  readonly id: string;
  /** Who speaks. */
  readonly unitId: string;
  readonly authorId: string | null;
  /** Null when it was withdrawn. */
  readonly text: BulletinText | null;
  readonly urgentReason: UrgentReason | null;
  readonly state: BroadcastState;
  readonly dueAt: Date;
  readonly sentAt: Date | null;
  readonly withdrawnAt: Date | null;
  readonly recipientCount: number | null;
  /** The children by whom whoever asks was made a recipient; null for whoever was not. */
  readonly receivedBy: readonly string[] | null;
  readonly readAt: Date | null;
}

export interface Wish extends Audience {
  readonly text: BulletinText;
  readonly files: readonly WantedFile[];
  /** Sends what the guard has asked to be read once more (MSG-10). */
  readonly isReread: boolean;
  readonly urgentReason: UrgentReason | null;
  /** Null: as soon as can be. */
  readonly sendAt: Date | null;
  /** What the preview gave, for whoever has seen how many it is. */
  readonly confirmation: string | null;
}

export type Refusal =
  | BulletinTextRefusal
  | BulletinFileRefusal
  | FeatureClosed
  | { readonly kind: 'time-past'; readonly earliest: Date }
  | { readonly kind: 'urgent-not-permitted' }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'not-confirmed'; readonly count: number; readonly confirmation: string };

/** What is known when a broadcast is sent. */
export interface Known extends FilesKnown {
  readonly now: Date;
  readonly features: FeatureStandings;
  readonly guardLevel: GuardLevel;
  readonly maySayUrgent: boolean;
  /** How many guardians there are that the author may count (ADR-19). */
  readonly count: number;
}

/** For how long a broadcast can be undone before anybody gets it (MSG-07). */
export const undoMs = 60_000;
/** For how long it can be withdrawn after that (MSG-17). */
export const withdrawMs = 7 * 86_400_000;
const unconfirmedMost = 50;

/** Many recipients, or several units, are looked at twice (MSG-07, X05). */
export const needsConfirmation = ({ places }: Audience, count: number): boolean =>
  count > unconfirmedMost || unitsOf(places).length > 1;

/** Says which audience of how many was looked at. It is a brake and no secret: the right to send is checked besides. */
export const confirmationOf = ({ places, isStarting }: Audience, count: number): string =>
  Buffer.from(JSON.stringify([count, isStarting, places.map(placeKey)])).toString('base64url');

/** True where somebody has sent before, and never to just these places (X05). */
export const differsFromUsual = ({ places }: Audience, before: readonly (readonly string[])[]): boolean => {
  const wanted = places.map(placeKey).join();
  return before.length > 0 && !before.some((keys) => keys.join() === wanted);
};

/** What may be stored, to go out when it is due. */
export interface Accepted {
  readonly text: BulletinText;
  readonly files: readonly Attachment[];
  readonly dueAt: Date;
}

export function decideBroadcast(wish: Wish, known: Known): Result<Accepted, Refusal> {
  for (const unitId of unitsOf(wish.places)) {
    const isOpen = requireFeature(known.features, unitId);
    if (!isOpen.ok) return isOpen;
  }
  if (wish.urgentReason !== null && !known.maySayUrgent) return refuse({ kind: 'urgent-not-permitted' });
  if (wish.sendAt !== null && wish.sendAt < known.now)
    return refuse({ kind: 'time-past', earliest: known.now });
  const files = decideBulletinFiles(wish.files, known);
  if (!files.ok) return files;
  const text = decideBulletinText(wish.text, {
    guardLevel: known.guardLevel,
    files: files.value,
    isReread: wish.isReread,
  });
  if (!text.ok) return text;
  if (known.count === 0) return refuse({ kind: 'nobody' });
  const confirmation = confirmationOf(wish, known.count);
  if (needsConfirmation(wish, known.count) && wish.confirmation !== confirmation)
    return refuse({ kind: 'not-confirmed', count: known.count, confirmation });
  const earliest = known.now.getTime() + undoMs;
  return accept({
    ...{ text: text.value, files: files.value },
    dueAt: new Date(Math.max(earliest, wish.sendAt?.getTime() ?? 0)),
  });
}

/** True when a broadcast is what was wished for, so that the same key means the same. */
export const isSameWish = (broadcast: Broadcast, wish: Wish): boolean =>
  (broadcast.text === null ||
    (broadcast.text.title === oneLine(wish.text.title) && broadcast.text.body === clean(wish.text.body))) &&
  broadcast.urgentReason === wish.urgentReason &&
  broadcast.isStarting === wish.isStarting &&
  broadcast.places.map(placeKey).join() === wish.places.map(placeKey).join();

/**
 * Whether what waited goes out when it is due: its author may still speak there, and the units may (X07). What may not is never
 * sent by itself later, when it would be old news.
 */
export const decideSending = (
  { places }: Audience,
  {
    features,
    authorPlaces,
  }: { readonly features: FeatureStandings; readonly authorPlaces: readonly string[] },
): 'SENT' | 'NOT_SENT' =>
  places.every((place) => authorPlaces.includes(placeKey(place))) &&
  unitsOf(places).every((unitId) => requireFeature(features, unitId).ok)
    ? 'SENT'
    : 'NOT_SENT';

export type TakingBack =
  { readonly kind: 'undo-too-late' } | { readonly kind: 'withdraw-too-late' } | { readonly kind: 'not-sent' };

/** While it waits it is undone, and nobody ever got it. */
export const decideUndo = ({ state }: Broadcast): Result<'UNDONE', TakingBack> =>
  state === 'WAITING' || state === 'UNDONE' ? accept('UNDONE') : refuse({ kind: 'undo-too-late' });

/** What is out is withdrawn within a week: recipients see that there was something, and not what (MSG-17). */
export function decideWithdrawal({ state, sentAt }: Broadcast, now: Date): Result<'WITHDRAWN', TakingBack> {
  if (state === 'WITHDRAWN') return accept('WITHDRAWN');
  if (state !== 'SENT' || sentAt === null) return refuse({ kind: 'not-sent' });
  return now.getTime() - sentAt.getTime() > withdrawMs
    ? refuse({ kind: 'withdraw-too-late' })
    : accept('WITHDRAWN');
}
