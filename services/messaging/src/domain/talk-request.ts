import type { Actor, PersonActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isGuardianOf } from '@ranselpost/kit/pure/grounds';
import { type FeatureClosed, type FeatureStandings, requireFeature } from '@ranselpost/kit/pure/features';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import type { MeetingOffer, MeetingWay } from './meeting.ts';
import { type MailFacts, mayTendThread } from './policy.ts';
import type { Capacity, Message } from './thread.ts';

/** That somebody would rather talk than write (MSG-19). */
export interface TalkRequest {
  readonly id: string;
  readonly threadId: string;
  readonly unitId: string;
  readonly childIds: readonly string[];
  /** Whoever at home asks it, or is asked. */
  readonly homeReaderIds: readonly string[];
  readonly askedBy: string | null;
  readonly askedAs: Capacity;
  readonly way: MeetingWay;
  readonly askedAt: Date;
  readonly state: 'OPEN' | 'PROPOSED' | 'ACCEPTED' | 'DECLINED';
  /** The times that are proposed. */
  readonly offerId: string | null;
}

export type TalkAnswer =
  | { readonly kind: 'ACCEPTED' | 'DECLINED' }
  | { readonly kind: 'PROPOSED'; readonly offer: Pick<MeetingOffer, 'id' | 'unitId' | 'childIds'> | null };

export type TalkRefusal =
  { readonly kind: 'talk-thread-closed' | 'talk-answered' | 'talk-offer-wrong' } | FeatureClosed;

/** Guardians see what they ask or are asked, while they are guardians of each child; staff what they read of (S-09, GUA-13). */
export const maySeeTalkRequest = (
  actor: Actor,
  facts: MailFacts,
  request: Pick<TalkRequest, 'unitId' | 'childIds' | 'homeReaderIds'>,
): boolean =>
  actor.kind === 'guardian'
    ? request.homeReaderIds.includes(actor.personId) &&
      request.childIds.every((childId) => isGuardianOf(actor, facts, childId))
    : mayTendThread(actor, facts, request);

/** The side that was asked answers; for everybody else there is nothing to (S-06). */
export function mayAnswerTalkRequest(
  actor: Actor,
  facts: MailFacts,
  request: TalkRequest | undefined,
): asserts actor is PersonActor {
  if (request === undefined || actor.kind === request.askedAs || !maySeeTalkRequest(actor, facts, request))
    throw new AppError('NOT_FOUND');
}

/** A talk can be asked for as long as the thread goes on and messages are open (GUA-23, MSG-01). */
export function decideTalkRequest(
  message: Pick<Message, 'unitId' | 'homeReaderIds'>,
  {
    by,
    threadGoesOn,
    features,
  }: {
    readonly by: PersonActor;
    readonly threadGoesOn: boolean;
    readonly features: FeatureStandings;
  },
): Result<readonly string[], TalkRefusal> {
  const isOpen = requireFeature(features, message.unitId);
  if (!isOpen.ok) return isOpen;
  if (!threadGoesOn) return refuse({ kind: 'talk-thread-closed' });
  // The other guardian is not told of it: it is between whoever asks and the unit (MSG-05).
  return accept(by.kind === 'guardian' ? [by.personId] : message.homeReaderIds);
}

/** Staff propose times that they have offered about one of the children; a guardian says yes or no. */
export function decideTalkAnswer(
  request: TalkRequest,
  answer: TalkAnswer,
  features: FeatureStandings,
): Result<TalkRequest, TalkRefusal> {
  const isOpen = requireFeature(features, request.unitId);
  if (!isOpen.ok) return isOpen;
  if (request.state === 'ACCEPTED' || request.state === 'DECLINED') return refuse({ kind: 'talk-answered' });
  if (answer.kind !== 'PROPOSED') return accept({ ...request, state: answer.kind });
  const { offer } = answer;
  const isOf =
    request.askedAs === 'guardian' &&
    offer?.unitId === request.unitId &&
    request.childIds.some((childId) => offer.childIds.includes(childId));
  return isOf
    ? accept({ ...request, state: 'PROPOSED', offerId: offer.id })
    : refuse({ kind: 'talk-offer-wrong' });
}
