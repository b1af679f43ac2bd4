import type { ReactNode } from 'react';
import { useParams } from 'wouter';
import { ChildAccess, type ChildAccessQuery } from '../../graph/generated/operations.ts';
import { useGraph } from '../../graph/use-graph.ts';
import { More } from '../../parts/more.tsx';
import { Page } from '../../parts/page.tsx';
import { Read, Unread } from '../../parts/states.tsx';
import { useWords } from '../../words/words.ts';
import { NotFound } from '../common/not-found.tsx';
import { gathered } from './gathered.ts';
import { useToday } from './use-today.ts';

type Child = NonNullable<ChildAccessQuery['child']>;
type Log = NonNullable<Child['accessLog']>;

/** Who can see one's child, on what ground, and which staff did (GUA-25, S-11). */
export default function AccessPage(): ReactNode {
  const { t, name } = useWords();
  const { id = '' } = useParams();
  const answer = useGraph(ChildAccess, { id });
  const own = useToday().data?.data.viewer?.children.find((child) => child.id === id);
  return (
    <Read from={answer}>
      {({ data: { child }, faults }) =>
        child === null ? (
          faults.get('child') === 'NOT_FOUND' ? (
            <NotFound />
          ) : (
            <Unread />
          )
        ) : (
          <Page title={t('access.ofChild', { name: name(own?.name, t('app.child')) })}>
            <p>{t('access.lead')}</p>
            {child.accessExplained === null ? <Unread /> : <Explained explained={child.accessExplained} />}
            <section aria-labelledby="log">
              <h2 className="ds-heading" data-size="sm" id="log">
                {t('access.log')}
              </h2>
              {child.accessLog === null ? <Unread /> : <Entries childId={child.id} log={child.accessLog} />}
            </section>
          </Page>
        )
      }
    </Read>
  );
}

function Explained({
  explained: { guardians, staff },
}: {
  readonly explained: NonNullable<Child['accessExplained']>;
}): ReactNode {
  const { t, name, instant, day } = useWords();
  return (
    <>
      <section aria-labelledby="guardians">
        <h2 className="ds-heading" data-size="sm" id="guardians">
          {t('child.guardians')}
        </h2>
        <ul className="lines">
          {guardians.map(({ id, guardian, ground, since, endsOn, record }) => (
            <li key={id}>
              <strong>{name(guardian.name, t('inbox.guardian'))}</strong>
              <br />
              <span className="quiet">
                {[
                  t(`access.ground.${ground}`),
                  t('access.since', { time: instant(since) }),
                  ...(endsOn === null ? [] : [t('access.until', { day: day(endsOn) })]),
                  ...(record === null ? [] : [t('access.read', { time: instant(record.fetchedAt) })]),
                ].join(', ')}
              </span>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="staff">
        <h2 className="ds-heading" data-size="sm" id="staff">
          {t('access.staff')}
        </h2>
        {staff.length === 0 && <p className="quiet">{t('access.noStaff')}</p>}
        <ul className="lines">
          {staff.map((one) => (
            <li key={one.id}>
              <strong>{name(one.staff.name, t('inbox.staff'))}</strong>
              <br />
              <span className="quiet">
                {[
                  t(`access.role.${one.role}`),
                  ...(one.unit === null ? [] : [one.unit.name]),
                  ...(one.group === null ? [] : [one.group.name]),
                ].join(', ')}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function Entries({ childId, log }: { readonly childId: string; readonly log: Log }): ReactNode {
  const { t, name, instant } = useWords();
  return (
    <>
      {log.nodes.length === 0 && <p className="quiet">{t('access.nobodyRead')}</p>}
      <ul className="lines">
        {gathered(log.nodes).map(({ entry: { readAt, kind, role, staff, unit }, times }) => (
          <li key={`${readAt} ${staff.id} ${kind} ${role} ${unit?.id}`}>
            <strong>{instant(readAt)}</strong> {name(staff.name, t('inbox.staff'))},{' '}
            {t(`access.role.${role}`)}
            {unit !== null && `, ${unit.name}`}
            <br />
            <span className="quiet">
              {t(`access.kind.${kind}`)}
              {times > 1 && ` (${t('access.times', { count: times })})`}
            </span>
          </li>
        ))}
      </ul>
      {log.pageInfo.hasNextPage && (
        <More label={t('inbox.older')}>
          {() => <Older childId={childId} after={log.pageInfo.endCursor} />}
        </More>
      )}
    </>
  );
}

function Older({ childId, after }: { readonly childId: string; readonly after: string | null }): ReactNode {
  const answer = useGraph(ChildAccess, { id: childId, after });
  return (
    <Read from={answer}>
      {({ data: { child } }) =>
        child?.accessLog == null ? <Unread /> : <Entries childId={childId} log={child.accessLog} />
      }
    </Read>
  );
}
