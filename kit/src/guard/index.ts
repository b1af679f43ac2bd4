import type { Draft, Finding, Judgement, MessageFinding, Part, Setting, Topic } from './judgement.ts';
import { findingsIn } from './rules/findings.ts';

export * from './judgement.ts';
export { type ReasonLanguage, reasonOf } from './reasons.ts';

/** Judges one text, on the device and again on the server (MSG-10). */
export function judge(text: string, setting: Setting): Judgement {
  return conclude(findingsIn(text, setting));
}

/** Judges a message: its subject, its text and the names of what is attached, all alike (M13, MSG-11). */
export function judgeMessage(
  { subject, body, attachments }: Draft,
  setting: Setting,
): Judgement<MessageFinding> {
  const within = (part: Part, text: string): MessageFinding[] =>
    findingsIn(text, setting).map((finding) => ({ ...finding, part }));
  const attached = attachments.flatMap(({ name, isImage }, index) => {
    const part = { kind: 'ATTACHMENT', index } as const;
    const image = { topic: 'IMAGE', verdict: 'NUDGE', rule: 'image', start: 0, end: name.length } as const;
    // What kind of file it is says nothing, and ".ppt" less than it seems to.
    const words = name.replace(/\.\w{1,5}$/, '');
    return [...within(part, words), ...(isImage ? [{ ...image, part }] : [])];
  });
  return conclude([...within({ kind: 'SUBJECT' }, subject), ...within({ kind: 'BODY' }, body), ...attached]);
}

/**
 * Whether a text may speak of bullying, violation or violence, so that the school's leader must look at it (SKM-03). Strong
 * distress counts: who does not dare to go to school seldom says why, and a person decides what it is.
 */
export const hintsAtBullying = (text: string): boolean =>
  findingsIn(text, { level: 'SCHOOL', knownNames: [] }).some(({ topic }) => hints.has(topic));
const hints: ReadonlySet<Topic> = new Set<Topic>(['BULLYING', 'DISTRESS']);

function conclude<Found extends Finding>(findings: readonly Found[]): Judgement<Found> {
  const [first, ...others] = findings;
  if (first === undefined) return { verdict: 'OK', findings: [] };
  const verdict = findings.some((finding) => finding.verdict === 'DIVERT') ? 'DIVERT' : 'NUDGE';
  return { verdict, findings: [first, ...others] };
}
