import type { Visitor } from '../visitor/visitor.ts';
import type { Failed, History } from './history.ts';

/** What came of a question to the graph, and when: an answer without any error, that there is nothing here for them, or a failure. */
export type Told<Data> = { readonly begin: number; readonly end: number } & (
  | { readonly got: 'answer'; readonly data: Data }
  | { readonly got: 'hidden'; readonly isSignedOut: boolean }
  | Failed
);

/** Asks, whatever the state of the other end. */
export async function ask<Data>(
  history: History,
  who: Visitor,
  query: string,
  variables: object,
): Promise<Told<Data>> {
  const begin = history.now();
  try {
    const { status, data, codes } = await who.ask<Data>(query, variables);
    const end = history.now();
    if (status === 401 || (codes.length > 0 && codes.every((code) => code === 'NOT_FOUND')))
      return { begin, end, got: 'hidden', isSignedOut: status === 401 };
    const code = codes[0] ?? (data == null ? `nothing, and no word why (${status})` : undefined);
    return code === undefined
      ? { begin, end, got: 'answer', data: data! }
      : { begin, end, got: 'failed', code: codes.includes('UNAVAILABLE') ? 'UNAVAILABLE' : code };
  } catch (error) {
    return { begin, end: history.now(), got: 'failed', code: codeOf(error) };
  }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  // `fetch` says so of every connection that could not be made, or broke.
  if (error.name === 'TypeError') return 'away';
  return error.name === 'TimeoutError' ? 'late' : error.name;
}
