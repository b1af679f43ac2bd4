/** A child, and the persons who hold an active grant for it today. */
export interface ChildWithGuardians {
  readonly childId: string;
  readonly guardianIds: readonly string[];
}

/** Children who have the very same guardians, and those. */
export interface GuardianSet {
  readonly key: string;
  readonly guardianIds: readonly string[];
  readonly childIds: readonly string[];
}

/**
 * One key for one set of guardians, in whatever order and however often each is named. Null for nobody: that two children both
 * have no guardian here does not make them siblings.
 */
export const guardianSetKey = (guardianIds: readonly string[]): string | null =>
  guardianIds.length === 0 ? null : [...new Set(guardianIds)].toSorted().join();

/**
 * The children by who their guardians are: siblings with the same ones may share a thread, half-siblings never do. A child
 * without a guardian is in none (GUA-23).
 */
export function byGuardianSet(children: readonly ChildWithGuardians[]): readonly GuardianSet[] {
  const sets = new Map<string, GuardianSet>();
  for (const { childId, guardianIds } of children) {
    const key = guardianSetKey(guardianIds);
    if (key === null) continue;
    const childIds = new Set([...(sets.get(key)?.childIds ?? []), childId]);
    sets.set(key, { key, guardianIds: key.split(','), childIds: [...childIds] });
  }
  return [...sets.values()];
}

/** True where one thread may be about all of them: each has the same guardians, and has any (GUA-23). */
export const mayShareThread = (children: readonly ChildWithGuardians[]): boolean =>
  children.every(({ guardianIds }) => guardianIds.length > 0) && byGuardianSet(children).length === 1;

/**
 * Whether a thread that was opened for a set of guardians goes on. Once any of its children has other guardians it closes, and
 * a new one is opened for each set: who joins reads nothing older, who left reads nothing newer (GUA-23, S-09).
 */
export const threadGoesOn = (key: string, children: readonly ChildWithGuardians[]): boolean =>
  mayShareThread(children) && guardianSetKey(children[0]!.guardianIds) === key;
