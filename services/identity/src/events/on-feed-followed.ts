import { type Handler, on } from '@ranselpost/kit/consume';
import { feedFollowedV1 } from '@ranselpost/schema/events/registry/feed-followed.v1';
import type { Surroundings } from '../usecases/deps.ts';
import { noteFollowed } from '../usecases/note-register.ts';

export const onFeedFollowed = (deps: Surroundings): Handler =>
  on(feedFollowedV1, (tx, { upTo }) => noteFollowed({ ...deps, db: tx }, upTo));
