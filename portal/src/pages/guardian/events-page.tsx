import { type ReactNode, useId, useState } from 'react';
import { AnswerEvent, ChildEvents, type ChildEventsQuery } from '../../graph/generated/operations.ts';
import { useChange, useGraph } from '../../graph/use-graph.ts';
import { useNow } from '../../day.ts';
import { More } from '../../parts/more.tsx';
import { Page } from '../../parts/page.tsx';
import { Said } from '../../parts/said.tsx';
import { Read, Unread } from '../../parts/states.tsx';
import { useWords } from '../../words/words.ts';
import { Places } from '../inbox/places.tsx';
import { useToday } from './use-today.ts';

type UnitEvent = NonNullable<ChildEventsQuery['unitEvents']>['nodes'][number];

/** What staff have announced for one's children, to come to or to answer. */
export default function EventsPage(): ReactNode {
  const { t, name } = useWords();
  const answer = useToday();
  return (
    <Page title={t('events.title')}>
      <Places />
      <Read from={answer}>
        {({ data: { viewer } }) =>
          viewer === null ? (
            <Unread />
          ) : (
            viewer.children.map((child) => (
              <section key={child.id} aria-labelledby={`events-${child.id}`}>
                <h2 className="ds-heading" data-size="sm" id={`events-${child.id}`}>
                  {name(child.name, t('app.child'))}
                </h2>
                <Events childId={child.id} />
              </section>
            ))
          )
        }
      </Read>
    </Page>
  );
}

function Events({
  childId,
  after = null,
}: {
  readonly childId: string;
  readonly after?: string | null;
}): ReactNode {
  const { t } = useWords();
  const answer = useGraph(ChildEvents, { childId, after });
  return (
    <Read from={answer}>
      {({ data: { unitEvents }, faults }) =>
        unitEvents === null ? (
          faults.get('unitEvents') === 'FEATURE_CLOSED' ? (
            <p className="quiet">{t('events.none')}</p>
          ) : (
            <Unread />
          )
        ) : (
          <>
            {unitEvents.nodes.length === 0 && after === null && <p className="quiet">{t('events.none')}</p>}
            <ul className="cards">
              {unitEvents.nodes.map((event) => (
                <li key={event.id} className="ds-card">
                  <OneEvent event={event} childId={childId} />
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

interface OfChild {
  readonly event: UnitEvent;
  readonly childId: string;
}

function OneEvent({ event, childId }: OfChild): ReactNode {
  const { t, instant } = useWords();
  const isOver = Date.parse(event.answerUntil) <= useNow();
  const answered = event.answers.find(({ child }) => child?.id === childId);
  const choices = event.choices.length > 0 ? event.choices : [t('events.no'), t('events.yes')];
  return (
    <>
      <h3 className="ds-heading" data-size="2xs" dir="auto">
        {event.title}
      </h3>
      <p className="quiet">
        {[
          ...(event.unit === null ? [] : [event.unit.name]),
          ...(event.startsAt === null ? [] : [instant(event.startsAt)]),
          ...(event.place === null ? [] : [event.place]),
        ].join(' · ')}
      </p>
      {event.bring !== null && <p dir="auto">{t('events.bring', { what: event.bring })}</p>}
      {event.isWithdrawn ? (
        <p className="ds-alert" data-color="warning" data-size="sm">
          {t('events.calledOff')}
        </p>
      ) : isOver ? (
        <p>
          {answered === undefined
            ? t('events.unanswered')
            : t('events.answered', { answer: choices[answered.choice] ?? '' })}
        </p>
      ) : (
        <Answer event={event} childId={childId} answered={answered} choices={choices} />
      )}
    </>
  );
}

function Answer({
  event,
  childId,
  answered,
  choices,
}: OfChild & {
  readonly answered: UnitEvent['answers'][number] | undefined;
  readonly choices: readonly string[];
}): ReactNode {
  const { t, instant } = useWords();
  const id = useId();
  const [choice, setChoice] = useState(answered?.choice);
  const [adults, setAdults] = useState(answered?.adults ?? 0);
  const answer = useChange(AnswerEvent);
  const result = answer.data?.data.answerEvent;
  return (
    <form
      className="form"
      onSubmit={(submitted) => {
        submitted.preventDefault();
        if (choice !== undefined) answer.mutate({ input: { eventId: event.id, childId, choice, adults } });
      }}
    >
      <fieldset className="ds-fieldset">
        <legend className="ds-label">{t('events.until', { time: instant(event.answerUntil) })}</legend>
        {choices.map((one, at) => (
          <label key={at} className="choice">
            <input
              type="radio"
              name={id}
              className="ds-input"
              checked={choice === at}
              onChange={() => setChoice(at)}
            />
            <span dir="auto">{one}</span>
          </label>
        ))}
      </fieldset>
      {event.adultsMax > 0 && (
        <div className="ds-field">
          <label className="ds-label" htmlFor={`${id}-adults`}>
            {t('events.adults')}
          </label>
          <input
            className="ds-input"
            id={`${id}-adults`}
            type="number"
            inputMode="numeric"
            min={0}
            max={event.adultsMax}
            value={adults}
            onChange={({ target }) => setAdults(target.valueAsNumber || 0)}
          />
        </div>
      )}
      {event.isFull && <p className="quiet">{t('events.full')}</p>}
      <Said
        error={answer.error}
        refusal={result !== undefined && 'message' in result ? result.message : undefined}
      />
      <div className="row">
        <button
          type="submit"
          className="ds-button"
          data-variant="secondary"
          aria-label={`${t('events.send')}: ${event.title}`}
          disabled={answer.isPending || choice === undefined}
        >
          {t('events.send')}
        </button>
        {result?.__typename === 'EventAnswered' && <p role="status">{t('write.sent')}</p>}
      </div>
    </form>
  );
}
