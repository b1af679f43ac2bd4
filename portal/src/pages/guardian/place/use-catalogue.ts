import type { UseQueryResult } from '@tanstack/react-query';
import type { Answer } from '../../../graph/ask.ts';
import { UnitCatalogue, type UnitCatalogueQuery } from '../../../graph/generated/operations.ts';
import { useGraph } from '../../../graph/use-graph.ts';
import type { Round } from './draft.ts';

export type ListedUnit = UnitCatalogueQuery['unitDirectory']['nodes'][number];

/** As many as are read at once. */
const most = 100;

/** What the open registers say of the units that take part in a round. */
export const useCatalogue = (
  round: Pick<Round, 'units'> | null,
): UseQueryResult<Answer<UnitCatalogueQuery>> =>
  useGraph(UnitCatalogue, { ids: (round?.units ?? []).slice(0, most).map(({ unit }) => unit.id) });
