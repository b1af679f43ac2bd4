import { type ReactNode, useState } from 'react';
import { useSearchParams } from 'wouter';
import { useDay } from '../../day.ts';
import { Drafts, MessageReaders } from '../../graph/generated/operations.ts';
import { useGraph } from '../../graph/use-graph.ts';
import { Page } from '../../parts/page.tsx';
import { Read, Unread } from '../../parts/states.tsx';
import { useWords } from '../../words/words.ts';
import { GuardianChoice } from './guardian-choice.tsx';
import { OfFamily } from './of-family.tsx';
import { type ReadersOf, Readers } from './readers.tsx';
import { ThreadForm } from './thread-form.tsx';
import type { KeptDraft } from './use-draft.ts';
import { type OwnChild, usePeople } from './use-people.ts';

/** A new message: about which child, to whom, and who will read it before anything is sent. */
export default function NewPage(): ReactNode {
  const { t } = useWords();
  const { answer } = usePeople();
  const kept = useGraph(Drafts, {});
  const [search] = useSearchParams();
  const [wanted, setWanted] = useState(search.get('draft'));
  return (
    <Page title={t('write.title')}>
      <Read from={answer}>
        {({ data: { viewer } }) => (
          <Read from={kept}>
            {({ data: { drafts } }) => {
              const begun = (drafts?.nodes ?? []).filter(({ kind }) => kind === 'THREAD');
              const start = begun.find(({ id }) => id === wanted);
              return (
                <>
                  {drafts === null && <Unread />}
                  {start === undefined && <Begun drafts={begun} open={setWanted} />}
                  {viewer === null ? (
                    <Unread />
                  ) : (
                    <OfFamily>
                      <Where key={wanted} family={viewer.children} start={start} />
                    </OfFamily>
                  )}
                </>
              );
            }}
          </Read>
        )}
      </Read>
    </Page>
  );
}

function Begun({
  drafts,
  open,
}: {
  readonly drafts: readonly KeptDraft[];
  readonly open: (id: string) => void;
}): ReactNode {
  const { t, instant } = useWords();
  const [shown] = useState(drafts);
  if (shown.length === 0) return null;
  return (
    <section aria-labelledby="begun">
      <h2 className="ds-heading" data-size="2xs" id="begun">
        {t('write.begun')}
      </h2>
      <ul className="lines">
        {shown.map(({ id, subject, text, changedAt }) => (
          <li key={id}>
            <button type="button" className="ds-button" data-variant="tertiary" onClick={() => open(id)}>
              {subject === '' ? text.slice(0, 40) : subject} ({instant(changedAt)})
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface Place {
  readonly key: string;
  readonly child: OwnChild;
  readonly unit: OwnChild['enrolments'][number]['unit'];
}

/** Where a guardian can write: each child at each unit where it is today. */
function usePlaces(family: readonly OwnChild[]): readonly Place[] {
  const today = useDay();
  return family.flatMap((child) =>
    child.enrolments
      .filter(({ from, to }) => from <= today && (to === null || to > today))
      .map(({ unit }) => ({ key: `${child.id} ${unit.id}`, child, unit })),
  );
}

function Where({
  family,
  start,
}: {
  readonly family: readonly OwnChild[];
  readonly start: KeptDraft | undefined;
}): ReactNode {
  const { t, name } = useWords();
  const places = usePlaces(family);
  const begun = start === undefined ? null : `${start.children[0]?.id} ${start.unit?.id}`;
  const [key, setKey] = useState(begun ?? (places.length === 1 ? places[0]!.key : null));
  const place = places.find((one) => one.key === key);
  if (places.length === 0) return <p>{t('write.nowhere')}</p>;
  return (
    <>
      <fieldset className="ds-fieldset">
        <legend className="ds-label">{t('write.where')}</legend>
        {places.map((one) => (
          <label key={one.key} className="choice">
            <input
              type="radio"
              name="place"
              className="ds-input"
              checked={one.key === key}
              onChange={() => setKey(one.key)}
            />
            <span>
              {name(one.child.name, t('app.child'))}, {one.unit.name}
            </span>
          </label>
        ))}
      </fieldset>
      {place !== undefined && <WhoReads key={place.key} place={place} start={start} />}
    </>
  );
}

function WhoReads({
  place,
  start,
}: {
  readonly place: Place;
  readonly start: KeptDraft | undefined;
}): ReactNode {
  const { t } = useWords();
  const answer = useGraph(MessageReaders, { childIds: [place.child.id], unitId: place.unit.id });
  return (
    <Read from={answer}>
      {({ data: { messageReaders }, faults }) =>
        messageReaders !== null ? (
          <Writing place={place} readers={messageReaders} start={start} />
        ) : faults.size > 0 ? (
          <Unread />
        ) : (
          <p>{t('write.nowhere')}</p>
        )
      }
    </Read>
  );
}

function Writing({
  place,
  readers,
  start,
}: {
  readonly place: Place;
  readonly readers: ReadersOf;
  readonly start: KeptDraft | undefined;
}): ReactNode {
  const { t } = useWords();
  const [toMailbox, setToMailbox] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const mayBeChosen = readers.guardians
    .filter(({ reads }) => reads === 'WHEN_CHOSEN')
    .map(({ person }) => person.id);
  return (
    <ThreadForm
      thread={{ childIds: [place.child.id], unitId: place.unit.id, toMailbox }}
      alsoGuardianIds={mayBeChosen.filter((id) => chosen.has(id))}
      level={readers.guardLevel}
      start={start}
      mayCarry
    >
      {readers.mailbox.length > 0 && (
        <label className="choice">
          <input
            type="checkbox"
            className="ds-input"
            checked={toMailbox}
            onChange={({ target }) => setToMailbox(target.checked)}
          />
          <span>{t('write.toMailbox')}</span>
        </label>
      )}
      <Readers readers={readers} unitName={place.unit.name} toMailbox={toMailbox} />
      <GuardianChoice ids={mayBeChosen} chosen={chosen} choose={setChosen} />
    </ThreadForm>
  );
}
