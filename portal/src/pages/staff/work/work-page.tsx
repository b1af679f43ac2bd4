import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { UnitWork, type UnitWorkQuery } from '../../../graph/generated/operations.ts';
import { useGraph } from '../../../graph/use-graph.ts';
import { Page } from '../../../parts/page.tsx';
import { Read, Unread } from '../../../parts/states.tsx';
import { useWords } from '../../../words/words.ts';
import { AtWork } from '../at-work.tsx';
import { PlaceChoice, type Roles } from '../work-place.tsx';
import { FollowUps } from './follow-ups.tsx';
import { LeaderSections } from './leader-sections.tsx';
import { ledUnits, workUnits } from './whose-work.ts';

/** What waits for whoever leads a unit or has a class to decide, answer or follow up. */
export default function WorkPage(): ReactNode {
  const { t } = useWords();
  return (
    <AtWork title={t('work.title')}>
      {({ roles }) => (
        <Page title={t('work.title')}>
          {workUnits(roles).length === 0 ? <p>{t('work.nothing')}</p> : <Chosen roles={roles} />}
        </Page>
      )}
    </AtWork>
  );
}

function Chosen({ roles }: { readonly roles: Roles }): ReactNode {
  const places = workUnits(roles);
  const [key, setKey] = useState(places[0]!.key);
  const { unit, ...place } = places.find((one) => one.key === key) ?? places[0]!;
  return (
    <>
      <PlaceChoice places={places} place={{ unit, ...place }} choose={setKey} />
      {unit.kind === 'SCHOOL' && <OfSchool key={unit.id} unitId={unit.id} />}
      {ledUnits(roles).has(unit.id) && <LeaderSections key={`${unit.id} led`} unitId={unit.id} />}
    </>
  );
}

/** What is not for whoever asks, or not open there, is no part of their work. */
const isNoneOfTheirs = (code: string | undefined): boolean =>
  code === 'NOT_FOUND' || code === 'FEATURE_CLOSED';

function OfSchool({ unitId }: { readonly unitId: string }): ReactNode {
  const answer = useGraph(UnitWork, { unitId });
  return (
    <Read from={answer}>
      {({ data: { unit }, faults }) => {
        if (unit === null) return <Unread />;
        const { waitingLeaves, followUps } = unit;
        return (
          <>
            {waitingLeaves !== null ? (
              <Leaves leaves={waitingLeaves} />
            ) : (
              !isNoneOfTheirs(faults.get('unit.waitingLeaves')) && <Unread />
            )}
            {followUps !== null ? (
              <FollowUps cases={followUps.nodes} hasMore={followUps.pageInfo.hasNextPage} />
            ) : (
              !isNoneOfTheirs(faults.get('unit.followUps')) && <Unread />
            )}
          </>
        );
      }}
    </Read>
  );
}

type Leaves = NonNullable<NonNullable<UnitWorkQuery['unit']>['waitingLeaves']>;

function Leaves({ leaves }: { readonly leaves: Leaves }): ReactNode {
  const { t, name, day, instant } = useWords();
  return (
    <section aria-labelledby="leaves">
      <h2 className="ds-heading" data-size="sm" id="leaves">
        {t('work.leaves')}
      </h2>
      {leaves.nodes.length === 0 && <p className="quiet">{t('work.noLeaves')}</p>}
      <ul className="cards">
        {leaves.nodes.map((leave) => (
          <li key={leave.id} className="ds-card">
            <h3 className="ds-heading" data-size="2xs">
              <Link to={`/tasks/leave/${leave.id}`} className="ds-link">
                {name(leave.child?.name, t('app.child'))}
              </Link>
            </h3>
            <p>
              {leave.firstDay === leave.lastDay
                ? day(leave.firstDay)
                : `${day(leave.firstDay)} – ${day(leave.lastDay)}`}
              , {t('leave.schoolDays', { count: leave.schoolDays })}
            </p>
            <p className="quiet">
              {t(`leave.kind.${leave.kind}`)} · {t('leave.appliedAt', { time: instant(leave.appliedAt) })}
              {leave.state !== 'APPLIED' && ` · ${t('leave.complained')}`}
              {leave.state === 'APPLIED' && leave.decider === 'LEADER' && ` · ${t('leave.forLeader')}`}
            </p>
          </li>
        ))}
      </ul>
      {leaves.pageInfo.hasNextPage && <p className="quiet">{t('work.oldestShown')}</p>}
    </section>
  );
}
