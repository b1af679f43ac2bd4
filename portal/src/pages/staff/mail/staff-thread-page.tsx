import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { MessageReaders, StaffThread, type StaffThreadQuery } from '../../../graph/generated/operations.ts';
import { useGraph } from '../../../graph/use-graph.ts';
import { Page } from '../../../parts/page.tsx';
import { Unread } from '../../../parts/states.tsx';
import { useWords } from '../../../words/words.ts';
import { AnswerForm } from '../../inbox/answer-form.tsx';
import { KnownContext, useKnown } from '../../inbox/known.ts';
import { Letters } from '../../inbox/letters.tsx';
import { ThreadActions } from '../../inbox/thread-actions.tsx';
import { ThreadRead } from '../../inbox/thread-read.tsx';
import { AtWork } from '../at-work.tsx';
import { LetterActs } from './letter-acts.tsx';
import { OfStaff } from './mail-page.tsx';
import { Tending } from './tending.tsx';

type OpenThread = NonNullable<StaffThreadQuery['thread']>;

/** One thread as staff meet it: who reads it, who answers it, what was written, and a form to answer. */
export default function StaffThreadPage(): ReactNode {
  const { t } = useWords();
  return (
    <AtWork title={t('inbox.title')}>
      {({ id }) => (
        <OfStaff viewerId={id}>
          <ThreadRead operation={StaffThread}>
            {(thread) => <Opened key={thread.id} thread={thread} />}
          </ThreadRead>
        </OfStaff>
      )}
    </AtWork>
  );
}

function Opened({ thread }: { readonly thread: OpenThread }): ReactNode {
  const { t, name } = useWords();
  const known = useKnown(thread.children);
  const readersAnswer = useGraph(MessageReaders, {
    childIds: thread.children.map((child) => child.id),
    unitId: thread.unit.id,
  });
  const readers = readersAnswer.data?.data.messageReaders ?? null;
  const answerable = thread.messages?.nodes.find(({ state }) => state === 'SENT');
  const home = answerable?.homeReaders.map(({ id }) => known.called(id, 'GUARDIAN')) ?? [];
  const between = new Set(
    thread.participants.map(({ person, capacity }) => known.called(person.id, capacity)),
  );
  return (
    <KnownContext value={known}>
      <Page title={thread.subject ?? t('inbox.noSubject')}>
        <p className="row">
          {thread.children.map((child) => (
            <Link key={child.id} to={`/children/${child.id}`} className="ds-link touch">
              {name(child.name, t('app.child'))}
            </Link>
          ))}
          <span className="quiet">{thread.unit.name}</span>
        </p>
        <p>
          {t('thread.readers', { names: [...between].join(', ') })}{' '}
          {t(readers?.otherStaff === 'ALL_STAFF' ? 'write.allStaff' : 'write.staffInCharge', {
            unit: thread.unit.name,
          })}
        </p>
        {thread.mailbox !== null && (
          <Tending threadId={thread.id} entry={thread.mailbox} of={thread.subject} />
        )}
        <ThreadActions thread={thread} />
        {thread.messages === null ? (
          <Unread />
        ) : (
          <Letters
            messages={thread.messages}
            operation={StaffThread}
            threadId={thread.id}
            acts={(message) => <LetterActs message={message} />}
          />
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
              level={readers?.guardLevel ?? 'SCHOOL'}
              mayBeChosen={[]}
              lead={t('mail.answerTo', { names: home.join(', ') })}
              mayCarry={false}
            />
          )
        )}
      </Page>
    </KnownContext>
  );
}
