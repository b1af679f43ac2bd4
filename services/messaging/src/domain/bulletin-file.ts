import type { PersonActor } from '@ranselpost/kit/pure/actor';
import { type Result, refuse } from '@ranselpost/kit/pure/result';
import { type Attachment, type AttachmentRefusal, decideAttachments } from './attachment.ts';

/** A file that is to go with what is said to many. */
export interface WantedFile {
  readonly id: string;
  /** The children whom it shows, as its sender says; null where nothing was said of it. */
  readonly childIds: readonly string[] | null;
}

export type BulletinFileRefusal =
  AttachmentRefusal | { readonly kind: 'file-not-declared' } | { readonly kind: 'consent-missing' };

export interface FilesKnown {
  readonly files: readonly Attachment[];
  readonly by: PersonActor;
  /** The children of whom it is known that they may be shown to those who read it (CON-02). */
  readonly consenting: ReadonlySet<string>;
}

/** Nothing tells of consents yet, so that nobody is known to have given any; unanswered is no (CON-03). */
export const nobodyHasConsented: ReadonlySet<string> = new Set();

/**
 * Whoever publishes says of each file which children it shows. Nobody is shown of whom it is not known that they may be. Why is not
 * said, nor of whom: for a child who is protected, one without an answer, and one that there is not, it is the same (CON-07, ADR-02,
 * ADR-06, S-06).
 */
export function decideBulletinFiles(
  wanted: readonly WantedFile[],
  { files, by, consenting }: FilesKnown,
): Result<readonly Attachment[], BulletinFileRefusal> {
  const found = decideAttachments(
    wanted.map(({ id }) => id),
    files,
    by,
  );
  if (!found.ok) return found;
  if (wanted.some(({ childIds }) => childIds === null)) return refuse({ kind: 'file-not-declared' });
  const isEachConsenting = wanted.every(({ childIds }) => childIds!.every((id) => consenting.has(id)));
  return isEachConsenting ? found : refuse({ kind: 'consent-missing' });
}
