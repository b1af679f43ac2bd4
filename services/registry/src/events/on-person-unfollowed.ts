import { type Handler, on } from '@ranselpost/kit/consume';
import { personUnfollowedV1 } from '@ranselpost/schema/events/identity/person-unfollowed.v1';
import { unfollowPerson } from '../usecases/unfollow-person.ts';

export const onPersonUnfollowed: Handler = on(personUnfollowedV1, (tx, { personId }, { time }) =>
  unfollowPerson(tx, personId, time),
);
