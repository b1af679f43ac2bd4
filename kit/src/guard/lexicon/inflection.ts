import { fold } from '../text/fold.ts';

/**
 * Endings of both written standards together. Some make forms that nobody uses, which costs nothing; a word of which
 * one form means something else is listed form by form (`kreft`, `krefter`).
 */
const norwegian: Readonly<Record<string, string>> = {
  v: '- e er ar a et te t es ast st de d dd dde tt ende ande r',
  n: '- e en et a er ar ene ane n r ne s ens ets enes',
  p: '- e',
  a: '- t e ere est este are ast',
};

const english: Readonly<Record<string, string>> = {
  v: '- s es ed d ing',
  n: '- s es',
  a: '- er est',
};

/** All forms of a word as the lexicons write it: `mobb/v` is `mobbe`, `mobber`, `mobbet` and others. */
export function formsOf(entry: string, language: 'nb' | 'nn' | 'en'): readonly string[] {
  const [stem = '', kind] = entry.split('/');
  const folded = fold(stem);
  if (kind === undefined) return [folded];
  const endings = (language === 'en' ? english : norwegian)[kind];
  if (endings === undefined) throw new Error(`there is no inflection /${kind}`);
  return [...new Set(endings.split(' ').map((ending) => (ending === '-' ? folded : folded + ending)))];
}
