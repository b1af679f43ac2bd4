import type { GuardLevel } from '@ranselpost/kit/guard';
import { type LocalDate, localDateAt } from '@ranselpost/kit/pure/dates';
import { type FeatureClosed, type FeatureStandings, requireFeature } from '@ranselpost/kit/pure/features';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { undoMs } from './broadcast.ts';
import type { Attachment } from './attachment.ts';
import {
  type BulletinFileRefusal,
  type FilesKnown,
  type WantedFile,
  decideBulletinFiles,
} from './bulletin-file.ts';
import { type BulletinText, type BulletinTextRefusal, decideBulletinText } from './bulletin-text.ts';
import { type Place, placeKey } from './place.ts';
import { clean, oneLine } from './text.ts';

export type NewsState = 'WAITING' | 'NOT_PUBLISHED' | 'PUBLISHED' | 'WITHDRAWN';

/** What a unit tells the guardians at some places in it, whoever they are when they look (M30). */
export interface NewsPost {
  readonly id: string;
  readonly unitId: string;
  readonly places: readonly Place[];
  readonly authorId: string | null;
  /** Null when it was withdrawn. */
  readonly text: BulletinText | null;
  readonly state: NewsState;
  readonly dueAt: Date;
  readonly publishedAt: Date | null;
  readonly editedAt: Date | null;
  readonly withdrawnAt: Date | null;
  /** The last day on which guardians see it. */
  readonly lastDay: LocalDate | null;
}

/** What somebody wants it to say, and until when. */
export interface NewsTerms {
  readonly text: BulletinText;
  readonly isReread: boolean;
  readonly lastDay: LocalDate | null;
}

export type NewsRefusal =
  | BulletinTextRefusal
  | BulletinFileRefusal
  | FeatureClosed
  | { readonly kind: 'news-time-past' | 'news-ends-before-it-starts' | 'news-withdrawn' };

export interface NewsKnown {
  readonly now: Date;
  readonly today: LocalDate;
  readonly features: FeatureStandings;
  readonly guardLevel: GuardLevel;
}

function decideTerms(
  unitId: string,
  { text, isReread, lastDay }: NewsTerms,
  { today, features, guardLevel }: NewsKnown,
  files: readonly Attachment[],
): Result<BulletinText, NewsRefusal> {
  const isOpen = requireFeature(features, unitId);
  if (!isOpen.ok) return isOpen;
  if (lastDay !== null && lastDay < today) return refuse({ kind: 'news-ends-before-it-starts' });
  return decideBulletinText(text, { guardLevel, isReread, files });
}

/** It is out after a minute, in which it can be taken back before anybody saw it, or when it is wished (MSG-07, M44). */
export function decideNews(
  {
    unitId,
    publishAt,
    dayOut,
    files: wanted,
    ...terms
  }: NewsTerms & {
    readonly unitId: string;
    readonly publishAt: Date | null;
    readonly files: readonly WantedFile[];
    /** The day, in Norway, of the time that is wished; today where none is. */
    readonly dayOut: LocalDate;
  },
  known: NewsKnown & FilesKnown,
): Result<
  { readonly text: BulletinText; readonly files: readonly Attachment[]; readonly dueAt: Date },
  NewsRefusal
> {
  if (publishAt !== null && publishAt < known.now) return refuse({ kind: 'news-time-past' });
  if (terms.lastDay !== null && terms.lastDay < dayOut) return refuse({ kind: 'news-ends-before-it-starts' });
  const files = decideBulletinFiles(wanted, known);
  if (!files.ok) return files;
  const text = decideTerms(unitId, terms, known, files.value);
  if (!text.ok) return text;
  const dueAt = new Date(Math.max(known.now.getTime() + undoMs, publishAt?.getTime() ?? 0));
  return accept({ text: text.value, files: files.value, dueAt });
}

/** What stands is changed for everybody, and what it said before is kept out of sight. What was withdrawn stays so. */
export function decideEdit(
  { unitId, state, dueAt }: NewsPost,
  terms: NewsTerms,
  known: NewsKnown,
): Result<BulletinText, NewsRefusal> {
  if (state === 'WITHDRAWN') return refuse({ kind: 'news-withdrawn' });
  if (state === 'WAITING' && terms.lastDay !== null && terms.lastDay < localDateAt(dueAt))
    return refuse({ kind: 'news-ends-before-it-starts' });
  return decideTerms(unitId, terms, known, []);
}

/** Whether what waited is published when it is due: its author may still speak there, and news are open (X07). */
export const decidePublishing = (
  { places, unitId }: Pick<NewsPost, 'places' | 'unitId'>,
  {
    authorPlaces,
    features,
  }: { readonly authorPlaces: readonly string[]; readonly features: FeatureStandings },
): 'PUBLISHED' | 'NOT_PUBLISHED' =>
  places.every((place) => authorPlaces.includes(placeKey(place))) && requireFeature(features, unitId).ok
    ? 'PUBLISHED'
    : 'NOT_PUBLISHED';

/** True when a post is what was wished for, or has been since: the same key means the same. */
export const isSameNews = (
  post: NewsPost,
  wish: NewsTerms & { readonly places: readonly Place[] },
): boolean =>
  (post.text === null ||
    post.editedAt !== null ||
    (post.text.title === oneLine(wish.text.title) && post.text.body === clean(wish.text.body))) &&
  post.places.map(placeKey).join() === wish.places.map(placeKey).join();
