import { fact, tellAll } from '@ranselpost/kit/outbox';
import { responsibilityAnnulledV1 } from '@ranselpost/schema/events/registry/responsibility-annulled.v1';
import { RegisterFault } from '@ranselpost/kit/outside/fault';
import { annulsResponsibility } from '../domain/annulment.ts';
import * as feed from '../store/feed.ts';
import type { ReadDeps } from './deps.ts';
import { inPieces } from './in-pieces.ts';
import { feedEvents } from './metrics.ts';

/**
 * Reads what the register says that some events did, at most 1000, and tells of each that annulled a responsibility
 * (FREG-05). It says nothing of what is valid now: that is read from the person, and waits for none of this.
 */
export async function examineEvents(
  { db, freg, log }: Pick<ReadDeps, 'db' | 'freg' | 'log'>,
  events: readonly feed.Unexamined[],
): Promise<void> {
  const ids = [...new Set(events.map(({ documentId }) => documentId))];
  const documents = await inPieces(ids, (some) => freg.eventDocuments(some));
  const annuls = new Map(
    ids.map((id, place) => {
      const document = documents[place];
      return [id, document instanceof RegisterFault ? null : annulsResponsibility(document)];
    }),
  );
  const fresh = await db.asService(async (tx) => {
    const examined = await feed.examined(tx, events);
    const facts = examined
      .filter(({ documentId }) => annuls.get(documentId) === true)
      .map(({ personId, sequence }) => fact(responsibilityAnnulledV1, { personId, sequence }));
    await tellAll(tx, facts);
    return examined;
  });
  for (const { sequence, documentId } of fresh)
    if (annuls.get(documentId) === null) {
      feedEvents.inc({ outcome: 'undocumented' });
      log.error('what an event of the feed did cannot be read', { sequence });
    }
}
