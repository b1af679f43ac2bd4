import type { UseQueryResult } from '@tanstack/react-query';
import type { Answer } from '../../../graph/ask.ts';
import {
  PlacementApplication,
  type PlacementApplicationQuery,
  type PlacementApplicationQueryVariables,
} from '../../../graph/generated/operations.ts';
import { useGraph } from '../../../graph/use-graph.ts';
import type { LanguageCode } from '../../../words/languages.ts';
import { useWords } from '../../../words/words.ts';

const reasons: Readonly<Record<LanguageCode, PlacementApplicationQueryVariables['language']>> = {
  ...{ nb: 'NB', nn: 'NN', en: 'EN', se: 'NB' },
  ar: 'EN',
};

/** One application, with reasons in a language that there are some in. */
export function useApplication(id: string): UseQueryResult<Answer<PlacementApplicationQuery>> {
  const { language } = useWords();
  return useGraph(PlacementApplication, { id, language: reasons[language] });
}
