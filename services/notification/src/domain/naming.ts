import { type NoticeChannel, mayNameChild } from '@ranselpost/kit/pure/dispatch';
import type { NoticeCategory } from '@ranselpost/schema/events/notice-due';

/** The categories that say nothing of the child but that somebody has written. A name beside the others would tell what happened. */
const naming: ReadonlySet<NoticeCategory> = new Set(['MESSAGE', 'NEWS']);

/**
 * Whether a notice says whom it is about (N16, MSG-14): in a push alone, which nobody on its way can read (RFC 8291), while mail and
 * text messages are open to whoever carries them (S-07). All the children that it is about, or none: of two the one that is
 * left out would be one that something is the matter with (ADR-19). Never where anybody it concerns is protected (ADR-07).
 */
export const mayName = (
  { category, childIds }: { readonly category: NoticeCategory; readonly childIds: readonly string[] },
  channel: NoticeChannel,
  { isProtected, named }: { readonly isProtected: boolean; readonly named: readonly string[] },
): boolean =>
  channel === 'PUSH' &&
  naming.has(category) &&
  childIds.length > 0 &&
  childIds.every((childId) => named.includes(childId)) &&
  mayNameChild({ isProtected }, { isProtected }, { namesChild: true });
