import { aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { loadFeature } from '@ranselpost/kit/features';
import type { CopyFacts } from '@ranselpost/kit/grounds';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { ownPlaces } from '../domain/news-policy.ts';
import { mayListDocuments, mayReviseAt, maySeeDocument } from '../domain/unit-document-policy.ts';
import { type DocumentVersion, type UnitDocument, currentOf } from '../domain/unit-document.ts';
import * as documents from '../store/unit-documents.ts';
import type { Deps } from './deps.ts';
import { loadOwnFacts } from './read-news.ts';

/** A document as somebody may see it. */
export interface ShownDocument extends UnitDocument {
  readonly current: DocumentVersion | null;
  readonly mayRevise: boolean;
}

async function shown(
  tx: Tx,
  actor: Actor,
  facts: CopyFacts,
  found: readonly UnitDocument[],
): Promise<ShownDocument[]> {
  const features = await loadFeature(
    tx,
    'NEWS',
    facts,
    found.map(({ unitId }) => unitId),
  );
  return found
    .filter((document) => maySeeDocument(actor, facts, features, document))
    .map((document) => ({
      ...document,
      current: currentOf(document, facts.today),
      mayRevise: mayReviseAt(actor, facts, document),
    }));
}

/** Of which of some versions the actor may read the document, in the transaction given. */
export async function seenVersions(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  ids: readonly string[],
): Promise<readonly DocumentVersion[]> {
  if (ids.length === 0) return [];
  const facts = await loadOwnFacts(deps, tx, actor);
  const seen = await shown(tx, actor, facts, await documents.byVersions(tx, ids));
  return seen.flatMap(({ versions }) => versions);
}

/** Documents by id, those that the actor may read. */
export const readDocuments = (
  deps: Deps,
  actor: Actor,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ShownDocument>> =>
  deps.db.asActor(actor, async (tx) => {
    const facts = await loadOwnFacts(deps, tx, actor);
    const seen = await shown(tx, actor, facts, await documents.byIds(tx, ids));
    return aboutNobody(new Map(seen.map((document) => [document.id, document])));
  });

/** What a unit has published, the newest first: one more than wanted when there is more. Null where there is no such unit for the actor. */
export const readUnitDocuments = (
  deps: Deps,
  actor: Actor,
  wanted: Omit<documents.DocumentsWanted, 'places'>,
): Promise<readonly ShownDocument[] | null> =>
  deps.db.asActor(actor, async (tx) => {
    const facts = await loadOwnFacts(deps, tx, actor);
    if (!mayListDocuments(actor, facts, wanted.unitId)) return aboutNobody(null);
    const places = actor.kind === 'guardian' ? ownPlaces(actor, facts) : null;
    return aboutNobody(await shown(tx, actor, facts, await documents.ofUnit(tx, { ...wanted, places })));
  });
