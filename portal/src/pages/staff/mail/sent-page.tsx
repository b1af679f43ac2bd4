import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { useNow } from '../../../day.ts';
import {
  UndoBroadcast,
  UnitBroadcasts,
  type UnitBroadcastsQuery,
  WithdrawBroadcast,
} from '../../../graph/generated/operations.ts';
import { useChange, useGraph } from '../../../graph/use-graph.ts';
import { Asked } from '../../../parts/asked.tsx';
import { More } from '../../../parts/more.tsx';
import { Said } from '../../../parts/said.tsx';
import { Read, Unread } from '../../../parts/states.tsx';
import { useWords } from '../../../words/words.ts';
import { PlaceChoice, type Roles, placesOf } from '../work-place.tsx';
import { MailPage } from './mail-page.tsx';

type Broadcast = NonNullable<UnitBroadcastsQuery['unitBroadcasts']>['nodes'][number];

/** How long what was sent can be taken back (MSG-17). */
const takenBackWithinMs = 7 * 24 * 60 * 60_000;

/** What a unit has sent to many, and what of one's own waits to go out and can be undone. */
export default function SentPage(): ReactNode {
  return <MailPage>{(roles) => <Chosen roles={roles} />}</MailPage>;
}

function Chosen({ roles }: { readonly roles: Roles }): ReactNode {
  const { t } = useWords();
  const places = placesOf(roles.map((role) => ({ ...role, group: null })));
  const [key, setKey] = useState(places[0]!.key);
  const place = places.find((one) => one.key === key) ?? places[0]!;
  return (
    <>
      <Link to="/inbox/broadcast" className="ds-button" data-variant="secondary">
        {t('broadcast.title')}
      </Link>
      <PlaceChoice places={places} place={place} choose={setKey} />
      <Broadcasts key={place.key} unitId={place.unit.id} />
    </>
  );
}

function Broadcasts({
  unitId,
  after = null,
}: {
  readonly unitId: string;
  readonly after?: string | null;
}): ReactNode {
  const { t } = useWords();
  const answer = useGraph(UnitBroadcasts, { unitId, after });
  return (
    <Read from={answer}>
      {({ data: { unitBroadcasts: sent } }) =>
        sent === null ? (
          <Unread />
        ) : (
          <>
            {sent.nodes.length === 0 && after === null && (
              <p className="quiet">{t('received.noBroadcasts')}</p>
            )}
            <ul className="cards">
              {sent.nodes.map((one) => (
                <li key={one.id}>
                  <OneBroadcast one={one} />
                </li>
              ))}
            </ul>
            {sent.pageInfo.hasNextPage && (
              <More label={t('inbox.older')}>
                {() => <Broadcasts unitId={unitId} after={sent.pageInfo.endCursor} />}
              </More>
            )}
          </>
        )
      }
    </Read>
  );
}

function OneBroadcast({ one }: { readonly one: Broadcast }): ReactNode {
  const { t, instant } = useWords();
  const at = useNow();
  const { sending, sentAt, state } = one;
  const called = one.title ?? t('received.withdrawn');
  const canTakeBack =
    state === 'SENT' && sending !== null && sentAt !== null && at - Date.parse(sentAt) < takenBackWithinMs;
  return (
    <article className="ds-card">
      <div className="row">
        <h2 className="ds-heading" data-size="2xs" dir="auto">
          {called}
        </h2>
        <span className="ds-tag" data-color={state === 'NOT_SENT' ? 'danger' : 'neutral'}>
          {t(`broadcast.state.${state}`)}
        </span>
      </div>
      {sending !== null && (
        <p className="quiet">
          {state === 'WAITING' && t('broadcast.dueAt', { time: instant(sending.dueAt) })}
          {sentAt !== null && `${instant(sentAt)}. `}
          {sending.recipientCount !== null && t('broadcast.wentTo', { count: sending.recipientCount })}{' '}
          {sending.readerCount !== null && t('broadcast.openedBy', { count: sending.readerCount })}
        </p>
      )}
      {one.body !== null && (
        <p className="excerpt" dir="auto">
          {one.body}
        </p>
      )}
      {state === 'WAITING' && <Undo id={one.id} of={called} />}
      {canTakeBack && <Withdraw id={one.id} of={called} />}
    </article>
  );
}

interface Which {
  readonly id: string;
  readonly of: string;
}

function Undo({ id, of }: Which): ReactNode {
  const { t } = useWords();
  const undo = useChange(UndoBroadcast);
  const result = undo.data?.data.undoBroadcast;
  return (
    <>
      <button
        type="button"
        className="ds-button"
        data-variant="secondary"
        disabled={undo.isPending}
        aria-label={`${t('broadcast.undo')}: ${of}`}
        onClick={() => undo.mutate({ input: { broadcastId: id } })}
      >
        {t('broadcast.undo')}
      </button>
      <Said
        error={undo.error}
        refusal={result !== undefined && 'message' in result ? result.message : undefined}
      />
    </>
  );
}

function Withdraw({ id, of }: Which): ReactNode {
  const { t } = useWords();
  const withdraw = useChange(WithdrawBroadcast);
  const result = withdraw.data?.data.withdrawBroadcast;
  return (
    <Asked
      label={t('mail.withdraw')}
      of={of}
      lead={t('mail.withdrawLead')}
      isPending={withdraw.isPending}
      act={(done) =>
        withdraw.mutate(
          { input: { broadcastId: id } },
          { onSuccess: ({ data }) => 'message' in data.withdrawBroadcast || done() },
        )
      }
      error={withdraw.error}
      refusal={result !== undefined && 'message' in result ? result.message : undefined}
    />
  );
}
