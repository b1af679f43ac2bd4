import { sealFor } from '@ranselpost/kit/seal';
import type { IdentityFacts } from '@ranselpost/kit/testing/identity-facts';
import { sealPair } from '@ranselpost/kit/testing/seal-pair';
import {
  type ChildDescription,
  childDescribedV1,
} from '@ranselpost/schema/events/identity/child-described.v1';

const pair = sealPair();
/** What opens what `describeChild` seals. */
export const openKeys = pair.privateKeys;
/** The same, as the service reads it from its environment. */
export const openKeysText = JSON.stringify({ keys: [...openKeys.values()] });

let revision = 0;

/**
 * Tells what admission has to know of a child, as identity does; null: that it is to be forgotten. Without more said: born in
 * spring two years ago, living here, and not protected.
 */
export async function describeChild(
  identity: IdentityFacts,
  childId: string,
  description: Partial<ChildDescription> | null = {},
  as = (revision += 1),
): Promise<void> {
  const usual = {
    bornOn: `${new Date().getFullYear() - 2}-04-01`,
    livesHere: 'YES',
    isProtected: false,
  } as const;
  const sealed =
    description === null ? null : await sealFor(pair.publicKey, childId, { ...usual, ...description });
  await identity.tell(childDescribedV1, { childId, revision: as, sealed });
}
