import type { NoticeLanguage } from '@ranselpost/kit/pure/dispatch';
import type { NoticeCategory } from '@ranselpost/schema/events/notice-due';

/** What a notice is told as: of its category, or of several things at once. */
export type TextKey = NoticeCategory | 'DIGEST';

interface Catalogue {
  readonly titles: Readonly<Record<TextKey, string>>;
  /** What stands under the title, in front of the address of the portal. */
  readonly open: string;
}

/**
 * The texts, as data. They say that something waits and nothing else: neither of whom, from whom, nor about what (MSG-14,
 * ADR-07, S-07). `{portal}` is the name that the municipality gives the portal.
 */
const catalogues: Readonly<Record<NoticeLanguage, Catalogue>> = {
  nb: {
    titles: {
      MESSAGE: 'Ny melding i {portal}',
      NEWS: 'Nytt oppslag i {portal}',
      ABSENCE: 'Noe i {portal} venter på svar fra deg',
      ABSENCE_NEWS: 'Det er noe nytt i {portal}',
      LEAVE: 'Noe i {portal} venter på deg',
      CHILD_MISSING: 'Viktig: logg inn i {portal} nå',
      PLACE: 'Noe i {portal} venter på deg',
      DECISION: 'Et brev fra kommunen ligger i {portal}',
      DIGEST: 'Det er noe nytt i {portal}',
    },
    open: 'Logg inn for å lese:',
  },
  nn: {
    titles: {
      MESSAGE: 'Ny melding i {portal}',
      NEWS: 'Nytt oppslag i {portal}',
      ABSENCE: 'Noko i {portal} ventar på svar frå deg',
      ABSENCE_NEWS: 'Det er noko nytt i {portal}',
      LEAVE: 'Noko i {portal} ventar på deg',
      CHILD_MISSING: 'Viktig: logg inn i {portal} no',
      PLACE: 'Noko i {portal} ventar på deg',
      DECISION: 'Eit brev frå kommunen ligg i {portal}',
      DIGEST: 'Det er noko nytt i {portal}',
    },
    open: 'Logg inn for å lese:',
  },
  en: {
    titles: {
      MESSAGE: 'New message in {portal}',
      NEWS: 'New notice in {portal}',
      ABSENCE: 'Something in {portal} is waiting for your answer',
      ABSENCE_NEWS: 'There is something new in {portal}',
      LEAVE: 'Something in {portal} is waiting for you',
      CHILD_MISSING: 'Important: sign in to {portal} now',
      PLACE: 'Something in {portal} is waiting for you',
      DECISION: 'A letter from the municipality is in {portal}',
      DIGEST: 'There is something new in {portal}',
    },
    open: 'Sign in to read it:',
  },
  // Short, and the portal's name uninflected in front. Not yet looked at by somebody whose language it is (README).
  se: {
    titles: {
      MESSAGE: '{portal}: ođđa dieđáhus',
      NEWS: '{portal}: ođđa almmuhus',
      ABSENCE: '{portal}: juoga vuordá du vástádusa',
      ABSENCE_NEWS: '{portal}: leat ođđa dieđut',
      LEAVE: '{portal}: juoga vuordá du',
      CHILD_MISSING: 'Dehálaš: logge sisa dál, {portal}',
      PLACE: '{portal}: juoga vuordá du',
      DECISION: '{portal}: dus lea reive gielddas',
      DIGEST: '{portal}: leat ođđa dieđut',
    },
    open: 'Logge sisa ja loga:',
  },
};

/** The languages that there are texts in. */
export const written = Object.keys(catalogues) as readonly NoticeLanguage[];

export interface Text {
  readonly title: string;
  readonly open: string;
}

/** What is said, in a language that there is a text in; with names behind it, where it may have any. */
export function textOf(
  key: TextKey,
  language: NoticeLanguage,
  portal: string,
  names: readonly string[] = [],
): Text {
  const { titles, open } = catalogues[language];
  const title = titles[key].replace('{portal}', () => portal);
  return { title: names.length === 0 ? title : `${title} (${names.join(', ')})`, open };
}
