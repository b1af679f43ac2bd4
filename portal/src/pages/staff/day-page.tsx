import { type ReactNode, useId, useState } from 'react';
import { Link } from 'wouter';
import { useDay } from '../../day.ts';
import { MyUnits, type MyUnitsQuery } from '../../graph/generated/operations.ts';
import { useGraph } from '../../graph/use-graph.ts';
import { Page } from '../../parts/page.tsx';
import { Read, Unread } from '../../parts/states.tsx';
import { useWords } from '../../words/words.ts';
import { Board } from '../board/board.tsx';

type Roles = NonNullable<MyUnitsQuery['viewer']>['roles'];

/** The day of whoever works at a unit: who is there, and who is missing. */
export function DayPage(): ReactNode {
  const { t } = useWords();
  const answer = useGraph(MyUnits, {});
  return (
    <Read from={answer}>
      {({ data: { viewer } }) =>
        viewer === null ? (
          <Unread />
        ) : viewer.roles.length === 0 ? (
          <Page title={t('nav.board')}>
            <p>{t('board.noRole')}</p>
          </Page>
        ) : (
          <Day roles={viewer.roles} />
        )
      }
    </Read>
  );
}

interface Place {
  readonly key: string;
  readonly unit: Roles[number]['unit'];
  readonly group: Roles[number]['group'];
}

/** Where a day can be shown of: each unit or group once, however many roles there are. */
function placesOf(roles: Roles): readonly Place[] {
  const all = roles.map(({ unit, group }) => ({ key: `${unit.id} ${group?.id ?? ''}`, unit, group }));
  return [...new Map(all.map((place) => [place.key, place])).values()];
}

const calledOf = ({ unit, group }: Place): string =>
  group === null ? unit.name : `${unit.name}, ${group.name}`;

function Day({ roles }: { readonly roles: Roles }): ReactNode {
  const { t } = useWords();
  const today = useDay();
  const id = useId();
  const places = placesOf(roles);
  const [key, setKey] = useState(places[0]!.key);
  const place = places.find((one) => one.key === key) ?? places[0]!;
  return (
    <Page title={calledOf(place)}>
      {places.length > 1 && (
        <div className="ds-field">
          <label className="ds-label" htmlFor={id}>
            {t('board.where')}
          </label>
          <select
            className="ds-input"
            id={id}
            value={place.key}
            onChange={({ target }) => setKey(target.value)}
          >
            {places.map((one) => (
              <option key={one.key} value={one.key}>
                {calledOf(one)}
              </option>
            ))}
          </select>
        </div>
      )}
      <Board
        key={`${place.key} ${today}`}
        unitId={place.unit.id}
        kind={place.unit.kind}
        groupId={place.group?.id ?? null}
        day={today}
        isTablet={false}
        more={({ row }) => <Link to={`/children/${row.childId}`}>{row.called}</Link>}
      />
    </Page>
  );
}
