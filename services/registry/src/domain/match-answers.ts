import { entriesOf, isObject, numberOf } from './parse.ts';

/** What a bulk look-up says of one number that was asked about. */
export type Answer =
  | { readonly kind: 'person'; readonly document: unknown }
  /** The number is unknown, or has ended: the bulk look-up does not say which. */
  | { readonly kind: 'not found here' }
  | { readonly kind: 'unanswered' };

/**
 * Gives each number its own answer and nobody else's. Answers come in the order of the questions, but only an item that
 * says itself whom it is about is believed: a record that is taken for another person's opens a stranger's child. Null
 * when the body is no list of answers at all.
 */
export function matchAnswers(body: unknown, numbers: readonly string[]): Answer[] | null {
  if (!isObject(body) || !Array.isArray(body['oppslag'])) return null;
  const items = body['oppslag'] as readonly unknown[];
  const byNumber = new Map<string, unknown>();
  for (const item of items) for (const number of numbersOf(item)) byNumber.set(number, item);
  return numbers.map((number, place) => {
    const item = numbersOf(items[place]).includes(number) ? items[place] : byNumber.get(number);
    if (!isObject(item)) return { kind: 'unanswered' };
    const document = item['folkeregisterperson'];
    if (document !== undefined && document !== null)
      return isAbout(document, number) ? { kind: 'person', document } : { kind: 'unanswered' };
    return item['feilmelding'] === undefined ? { kind: 'unanswered' } : { kind: 'not found here' };
  });
}

function numbersOf(item: unknown): string[] {
  if (!isObject(item)) return [];
  const asked = numberOf(item['foedselsEllerDNummer']);
  return [...(asked === null ? [] : [asked]), ...heldBy(item['folkeregisterperson'])];
}

/** True for the document of whoever has or had the number. */
export const isAbout = (document: unknown, number: string): boolean => heldBy(document).includes(number);

function heldBy(document: unknown): string[] {
  if (!isObject(document)) return [];
  try {
    return entriesOf(document, 'identifikasjonsnummer')
      .map((entry) => numberOf(entry['foedselsEllerDNummer']))
      .filter((number) => number !== null);
  } catch {
    return [];
  }
}
