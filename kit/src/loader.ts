import DataLoader from 'dataloader';

/**
 * Loads by id in one batch per turn, for one request. `load` gets each id once and answers a map; an id that is not in it
 * loads as null, so that what is hidden and what does not exist are the same (S-06).
 */
export const loaderById = <Value>(
  load: (ids: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
): DataLoader<string, Value | null> =>
  new DataLoader(async (ids) => {
    const found = await load(ids);
    return ids.map((id) => found.get(id) ?? null);
  });
