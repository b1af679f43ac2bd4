import { type FeatureClosed, type FeatureStandings, requireFeature } from '@ranselpost/kit/pure/features';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import type { Audience } from './audience.ts';
import { type Message, type Thread, goesOn } from './thread.ts';

export type ReleaseRefusal =
  | { readonly kind: 'not-held' }
  | { readonly kind: 'own-message' }
  | { readonly kind: 'thread-closed' }
  | FeatureClosed;

/**
 * Whether what staff wrote of a protected child goes home. It takes somebody who is named for the child, which is whoever can
 * see it among the staff, and another than who wrote it: nothing leaves by one person's act alone (S-08). Letting go is sending:
 * where messages are stopped it waits as everything does (MSG-01).
 */
export function decideRelease(
  message: Message,
  thread: Thread,
  {
    releasedBy,
    audience,
    features,
  }: {
    readonly releasedBy: string;
    readonly audience: Pick<Audience, 'guardians'>;
    readonly features: FeatureStandings;
  },
): Result<Message, ReleaseRefusal> {
  if (message.state !== 'HELD') return refuse({ kind: 'not-held' });
  if (message.authorId === releasedBy) return refuse({ kind: 'own-message' });
  const isOpen = requireFeature(features, message.unitId);
  if (!isOpen.ok) return isOpen;
  if (!goesOn(thread, audience)) return refuse({ kind: 'thread-closed' });
  return accept({ ...message, state: 'SENT' });
}
