import { type Handler, on } from '@ranselpost/kit/consume';
import { contactsFollowedV1 } from '@ranselpost/schema/events/registry/contacts-followed.v1';
import { keepContactsUpTo } from '../usecases/keep-people.ts';

export const onContactsFollowed: Handler = on(contactsFollowedV1, (tx, { upTo }) =>
  keepContactsUpTo(tx, upTo),
);
