import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { addDays, instantOf } from '@ranselpost/kit/pure/dates';
import type { Result } from '@ranselpost/kit/pure/result';
import { bookMeeting } from '../src/usecases/book-meeting.ts';
import { type MeetingTimesWanted, publishMeetingTimes } from '../src/usecases/publish-meeting-times.ts';
import { type ShownOffer, type ShownOffers, readChildMeetings } from '../src/usecases/read-meetings.ts';
import { children, places } from './families.ts';
import { type World, today } from './world.ts';

let day = 10;
/** Times on a day of their own, at 17:00 in Norway and every 20 minutes after. */
export const someTimes = (count: number): MeetingTimesWanted['times'] => {
  const first = instantOf(addDays(today, day++), '17:00').getTime();
  return Array.from({ length: count }, (_, at) => ({
    startsAt: new Date(first + at * 1_200_000),
    endsAt: new Date(first + (at + 1) * 1_200_000),
  }));
};

/** Two times for talks about the children of group A. */
export const talks = (more: Partial<MeetingTimesWanted> = {}): MeetingTimesWanted => ({
  ...{ unitId: places.school, to: { groupId: places.groupA }, kind: 'DEVELOPMENT_TALK', way: 'AT_THE_UNIT' },
  ...{ room: 'Rom 204', isSeparate: false, bookingEndsDaysBefore: 0, cancellingEndsDaysBefore: 0 },
  ...{ times: someTimes(2), idempotencyKey: newId() },
  ...more,
});

export const taken = <Value, Refusal extends { readonly kind: string }>(
  result: Result<Value, Refusal>,
): Value => {
  if (!result.ok) throw new Error(result.refusal.kind);
  return result.value;
};

export const publish = async ({ deps }: World, actor: Actor, more: Partial<MeetingTimesWanted> = {}) =>
  taken(await publishMeetingTimes(deps, actor, talks(more)));

export const book = (
  { deps }: Pick<World, 'deps'>,
  actor: Actor,
  timeId: string,
  more: Partial<Parameters<typeof bookMeeting>[2]> = {},
) =>
  bookMeeting(deps, actor, {
    timeId,
    childId: children.ours,
    insteadOf: null,
    idempotencyKey: newId(),
    ...more,
  });

export const kindOf = <Refusal extends { readonly kind: string }>(
  result: Result<unknown, Refusal>,
): string => (result.ok ? 'done' : result.refusal.kind);

export const timeIds = ({ times }: ShownOffer): readonly string[] => times.map(({ time }) => time.id);

export const offersOf = (
  { deps }: Pick<World, 'deps'>,
  actor: Actor,
  childId: string = children.ours,
): Promise<ShownOffers> => readChildMeetings(deps, actor, childId, { after: null, first: 100 });

/** An offer as somebody sees it among those for a child; nothing where they do not. */
export async function seenOffer(
  world: Pick<World, 'deps'>,
  actor: Actor,
  offerId: string,
  childId: string = children.ours,
): Promise<ShownOffer | undefined> {
  const offers = await offersOf(world, actor, childId);
  return offers === null || offers === 'hidden'
    ? undefined
    : offers.find(({ offer }) => offer.id === offerId);
}

/** Whom notices about an offer were for, in order. */
export async function noticedOf(
  { database }: World,
  offerId: string,
): Promise<readonly (readonly string[])[]> {
  const rows = await database.admin<{ data: { recipients: { personId: string }[] } }[]>`
    select data from outbox where type = 'messaging.notice.due.v1' and data->>'subjectId' = ${offerId} order by id`;
  return rows.map(({ data }) => data.recipients.map(({ personId }) => personId).toSorted());
}
