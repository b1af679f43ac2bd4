import type { GuardLevel } from '@ranselpost/kit/guard';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { type FeatureClosed, type FeatureStandings, requireFeature } from '@ranselpost/kit/pure/features';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import type { Attachment } from './attachment.ts';
import {
  type BulletinFileRefusal,
  type FilesKnown,
  type WantedFile,
  decideBulletinFiles,
} from './bulletin-file.ts';
import { type BulletinText, type BulletinTextRefusal, decideBulletinText } from './bulletin-text.ts';
import type { Place } from './place.ts';

export type DocumentCategory = 'ROUTINE' | 'PLAN' | 'RULES' | 'OTHER';

/** What a document says from a day on. */
export interface DocumentVersion {
  readonly id: string;
  readonly text: BulletinText;
  readonly validFrom: LocalDate;
  readonly publishedAt: Date;
}

/** Something of a unit that is always to be found, for whoever is at some places in it (M32). */
export interface UnitDocument {
  readonly id: string;
  readonly unitId: string;
  readonly places: readonly Place[];
  readonly category: DocumentCategory;
  /** The one that is valid last is first. */
  readonly versions: readonly DocumentVersion[];
}

export interface VersionWish {
  readonly text: BulletinText;
  readonly isReread: boolean;
  readonly files: readonly WantedFile[];
  readonly validFrom: LocalDate;
}

export type DocumentRefusal =
  BulletinTextRefusal | BulletinFileRefusal | FeatureClosed | { readonly kind: 'versions-too-many' };

export const versionsMost = 100;

/** A version is stored beside those before it, from whichever day it is valid. A file may say it all. */
export function decideVersion(
  { unitId, versions }: Pick<UnitDocument, 'unitId' | 'versions'>,
  wish: VersionWish,
  known: FilesKnown & { readonly features: FeatureStandings; readonly guardLevel: GuardLevel },
): Result<{ readonly text: BulletinText; readonly files: readonly Attachment[] }, DocumentRefusal> {
  const isOpen = requireFeature(known.features, unitId);
  if (!isOpen.ok) return isOpen;
  if (versions.length >= versionsMost) return refuse({ kind: 'versions-too-many' });
  const files = decideBulletinFiles(wish.files, known);
  if (!files.ok) return files;
  const text = decideBulletinText(wish.text, {
    ...{ guardLevel: known.guardLevel, isReread: wish.isReread },
    ...{ files: files.value, isBodyNeeded: files.value.length === 0 },
  });
  return text.ok ? accept({ text: text.value, files: files.value }) : text;
}

/** The version that is valid on a day: of those that have begun the one that began last. Null before the first. */
export const currentOf = (
  { versions }: Pick<UnitDocument, 'versions'>,
  today: LocalDate,
): DocumentVersion | null => versions.find(({ validFrom }) => validFrom <= today) ?? null;

/** The version that was published first, from whichever day it is valid; undefined where all were taken back. */
export const firstPublished = ({ versions }: Pick<UnitDocument, 'versions'>): DocumentVersion | undefined =>
  versions.toSorted((one, other) => one.publishedAt.getTime() - other.publishedAt.getTime())[0];
