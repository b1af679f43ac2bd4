import { about } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { read } from '@ranselpost/kit/files/files';
import type { GivenFile } from '@ranselpost/kit/files/routes';
import { isPerson, type Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Attachment, maySeeAttachment } from '../domain/attachment.ts';
import * as attachments from '../store/attachments.ts';
import type { Deps } from './deps.ts';
import { loadMailFacts, mailReads } from './look.ts';

/** Of some attachments those that the actor may have, and whom staff are told of by them. */
async function shown(deps: Deps, tx: Tx, actor: Actor, found: readonly Attachment[]) {
  const places = (some: readonly Attachment[]) => some.map(({ at }) => at).filter((at) => at !== null);
  const facts = await loadMailFacts(deps, tx, actor, places(found));
  const seen = found.filter((one) => maySeeAttachment(actor, facts, one));
  return { seen, reads: mailReads(actor, facts, places(seen)) };
}

/** Attachments by id: the actor's own that go with nothing yet, and those of messages that they may read. */
export const readAttachments = (
  deps: Deps,
  actor: Actor,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Attachment>> =>
  deps.db.asActor(actor, async (tx) => {
    const { seen, reads } = await shown(deps, tx, actor, await attachments.byIds(tx, ids));
    return about(reads, new Map(seen.map((one) => [one.id, one])));
  });

/** What goes with some messages, of those that the actor may read. */
export const readMessageAttachments = (
  deps: Deps,
  actor: Actor,
  messageIds: readonly string[],
): Promise<readonly (readonly Attachment[])[]> =>
  deps.db.asActor(actor, async (tx) => {
    const { seen, reads } = await shown(deps, tx, actor, await attachments.byMessages(tx, messageIds));
    return about(
      reads,
      messageIds.map((id) => seen.filter(({ at }) => at?.messageId === id)),
    );
  });

/**
 * Gives what a link leads to, if whoever uses it is whom it was made for and may have it now: a link outlives no right. Whatever
 * is wrong, there is nothing (S-06).
 */
export async function giveFile(deps: Deps, actor: Actor, link: string): Promise<GivenFile> {
  const linked = isPerson(actor) ? deps.links.read(actor, link, deps.now()) : undefined;
  const attachment = await deps.db.asActor(actor, async (tx) => {
    const found = linked === undefined ? [] : await attachments.byIds(tx, [linked.id]);
    const { seen, reads } = await shown(deps, tx, actor, found);
    return about(reads, seen[0]);
  });
  if (linked === undefined || attachment?.state !== 'READY') throw new AppError('NOT_FOUND');
  const isWhole = linked.part === 'whole';
  return {
    content: await read(deps.files, attachment.id, linked.part),
    mediaType: isWhole ? attachment.mediaType : 'image/jpeg',
    bytes: isWhole ? attachment.bytes : undefined,
    name: attachment.name,
  };
}
