import { type ReactNode, useId, useState } from 'react';
import { useDay } from '../../../day.ts';
import {
  ImposeRestriction,
  type ImposeRestrictionMutationVariables,
} from '../../../graph/generated/operations.ts';
import { useChange } from '../../../graph/use-graph.ts';
import { Said } from '../../../parts/said.tsx';
import { daysAfter } from '../../../words/dates.ts';
import { useWords } from '../../../words/words.ts';
import { ReasonsField } from '../../common/reasons-field.tsx';
import type { OpenCase } from './case-page.tsx';

type Input = ImposeRestrictionMutationVariables['input'];

const kinds: readonly Input['kind'][] = [
  'MAY_NOT_FETCH',
  'CONTACT_BAN',
  'THREAT',
  'COURT_ORDER',
  'CARE_ORDER',
];
const authorities: readonly Input['authority'][] = ['UNIT', 'POLICE', 'COURT', 'CHILD_WELFARE'];

/** Takes access away from somebody at once, or notes that they may not fetch the child. One person is enough (GUA-12). */
export function RestrictForm({ about }: { readonly about: OpenCase }): ReactNode {
  const { t, name } = useWords();
  const today = useDay();
  const id = useId();
  const adults = [...new Map(about.grants.map(({ adult }) => [adult.id, adult])).values()];
  const [kind, setKind] = useState<Input['kind']>('MAY_NOT_FETCH');
  const [authority, setAuthority] = useState<Input['authority']>('UNIT');
  const [adultId, setAdultId] = useState<string | null>(null);
  const [reviewOn, setReviewOn] = useState(daysAfter(today, 90));
  const [note, setNote] = useState('');
  const [key, setKey] = useState(() => crypto.randomUUID());
  const impose = useChange(ImposeRestriction);
  const result = impose.data?.data.imposeRestriction;
  const isForAll = kind === 'CARE_ORDER';
  const submit = (): void =>
    impose.mutate(
      {
        input: {
          ...{ childId: about.child.id, kind, authority, reviewOn, idempotencyKey: key },
          ...(isForAll || adultId === null ? {} : { adultId }),
          ...(note.trim() === '' ? {} : { note }),
        },
      },
      {
        onSuccess: ({ data: { imposeRestriction } }) => {
          setKey(crypto.randomUUID());
          if (imposeRestriction.__typename === 'Decided') setNote('');
        },
      },
    );
  return (
    <details>
      <summary>{t('case.restrict')}</summary>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <p>{t('case.restrictLead')}</p>
        <div className="ds-field">
          <label className="ds-label" htmlFor={`${id}-kind`}>
            {t('case.what')}
          </label>
          <select
            className="ds-input"
            id={`${id}-kind`}
            value={kind}
            onChange={({ target }) => setKind(kinds.find((one) => one === target.value) ?? kind)}
          >
            {kinds.map((one) => (
              <option key={one} value={one}>
                {t(`case.kind.${one}`)}
              </option>
            ))}
          </select>
        </div>
        {!isForAll && (
          <fieldset className="ds-fieldset">
            <legend className="ds-label">{t('case.who')}</legend>
            {adults.map((adult) => (
              <label key={adult.id} className="choice">
                <input
                  type="radio"
                  name={id}
                  className="ds-input"
                  required
                  checked={adultId === adult.id}
                  onChange={() => setAdultId(adult.id)}
                />
                <span>{name(adult.name, t('inbox.guardian'))}</span>
              </label>
            ))}
          </fieldset>
        )}
        <div className="ds-field">
          <label className="ds-label" htmlFor={`${id}-authority`}>
            {t('case.byWhom')}
          </label>
          <select
            className="ds-input"
            id={`${id}-authority`}
            value={authority}
            onChange={({ target }) =>
              setAuthority(authorities.find((one) => one === target.value) ?? authority)
            }
          >
            {authorities.map((one) => (
              <option key={one} value={one}>
                {t(`case.authority.${one}`)}
              </option>
            ))}
          </select>
        </div>
        <div className="ds-field">
          <label className="ds-label" htmlFor={`${id}-review`}>
            {t('case.review')}
          </label>
          <input
            className="ds-input"
            id={`${id}-review`}
            type="date"
            required
            min={daysAfter(today, 1)}
            max={daysAfter(today, 365)}
            value={reviewOn}
            onChange={({ target }) => setReviewOn(target.value)}
          />
        </div>
        <ReasonsField label={t('case.note')} isRequired={false} text={note} write={setNote} longest={2000} />
        <Said
          error={impose.error}
          refusal={result !== undefined && 'message' in result ? result.message : undefined}
        />
        <button
          type="submit"
          className="ds-button"
          data-color="danger"
          disabled={impose.isPending || (!isForAll && adultId === null)}
        >
          {t('case.impose')}
        </button>
        {result?.__typename === 'Decided' && <p role="status">{t('case.imposed')}</p>}
      </form>
    </details>
  );
}
