import { type Fact, fact } from '@ranselpost/kit/outbox';
import { guardiansChangedV1 } from '@ranselpost/schema/events/identity/guardians-changed.v1';
import * as facts from '../store/facts.ts';
import { type EventDeps, today } from './deps.ts';

/** Who has access to some children, as it was told last; of whom nothing was ever told, nothing. */
export async function guardiansFacts(deps: EventDeps, childIds: readonly string[]): Promise<readonly Fact[]> {
  const told = await facts.guardians(deps.db, childIds, today(deps));
  return told
    .filter(({ revision }) => revision > 0)
    .map(({ guardians, ...rest }) => fact(guardiansChangedV1, { ...rest, guardians: [...guardians] }));
}
