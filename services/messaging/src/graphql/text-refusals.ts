import { type MessageFinding, reasonOf } from '@ranselpost/kit/guard';
import type { BulletinFileRefusal } from '../domain/bulletin-file.ts';
import type { BulletinTextRefusal } from '../domain/bulletin-text.ts';
import type { DraftRefusal } from '../domain/draft.ts';
import type { Refusal } from '../domain/thread.ts';
import { toFeatureClosed } from './feature-closed.ts';
import type {
  MessageRefused,
  RefusalCode,
  TextDiverted,
  TextFindingResolvers,
  TextPart,
  TextToReread,
} from './generated/types.ts';
import { textOf } from './refusal-texts.ts';
import type { TextFindingModel } from './types.ts';
import { toRefused } from './refusals.ts';

/** A refusal's code, with what it says. */
export const said = (code: RefusalCode): { readonly code: RefusalCode; readonly message: string } => ({
  ...{ code, message: textOf(code) },
});

const parts: Readonly<Record<MessageFinding['part']['kind'], TextPart>> = {
  SUBJECT: 'TITLE',
  BODY: 'BODY',
  ATTACHMENT: 'ATTACHMENT',
};

const languages = { NB: 'nb', NN: 'nn', EN: 'en', SE: 'se' } as const;

const toFinding = (finding: MessageFinding): TextFindingModel => ({
  ...{ topic: finding.topic, start: finding.start, end: finding.end },
  ...{ part: parts[finding.part.kind], verdict: finding.verdict },
  attachmentIndex: finding.part.kind === 'ATTACHMENT' ? finding.part.index : null,
});

type Found<Refused extends TextDiverted | TextToReread> = Omit<Refused, 'findings'> & {
  readonly findings: readonly TextFindingModel[];
};
type TextRefused =
  | (MessageRefused & { __typename: 'MessageRefused' })
  | (Found<TextDiverted> & { __typename: 'TextDiverted' })
  | (Found<TextToReread> & { __typename: 'TextToReread' });

const toDiverted = ({
  findings,
}: {
  readonly findings: readonly MessageFinding[];
}): Found<TextDiverted> & { __typename: 'TextDiverted' } => ({
  ...{ __typename: 'TextDiverted', ...said('TEXT_DIVERTED'), findings: findings.map(toFinding) },
});

/** Why a draft was not kept. */
export function toDraftRefusal(refusal: DraftRefusal) {
  if (refusal.kind === 'feature-closed') return toFeatureClosed(refusal);
  return refusal.kind === 'text-diverted' ? toDiverted(refusal) : toRefused(refusal);
}

export function toTextRefusal(
  refusal: BulletinTextRefusal | BulletinFileRefusal | Exclude<Refusal, { kind: 'feature-closed' }>,
): TextRefused {
  switch (refusal.kind) {
    case 'text-diverted':
      return toDiverted(refusal);
    case 'text-to-reread': {
      const findings = refusal.findings.map(toFinding);
      return { __typename: 'TextToReread', ...said('TEXT_TO_REREAD'), findings };
    }
    default:
      return toRefused(refusal);
  }
}

/** Why a message was not sent, or what goes with something to many not taken. */
export const toRefusal = (
  refusal: Refusal | BulletinFileRefusal,
): TextRefused | ReturnType<typeof toFeatureClosed> =>
  refusal.kind === 'feature-closed' ? toFeatureClosed(refusal) : toTextRefusal(refusal);

export const textFinding: TextFindingResolvers = {
  reason: (finding, { language }) => reasonOf(finding, languages[language ?? 'NB']),
};
