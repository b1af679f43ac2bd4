import type { Alarm, GuardLevel, Topic } from '../judgement.ts';
import type { Cue } from '../lexicon/lexicon.ts';
import { defaultReach } from './reading.ts';

/** Cues within so many words before and behind, in the same sentence. */
export interface Nearby {
  readonly cues: readonly Cue[];
  readonly before: number;
  readonly behind: number;
}

/** A cue that does not belong in a message, where it stands so. */
export interface TopicRule {
  readonly id: string;
  readonly topic: Topic;
  readonly cue: Cue;
  /** What it comes to, at each level; where it is left out, it passes. */
  readonly verdict: Readonly<Partial<Record<GuardLevel, Alarm>>>;
  /** All of these must be near. */
  readonly only: readonly Nearby[];
  /** None of these may be. */
  readonly unless: readonly Nearby[];
}

const around = (reach: number, ...cues: Cue[]): Nearby => ({ cues, before: reach, behind: reach });
const before = (reach: number, ...cues: Cue[]): Nearby => ({ cues, before: reach, behind: 0 });
const behind = (reach: number, ...cues: Cue[]): Nearby => ({ cues, before: 0, behind: reach });

const divert = { SCHOOL: 'DIVERT', KINDERGARTEN: 'DIVERT', LETTER: 'DIVERT' } as const;
const nudge = { SCHOOL: 'NUDGE', KINDERGARTEN: 'NUDGE', LETTER: 'NUDGE' } as const;

/** The very word begins a phrase that means something else. */
const itself = (...cues: Cue[]): Nearby => around(0, ...cues);

/** What a school tells about, and not what happens to somebody. */
const lesson = around(defaultReach, 'programme', 'fiction');
const story = around(defaultReach, 'fiction');
const denied = before(3, 'negation');

const rule = (
  id: string,
  topic: Topic,
  cue: Cue,
  verdict: TopicRule['verdict'],
  { only = [], unless = [] }: Partial<Pick<TopicRule, 'only' | 'unless'>> = {},
): TopicRule => ({ id, topic, cue, verdict, only, unless });

/**
 * What does not belong in a message (MSG-08), and what passes all the same (MSG-09). Each line reads: this cue is of that
 * topic and comes to this, only where the one is near and unless the other is.
 */
export const topicRules: readonly TopicRule[] = [
  rule('bullying.told', 'BULLYING', 'bullying.act', divert, { unless: [story] }),
  rule('bullying.named', 'BULLYING', 'bullying.noun', divert, { unless: [lesson, denied] }),
  rule('bullying.abuse', 'BULLYING', 'abuse', divert, { unless: [lesson] }),
  rule('bullying.violence', 'BULLYING', 'violence.word', divert, { unless: [lesson, denied] }),
  // "slår ham" and not "slår tolv": somebody must be hit.
  rule('bullying.act-on-somebody', 'BULLYING', 'violence.act', divert, {
    only: [behind(3, 'person')],
    unless: [story, itself('idle'), behind(1, 'reflexive')],
  }),
  rule('bullying.act-suffered', 'BULLYING', 'violence.act', divert, {
    only: [before(2, 'passive'), around(defaultReach, 'person')],
    unless: [story, around(6, 'sport'), itself('idle'), behind(1, 'reflexive')],
  }),
  rule('bullying.act-and-act', 'BULLYING', 'violence.act', divert, {
    only: [around(3, 'violence.act'), around(defaultReach, 'person')],
    unless: [story, itself('idle'), behind(1, 'reflexive')],
  }),

  rule('distress', 'DISTRESS', 'distress', divert, { unless: [lesson] }),

  rule('health.serious', 'HEALTH', 'illness.serious', divert, { unless: [lesson, denied] }),
  rule('health.care', 'HEALTH', 'illness.care', nudge, {
    unless: [lesson, denied, behind(4, 'crowd')],
  }),
  rule('health.transient', 'HEALTH', 'illness.transient', { KINDERGARTEN: 'NUDGE', LETTER: 'DIVERT' }),

  rule('religion.own', 'RELIGION', 'faith.belonging', divert, { only: [before(4, 'self')] }),
  rule('religion.belonging', 'RELIGION', 'faith.belonging', divert, { unless: [lesson] }),
  rule('religion.own-sign', 'RELIGION', 'faith.sign', divert, { only: [before(4, 'self')] }),
  rule('religion.sign', 'RELIGION', 'faith.sign', divert, { unless: [lesson] }),
  rule('religion.feast', 'RELIGION', 'faith.feast', nudge, { unless: [lesson] }),
  rule('religion.lore', 'RELIGION', 'faith.lore', divert, {
    only: [around(4, 'faith.sign', 'faith.belonging')],
    unless: [lesson],
  }),

  rule('finances.hardship', 'FINANCES', 'money.hardship', divert, { unless: [lesson, behind(1, 'advice')] }),
  rule('finances.late', 'FINANCES', 'money.late', nudge),

  rule('child-welfare', 'CHILD_WELFARE', 'welfare', divert, { unless: [lesson] }),

  rule('decision.word', 'INDIVIDUAL_DECISION', 'decision.word', divert, { unless: [lesson] }),
  rule('decision.formal', 'INDIVIDUAL_DECISION', 'decision.formal', divert, {
    only: [around(6, 'appeal')],
  }),

  rule('staff.grievance', 'STAFF', 'grievance', divert, {
    only: [around(6, 'staff')],
    unless: [story, itself('idle')],
  }),
];
