import { about } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { read } from '@ranselpost/kit/files/files';
import type { GivenFile } from '@ranselpost/kit/files/routes';
import { type Actor, isPerson } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type ClaimDocument, maySeeDocument } from '../domain/claim-document.ts';
import * as documents from '../store/claim-documents.ts';
import * as claims from '../store/claims.ts';
import { loadApplicationFacts } from './application-facts.ts';
import type { Deps, FileDeps } from './deps.ts';
import { readOfClaim } from './read-claims.ts';

export type ShownDocument = ClaimDocument;

/** Of some documents those that the actor may have, and whom staff are told of by them (S-11). */
async function shown(deps: Deps, tx: Tx, actor: Actor, found: readonly ClaimDocument[]) {
  const ofClaims = found.flatMap(({ claimId }) => claimId ?? []);
  const known = await claims.byIds(tx, ofClaims);
  const childIds = [...new Set(known.map(({ childId }) => childId))];
  const facts = await loadApplicationFacts(tx, actor, childIds, deps.now());
  const seen = found.flatMap((document) => {
    const claim = known.find(({ id }) => id === document.claimId);
    return claim !== undefined && maySeeDocument(actor, facts, claim, document) ? [{ document, claim }] : [];
  });
  return {
    seen: seen.map(({ document }) => document),
    reads: seen.flatMap(({ claim }) => readOfClaim(actor, facts, claim)),
  };
}

/** What goes with claims, as far as the actor may see it. */
export const readClaimDocuments = (
  deps: Deps,
  actor: Actor,
  claimIds: readonly string[],
): Promise<readonly (readonly ShownDocument[])[]> =>
  deps.db.asActor(actor, async (tx) => {
    const { seen, reads } = await shown(deps, tx, actor, await documents.ofClaims(tx, claimIds));
    return about(
      reads,
      claimIds.map((id) => seen.filter(({ claimId }) => claimId === id)),
    );
  });

/**
 * Gives what a link leads to, if whoever uses it is whom it was made for and may have it now: a link outlives no right. Whatever
 * is wrong, there is nothing (S-06).
 */
export async function giveDocument(deps: FileDeps, actor: Actor, link: string): Promise<GivenFile> {
  const linked = isPerson(actor) ? deps.links.read(actor, link, deps.now()) : undefined;
  const document = await deps.db.asActor(actor, async (tx) => {
    const found = linked === undefined ? [] : await documents.byIds(tx, [linked.id]);
    const { seen, reads } = await shown(deps, tx, actor, found);
    return about(reads, seen[0]);
  });
  if (linked === undefined || document?.state !== 'READY') throw new AppError('NOT_FOUND');
  const isWhole = linked.part === 'whole';
  return {
    content: await read(deps.files, document.id, linked.part),
    mediaType: isWhole ? document.mediaType : 'image/jpeg',
    bytes: isWhole ? document.bytes : undefined,
    name: document.name,
  };
}
