import type { ReactNode } from 'react';
import { Link, useParams } from 'wouter';
import { EventsForStaff, WithdrawEvent } from '../../../graph/generated/operations.ts';
import { useChange, useGraph } from '../../../graph/use-graph.ts';
import { Asked } from '../../../parts/asked.tsx';
import { More } from '../../../parts/more.tsx';
import { Page } from '../../../parts/page.tsx';
import { Read, Unread } from '../../../parts/states.tsx';
import { useWords } from '../../../words/words.ts';
import { NotFound } from '../../common/not-found.tsx';
import { type StaffEvent, tallyOf } from './tally.ts';

/** What was announced for a child, and how all answered whom it was for and whom one may know of. */
export default function EventsPage(): ReactNode {
  const { t, name } = useWords();
  const { id = '' } = useParams();
  const answer = useGraph(EventsForStaff, { childId: id });
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
          <Page title={t('announce.of', { name: name(child.name, t('app.child')) })}>
            <Link to="/inbox/events" className="ds-link touch">
              {t('announce.back')}
            </Link>
            <Events childId={child.id} />
          </Page>
        )
      }
    </Read>
  );
}

function Events({ childId, after }: { readonly childId: string; readonly after?: string | null }): ReactNode {
  const { t } = useWords();
  const answer = useGraph(EventsForStaff, { childId, ...(after === undefined ? {} : { after }) });
  return (
    <Read from={answer}>
      {({ data: { unitEvents } }) =>
        unitEvents === null ? (
          <Unread />
        ) : (
          <>
            {unitEvents.nodes.length === 0 && <p className="quiet">{t('announce.none')}</p>}
            <ul className="cards">
              {unitEvents.nodes.map((event) => (
                <li key={event.id} className="ds-card">
                  <OneEvent event={event} />
                </li>
              ))}
            </ul>
            {unitEvents.pageInfo.hasNextPage && (
              <More label={t('inbox.older')}>
                {() => <Events childId={childId} after={unitEvents.pageInfo.endCursor} />}
              </More>
            )}
          </>
        )
      }
    </Read>
  );
}

function OneEvent({ event }: { readonly event: StaffEvent }): ReactNode {
  const { t, instant, name } = useWords();
  const withdraw = useChange(WithdrawEvent);
  const choices = event.choices.length > 0 ? event.choices : [t('events.no'), t('events.yes')];
  return (
    <>
      <h2 className="ds-heading" data-size="2xs" dir="auto">
        {event.title}
      </h2>
      <p className="quiet">
        {[
          ...(event.unit === null ? [] : [event.unit.name]),
          ...(event.startsAt === null ? [] : [instant(event.startsAt)]),
          ...(event.place === null ? [] : [event.place]),
          t('events.until', { time: instant(event.answerUntil) }),
        ].join(' · ')}
      </p>
      {event.bring !== null && <p dir="auto">{t('events.bring', { what: event.bring })}</p>}
      <ul className="lines">
        {tallyOf(event, choices.length).map(({ choice, children, adults }) => (
          <li key={choice}>
            <details>
              <summary>
                {choice === null ? t('announce.unanswered') : choices[choice]}:{' '}
                {t('announce.children', { count: children.length })}
                {adults > 0 && `, ${t('announce.adults', { count: adults })}`}
              </summary>
              <p>{children.map((child) => name(child.name, t('app.child'))).join(', ')}</p>
            </details>
          </li>
        ))}
      </ul>
      {event.isWithdrawn ? (
        <p>{t('events.calledOff')}</p>
      ) : (
        <Asked
          label={t('announce.withdraw')}
          of={event.title}
          lead={t('announce.withdrawLead')}
          isPending={withdraw.isPending}
          act={(done) => withdraw.mutate({ input: { eventId: event.id } }, { onSuccess: done })}
          error={withdraw.error}
          refusal={undefined}
        />
      )}
    </>
  );
}
