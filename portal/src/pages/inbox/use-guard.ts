import type { GuardLevel, Judgement, MessageFinding } from '@ranselpost/kit/guard';
import { useEffect, useState } from 'react';
import type { LanguageCode } from '../../words/languages.ts';
import { useWords } from '../../words/words.ts';

/** How long nobody has to have typed before what stands there is judged. */
const restMs = 400;

export interface Seen {
  readonly topic: MessageFinding['topic'];
  readonly part: MessageFinding['part'];
  readonly passage: string;
  readonly reason: string;
}

export interface Guarding {
  readonly verdict: Judgement['verdict'];
  readonly seen: readonly Seen[];
  /** Whether it is what stands there now that was judged, and not what stood there before. */
  readonly isCurrent: boolean;
}

const nothing = { verdict: 'OK', seen: [], subject: '', body: '' } as const;

/** The languages that the guard gives its reasons in. */
const reasonLanguage = (language: LanguageCode): 'nb' | 'nn' | 'en' | 'se' =>
  language === 'ar' ? 'en' : language;

/** The same, as the graph names it. */
export const reasonIn = (language: LanguageCode): 'NB' | 'NN' | 'EN' | 'SE' =>
  (({ nb: 'NB', nn: 'NN', en: 'EN', se: 'SE' }) as const)[reasonLanguage(language)];

/** Judges what is written while it is written, here: for this nothing of it leaves the device (MSG-10). */
export function useGuard(
  subject: string,
  body: string,
  level: GuardLevel,
  knownNames: readonly string[],
): Guarding {
  const { language } = useWords();
  const [guarding, setGuarding] = useState<
    Omit<Guarding, 'isCurrent'> & { readonly subject: string; readonly body: string }
  >(nothing);
  const names = knownNames.join(' ');
  useEffect(() => {
    let isOver = false;
    const judge = async (): Promise<void> => {
      const { judgeMessage, reasonOf } = await import('@ranselpost/kit/guard');
      if (isOver) return;
      const { verdict, findings } = judgeMessage(
        { subject, body, attachments: [] },
        { level, knownNames: names === '' ? [] : names.split(' ') },
      );
      setGuarding({
        ...{ verdict, subject, body },
        seen: findings.map((finding) => ({
          topic: finding.topic,
          part: finding.part,
          passage: (finding.part.kind === 'SUBJECT' ? subject : body).slice(finding.start, finding.end),
          reason: reasonOf(finding, reasonLanguage(language)),
        })),
      });
    };
    const timer = setTimeout(() => void judge().catch(() => undefined), restMs);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [subject, body, level, names, language]);
  return { ...guarding, isCurrent: guarding.subject === subject && guarding.body === body };
}
