/**
 * How strict the guard is. `SCHOOL` lets short-term illness, small injuries and "finds school hard lately" pass (MSG-09);
 * `KINDERGARTEN` warns of all health, and `LETTER` lets none of it pass. A municipality may choose a stricter one.
 */
export const guardLevels = ['SCHOOL', 'KINDERGARTEN', 'LETTER'] as const;
export type GuardLevel = (typeof guardLevels)[number];

/** What does not belong in a message (MSG-08), and images, which no rule can read (MSG-11). */
export const topics = [
  'IDENTITY_NUMBER',
  'OTHER_PERSON',
  'HEALTH',
  'BULLYING',
  'DISTRESS',
  'RELIGION',
  'FINANCES',
  'CHILD_WELFARE',
  'INDIVIDUAL_DECISION',
  'STAFF',
  'IMAGE',
] as const;
export type Topic = (typeof topics)[number];

/** What the guard says of a passage: think again, or take it to the contact form (MSG-10). */
export type Alarm = 'NUDGE' | 'DIVERT';
export type Verdict = 'OK' | Alarm;

/** A passage that does not belong in a message. It names a place in the text and holds none of it. */
export interface Finding {
  readonly topic: Topic;
  readonly verdict: Alarm;
  /** The rule that found it, such as `bullying.act`. */
  readonly rule: string;
  /** In UTF-16 units, as a text field in a browser counts; `end` is behind the last. */
  readonly start: number;
  readonly end: number;
}

/** OK has no findings; otherwise the verdict is the gravest of them. */
export type Judgement<Found extends Finding = Finding> =
  | { readonly verdict: 'OK'; readonly findings: readonly [] }
  | { readonly verdict: Alarm; readonly findings: readonly [Found, ...Found[]] };

/** Where and by whom a text is written. */
export interface Setting {
  readonly level: GuardLevel;
  /**
   * First names that are no news: of the writer's own children and of the unit's staff. Never those of the children in a
   * group: whoever tried names could tell from the answers who is in it.
   */
  readonly knownNames: readonly string[];
}

/** Where in a message a passage stands; attachments are counted from 0. */
export type Part =
  { readonly kind: 'SUBJECT' | 'BODY' } | { readonly kind: 'ATTACHMENT'; readonly index: number };

/** A passage in a whole message. Of an image the passage is its name. */
export interface MessageFinding extends Finding {
  readonly part: Part;
}

/** A message that somebody wants to send: what is attached is judged by its name alone, and an image always needs a look. */
export interface Draft {
  readonly subject: string;
  readonly body: string;
  readonly attachments: readonly { readonly name: string; readonly isImage: boolean }[];
}
