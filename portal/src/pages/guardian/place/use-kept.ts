import { useCallback, useEffect, useRef, useState } from 'react';
import { ask } from '../../../graph/ask.ts';
import { SavePlacementApplication } from '../../../graph/generated/operations.ts';
import type { DraftInput } from './draft.ts';

/** How long nobody has to have changed anything before it is kept. */
const restMs = 800;

export interface Kept {
  /** Whether what stands there now is kept at the municipality. */
  readonly isKept: boolean;
  readonly error: Error | null;
  readonly refusal: string | undefined;
  /** Keeps what stands there at once. Answers whether it is kept. */
  readonly keepNow: () => Promise<boolean>;
}

/** Keeps an application at the municipality while it is written, one saving after the other, so that a session that ends takes nothing along. */
export function useKept(input: DraftInput): Kept {
  const text = JSON.stringify(input);
  const [kept, setKept] = useState(text);
  const [error, setError] = useState<Error | null>(null);
  const [refusal, setRefusal] = useState<string>();
  const line = useRef(Promise.resolve(true));
  const last = useRef(text);
  const save = useCallback((wanted: string): Promise<boolean> => {
    if (last.current === wanted) return line.current;
    last.current = wanted;
    line.current = line.current.then(async () => {
      try {
        const { data } = await ask(SavePlacementApplication, { input: JSON.parse(wanted) as DraftInput });
        const said = data.savePlacementApplication;
        setError(null);
        if (said.__typename === 'PlacementApplicationSaved') {
          setRefusal(undefined);
          setKept(wanted);
          return true;
        }
        setRefusal([said.message, ...problemsOf(said)].join(' '));
      } catch (cause) {
        setError(cause instanceof Error ? cause : new Error('not kept', { cause }));
      }
      // The next change, or the next step, tries again.
      if (last.current === wanted) last.current = '';
      return false;
    });
    return line.current;
  }, []);
  useEffect(() => {
    const timer = setTimeout(() => void save(text), restMs);
    return () => clearTimeout(timer);
  }, [text, save]);
  return { isKept: kept === text, error, refusal, keepNow: () => save(text) };
}

/** What is wrong with the wishes, in the graph's own words. */
const problemsOf = (said: object): readonly string[] =>
  'problems' in said ? (said.problems as readonly { message: string }[]).map(({ message }) => message) : [];
