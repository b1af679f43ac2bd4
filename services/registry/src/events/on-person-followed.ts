import { type Handler, on } from '@ranselpost/kit/consume';
import { personFollowedV1 } from '@ranselpost/schema/events/identity/person-followed.v1';
import type { FollowDeps } from '../usecases/deps.ts';
import { followPerson } from '../usecases/follow-person.ts';

export const onPersonFollowed = (deps: FollowDeps): Handler =>
  on(personFollowedV1, (tx, { personId, reason, sealed }, { time }) =>
    followPerson(tx, deps, { personId, reason, sealed, toldAt: time }),
  );
