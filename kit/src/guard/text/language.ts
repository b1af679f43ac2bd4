import type { Word } from './words.ts';

/** What a sentence is written in, as far as its small words tell: `far` and `fat` mean one thing in Norwegian and another in English. */
export type Tongue = 'norwegian' | 'english' | 'unknown';

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));
const norwegian = set(
  'og er på det som ikke ikkje har vi jeg eg til av en et ei ein eit den de dei å han hun ho ham blir vert fra frå med seg kan vil skal var ble vart min mitt hans hennes hennar når om dere dykk den denne kl oss meg etter',
);
const english = set(
  'the is are and of my he she has was were not they we our you his it that this with does do did had be been will would could from who what when a',
);

/** What each sentence is written in, by its number. */
export function tonguesOf(words: readonly Word[]): readonly Tongue[] {
  const balance: number[] = [];
  for (const { text, sentence } of words) {
    const weight = Number(norwegian.has(text)) - Number(english.has(text));
    balance[sentence] = (balance[sentence] ?? 0) + weight;
  }
  return balance.map((sum) => (sum > 0 ? 'norwegian' : sum < 0 ? 'english' : 'unknown'));
}
