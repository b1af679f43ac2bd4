import { isNews } from '@ranselpost/kit/access-copy';
import type { Tx } from '@ranselpost/kit/database';
import type { OpeningKeys } from '@ranselpost/kit/keys';
import { openOwn } from '@ranselpost/kit/seal';
import type { DataOf } from '@ranselpost/schema/events/event';
import {
  childDescribedV1,
  childDescriptionSchema,
} from '@ranselpost/schema/events/identity/child-described.v1';
import * as childFacts from '../store/child-facts.ts';

/** Keeps what identity tells of a child, or forgets it; an older word changes nothing (S-24). */
export async function keepChildFacts(
  tx: Tx,
  keys: OpeningKeys,
  { childId, revision, sealed }: DataOf<typeof childDescribedV1>,
): Promise<void> {
  if (!(await isNews(tx, childDescribedV1.type, childId, revision))) return;
  if (sealed === null) return childFacts.forget(tx, childId);
  const description = await openOwn(keys, childId, sealed, childDescriptionSchema);
  await childFacts.keep(tx, { childId, revision, ...description });
  await (description.isProtected ? childFacts.rememberProtected : childFacts.unshield)(tx, childId);
}
