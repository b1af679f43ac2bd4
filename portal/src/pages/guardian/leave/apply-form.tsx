import { type ReactNode, useId, useState } from 'react';
import { useDay } from '../../../day.ts';
import { ApplyForLeave, type ApplyForLeaveMutationVariables } from '../../../graph/generated/operations.ts';
import { useChange } from '../../../graph/use-graph.ts';
import { Said } from '../../../parts/said.tsx';
import { daysAfter } from '../../../words/dates.ts';
import { useWords } from '../../../words/words.ts';
import { ReasonsField } from '../../common/reasons-field.tsx';
import type { LeaveChild } from './leave-page.tsx';

type Input = ApplyForLeaveMutationVariables['input'];

export interface LeavePlace {
  readonly key: string;
  readonly child: LeaveChild;
  readonly unit: LeaveChild['enrolments'][number]['unit'];
}

const kinds: readonly Input['kind'][] = ['GENERAL', 'HOLY_DAY'];
const hearings: readonly Input['childHearing'][] = ['SAID', 'DID_NOT_WISH', 'NOT_ASKED'];

/** Applies for leave, on a form of its own: what is written is for whoever decides, and for nobody else (LEA-05, LEA-09). */
export function ApplyForm({ places }: { readonly places: readonly LeavePlace[] }): ReactNode {
  const { t, name } = useWords();
  const today = useDay();
  const ids = { first: useId(), last: useId() };
  const [key, setKey] = useState(places.length === 1 ? places[0]!.key : null);
  const [firstDay, setFirstDay] = useState(daysAfter(today, 7));
  const [lastDay, setLastDay] = useState(daysAfter(today, 7));
  const [kind, setKind] = useState<Input['kind']>('GENERAL');
  const [reason, setReason] = useState('');
  const [childHearing, setHearing] = useState<Input['childHearing'] | null>(null);
  const [childView, setChildView] = useState('');
  const [isTeachingSeenTo, setTeachingSeenTo] = useState(false);
  const [isAwayAfterSchool, setAwayAfterSchool] = useState(true);
  const [once, setOnce] = useState(() => crypto.randomUUID());
  const apply = useChange(ApplyForLeave);
  const result = apply.data?.data.applyForLeave;
  const place = places.find((one) => one.key === key);
  const hasAfterSchool = place?.child.enrolments.some(({ unit }) => unit.kind === 'AFTER_SCHOOL') ?? false;
  const mayWrite = kind === 'GENERAL';
  const free = place?.child.leaveQuota?.daysWithoutReason ?? null;
  const submit = (): void => {
    if (place === undefined || childHearing === null) return;
    apply.mutate(
      {
        input: {
          ...{ childId: place.child.id, unitId: place.unit.id, firstDay, kind, childHearing },
          ...{ lastDay: lastDay < firstDay ? firstDay : lastDay, isTeachingSeenTo, idempotencyKey: once },
          isAwayAfterSchool: hasAfterSchool && isAwayAfterSchool,
          ...(mayWrite && reason.trim() !== '' ? { reason } : {}),
          ...(mayWrite && childHearing === 'SAID' ? { childView } : {}),
        },
      },
      {
        onSuccess: ({ data: { applyForLeave } }) => {
          setOnce(crypto.randomUUID());
          if (applyForLeave.__typename !== 'LeaveApplied') return;
          setReason('');
          setChildView('');
        },
      },
    );
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h2 className="ds-heading" data-size="sm">
        {t('apply.title')}
      </h2>
      <p>{t('apply.lead')}</p>
      <fieldset className="ds-fieldset">
        <legend className="ds-label">{t('apply.who')}</legend>
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
      <fieldset className="ds-fieldset">
        <legend className="ds-label">{t('absence.when')}</legend>
        <div className="row">
          <div className="ds-field">
            <label className="ds-label" htmlFor={ids.first}>
              {t('absence.firstDay')}
            </label>
            <input
              className="ds-input"
              type="date"
              id={ids.first}
              required
              min={today}
              value={firstDay}
              onChange={({ target }) => setFirstDay(target.value)}
            />
          </div>
          <div className="ds-field">
            <label className="ds-label" htmlFor={ids.last}>
              {t('absence.lastDay')}
            </label>
            <input
              className="ds-input"
              type="date"
              id={ids.last}
              required
              min={firstDay}
              value={lastDay < firstDay ? firstDay : lastDay}
              onChange={({ target }) => setLastDay(target.value)}
            />
          </div>
        </div>
      </fieldset>
      <fieldset className="ds-fieldset">
        <legend className="ds-label">{t('leave.what')}</legend>
        {kinds.map((one) => (
          <label key={one} className="choice">
            <input
              type="radio"
              name="kind"
              className="ds-input"
              checked={kind === one}
              onChange={() => setKind(one)}
            />
            <span>{t(`leave.kind.${one}`)}</span>
          </label>
        ))}
      </fieldset>
      {mayWrite ? (
        <>
          {free !== null && <p className="quiet">{t('apply.free', { count: free })}</p>}
          <ReasonsField label={t('apply.reason')} isRequired={false} text={reason} write={setReason} />
        </>
      ) : (
        <p className="quiet">{t('apply.holyDay')}</p>
      )}
      <fieldset className="ds-fieldset">
        <legend className="ds-label">{t('apply.heard')}</legend>
        {hearings.map((one) => (
          <label key={one} className="choice">
            <input
              type="radio"
              name="hearing"
              className="ds-input"
              required
              checked={childHearing === one}
              onChange={() => setHearing(one)}
            />
            <span>{t(`leave.hearing.${one}`)}</span>
          </label>
        ))}
      </fieldset>
      {mayWrite && childHearing === 'SAID' && (
        <ReasonsField label={t('leave.childView')} isRequired text={childView} write={setChildView} />
      )}
      <label className="choice">
        <input
          type="checkbox"
          className="ds-input"
          checked={isTeachingSeenTo}
          onChange={({ target }) => setTeachingSeenTo(target.checked)}
        />
        <span>{t('apply.teaching')}</span>
      </label>
      {hasAfterSchool && (
        <label className="choice">
          <input
            type="checkbox"
            className="ds-input"
            checked={isAwayAfterSchool}
            onChange={({ target }) => setAwayAfterSchool(target.checked)}
          />
          <span>{t('leave.alsoAfterSchool')}</span>
        </label>
      )}
      <Said
        error={apply.error}
        refusal={result !== undefined && 'message' in result ? result.message : undefined}
      />
      <button
        type="submit"
        className="ds-button"
        disabled={apply.isPending || place === undefined || childHearing === null}
      >
        {t('apply.send')}
      </button>
      {result?.__typename === 'LeaveApplied' && (
        <p className="ds-alert" data-color="success" role="status">
          {t('apply.sent')}
        </p>
      )}
    </form>
  );
}
