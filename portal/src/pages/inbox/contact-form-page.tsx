import { type ReactNode, useId, useState } from 'react';
import { ContactForms, SendContactForm } from '../../graph/generated/operations.ts';
import { useChange, useGraph } from '../../graph/use-graph.ts';
import { Page } from '../../parts/page.tsx';
import { Said } from '../../parts/said.tsx';
import { Read, Unread } from '../../parts/states.tsx';
import { useSession } from '../../session/use-session.ts';
import { useWords } from '../../words/words.ts';
import { carriedOver, carry } from './carried.ts';
import { type OwnChild, usePeople } from './use-people.ts';

/** What does not belong in a message: sealed for the archive, and read by few. */
export default function ContactFormPage(): ReactNode {
  const { t } = useWords();
  const { answer } = usePeople();
  return (
    <Page title={t('contact.title')}>
      <p className="ds-paragraph">{t('contact.lead')}</p>
      <Read from={answer}>
        {({ data: { viewer } }) => (viewer === null ? <Unread /> : <Form family={viewer.children} />)}
      </Read>
      <Sent />
    </Page>
  );
}

/** Signing in anew is done beside this page, so that what is written here stays. */
function StepUp(): ReactNode {
  const { t } = useWords();
  const session = useSession();
  return (
    <div className="ds-alert" data-color="warning">
      <p>{t('contact.stepUp')}</p>
      <div className="row">
        <a
          className="ds-button"
          href="/login/guardian?level=high&return=/contact-form"
          target="_blank"
          rel="noopener"
        >
          {t('contact.stepUpNow')}
        </a>
        <button
          type="button"
          className="ds-button"
          data-variant="secondary"
          onClick={() => void session.refetch()}
        >
          {t('contact.steppedUp')}
        </button>
      </div>
    </div>
  );
}

function Form({ family }: { readonly family: readonly OwnChild[] }): ReactNode {
  const { t, name } = useWords();
  const session = useSession();
  const [carried] = useState(carriedOver);
  const places = family.flatMap((child) =>
    child.enrolments.map(({ unit }) => ({ key: `${child.id} ${unit.id}`, child, unit })),
  );
  const [key, setKey] = useState(
    () =>
      places.find(({ child, unit }) => unit.id === carried?.unitId && carried.childIds.includes(child.id))
        ?.key,
  );
  const [subject, setSubject] = useState(carried?.subject ?? '');
  const [text, setText] = useState(carried?.text ?? '');
  const [isLeader, setLeader] = useState(false);
  const [once, setOnce] = useState(() => crypto.randomUUID());
  const ids = { subject: useId(), text: useId() };
  const send = useChange(SendContactForm);
  const result = send.data?.data.sendContactForm;
  const place = places.find((one) => one.key === key);
  const isSure = session.data?.level === 'high';
  const submit = (): void => {
    if (place === undefined) return;
    send.mutate(
      {
        input: {
          ...{ unitId: place.unit.id, childIds: [place.child.id], subject, text, idempotencyKey: once },
          ...(isLeader ? { aboutStaff: { isLeader } } : {}),
        },
      },
      {
        onSuccess: ({ data }) => {
          setOnce(crypto.randomUUID());
          if (data.sendContactForm.__typename !== 'ContactFormReceived') return;
          carry(undefined);
          setSubject('');
          setText('');
        },
      },
    );
  };
  if (places.length === 0) return <p>{t('write.nowhere')}</p>;
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {!isSure && <StepUp />}
      <fieldset className="ds-fieldset">
        <legend className="ds-label">{t('contact.where')}</legend>
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
      <label className="choice">
        <input
          type="checkbox"
          className="ds-input"
          checked={isLeader}
          onChange={({ target }) => setLeader(target.checked)}
        />
        <span>{t('contact.aboutLeader')}</span>
      </label>
      <div className="ds-field">
        <label className="ds-label" htmlFor={ids.subject}>
          {t('write.subject')}
        </label>
        <input
          className="ds-input"
          id={ids.subject}
          dir="auto"
          maxLength={200}
          value={subject}
          onChange={({ target }) => setSubject(target.value)}
        />
      </div>
      <div className="ds-field">
        <label className="ds-label" htmlFor={ids.text}>
          {t('contact.text')}
        </label>
        <textarea
          className="ds-input"
          id={ids.text}
          rows={10}
          dir="auto"
          required
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      </div>
      <Said
        error={send.error}
        refusal={result !== undefined && 'message' in result ? result.message : undefined}
      />
      <button
        type="submit"
        className="ds-button"
        disabled={!isSure || send.isPending || place === undefined || text.trim() === ''}
      >
        {t('contact.send')}
      </button>
      {result?.__typename === 'ContactFormReceived' && text === '' && (
        <p className="ds-alert" data-color="success" role="status">
          {t('contact.received')}
        </p>
      )}
    </form>
  );
}

function Sent(): ReactNode {
  const { t, instant } = useWords();
  const answer = useGraph(ContactForms, {});
  return (
    <Read from={answer}>
      {({ data: { contactForms } }) =>
        contactForms.nodes.length === 0 ? null : (
          <section aria-labelledby="sent">
            <h2 className="ds-heading" data-size="sm" id="sent">
              {t('contact.sent')}
            </h2>
            <ul className="lines">
              {contactForms.nodes.map(({ id, status, receivedAt, caseNumber, unit }) => (
                <li key={id}>
                  {unit.name}, {instant(receivedAt)}: {t(`contact.status.${status}`)}
                  {caseNumber !== null && ` (${caseNumber})`}
                </li>
              ))}
            </ul>
          </section>
        )
      }
    </Read>
  );
}
