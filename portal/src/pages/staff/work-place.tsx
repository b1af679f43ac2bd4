import { type ReactNode, useId } from 'react';
import type { MyUnitsQuery } from '../../graph/generated/operations.ts';
import { useWords } from '../../words/words.ts';

export type Roles = NonNullable<MyUnitsQuery['viewer']>['roles'];

/** A unit, or a group in it, at which somebody works. */
export interface WorkPlace {
  readonly key: string;
  readonly unit: Roles[number]['unit'];
  readonly group: Roles[number]['group'];
}

/** Where somebody works: each unit or group once, however many roles there are. */
export function placesOf(roles: Roles): readonly WorkPlace[] {
  const all = roles.map(({ unit, group }) => ({ key: `${unit.id} ${group?.id ?? ''}`, unit, group }));
  return [...new Map(all.map((place) => [place.key, place])).values()];
}

export const calledOf = ({ unit, group }: WorkPlace): string =>
  group === null ? unit.name : `${unit.name}, ${group.name}`;

/** A choice among the places where one works. Nothing for whoever has one alone. */
export function PlaceChoice({
  places,
  place,
  choose,
}: {
  readonly places: readonly WorkPlace[];
  readonly place: WorkPlace;
  readonly choose: (key: string) => void;
}): ReactNode {
  const { t } = useWords();
  const id = useId();
  if (places.length < 2) return null;
  return (
    <div className="ds-field">
      <label className="ds-label" htmlFor={id}>
        {t('board.where')}
      </label>
      <select className="ds-input" id={id} value={place.key} onChange={({ target }) => choose(target.value)}>
        {places.map((one) => (
          <option key={one.key} value={one.key}>
            {calledOf(one)}
          </option>
        ))}
      </select>
    </div>
  );
}
