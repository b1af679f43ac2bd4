import { type Handler, onTogether } from '@ranselpost/kit/consume';
import { personFollowedV1 } from '@ranselpost/schema/events/identity/person-followed.v1';
import type { FollowDeps } from '../usecases/deps.ts';
import { followPersons } from '../usecases/follow-persons.ts';

export const onPersonFollowed = (deps: FollowDeps): Handler =>
  onTogether(personFollowedV1, (tx, heard) =>
    followPersons(
      tx,
      deps,
      heard.map(({ data: { tellAgain = false, withResidence = false, ...person }, envelope }) => ({
        ...{ ...person, tellAgain, withResidence },
        toldAt: envelope.time,
      })),
    ),
  );
