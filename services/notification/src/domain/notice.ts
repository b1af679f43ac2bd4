import type { NoticeCategory, NoticeImportance } from '@ranselpost/schema/events/notice-due';
import {
  type Contact,
  type NoticeChannel,
  type NoticeChoices,
  type NoticeKind,
  channelsFor,
  channelsOfMessage,
  routeOfDecision,
} from '@ranselpost/kit/pure/dispatch';
import type { Feature, FeatureState } from '@ranselpost/kit/pure/features';
import { type Hours, endOfQuiet, nextAt } from './quiet-hours.ts';

/** What is to be told to one person. */
export interface Notice {
  readonly category: NoticeCategory;
  readonly importance: NoticeImportance;
  readonly createdAt: Date;
}

/** What a person has chosen for notices, in the capacity that they are told in. */
export interface Choices {
  readonly notices: NoticeChoices;
  /** Null: the municipality's. */
  readonly quietHours: Hours | null;
  /** When what can wait is told of, once a day; null: at once. */
  readonly digestAt: string | null;
}

export type DeliveryState = 'SENDING' | 'RETRY' | 'ACCEPTED' | 'DELIVERED' | 'FAILED';

/** One way in which this notice was tried before. */
export interface Delivery {
  readonly channel: NoticeChannel;
  /** Which of their devices; null for an address. */
  readonly subscriptionId: string | null;
  readonly state: DeliveryState;
}

/** Everything that is known at the moment of sending. */
export interface Standing {
  /** Whether they have access to one of the children now (GUA-10). */
  readonly hasGround: boolean;
  /** Whether they, or one of the children, are protected (S-08). */
  readonly isProtected: boolean;
  /** How features stand at the unit that speaks; null where none does. What is not named is closed. */
  readonly features: Readonly<Partial<Record<Feature, FeatureState>>> | null;
  readonly contact: Contact | null;
  /** Up to when the contact register's word counts. */
  readonly knownAt: string;
  readonly choices: Choices;
  readonly subscriptionIds: readonly string[];
  /** Channels whose address was refused and has not changed since. */
  readonly failing: readonly NoticeChannel[];
  readonly before: readonly Delivery[];
}

/** A way to reach somebody. */
export interface Way {
  readonly channel: NoticeChannel;
  readonly subscriptionId: string | null;
}

export type Decision =
  | { readonly kind: 'SEND'; readonly ways: readonly Way[] }
  | { readonly kind: 'WAIT'; readonly until: Date; readonly reason: 'QUIET_HOURS' | 'DIGEST' | 'NO_CONTACT' }
  /** Until what holds it is over: somebody opens what is closed, or a named person releases it. */
  | { readonly kind: 'HOLD'; readonly reason: 'FEATURE' | 'PROTECTED' }
  | { readonly kind: 'DROP'; readonly reason: 'NO_GROUND' }
  | { readonly kind: 'TOLD' }
  /** On paper: what was decided cannot be told of digitally (rules § 17). */
  | { readonly kind: 'PAPER' }
  | { readonly kind: 'UNREACHED' };

/** Under which choice a category falls. What nobody can choose about goes with messages. */
const kindOf: Readonly<Record<NoticeCategory, NoticeKind>> = {
  MESSAGE: 'MESSAGE',
  NEWS: 'NEWS',
  ABSENCE: 'MESSAGE',
  ABSENCE_NEWS: 'MESSAGE',
  LEAVE: 'MESSAGE',
  CHILD_MISSING: 'CHILD_MISSING',
  PLACE: 'MESSAGE',
  DECISION: 'DECISION',
};

/** The features that have to be open at the unit: what the notice is of, and notices themselves (X07). */
export const featuresOf: Readonly<Record<NoticeCategory, readonly Feature[]>> = {
  MESSAGE: ['NOTICES', 'MESSAGING'],
  NEWS: ['NOTICES', 'NEWS'],
  ABSENCE: ['NOTICES', 'ABSENCE'],
  ABSENCE_NEWS: ['NOTICES', 'ABSENCE'],
  LEAVE: ['NOTICES', 'ABSENCE'],
  CHILD_MISSING: ['ABSENCE'],
  PLACE: ['NOTICES', 'PLACEMENT'],
  DECISION: [],
};

const minuteMs = 60_000;
/** How long a way that does not answer is tried, and somebody waited for whom the contact register has not been read yet. */
const patienceMs = 24 * 60 * minuteMs;
const lookAgainMs = 10 * minuteMs;

/** What does not wait for the morning: absence that home is asked about, a missing child, and what somebody with the permission says is urgent (MSG-15). */
const isUrgent = ({ category, importance }: Pick<Notice, 'category' | 'importance'>): boolean =>
  importance === 'URGENT' || category === 'ABSENCE' || category === 'CHILD_MISSING';

/** What cannot wait does not stand behind what can: 0 is first. */
export const rankOf = (notice: Pick<Notice, 'category' | 'importance'>): number =>
  isUrgent(notice) ? 0 : notice.importance === 'DECISION' ? 1 : 2;

/** Decides what is done about one notice to one person now. The order matters: what stops comes before what waits. */
export function decideNotice(
  notice: Notice,
  standing: Standing,
  { now, quietHours }: { readonly now: Date; readonly quietHours: Hours },
): Decision {
  const { before, choices } = standing;
  const isTold = before.some(({ state }) => state === 'ACCEPTED' || state === 'DELIVERED');
  const isAll = notice.importance !== 'ORDINARY' || notice.category === 'CHILD_MISSING';
  if (isTold && !isAll) return { kind: 'TOLD' };
  if (!standing.hasGround) return isTold ? { kind: 'TOLD' } : { kind: 'DROP', reason: 'NO_GROUND' };
  if (standing.isProtected) return { kind: 'HOLD', reason: 'PROTECTED' };
  const { features } = standing;
  if (features !== null && featuresOf[notice.category].some((feature) => features[feature] !== 'OPEN'))
    return { kind: 'HOLD', reason: 'FEATURE' };
  if (!isUrgent(notice) && before.length === 0) {
    const wait = waitOf(notice, choices, { now, quietHours });
    if (wait !== undefined) return wait;
  }
  const found =
    notice.category === 'DECISION' ? waysOfDecision(notice, standing, now) : waysOf(notice, standing, now);
  if ('kind' in found) return found;
  const isOld = now.getTime() - notice.createdAt.getTime() >= patienceMs;
  const left = found.filter((way) => !isSettled(way, before, isOld));
  if (left.length > 0) return { kind: 'SEND', ways: isAll ? left : firstOf(left) };
  if (isTold) return { kind: 'TOLD' };
  const isUnread = standing.contact === null && before.length === 0;
  return isUnread && !isOld
    ? { kind: 'WAIT', until: new Date(now.getTime() + lookAgainMs), reason: 'NO_CONTACT' }
    : { kind: 'UNREACHED' };
}

/** When an ordinary notice goes out, where that is not now: in the digest that they chose, or after the quiet hours (N13, MSG-15). */
function waitOf(
  { category, importance, createdAt }: Notice,
  { digestAt, quietHours: own }: Choices,
  { now, quietHours }: { readonly now: Date; readonly quietHours: Hours },
): Decision | undefined {
  const isForDigest = importance === 'ORDINARY' && (category === 'MESSAGE' || category === 'NEWS');
  if (digestAt !== null && isForDigest) {
    const until = nextAt(digestAt, createdAt);
    return until > now ? { kind: 'WAIT', until, reason: 'DIGEST' } : undefined;
  }
  const until = endOfQuiet(own ?? quietHours, now);
  return until === undefined ? undefined : { kind: 'WAIT', until, reason: 'QUIET_HOURS' };
}

/** What to try, best first: a device costs nobody anything and a text message the municipality. */
function waysOf({ category }: Notice, standing: Standing, now: Date): readonly Way[] {
  const allowed = channelsFor(kindOf[category], standing.choices.notices);
  const addresses = channelsOfMessage(standing, allowed, now);
  return [...devices(standing, allowed), ...atAddresses(standing, addresses)];
}

/** Each address that may be used, and devices beside (eForvaltningsforskriften § 8); or paper, or the register is read first. */
function waysOfDecision(notice: Notice, standing: Standing, now: Date): readonly Way[] | Decision {
  const route = routeOfDecision(standing, now);
  const isLate = now.getTime() - notice.createdAt.getTime() >= patienceMs;
  if (route.kind === 'READ_FIRST')
    return isLate
      ? { kind: 'PAPER' }
      : { kind: 'WAIT', until: new Date(now.getTime() + lookAgainMs), reason: 'NO_CONTACT' };
  if (route.kind !== 'PORTAL') return { kind: 'PAPER' };
  const ways = atAddresses(standing, route.notices);
  return ways.length === 0
    ? { kind: 'PAPER' }
    : [...devices(standing, channelsFor('DECISION', standing.choices.notices)), ...ways];
}

const devices = ({ subscriptionIds }: Standing, allowed: readonly NoticeChannel[]): readonly Way[] =>
  allowed.includes('PUSH')
    ? subscriptionIds.map((subscriptionId) => ({ channel: 'PUSH', subscriptionId }))
    : [];

const atAddresses = ({ failing }: Standing, channels: readonly NoticeChannel[]): readonly Way[] =>
  (['EMAIL', 'SMS'] as const)
    .filter((channel) => channels.includes(channel) && !failing.includes(channel))
    .map((channel) => ({ channel, subscriptionId: null }));

const isSettled = (way: Way, before: readonly Delivery[], isOld: boolean): boolean =>
  before.some(
    ({ channel, subscriptionId, state }) =>
      channel === way.channel &&
      subscriptionId === way.subscriptionId &&
      (state === 'ACCEPTED' || state === 'DELIVERED' || state === 'FAILED' || (isOld && state === 'RETRY')),
  );

/** All devices count as one way: whoever carries two reads on one of them. */
const firstOf = (ways: readonly Way[]): readonly Way[] =>
  ways.filter(({ channel }) => channel === ways[0]!.channel);
