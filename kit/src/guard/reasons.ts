import type { Finding } from './judgement.ts';

/** The languages in which a reason can be asked for; of North Sámi there is no text yet, and it is given in bokmål. */
export type ReasonLanguage = 'nb' | 'nn' | 'en' | 'se';

/** Why a passage does not belong in a message, for whoever wrote it. */
export function reasonOf({ topic }: Pick<Finding, 'topic' | 'verdict'>, language: ReasonLanguage): string {
  return `${topic} ${language}`;
}
