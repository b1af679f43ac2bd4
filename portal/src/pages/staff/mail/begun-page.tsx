import type { ReactNode } from 'react';
import { Link } from 'wouter';
import {
  DeleteDraft,
  Drafts,
  type DraftsQuery,
  UnscheduleDraft,
} from '../../../graph/generated/operations.ts';
import { useChange, useGraph } from '../../../graph/use-graph.ts';
import { Said } from '../../../parts/said.tsx';
import { Read, Unread } from '../../../parts/states.tsx';
import { useWords } from '../../../words/words.ts';
import { MailPage } from './mail-page.tsx';

type Draft = NonNullable<DraftsQuery['drafts']>['nodes'][number];

/** What one has begun to write, and what waits for its time. */
export default function BegunPage(): ReactNode {
  const { t } = useWords();
  const answer = useGraph(Drafts, {});
  return (
    <MailPage>
      {() => (
        <Read from={answer}>
          {({ data: { drafts } }) =>
            drafts === null ? (
              <Unread />
            ) : drafts.nodes.length === 0 ? (
              <p className="quiet">{t('mail.noDrafts')}</p>
            ) : (
              <ul className="cards">
                {drafts.nodes.map((draft) => (
                  <li key={draft.id}>
                    <Begun draft={draft} />
                  </li>
                ))}
              </ul>
            )
          }
        </Read>
      )}
    </MailPage>
  );
}

/** Where a draft is gone on with. Null where what it answers may not be read any more. */
function goOnAt({ id, kind, answers }: Draft): string | null {
  if (kind === 'THREAD') return `/inbox/new?draft=${id}`;
  if (kind === 'BROADCAST') return `/inbox/broadcast?draft=${id}`;
  return answers?.thread == null ? null : `/inbox/${answers.thread.id}`;
}

function Begun({ draft }: { readonly draft: Draft }): ReactNode {
  const { t, instant } = useWords();
  const remove = useChange(DeleteDraft);
  const unschedule = useChange(UnscheduleDraft);
  const { id, subject, text, sendAt, changedAt, unit, notSentBecause } = draft;
  const called = subject === '' ? text.slice(0, 40) : subject;
  const to = goOnAt(draft);
  return (
    <article className="ds-card">
      <h2 className="ds-heading" data-size="2xs" dir="auto">
        {called}
      </h2>
      <p className="quiet">
        {unit?.name} · {t('mail.changed', { time: instant(changedAt) })}
      </p>
      {sendAt !== null && (
        <p>
          <span className="ds-tag" data-color="info">
            {t('mail.sendsAt', { time: instant(sendAt) })}
          </span>
        </p>
      )}
      {notSentBecause !== null && (
        <p className="ds-alert" data-color="warning" data-size="sm">
          {t('mail.wasNotSent')}
        </p>
      )}
      <p className="excerpt" dir="auto">
        {text}
      </p>
      <div className="row">
        {sendAt !== null ? (
          <button
            type="button"
            className="ds-button"
            data-variant="secondary"
            disabled={unschedule.isPending}
            aria-label={`${t('mail.unschedule')}: ${called}`}
            onClick={() => unschedule.mutate({ input: { draftId: id } })}
          >
            {t('mail.unschedule')}
          </button>
        ) : (
          to !== null && (
            <Link
              to={to}
              className="ds-button"
              data-variant="secondary"
              aria-label={`${t('mail.goOn')}: ${called}`}
            >
              {t('mail.goOn')}
            </Link>
          )
        )}
        <button
          type="button"
          className="ds-button"
          data-variant="tertiary"
          disabled={remove.isPending}
          aria-label={`${t('write.discard')}: ${called}`}
          onClick={() => remove.mutate({ input: { draftId: id } })}
        >
          {t('write.discard')}
        </button>
      </div>
      <Said error={remove.error ?? unschedule.error} refusal={undefined} />
    </article>
  );
}
