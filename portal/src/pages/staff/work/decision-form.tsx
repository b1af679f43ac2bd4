import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import {
  GrantLeave,
  type GrantLeaveMutationVariables,
  RefuseLeave,
} from '../../../graph/generated/operations.ts';
import { useChange } from '../../../graph/use-graph.ts';
import { Said } from '../../../parts/said.tsx';
import { useWords } from '../../../words/words.ts';
import { type Days, DaysChoice } from './days-choice.tsx';
import { type Exception, Exceptions } from './exceptions.tsx';
import type { OpenLeave } from './leave-page.tsx';
import { ReasonsField } from '../../common/reasons-field.tsx';

type Hearing = NonNullable<GrantLeaveMutationVariables['input']['childHearing']>;

const outcomes = ['GRANTED', 'REFUSED'] as const;
const heard: readonly Hearing[] = ['SAID', 'DID_NOT_WISH'];

/** Grants leave, or some of its days, or refuses it. A decision that goes home as a letter (ADM-02). */
export function DecisionForm({ leave }: { readonly leave: OpenLeave }): ReactNode {
  const { t } = useWords();
  const [, goTo] = useLocation();
  const all: Days = { firstDay: leave.firstDay, lastDay: leave.lastDay };
  const [outcome, setOutcome] = useState<(typeof outcomes)[number]>('GRANTED');
  const [days, setDays] = useState(all);
  const [exceptions, setExceptions] = useState<readonly Exception[]>([]);
  const [reasons, setReasons] = useState('');
  const [hearing, setHearing] = useState<Hearing | null>(null);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const grant = useChange(GrantLeave);
  const refuse = useChange(RefuseLeave);
  const isGrant = outcome === 'GRANTED';
  const isFewer = days.firstDay !== all.firstDay || days.lastDay !== all.lastDay;
  const needsReasons = !isGrant || isFewer || exceptions.length > 0;
  const needsHearing = leave.childHearing === 'NOT_ASKED';
  const result = isGrant ? grant.data?.data.grantLeave : refuse.data?.data.refuseLeave;
  const settled = ({ __typename }: { readonly __typename: string }): void => {
    setKey(crypto.randomUUID());
    if (__typename === 'LeaveDecided') goTo('/tasks');
  };
  const submit = (): void => {
    const common = {
      ...{ leaveId: leave.id, idempotencyKey: key },
      ...(hearing === null ? {} : { childHearing: hearing }),
    };
    if (isGrant)
      grant.mutate(
        {
          input: {
            ...{ ...common, exceptions },
            ...(isFewer ? { days } : {}),
            ...(reasons.trim() === '' ? {} : { reasons }),
          },
        },
        { onSuccess: ({ data }) => settled(data.grantLeave) },
      );
    else
      refuse.mutate(
        { input: { ...common, reasons } },
        { onSuccess: ({ data }) => settled(data.refuseLeave) },
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
        {t('leave.decide')}
      </h2>
      {needsHearing && (
        <fieldset className="ds-fieldset">
          <legend className="ds-label">{t('leave.ask')}</legend>
          {heard.map((one) => (
            <label key={one} className="choice">
              <input
                type="radio"
                name="hearing"
                className="ds-input"
                required
                checked={hearing === one}
                onChange={() => setHearing(one)}
              />
              <span>{t(`leave.hearing.${one}`)}</span>
            </label>
          ))}
        </fieldset>
      )}
      <fieldset className="ds-fieldset">
        <legend className="ds-label">{t('leave.outcome')}</legend>
        <div className="row">
          {outcomes.map((one) => (
            <label key={one} className="choice">
              <input
                type="radio"
                name="outcome"
                className="ds-input"
                checked={outcome === one}
                onChange={() => setOutcome(one)}
              />
              <span>{t(`leave.outcome.${one}`)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {isGrant && <DaysChoice all={all} days={days} choose={setDays} />}
      {isGrant && <Exceptions chosen={exceptions} choose={setExceptions} />}
      <ReasonsField
        label={t(needsReasons ? 'leave.reasons' : 'leave.reasonsMaybe')}
        isRequired={needsReasons}
        text={reasons}
        write={setReasons}
      />
      <Said
        error={grant.error ?? refuse.error}
        refusal={result !== undefined && 'message' in result ? result.message : undefined}
      />
      <button
        type="submit"
        className="ds-button"
        disabled={grant.isPending || refuse.isPending || (needsReasons && reasons.trim() === '')}
      >
        {t(isGrant ? 'leave.grant' : 'leave.refuse')}
      </button>
    </form>
  );
}
