/**
 * What a passage may be a sign of. Those above the line are what rules look for; those below say what such a passage is
 * about, and so whether it counts.
 */
export type Cue =
  | 'abuse'
  | 'bullying.act'
  | 'bullying.noun'
  | 'conduct'
  | 'decision.formal'
  | 'decision.word'
  | 'distress'
  | 'faith.belonging'
  | 'faith.feast'
  | 'faith.lore'
  | 'faith.sign'
  | 'grievance'
  | 'illness.care'
  | 'illness.serious'
  | 'illness.transient'
  | 'money.hardship'
  | 'money.late'
  | 'violence.act'
  | 'violence.word'
  | 'welfare'
  // ―――
  | 'advice'
  | 'appeal'
  | 'crowd'
  | 'emphasis'
  | 'fiction'
  | 'figure'
  | 'greeting'
  | 'idle'
  | 'kin'
  | 'mild'
  | 'negation'
  | 'office'
  | 'passive'
  | 'person'
  | 'picks-up'
  | 'place'
  | 'programme'
  | 'reflexive'
  | 'self'
  | 'signature'
  | 'sport'
  | 'staff'
  | 'title'
  | 'visit'
  | 'work-role';

/**
 * Words and phrases of one topic in one language, by what they are a sign of. Entries are parted by commas, the words of
 * a phrase by blanks:
 *
 * - `mobb/v`, `sykdom/n`, `redd/a`: a stem with the endings of a verb, a noun or an adjective (`inflection.ts`);
 * - `mobbe*`, `*kreft`: a word that begins or ends so;
 * - `slår|slo`: one of several;
 * - `..`: up to three words that may stand between;
 * - `{person}`: a word of that cue, or a first name.
 *
 * Bokmål and nynorsk are looked for in all Norwegian, since people mix them.
 */
export interface Lexicon {
  readonly language: 'nb' | 'nn' | 'en';
  readonly cues: Readonly<Partial<Record<Cue, string>>>;
}
