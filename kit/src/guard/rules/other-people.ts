import type { Finding } from '../judgement.ts';
import type { Cue } from '../lexicon/lexicon.ts';
import type { Reading } from './reading.ts';

/** What must not be said of another by name, also where it would pass of somebody who is not named. */
const grave: readonly Cue[] = [
  ...([
    'abuse',
    'bullying.act',
    'bullying.noun',
    'conduct',
    'decision.word',
    'distress',
    'grievance',
  ] as const),
  ...(['illness.serious', 'money.hardship', 'violence.act', 'violence.word', 'welfare'] as const),
];
const graveReach = 8;
/** Somebody signs with a few words, all of them names or what stands between names. */
const longestSignature = 6;
const betweenNames = new Set([
  'og',
  'and',
  'fra',
  'frå',
  'from',
  'familien',
  'til',
  'mamma',
  'pappa',
  'for',
  'mor',
  'far',
]);

/**
 * First names of others: a second look, and the contact form where something is said that is graver than who sits beside
 * whom. A name whose child is known nowhere is as good as one that is (MSG-08): the guard has never seen the group's list.
 */
export function otherPeopleIn(reading: Reading): readonly Finding[] {
  return reading.words.flatMap(({ start, end }, at) => {
    if (!reading.names.isOfAnother(at) || isNoNews(reading, at)) return [];
    const isGrave = reading.isNear({ from: at, to: at }, grave, graveReach, graveReach);
    return [
      isGrave
        ? { topic: 'OTHER_PERSON', verdict: 'DIVERT', rule: 'other-person.grave', start, end }
        : { topic: 'OTHER_PERSON', verdict: 'NUDGE', rule: 'other-person.named', start, end },
    ];
  });
}

/** Names that tell nothing of a child: of whoever is greeted, signs, is family, works there, visits or fetches, or is known to all. */
function isNoNews(reading: Reading, at: number): boolean {
  const name = { from: at, to: at };
  return (
    isGreeted(reading, at) ||
    isSignature(reading, at) ||
    isSecondName(reading, at) ||
    reading.isWithin(at, 'figure') ||
    reading.isNear(name, ['kin', 'title'], 2, 0) ||
    reading.isNear(name, ['staff'], 1, 0) ||
    reading.isNear(name, ['visit'], 3, 4) ||
    reading.isNear(name, ['picks-up'], 1, 2) ||
    reading.isNear(name, ['place'], 0, 1) ||
    reading.isNear(name, ['office'], 0, 2)
  );
}

/** "Hei Kari!" and "takk for i går, Kari." */
function isGreeted(reading: Reading, at: number): boolean {
  const { words, text } = reading;
  const { start, end } = words[at]!;
  const follows = text.slice(end, end + 1);
  if (reading.isNear({ from: at, to: at }, ['greeting'], 2, 0)) return /^[!,.:?\n]?$/.test(follows);
  const gap = at === 0 ? '' : text.slice(words[at - 1]!.end, start);
  return gap === ', ' && /^[!.?]?$/.test(follows);
}

/** "Hilsen Kari og Per", and a name by itself on the last line. */
function isSignature(reading: Reading, at: number): boolean {
  const { words, text, names } = reading;
  const isPart = (place: number): boolean =>
    words[place]!.isCapital || names.isName(place) || betweenNames.has(words[place]!.text);
  for (let from = at - 1; from >= Math.max(0, at - longestSignature); from -= 1) {
    if (reading.isWithin(from, 'signature')) return true;
    if (!isPart(from)) return false;
    if (text.slice(words[from]!.end, words[from + 1]!.start).includes('\n'))
      return (
        words.length - from <= longestSignature &&
        words.slice(from + 1).every((_, more) => isPart(from + 1 + more))
      );
  }
  return false;
}

/** The second of two first names: whose they are is said of the first. */
const isSecondName = ({ words, text, names }: Reading, at: number): boolean =>
  names.isOfAnother(at - 1) && /^[ -]$/.test(text.slice(words[at - 1]!.end, words[at]!.start));
