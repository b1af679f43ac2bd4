import { type Result, accept } from '@ranselpost/kit/pure/result';
import type { GuardLevel } from '@ranselpost/kit/guard';
import { type Attachment, toJudged } from './attachment.ts';
import { type GuardRefusal, decideGuarded } from './guarded.ts';
import { type TextRefusal as Unusable, clean, decideSubject, decideText } from './text.ts';

/** What somebody writes to many: in a broadcast, or as news. */
export interface BulletinText {
  readonly title: string;
  readonly body: string;
}

export type BulletinTextRefusal = Unusable | GuardRefusal;

/**
 * Whether a text may go to many. Staff are judged as everybody is: a name or a diagnosis does more harm before a whole school
 * than before one teacher; as strictly as the strictest of the units that are spoken to.
 */
export function decideBulletinText(
  text: BulletinText,
  {
    guardLevel,
    isReread,
    files,
    isBodyNeeded = true,
  }: {
    readonly guardLevel: GuardLevel;
    readonly isReread: boolean;
    /** What goes with it: its names are judged, and a picture is always to be looked at once more (M13, MSG-11). */
    readonly files: readonly Attachment[];
    /** Not where a file may say it all. */
    readonly isBodyNeeded?: boolean;
  },
): Result<BulletinText, BulletinTextRefusal> {
  const title = decideSubject(text.title);
  if (!title.ok) return title;
  const body = !isBodyNeeded && clean(text.body) === '' ? accept('') : decideText(text.body);
  if (!body.ok) return body;
  const guarded = decideGuarded(
    { subject: text.title, body: text.body, attachments: files.map(toJudged) },
    guardLevel,
    { isReread, knownNames: [] },
  );
  if (!guarded.ok) return guarded;
  return accept({ title: title.value, body: body.value });
}
