import type { noticeChannels, noticeKinds } from '@ranselpost/schema/events/identity/settings-changed.v1';
import { type LocalDate, addMonths, localDateAt } from './dates.ts';

/** A way to reach somebody, as the contact and reservation register (KRR) has it. */
export interface ContactChannel {
  readonly value: string;
  /** The later of when it was updated and when it was verified, as an instant; null where the register says neither. */
  readonly verifiedAt: string | null;
}

/** What the register says of somebody's reach. */
export interface Contact {
  readonly isReserved: boolean;
  readonly status: 'ACTIVE' | 'DELETED' | 'NOT_REGISTERED';
  /** False for every word but one that says that they may be notified (KRR-01). */
  readonly mayBeNotified: boolean;
  readonly email: ContactChannel | null;
  readonly mobile: ContactChannel | null;
  /** A digital mailbox of their own choice. */
  readonly hasMailbox: boolean;
}

/** Somebody to whom something is to be sent, and what is known of how. */
export interface Recipient {
  /** At FORTROLIG or above: nothing goes out by itself, whatever the register says (ADR-08, S-08). */
  readonly isProtected: boolean;
  /** Null: the register was never read, or they have no national number to be found by. */
  readonly contact: Contact | null;
  /** The instant up to which `contact` is known to be what the register says. */
  readonly knownAt: string;
}

export type NoticeKind = (typeof noticeKinds)[number];
/** A push goes to what somebody has signed in on, and needs no address; the others are the register's. */
export type NoticeChannel = (typeof noticeChannels)[number];

/** By what somebody wants notices to come: each kind that they have chosen for. */
export type NoticeChoices = Readonly<Partial<Record<NoticeKind, readonly NoticeChannel[]>>>;

/**
 * That there is a decision is told by each address that may be used for it
 * (eForvaltningsforskriften § 8), and that a child is missing is told without delay (ABS-12).
 */
const obligatory: NoticeChoices = { DECISION: ['EMAIL', 'SMS'], CHILD_MISSING: ['EMAIL', 'SMS'] };
/** The channels of a kind of notice that nobody can switch off. */
export const obligatoryChannels = (kind: NoticeKind): readonly NoticeChannel[] => obligatory[kind] ?? [];

/** The channels by which a kind of notice may come: all, until somebody has chosen, and what is obligatory in any case. */
export const channelsFor = (kind: NoticeKind, choices: NoticeChoices): readonly NoticeChannel[] =>
  channels.filter(
    (channel) => (choices[kind] ?? channels).includes(channel) || obligatoryChannels(kind).includes(channel),
  );
const channels: readonly NoticeChannel[] = ['PUSH', 'EMAIL', 'SMS'];

/** How a decision (enkeltvedtak) reaches its party. */
export type DecisionRoute =
  | { readonly kind: 'PORTAL'; readonly notices: readonly NoticeChannel[] }
  | { readonly kind: 'MAILBOX' }
  | { readonly kind: 'PAPER' }
  /** By hand and by the safe address only. */
  | { readonly kind: 'SAFE_ROUTE' }
  /** What is known is too old to decide on: the register is read first, and what cannot wait goes on paper (KRR-12). */
  | { readonly kind: 'READ_FIRST' };

/** Months for which a channel counts after it was updated or verified: eForvaltningsforskriften § 32 (KRR-02). */
export const verifiedWithinMonths = 18;
const hourMs = 3_600_000;
/** How old what is known may be when a decision is sent (KRR-07). */
export const decisionAgeMs = 24 * hourMs;
/** How old it may be when an ordinary message is told of (KRR-12). */
export const messageAgeMs = 7 * 24 * hourMs;

/** Decides how a decision is sent (rules § 17; KRR-02, KRR-04, KRR-12). Doubt goes to paper. */
export function routeOfDecision({ isProtected, contact, knownAt }: Recipient, now: Date): DecisionRoute {
  if (isProtected) return { kind: 'SAFE_ROUTE' };
  if (contact === null) return { kind: 'PAPER' };
  if (!isWithin(knownAt, decisionAgeMs, now)) return { kind: 'READ_FIRST' };
  if (contact.isReserved || contact.status !== 'ACTIVE') return { kind: 'PAPER' };
  const notices = contact.mayBeNotified ? channelsOf(contact, (channel) => isFresh(channel, now)) : [];
  if (notices.length > 0) return { kind: 'PORTAL', notices };
  return contact.hasMailbox ? { kind: 'MAILBOX' } : { kind: 'PAPER' };
}

/**
 * The addresses for a notice of an ordinary message to somebody who uses the portal, among the channels that they allow.
 * Neither a reservation nor old contact data stands in the way of it (KRR-03, KRR-04). None for a protected person, or when
 * the register has been away for long.
 */
export function channelsOfMessage(
  { isProtected, contact, knownAt }: Recipient,
  allowed: readonly NoticeChannel[],
  now: Date,
): readonly NoticeChannel[] {
  if (isProtected || contact === null || !isWithin(knownAt, messageAgeMs, now)) return [];
  return channelsOf(contact, () => true).filter((channel) => allowed.includes(channel));
}

/** Whether a notice may name the child: where its reader has asked for that, and nobody it concerns is protected (MSG-14). */
export const mayNameChild = (
  { isProtected }: Pick<Recipient, 'isProtected'>,
  child: { readonly isProtected: boolean },
  { namesChild }: { readonly namesChild: boolean },
): boolean => namesChild && !isProtected && !child.isProtected;

/** What a notice by e-mail carries: the decision itself only for a party who asked for that (KRR-08). */
export const contentOfNotice = (
  channel: NoticeChannel,
  { asksForContent }: { readonly asksForContent: boolean },
): 'SIGN_IN' | 'DECISION' => (channel === 'EMAIL' && asksForContent ? 'DECISION' : 'SIGN_IN');

/** Hours after which a decision that nobody has opened is told of again, and after which it goes on paper (KRR-09). */
export interface Patience {
  readonly secondNoticeHours: number;
  readonly paperHours: number;
}

/** What is next for a decision that was sent digitally. An address that bounced is as good as none. */
export function nextOfDecision(
  sent: {
    readonly at: string;
    readonly isOpened: boolean;
    readonly isUndelivered: boolean;
    readonly hasSecondNotice: boolean;
  },
  { secondNoticeHours, paperHours }: Patience,
  now: Date,
): 'NOTHING' | 'WAIT' | 'SECOND_NOTICE' | 'PAPER' {
  if (sent.isOpened) return 'NOTHING';
  const hours = (now.getTime() - Date.parse(sent.at)) / hourMs;
  if (!(hours < paperHours) || (sent.isUndelivered && sent.hasSecondNotice)) return 'PAPER';
  if (!sent.hasSecondNotice && (sent.isUndelivered || hours >= secondNoticeHours)) return 'SECOND_NOTICE';
  return 'WAIT';
}

export type NoticeLanguage = 'nb' | 'nn' | 'en' | 'se';

/** The language of a notice: what the guardian chose here, else what the register says; bokmål where we have no such text. */
export function languageOfNotice(
  { chosen, register }: { readonly chosen: string | null; readonly register: string | null },
  written: readonly NoticeLanguage[],
): NoticeLanguage {
  const wanted = chosen ?? register;
  return written.find((language) => language === wanted) ?? 'nb';
}

const channelsOf = (
  { email, mobile }: Contact,
  isUsable: (channel: ContactChannel) => boolean,
): readonly NoticeChannel[] => [
  ...(mobile !== null && isUsable(mobile) ? (['SMS'] as const) : []),
  ...(email !== null && isUsable(email) ? (['EMAIL'] as const) : []),
];

/** Each channel by its own date: one may be stale while the other is fresh. A date to come vouches for nothing. */
function isFresh({ verifiedAt }: ContactChannel, now: Date): boolean {
  if (verifiedAt === null || Number.isNaN(Date.parse(verifiedAt))) return false;
  const [day, today]: readonly LocalDate[] = [localDateAt(new Date(verifiedAt)), localDateAt(now)];
  return day! <= today! && day! > addMonths(today!, -verifiedWithinMonths);
}

const isWithin = (instant: string, ms: number, now: Date): boolean =>
  now.getTime() - Date.parse(instant) <= ms;
