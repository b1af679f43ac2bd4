import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { MyUnits } from '../../../graph/generated/operations.ts';
import { useGraph } from '../../../graph/use-graph.ts';
import { useWords } from '../../../words/words.ts';
import { ledUnits } from './whose-work.ts';

/** To what decides who may see a child, for whoever leads one of its units; nothing for the others. */
export function CaseLink({
  childId,
  unitIds,
}: {
  readonly childId: string;
  readonly unitIds: readonly string[];
}): ReactNode {
  const { t } = useWords();
  const led = ledUnits(useGraph(MyUnits, {}).data?.data.viewer?.roles ?? []);
  if (!unitIds.some((id) => led.has(id))) return null;
  return (
    <Link to={`/tasks/case/${childId}`} className="ds-link touch">
      {t('case.link')}
    </Link>
  );
}
