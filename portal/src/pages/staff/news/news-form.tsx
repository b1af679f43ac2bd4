import { type ReactNode, useId, useState } from 'react';
import { useLocation } from 'wouter';
import { useDay } from '../../../day.ts';
import { EditNews, PublishNews } from '../../../graph/generated/operations.ts';
import { useChange } from '../../../graph/use-graph.ts';
import { Files, type SentFile } from '../../../parts/files.tsx';
import { SendTimeChoice, isTimeMissing, now, sendAtOf } from '../../../parts/send-time.tsx';
import { useWords } from '../../../words/words.ts';
import { GuardSays } from '../../inbox/guard-says.tsx';
import { Outcome, type Refused } from '../../inbox/outcome.tsx';
import { SubjectField } from '../../inbox/subject-field.tsx';
import { TextField } from '../../inbox/text-field.tsx';
import { reasonIn, useGuard } from '../../inbox/use-guard.ts';
import { isWritten } from '../../inbox/written.ts';
import { type WorkPlace, calledOf } from '../work-place.tsx';
import type { OneNews } from './news-page.tsx';

interface Said {
  readonly title: string;
  readonly body: string;
  readonly lastDay: string | null;
}

/** What news say, until when they are seen, and what the guard sees in them. */
function useSaid(begun: Said, level: 'SCHOOL' | 'KINDERGARTEN') {
  const [title, setTitle] = useState(begun.title);
  const [body, setBody] = useState(begun.body);
  const [lastDay, setLastDay] = useState(begun.lastDay ?? '');
  const guarding = useGuard(title, body, level, []);
  return { title, body, lastDay, setTitle, setBody, setLastDay, guarding };
}

function Fields({
  said: { title, body, lastDay, setTitle, setBody, setLastDay },
}: {
  readonly said: ReturnType<typeof useSaid>;
}): ReactNode {
  const { t } = useWords();
  const today = useDay();
  const id = useId();
  return (
    <>
      <SubjectField label={t('broadcast.subject')} subject={title} write={setTitle} />
      <TextField label={t('broadcast.text')} text={body} write={setBody} />
      <div className="ds-field">
        <label className="ds-label" htmlFor={id}>
          {t('news.lastDay')}
        </label>
        <input
          className="ds-input"
          id={id}
          type="date"
          min={today}
          value={lastDay}
          onChange={({ target }) => setLastDay(target.value)}
        />
      </div>
    </>
  );
}

function Ending({
  said: { body, guarding },
  error,
  refused,
  isPending,
  isMissing,
  label,
}: {
  readonly said: ReturnType<typeof useSaid>;
  readonly error: Error | null;
  readonly refused: Refused | undefined;
  readonly isPending: boolean;
  readonly isMissing: boolean;
  readonly label: string;
}): ReactNode {
  const { t } = useWords();
  return (
    <>
      <GuardSays guarding={guarding} carried={null} />
      <Outcome error={error} refused={refused} text={body} carried={null} />
      <div className="row">
        <button
          type="submit"
          className="ds-button"
          disabled={isPending || isMissing || guarding.verdict === 'DIVERT' || !isWritten(body)}
        >
          {isNudged(guarding.verdict, refused) ? t('write.sendAnyway') : label}
        </button>
      </div>
    </>
  );
}

const isNudged = (verdict: string, refused: Refused | undefined): boolean =>
  verdict === 'NUDGE' || refused?.__typename === 'TextToReread';

const levelOf = (place: WorkPlace): 'SCHOOL' | 'KINDERGARTEN' =>
  place.unit.kind === 'KINDERGARTEN' ? 'KINDERGARTEN' : 'SCHOOL';

/** News to publish at one of the places where somebody may. */
export function PublishForm({ places }: { readonly places: readonly WorkPlace[] }): ReactNode {
  const { t, language } = useWords();
  const [, goTo] = useLocation();
  const [key, setKey] = useState(places[0]!.key);
  const place = places.find((one) => one.key === key) ?? places[0]!;
  const said = useSaid({ title: '', body: '', lastDay: null }, levelOf(place));
  const [files, keepFiles] = useState<readonly SentFile[]>([]);
  const [sendTime, setSendTime] = useState(now);
  const [once, setOnce] = useState(() => crypto.randomUUID());
  const publish = useChange(PublishNews);
  const result = publish.data?.data.publishNews;
  const refused = result !== undefined && 'message' in result ? result : undefined;
  const publishAt = sendAtOf(sendTime);
  const submit = (): void =>
    publish.mutate(
      {
        input: {
          ...{ unitId: place.unit.id, title: said.title, body: said.body, idempotencyKey: once },
          ...(place.group === null ? {} : { groupIds: [place.group.id] }),
          ...(publishAt === undefined ? {} : { publishAt }),
          ...(said.lastDay === '' ? {} : { lastDay: said.lastDay }),
          isReread: isNudged(said.guarding.verdict, refused),
          files: files.map(({ id }) => ({ attachmentId: id, childIds: [] })),
        },
        language: reasonIn(language),
      },
      {
        onSuccess: ({ data: { publishNews } }) => {
          setOnce(crypto.randomUUID());
          if (publishNews.__typename === 'NewsStored') goTo('/inbox/news');
        },
      },
    );
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <fieldset className="ds-fieldset">
        <legend className="ds-label">{t('news.for')}</legend>
        {places.map((one) => (
          <label key={one.key} className="choice">
            <input
              type="radio"
              name="place"
              className="ds-input"
              checked={one.key === place.key}
              onChange={() => setKey(one.key)}
            />
            <span>{calledOf(one)}</span>
          </label>
        ))}
      </fieldset>
      <Fields said={said} />
      <Files files={files} keep={keepFiles} note={t('broadcast.filesNote')} />
      <SendTimeChoice legend="news.when" wanted={sendTime} choose={setSendTime} />
      <Ending
        said={said}
        error={publish.error}
        refused={refused}
        isPending={publish.isPending}
        isMissing={isTimeMissing(sendTime)}
        label={t(publishAt === undefined ? 'news.publish' : 'news.publishThen')}
      />
    </form>
  );
}

/** Other words for news that stand: that they were changed is shown, and nobody is told anew. */
export function EditForm({
  news,
  close,
}: {
  readonly news: OneNews & Said;
  readonly close: () => void;
}): ReactNode {
  const { t, language } = useWords();
  const said = useSaid(news, 'SCHOOL');
  const edit = useChange(EditNews);
  const result = edit.data?.data.editNews;
  const refused = result !== undefined && 'message' in result ? result : undefined;
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        edit.mutate(
          {
            input: {
              ...{ newsId: news.id, title: said.title, body: said.body },
              ...(said.lastDay === '' ? {} : { lastDay: said.lastDay }),
              isReread: isNudged(said.guarding.verdict, refused),
            },
            language: reasonIn(language),
          },
          { onSuccess: ({ data: { editNews } }) => editNews.__typename === 'NewsStored' && close() },
        );
      }}
    >
      <Fields said={said} />
      <Ending
        said={said}
        error={edit.error}
        refused={refused}
        isPending={edit.isPending}
        isMissing={false}
        label={t('app.save')}
      />
    </form>
  );
}
