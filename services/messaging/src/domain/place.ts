/** Where guardians are spoken to: a whole unit, or a group in it. */
export interface Place {
  readonly unitId: string;
  readonly groupId: string | null;
}

/** A place as the tables keep it. */
export const placeKey = ({ unitId, groupId }: Place): string =>
  groupId === null ? unitId : `${unitId}:${groupId}`;

export function fromPlaceKey(key: string): Place {
  const [unitId, groupId] = key.split(':');
  return { unitId: unitId!, groupId: groupId ?? null };
}

/** The same places in one order, each once; a group is left out where its whole unit is there. */
export function placesOf(places: readonly Place[]): readonly Place[] {
  const wholeUnits = new Set(places.filter(({ groupId }) => groupId === null).map(({ unitId }) => unitId));
  const keys = new Set(
    places.filter(({ unitId, groupId }) => groupId === null || !wholeUnits.has(unitId)).map(placeKey),
  );
  return [...keys].toSorted().map(fromPlaceKey);
}

export const unitsOf = (places: readonly Place[]): readonly string[] => [
  ...new Set(places.map(({ unitId }) => unitId)),
];
