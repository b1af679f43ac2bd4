import { type Answer, type ChildRead, about, readsOf } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { loadFeature } from '@ranselpost/kit/features';
import { type CopyFacts, loadAccessFacts } from '@ranselpost/kit/grounds';
import { type Actor, isPerson } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { rolesToday } from '@ranselpost/kit/pure/grounds';
import {
  areMeetingsShownAt,
  invitedFor,
  maySeeMeeting,
  unitsMeetingAbout,
} from '../domain/meeting-policy.ts';
import {
  type MeetingBooking,
  type MeetingOffer,
  type MeetingTime,
  meetingEndsAt,
} from '../domain/meeting.ts';
import * as meetings from '../store/meetings.ts';
import type { Deps } from './deps.ts';

/** An offer as somebody may see it: guardians see what is free and what is theirs; staff all, and whose they may know. */
export interface ShownOffer {
  readonly offer: MeetingOffer;
  readonly times: readonly { readonly time: MeetingTime; readonly booking: MeetingBooking | null }[];
}
interface Told {
  readonly value: ShownOffer;
  readonly reads: readonly ChildRead[];
}
/** Null where there is nothing for whoever asks; hidden where the municipality shows it to nobody (S-26). */
export type ShownOffers = readonly ShownOffer[] | 'hidden' | null;

export async function showOffers(
  tx: Tx,
  actor: Actor,
  offers: readonly MeetingOffer[],
  now: Date,
): Promise<Told[]> {
  const offerIds = offers.map(({ id }) => id);
  const times = Map.groupBy(await meetings.timesOf(tx, offerIds), ({ offerId }) => offerId);
  const bookings = new Map((await meetings.bookingsOf(tx, offerIds)).map((one) => [one.timeId, one]));
  const childIds = [...new Set(offers.flatMap((offer) => offer.childIds))];
  const facts = await loadAccessFacts(tx, actor, childIds, localDateAt(now));
  return offers.flatMap((offer) => {
    const invited = invitedFor(actor, facts, offer);
    if (invited.length === 0) return [];
    const all = (times.get(offer.id) ?? []).map((time) => {
      const booking = bookings.get(time.id);
      return { time, booking: booking && maySeeMeeting(actor, facts, booking) ? booking : null };
    });
    const isBookable = (time: MeetingTime): boolean =>
      !time.isTaken && !time.isWithdrawn && now < meetingEndsAt(time.startsAt, offer.bookingEndsDaysBefore);
    const shown = all.filter(
      ({ time, booking }) => actor.kind === 'staff' || booking !== null || isBookable(time),
    );
    const told = [...invited, ...shown.flatMap(({ booking }) => booking?.childId ?? [])];
    const { unitId } = offer;
    return {
      value: { offer: { ...offer, childIds: invited }, times: shown },
      reads: readsOf(
        'MESSAGE',
        actor,
        facts,
        told.map((childId) => ({ childId, unitId })),
      ),
    };
  });
}

/** Until when a talk can be moved or given up. */
export const cancellableUntil = (
  { startsAt }: Pick<MeetingTime, 'startsAt'>,
  { cancellingEndsDaysBefore }: Pick<MeetingOffer, 'cancellingEndsDaysBefore'>,
): Date => meetingEndsAt(startsAt, cancellingEndsDaysBefore);

async function isHidden(tx: Tx, facts: CopyFacts, unitIds: readonly string[]): Promise<boolean> {
  const features = await loadFeature(tx, 'MESSAGING', facts, unitIds);
  return unitIds.some((unitId) => !areMeetingsShownAt(features, unitId));
}

/** The offers for a child, newest first: one more than wanted when there are more. */
export function readChildMeetings(
  deps: Deps,
  actor: Actor,
  childId: string,
  page: meetings.Page,
): Promise<ShownOffers> {
  return deps.db.asActor(actor, async (tx): Promise<Answer<ShownOffers>> => {
    const now = deps.now();
    const facts = await loadAccessFacts(tx, actor, [childId], localDateAt(now));
    const unitIds = unitsMeetingAbout(actor, facts, childId);
    const nothing = readsOf('MESSAGE', actor, facts, []);
    if (unitIds === null) return about(nothing, null);
    if (await isHidden(tx, facts, unitIds)) return about(nothing, 'hidden' as const);
    const told = await showOffers(tx, actor, await meetings.offersForChild(tx, childId, page), now);
    const asked = readsOf('MESSAGE', actor, facts, [{ childId }]);
    return about(
      [...asked, ...told.flatMap(({ reads }) => reads)],
      told.map(({ value }) => value),
    );
  });
}

/** The offers that whoever asks holds themself. */
export function readHeldMeetings(deps: Deps, actor: Actor, page: meetings.Page): Promise<ShownOffers> {
  return deps.db.asActor(actor, async (tx): Promise<Answer<ShownOffers>> => {
    const now = deps.now();
    const facts = await loadAccessFacts(tx, actor, [], localDateAt(now));
    const unitIds = rolesToday(actor, facts).map(({ unitId }) => unitId);
    const nothing = readsOf('MESSAGE', actor, facts, []);
    if (!isPerson(actor)) return about(nothing, null);
    if (actor.kind !== 'staff') return about(nothing, []);
    if (await isHidden(tx, facts, unitIds)) return about(nothing, 'hidden' as const);
    const told = await showOffers(tx, actor, await meetings.offersHeldBy(tx, actor.personId, page), now);
    return about(
      told.flatMap(({ reads }) => reads),
      told.map(({ value }) => value),
    );
  });
}
