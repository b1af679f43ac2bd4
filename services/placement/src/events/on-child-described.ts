import type { OwnFact } from '@ranselpost/kit/access-copy';
import { on } from '@ranselpost/kit/consume';
import type { OpeningKeys } from '@ranselpost/kit/keys';
import { childDescribedV1 } from '@ranselpost/schema/events/identity/child-described.v1';
import { keepChildFacts } from '../usecases/keep-child-facts.ts';

export const onChildDescribed = (keys: OpeningKeys): OwnFact => ({
  handler: on(childDescribedV1, (tx, description) => keepChildFacts(tx, keys, description)),
  table: 'child_facts',
  key: 'child_id',
  unknown: `is_protected = true, lives_here = 'UNKNOWN'`,
});
