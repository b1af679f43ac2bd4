import { about } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { read } from '@ranselpost/kit/files/files';
import type { GivenFile } from '@ranselpost/kit/files/routes';
import { isPerson, type Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Attachment, type BulletinKind, maySeeAttachment } from '../domain/attachment.ts';
import * as attachments from '../store/attachments.ts';
import type { Deps } from './deps.ts';
import { loadMailFacts, mailReads } from './look.ts';
import { seenBroadcasts } from './read-broadcasts.ts';
import { seenNews } from './read-news.ts';
import { seenVersions } from './read-unit-documents.ts';

/** How to find out which of what is said to many the actor may read. */
const bulletinsOf: Readonly<
  Record<
    BulletinKind,
    (deps: Deps, tx: Tx, actor: Actor, ids: readonly string[]) => Promise<readonly { readonly id: string }[]>
  >
> = { BROADCAST: seenBroadcasts, NEWS: seenNews, DOCUMENT: seenVersions };

async function seenBulletins(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  files: readonly Attachment[],
): Promise<ReadonlySet<string>> {
  const wanted = files.map(({ bulletin }) => bulletin).filter((bulletin) => bulletin !== null);
  const seen = new Set<string>();
  for (const [kind, some] of Map.groupBy(wanted, (one) => one.kind)) {
    const ids = [...new Set(some.map(({ id }) => id))];
    for (const { id } of await bulletinsOf[kind](deps, tx, actor, ids)) seen.add(id);
  }
  return seen;
}

/** Of some attachments those that the actor may have, and whom staff are told of by them. */
async function shown(deps: Deps, tx: Tx, actor: Actor, found: readonly Attachment[]) {
  const places = (some: readonly Attachment[]) => some.map(({ at }) => at).filter((at) => at !== null);
  const facts = await loadMailFacts(deps, tx, actor, places(found));
  const bulletins = await seenBulletins(deps, tx, actor, found);
  const seen = found.filter((one) => maySeeAttachment(actor, facts, bulletins, one));
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

/** What goes with some things that are said to many, of those that the actor may read. */
export const readBulletinAttachments = (
  deps: Deps,
  actor: Actor,
  ids: readonly string[],
): Promise<readonly (readonly Attachment[])[]> =>
  deps.db.asActor(actor, async (tx) => {
    const { seen, reads } = await shown(deps, tx, actor, await attachments.byBulletins(tx, ids));
    return about(
      reads,
      ids.map((id) => seen.filter(({ bulletin }) => bulletin?.id === id)),
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
