import type { ReactNode } from 'react';
import { MessageReaders, Thread, type ThreadQuery } from '../../graph/generated/operations.ts';
import { useGraph } from '../../graph/use-graph.ts';
import { Page } from '../../parts/page.tsx';
import { Unread } from '../../parts/states.tsx';
import { useWords } from '../../words/words.ts';
import { AnswerForm } from './answer-form.tsx';
import { useKnown } from './known.ts';
import { Letters } from './letters.tsx';
import { OfFamily } from './of-family.tsx';
import { ThreadActions } from './thread-actions.tsx';
import { ThreadRead } from './thread-read.tsx';

type OpenThread = NonNullable<ThreadQuery['thread']>;

/** One thread: who reads it, what was written, and a form to answer. */
export default function ThreadPage(): ReactNode {
  return (
    <OfFamily>
      <ThreadRead operation={Thread}>{(thread) => <Opened key={thread.id} thread={thread} />}</ThreadRead>
    </OfFamily>
  );
}

function Opened({ thread }: { readonly thread: OpenThread }): ReactNode {
  const { t, name } = useWords();
  const { called, viewerId } = useKnown();
  const readersAnswer = useGraph(MessageReaders, {
    childIds: thread.children.map((child) => child.id),
    unitId: thread.unit.id,
  });
  const known = readersAnswer.data?.data.messageReaders ?? null;
  const answerable = thread.messages?.nodes.find(({ state }) => state === 'SENT');
  const about = thread.children.map((child) => name(child.name, t('app.child'))).join(', ');
  const readers = [
    ...new Set(thread.participants.map(({ person, capacity }) => called(person.id, capacity))),
  ];
  return (
    <Page title={thread.subject ?? t('inbox.noSubject')}>
      <p className="quiet">
        {about} · {thread.unit.name}
      </p>
      <p>
        {t('thread.readers', { names: readers.join(', ') })}{' '}
        {t(known?.otherStaff === 'ALL_STAFF' ? 'write.allStaff' : 'write.staffInCharge', {
          unit: thread.unit.name,
        })}
      </p>
      <ThreadActions thread={thread} />
      {thread.messages === null ? (
        <Unread />
      ) : (
        <Letters messages={thread.messages} operation={Thread} threadId={thread.id} />
      )}
      {!thread.isOpen ? (
        <p className="ds-alert" data-color="info">
          {t('thread.closed')}
        </p>
      ) : (
        answerable !== undefined && (
          <AnswerForm
            answers={answerable}
            thread={thread}
            level={known?.guardLevel ?? 'SCHOOL'}
            mayBeChosen={answerable.homeReaders.map(({ id }) => id).filter((id) => id !== viewerId)}
            lead={t('thread.answerTo', { unit: thread.unit.name })}
            mayCarry
          />
        )
      )}
    </Page>
  );
}
