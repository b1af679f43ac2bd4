import { type ReactNode, useId, useState } from 'react';
import { useLocation } from 'wouter';
import { useDay } from '../../../day.ts';
import { AnnounceEvent } from '../../../graph/generated/operations.ts';
import { useChange } from '../../../graph/use-graph.ts';
import { Page } from '../../../parts/page.tsx';
import { Said } from '../../../parts/said.tsx';
import { daysAfter, instantOf } from '../../../words/dates.ts';
import { useWords } from '../../../words/words.ts';
import { SubjectField } from '../../inbox/subject-field.tsx';
import { AtWork } from '../at-work.tsx';
import { type Roles, type WorkPlace, calledOf, placesOf } from '../work-place.tsx';

const mayAnnounce = new Set(['LEADER', 'CONTACT_TEACHER', 'AFTER_SCHOOL', 'KINDERGARTEN']);

/** Groups whose homes somebody may ask. The graph decides; this is what is offered. */
const groupsOf = (roles: Roles): readonly WorkPlace[] =>
  placesOf(roles.filter(({ kind, group }) => group !== null && mayAnnounce.has(kind)));

/** Something to come to, or to answer, for the homes of a group. */
export default function AnnouncePage(): ReactNode {
  const { t } = useWords();
  return (
    <AtWork title={t('announce.title')}>
      {({ roles }) => {
        const places = groupsOf(roles);
        return (
          <Page title={t('announce.title')}>
            {places.length === 0 ? (
              <p className="ds-alert" data-color="info">
                {t('announce.nowhere')}
              </p>
            ) : (
              <Form places={places} />
            )}
          </Page>
        );
      }}
    </AtWork>
  );
}

function Form({ places }: { readonly places: readonly WorkPlace[] }): ReactNode {
  const { t } = useWords();
  const [, goTo] = useLocation();
  const today = useDay();
  const id = useId();
  const [key, setKey] = useState(places[0]!.key);
  const place = places.find((one) => one.key === key) ?? places[0]!;
  const [isSlip, setSlip] = useState(false);
  const [title, setTitle] = useState('');
  const [where, setWhere] = useState('');
  const [bring, setBring] = useState('');
  const [day, setDay] = useState(daysAfter(today, 14));
  const [from, setFrom] = useState('17:00');
  const [to, setTo] = useState('18:00');
  const [until, setUntil] = useState(daysAfter(today, 7));
  const [adultsMax, setAdultsMax] = useState(2);
  const [choices, setChoices] = useState('');
  const [once, setOnce] = useState(() => crypto.randomUUID());
  const announce = useChange(AnnounceEvent);
  const result = announce.data?.data.announceEvent;
  const lines = choices
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const submit = (): void =>
    announce.mutate(
      {
        input: {
          ...{ unitId: place.unit.id, title, idempotencyKey: once },
          ...(place.group === null ? {} : { groupId: place.group.id }),
          ...(where.trim() === '' ? {} : { place: where }),
          ...(bring.trim() === '' ? {} : { bring }),
          answerUntil: instantOf(until, '23:59'),
          ...(isSlip
            ? { choices: lines }
            : { startsAt: instantOf(day, from), endsAt: instantOf(day, to), adultsMax }),
        },
      },
      {
        onSuccess: ({ data: { announceEvent } }) => {
          setOnce(crypto.randomUUID());
          if (announceEvent.__typename === 'EventAnnounced') goTo('/inbox/events');
        },
      },
    );
  const field = (
    name: string,
    label: string,
    type: 'date' | 'time' | 'text',
    value: string,
    write: (value: string) => void,
    maxLength?: number,
  ): ReactNode => (
    <div className="ds-field">
      <label className="ds-label" htmlFor={`${id}-${name}`}>
        {label}
      </label>
      <input
        className="ds-input"
        id={`${id}-${name}`}
        type={type}
        required={type !== 'text'}
        min={type === 'date' ? today : undefined}
        maxLength={maxLength}
        value={value}
        onChange={({ target }) => write(target.value)}
      />
    </div>
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
        <legend className="ds-label">{t('broadcast.to')}</legend>
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
      <fieldset className="ds-fieldset">
        <legend className="ds-label">{t('announce.kind')}</legend>
        <div className="row">
          {[false, true].map((one) => (
            <label key={String(one)} className="choice">
              <input
                type="radio"
                name="kind"
                className="ds-input"
                checked={isSlip === one}
                onChange={() => setSlip(one)}
              />
              <span>{t(one ? 'announce.slip' : 'announce.event')}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <SubjectField label={t('announce.what')} subject={title} write={setTitle} />
      {isSlip ? (
        <div className="ds-field">
          <label className="ds-label" htmlFor={`${id}-choices`}>
            {t('announce.choices')}
          </label>
          <textarea
            className="ds-input"
            id={`${id}-choices`}
            rows={4}
            required
            value={choices}
            onChange={({ target }) => setChoices(target.value)}
          />
        </div>
      ) : (
        <>
          <div className="row">
            {field('day', t('send.day'), 'date', day, setDay)}
            {field('from', t('announce.from'), 'time', from, setFrom)}
            {field('to', t('announce.to'), 'time', to, setTo)}
          </div>
          {field('where', t('announce.where'), 'text', where, setWhere, 60)}
          <div className="ds-field">
            <label className="ds-label" htmlFor={`${id}-adults`}>
              {t('announce.adultsMax')}
            </label>
            <input
              className="ds-input"
              id={`${id}-adults`}
              type="number"
              inputMode="numeric"
              min={0}
              max={6}
              value={adultsMax}
              onChange={({ target }) => setAdultsMax(target.valueAsNumber || 0)}
            />
          </div>
        </>
      )}
      {field('bring', t('announce.bring'), 'text', bring, setBring, 500)}
      {field('until', t('announce.until'), 'date', until, setUntil)}
      <Said
        error={announce.error}
        refusal={result !== undefined && 'message' in result ? result.message : undefined}
      />
      <button
        type="submit"
        className="ds-button"
        disabled={announce.isPending || title.trim() === '' || (isSlip && lines.length < 2)}
      >
        {t('write.send')}
      </button>
    </form>
  );
}
