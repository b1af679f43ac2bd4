import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { useDay } from '../../day.ts';
import { Page } from '../../parts/page.tsx';
import { useWords } from '../../words/words.ts';
import { Board } from '../board/board.tsx';
import { AtWork } from './at-work.tsx';
import { PlaceChoice, type Roles, calledOf, placesOf } from './work-place.tsx';

/** The day of whoever works at a unit: who is there, and who is missing. */
export function DayPage(): ReactNode {
  const { t } = useWords();
  return <AtWork title={t('nav.board')}>{({ roles }) => <Day roles={roles} />}</AtWork>;
}

function Day({ roles }: { readonly roles: Roles }): ReactNode {
  const today = useDay();
  const places = placesOf(roles);
  const [key, setKey] = useState(places[0]!.key);
  const place = places.find((one) => one.key === key) ?? places[0]!;
  return (
    <Page title={calledOf(place)}>
      <PlaceChoice places={places} place={place} choose={setKey} />
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
