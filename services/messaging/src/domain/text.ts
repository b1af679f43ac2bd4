import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';

export const textMost = 10_000;
export const subjectMost = 120;

export type TextRefusal =
  { readonly kind: 'text-empty' } | { readonly kind: 'text-too-long'; readonly most: number };

/** Everything that has no shape of its own but line ends and tabs, and what makes text read in another order than it stands. */
const unseen = /(?![\t\n])\p{Cc}|[\u202a-\u202e\ufeff]/gu;

/**
 * What is pasted brings along characters that nobody sees; they are left out, as is what could make a text look like another.
 * Markup is text like any other: it is kept as it was typed, and shown so.
 */
export const clean = (raw: string): string =>
  raw.toWellFormed().replaceAll(/\r\n?/g, '\n').replaceAll(unseen, '').trim();

export function decideText(raw: string, most = textMost): Result<string, TextRefusal> {
  const text = clean(raw);
  if (text === '') return refuse({ kind: 'text-empty' });
  return text.length > most ? refuse({ kind: 'text-too-long', most }) : accept(text);
}

export const oneLine = (raw: string): string => clean(raw.replaceAll(/\s+/g, ' '));

/** A subject is one line. */
export const decideSubject = (raw: string): Result<string, TextRefusal> =>
  decideText(oneLine(raw), subjectMost);
